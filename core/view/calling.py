"""A view as it is shown in one place: each sentence to type begins with what calls Tandem there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from core.view.shapes import (
    Block,
    Field,
    Fields,
    Form,
    FormBlock,
    List,
    Sentence,
    Span,
    Spans,
    Table,
    Text,
    Title,
    View,
)

AnyView = TypeVar("AnyView", bound=View)


def called(view: AnyView, call: str) -> AnyView:
    """The view with `call`, such as `/tt ` or `@Tandem `, before each sentence to type; with `""` just as it is."""
    if not call:
        return view
    parts: dict[str, Any] = {"blocks": tuple(_block(block, call) for block in view.blocks)}
    if isinstance(view, Form) and view.says:
        parts["says"] = call + view.says
    return replace(view, **parts)


def _block(block: Block | FormBlock, call: str) -> Block | FormBlock:
    match block:
        case Title(spans):
            return Title(_line(spans, call))
        case Text(spans, quiet):
            return Text(_line(spans, call), quiet)
        case Fields(fields):
            return Fields(tuple(Field(one.label, _line(one.value, call)) for one in fields))
        case List(items):
            return replace(block, items=tuple(_line(item, call) for item in items))
        case Table(rows=rows):
            return replace(block, rows=tuple(tuple(_line(cell, call) for cell in row) for row in rows))
        case _:
            return block


def _line(spans: Spans, call: str) -> Spans:
    return tuple(_span(span, call) for span in spans)


def _span(span: Span, call: str) -> Span:
    return Sentence(call + span.text) if isinstance(span, Sentence) else span
