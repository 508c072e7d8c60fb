"""From a sentence to a message and back: parsing, help and forms come from the message classes alone."""

from core.speech.clean import clean
from core.speech.filling import fill
from core.speech.forms import form_for
from core.speech.grammar import Grammar
from core.speech.heard import Ambiguous, AskedForHelp, BadForm, Incomplete, Reading, Understood
from core.speech.hearing import Hearing
from core.speech.helping import HelpLine, HelpNoun, HelpView, help_for
from core.speech.understand import understand
from core.speech.wording import sentence_for

__all__ = [
    "Ambiguous",
    "AskedForHelp",
    "BadForm",
    "Grammar",
    "Hearing",
    "HelpLine",
    "HelpNoun",
    "HelpView",
    "Incomplete",
    "Reading",
    "Understood",
    "clean",
    "fill",
    "form_for",
    "help_for",
    "sentence_for",
    "understand",
]
