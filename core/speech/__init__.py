"""From a sentence to a message and back: parsing, help and forms come from the message classes alone."""

from core.speech.addressed import addressed, named_in
from core.speech.clean import clean
from core.speech.filling import fill, settled
from core.speech.forms import AS_ASKED, form_for
from core.speech.grammar import Grammar
from core.speech.heard import Ambiguous, AskedForHelp, BadForm, Incomplete, Namesakes, Reading, Understood
from core.speech.hearing import Hearing
from core.speech.helping import HelpLine, HelpNoun, HelpView, help_for
from core.speech.understand import understand
from core.speech.wording import literal_for, sentence_for, verb_with

__all__ = [
    "AS_ASKED",
    "Ambiguous",
    "AskedForHelp",
    "BadForm",
    "Grammar",
    "Hearing",
    "HelpLine",
    "HelpNoun",
    "HelpView",
    "Incomplete",
    "Namesakes",
    "Reading",
    "Understood",
    "addressed",
    "clean",
    "fill",
    "form_for",
    "help_for",
    "literal_for",
    "named_in",
    "sentence_for",
    "settled",
    "understand",
    "verb_with",
]
