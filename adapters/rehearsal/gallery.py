"""Every card, form and notice with its examples on one page, drawn as the rooms draw them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from adapters.rehearsal import render
from adapters.rehearsal.cast import Cast
from adapters.rehearsal.inbound import COMMAND
from adapters.rehearsal.render_form import form
from adapters.rehearsal.render_text import Reader, escape
from core.api import Card, Form, View, called


@dataclass(frozen=True, slots=True)
class Example:
    """One example of a template: `name` is usual, largest or hostile."""

    template: str
    name: str
    view: View


def gallery(examples: Iterable[Example], reader: Reader, cast: Cast) -> str:
    """A section for each template, with its examples side by side."""
    ordered = sorted(examples, key=lambda one: one.template)
    sections = [
        f'<section><h2 id="{escape(template)}">{escape(template)}</h2><div class="examples">'
        f"{''.join(_example(one, reader, cast) for one in found)}</div></section>"
        for template, found in groupby(ordered, key=lambda one: one.template)
    ]
    return "".join(sections) or f'<p class="quiet">{escape(reader.say("There are no cards to show."))}</p>'


def _example(one: Example, reader: Reader, cast: Cast) -> str:
    match called(one.view, COMMAND):
        case Card() as card:
            drawn = render.card(card, reader)
        case Form() as asked:
            drawn = form(asked, reader, cast)
        case notice:
            drawn = render.notice(notice, reader)
    return f'<figure tabindex="0"><figcaption>{escape(one.name)}</figcaption>{drawn}</figure>'
