"""The one parser: markup, as the templates render it, becomes a Card, a Form or a Notice.

Roots
    <card summary="…" tone="plain|good|warn|bad|quiet">   a message; `summary` is its one line; `instead="yes"`: as an
                                                          answer it takes the place of what was pressed
    <form title="…" submit="…">                           questions; the caller adds what is `Carried`
    <notice tone="…">                                     a short answer: text, list, buttons

Blocks of a card (a notice takes text, list and buttons; a form takes text, divider and inputs)
    <title>…</title>                                      at most one, first
    <text quiet="yes">…</text>                            a paragraph, or small print
    <fields><field label="Owner">…</field></fields>
    <list ordered="yes" more="action list" left="12"><item>…</item></list>
    <table more="…" left="…"><head><cell>Plain words</cell></head><row><cell>…</cell></row></table>
    <picture url="https://…" alt="…"/>  <divider/>
    <buttons><button says="action accept ACT-012" style="main|danger">Accept</button>
             <button href="https://…">Open</button></buttons>
`more` is the sentence that shows what was cut, `left` how many the view cut already; a renderer cuts as well.

Inputs, all with name, label, hint, and required="no" where they may stay empty
    <input-text value="…" multiline="yes" longest="300"/>, or the value between the tags, with its line breaks
    <input-date value="2026-03-12"/>
    <input-choice many="yes"><option value="cmo" selected="yes">Label</option></input-choice>
    <input-people many="yes" value="ID ID"/>

Marks within a line (title, text, field, item, cell); they do not nest
    <b>, <i>, <a href="https://…">, <ref>ACT-012</ref>, <say>a sentence to type</say>, <br/>, <person id="…" name="…"/>,
    <time at="2026-03-12T14:00:00Z" zone="Europe/Dublin" style="date|time|moment"/>
A moment is drawn in each reader's own zone; a due day is no moment and stands as plain words.

Blanks and line breaks count as one blank. A block that holds nothing vanishes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar
from xml.etree.ElementTree import Element, ParseError, fromstring
from xml.parsers.expat import ParserCreate

from core.view.markup_blocks import BLOCKS, NOTICE_BLOCKS, divider_block, text_block
from core.view.markup_inputs import INPUTS
from core.view.markup_marks import Wrong, attributes, holder, needed, one_of, yes
from core.view.shapes import Block, Card, Divider, Form, FormBlock, Notice, Place, Text, Title, Tone, View

Reader = TypeVar("Reader", bound=Callable[[Element], object])

_CARD = frozenset({"summary", "tone", "instead"})
_FORM = frozenset({"title", "submit"})
_NOTICE = frozenset({"tone"})
_FORM_BLOCKS: dict[str, Callable[[Element], FormBlock | None]] = {
    "text": text_block,
    "divider": divider_block,
    **INPUTS,
}


class MarkupError(ValueError):
    """A template wrote markup that is not understood; `line` counts from 1 in the rendered markup."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(f"Line {line}: {sentence}")
        self.line = line


@dataclass(frozen=True, slots=True)
class Carried:
    """What a form holds beside its markup: see `Form`."""

    message: str
    given: str = "{}"
    says: str = ""


def parse(markup: str, *, training: bool = False, place: Place | None = None, carried: Carried | None = None) -> View:
    """The view that `markup` says; a form needs `carried`. Raises MarkupError with the line and the rule."""
    if "<!DOCTYPE" in markup:
        line = markup.count("\n", 0, markup.index("<!DOCTYPE")) + 1
        raise MarkupError(line, "A DOCTYPE is refused: markup defines no entities.")
    try:
        root = fromstring(markup)  # noqa: S314 - without a DOCTYPE there is no entity to expand
    except ParseError as error:
        raise MarkupError(error.position[0], f"This is no XML: {str(error).split(':')[0]}.") from None
    except UnicodeEncodeError as error:
        line = markup.count("\n", 0, error.start) + 1
        raise MarkupError(line, "A lone surrogate stands in the text; it is cleaned where it comes in.") from None
    try:
        match root.tag:
            case "card":
                return _card(root, training, place)
            case "notice":
                return _notice(root, training, place)
            case "form":
                return _form(root, training, place, carried)
            case _:
                raise Wrong(root, f"The root is <card>, <form> or <notice>, not <{root.tag}>.")
    except Wrong as wrong:
        raise MarkupError(_line_of(markup, root, wrong.element), wrong.sentence) from None


def _card(root: Element, training: bool, place: Place | None) -> Card:
    attributes(root, _CARD)
    blocks: list[Block] = []
    for child in holder(root):
        block = _reader(root, child, BLOCKS)(child)
        if block is None:
            continue
        if blocks and isinstance(block, Title):
            raise Wrong(child, "<title> stands first on a card, and once.")
        blocks.append(block)
    tone = one_of(root, "tone", Tone, Tone.PLAIN)
    return Card(needed(root, "summary"), tuple(blocks), tone, training, place, yes(root, "instead"))


def _notice(root: Element, training: bool, place: Place | None) -> Notice:
    attributes(root, _NOTICE)
    blocks = (_reader(root, child, NOTICE_BLOCKS)(child) for child in holder(root))
    found = tuple(block for block in blocks if block is not None)
    return Notice(one_of(root, "tone", Tone, Tone.PLAIN), found, training, place)


def _form(root: Element, training: bool, place: Place | None, carried: Carried | None) -> Form:
    if carried is None:
        raise Wrong(root, "A <form> stands where none is expected: it needs a message to make.")
    attributes(root, _FORM)
    blocks: list[FormBlock] = []
    names: set[str] = set()
    for child in holder(root):
        block = _reader(root, child, _FORM_BLOCKS)(child)
        if block is None:
            continue
        if not isinstance(block, Text | Divider):
            if block.name in names:
                raise Wrong(child, f"Two inputs have the name '{block.name}'.")
            names.add(block.name)
        blocks.append(block)
    title, submit = needed(root, "title"), needed(root, "submit")
    return Form(title, tuple(blocks), submit, carried.message, carried.given, carried.says, training, place)


def _reader(root: Element, child: Element, readers: Mapping[str, Reader]) -> Reader:
    read = readers.get(child.tag)
    if read is None:
        known = ", ".join(f"<{tag}>" for tag in readers)
        raise Wrong(child, f"<{root.tag}> takes {known}, not <{child.tag}>.")
    return read


def _line_of(markup: str, root: Element, wanted: Element) -> int:
    """The line on which an element starts; read anew, since the quick parser keeps no lines."""
    lines: list[int] = []
    parser = ParserCreate()
    parser.StartElementHandler = lambda *_: lines.append(parser.CurrentLineNumber)
    parser.Parse(markup, True)
    index = next(number for number, element in enumerate(root.iter()) if element is wanted)
    return next(islice(lines, index, None))
