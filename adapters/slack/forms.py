"""What keeps a submitted form open: the sentences beside its inputs, so that nobody types it all again."""

from __future__ import annotations

from collections.abc import Sequence

from core.api import Buttons, FormErrors, List, Notice, NoticeBlock, Text, Tone, View, plain


def refusals(answer: View | FormErrors | None, inputs: Sequence[str]) -> dict[str, str]:
    """The errors by block id; empty where the form was taken.

    Slack takes errors only for inputs that the form has: what is wrong with anything else stands at the first one.
    """
    match answer:
        case FormErrors(fields):
            faults = dict(fields)
        case Notice(tone=Tone.BAD | Tone.WARN, blocks=blocks):
            faults = {"": "\n".join(filter(None, map(_words, blocks)))}
        case _:
            return {}
    placed = {name: sentence for name, sentence in faults.items() if name in inputs}
    others = [sentence for name, sentence in faults.items() if name not in inputs]
    if others and inputs:
        placed[inputs[0]] = " ".join(filter(None, [placed.get(inputs[0]), *others]))
    return placed


def _words(block: NoticeBlock) -> str:
    match block:
        case Text(spans):
            return plain(spans)
        case List(items):
            return "\n".join(plain(item) for item in items)
        case Buttons():
            return ""
