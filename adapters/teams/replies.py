"""What Tandem answers an activity: a message in the conversation, or the body of the reply to a press or a dialog."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, assert_never

from adapters.teams.render import Opens, Stands, card_content, notice_content, said, summary_of, watched
from adapters.teams.render_form import form_content
from adapters.teams.render_text import Accounts, Json, unread
from core.api import Card, Form, FormErrors, Notice, Say, Title, Tone, View, as_written, called, cutting, msg, plain

CARD = "application/vnd.microsoft.card.adaptive"
MESSAGE = "application/vnd.microsoft.activity.message"
ERROR = "application/vnd.microsoft.error"
UNKNOWN = msg("Tandem does not know this card any more.")
DONE = "✓"
LONGEST_TITLE = 60
LONGEST_MESSAGE = 1000


@dataclass(frozen=True, slots=True)
class Drawing:
    """What views are drawn with for one room."""

    accounts: Accounts
    opens: Opens | None = None
    say: Say = as_written
    wrong: Mapping[str, str] = field(default_factory=dict)
    call: str = ""

    def content(self, view: View, stands: Stands = Stands.MESSAGE, wrong: Mapping[str, str] | None = None) -> Json:
        """The Adaptive Card of any view; `wrong` has a sentence for an input of a form, by name."""
        view = called(view, self.call)
        match view:
            case Card():
                return card_content(view, self.accounts, self.opens, self.say, stands)
            case Notice():
                return notice_content(view, self.accounts, self.opens, self.say, stands)
            case Form():
                return form_content(view, self.accounts, stands, wrong or self.wrong, self.say)
            case _:
                assert_never(view)


def pressed(view: View | FormErrors | None, drawing: Drawing, stands: Stands = Stands.CARD) -> Json:
    """The reply to an Action.Execute, seen by whoever pressed: a line of text, or a card in the pressed one's place."""
    match view:
        case None:
            return _reply(MESSAGE, DONE)
        case Notice() if not view_has_more(view):
            return _reply(MESSAGE, text_of(called(view, drawing.call)))
        case FormErrors(fields, form):
            if form is None:
                return _reply(MESSAGE, sentences(fields))
            return _reply(CARD, drawing.content(form, stands, fields))
        case Card() | Form() | Notice():
            return _reply(CARD, drawing.content(view, stands))
        case _:
            assert_never(view)


def again(card: Card | None, drawing: Drawing, users: Sequence[str]) -> Json:
    """The reply to whoever is to see a card as it is now; nothing takes the place of one that nobody knows."""
    if card is None:
        fault = {"code": "NotFound", "message": drawing.say(UNKNOWN)}
        return {"statusCode": 404, "type": ERROR, "value": fault}
    return _reply(CARD, watched(drawing.content(card), users, drawing.say))


def taken(view: View, drawing: Drawing) -> Json:
    """The reply to a form that stood in another card's place: what was done stands there, and the form no more."""
    return _reply(CARD, drawing.content(view, Stands.CARD))


def dialog(view: View | FormErrors | None, drawing: Drawing) -> Json:
    """The reply to a dialog that is opened or was submitted: it goes on with a card, or ends with a line of text."""
    match view:
        case None:
            return {}
        case Form():
            return _continued(view.title, drawing.content(view, Stands.DIALOG))
        case FormErrors(fields, form):
            if form is None:
                return {"task": {"type": "message", "value": sentences(fields)}}
            return _continued(form.title, drawing.content(form, Stands.DIALOG, fields))
        case Card() | Notice():
            if isinstance(view, Notice) and not view_has_more(view):
                return {"task": {"type": "message", "value": text_of(called(view, drawing.call))}}
            title, rest = _headed(view)
            return _continued(title, drawing.content(rest, Stands.DIALOG))
        case _:
            assert_never(view)


def _headed(view: Card | Notice) -> tuple[str, Card | Notice]:
    """The title of its dialog, and what stands below: not the same words again."""
    match view:
        case Card(blocks=(Title(spans), *below)) if below:
            return plain(spans), replace(view, blocks=tuple(below))
        case _:
            return summary_of(view), view


def view_has_more(view: View) -> bool:
    """Whether a view offers something to press, which a line of text cannot."""
    return any(type(block).__name__ == "Buttons" for block in view.blocks)


def text_of(view: Card | Notice) -> str:
    """A view as a line of text."""
    return unread(said(view))[:LONGEST_MESSAGE]


def sentences(fields: Mapping[str, str]) -> str:
    """What is wrong with a form, where the form cannot be shown again."""
    return " ".join(fields.values())[:LONGEST_MESSAGE]


def refused(answer: View | FormErrors | None) -> bool:
    """Whether a filled form was not taken, so that whoever filled it in may mend it."""
    return isinstance(answer, FormErrors) or (isinstance(answer, Notice) and answer.tone in (Tone.BAD, Tone.WARN))


def _reply(kind: str, value: Any) -> Json:
    return {"statusCode": 200, "type": kind, "value": value}


def _continued(title: str, card: Json) -> Json:
    attachment = {"contentType": CARD, "content": card}
    return {
        "task": {
            "type": "continue",
            "value": {"title": cutting.cut(title, LONGEST_TITLE), "height": "medium", "card": attachment},
        }
    }
