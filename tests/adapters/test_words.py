"""What an adapter says by itself comes from the catalogue: no sentence for people stands in its code alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import adapters
from core.catalogue import gather, in_adapters

FOLDER = Path(adapters.__path__[0])
ADAPTERS = ("slack", "rehearsal")
FOR_OPERATORS = {"slack/checks.py", "slack/manifest.py", "slack/entrance.py"}
"""What `tandem doctor` prints, the file that Slack's own pages take, and what a forged request is told."""
FAULTS = {
    *("ValueError", "Unreadable", "ScriptError", "NotInstalled", "TryLater", "InDoubt"),
    *("HTTPForbidden", "HTTPBadRequest", "HTTPUnsupportedMediaType", "TypeVar"),
}
"""What a log, a command line or a program that sends nonsense reads."""
TWO_WORDS = re.compile(r"\b[^\W\d_]{2,}\b[,;:]? \b[^\W\d_]{2,}\b|\b[A-Z][a-z]+ \{\}|\{\} [a-z]{3,}\b")
A_WORD = re.compile(r"\W*[A-Z][a-z]+\W*")
NO_WORDS = re.compile(
    r"\s*(SELECT|INSERT|UPDATE|CREATE|ALTER|PRAGMA|BEGIN|default-src)\b|application/|Tandem$|@Tandem $"
)
READ_ALOUD = ("aria-label", "title", "alt", "placeholder")


def unmarked(source: str) -> Iterator[str]:
    """Every literal of a module that has words for people and is not said through the catalogue."""
    tree = ast.parse(source)
    yield from _unmarked(tree)


def _unmarked(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant | ast.JoinedStr):
        if (text := _text(node)) and _has_words(text):
            yield text
        inside: list[ast.AST] = [part for part in getattr(node, "values", ()) if isinstance(part, ast.FormattedValue)]
    else:
        inside = [child for child in ast.iter_child_nodes(node) if child not in _apart(node)]
    for child in inside:
        yield from _unmarked(child)


def _apart(node: ast.AST) -> list[ast.AST]:
    """The children of a node that nobody is shown: docstrings, keys, what is logged, and what is said in order."""
    match node:
        case ast.Expr(value=ast.Constant()):
            return [node.value]
        case ast.Assert():
            return [part for part in (node.msg,) if part]
        case ast.Dict(keys=keys):
            return [key for key in keys if key]
        case ast.Subscript(slice=key):
            return [key]
        case ast.Call(func=ast.Name("say" | "msg") | ast.Attribute(attr="say" | "_say" | "get"), args=[first, *_]):
            return [first]
        case ast.Call(func=ast.Attribute(value=ast.Name("log"))):
            return list(node.args)
        case ast.Call(func=ast.Name(name) | ast.Attribute(attr=name)) if name in FAULTS:
            return [*node.args, *node.keywords]
    return []


def _text(node: ast.Constant | ast.JoinedStr) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)


def _has_words(text: str) -> bool:
    if re.search(r"<[a-z/]|[a-z]=\"", text):
        page = BeautifulSoup(text if "<" in text else f"<p {text}>", "html.parser")
        shown = [page.get_text(" "), *(str(tag.get(name, "")) for tag in page.find_all() for name in READ_ALOUD)]
        return any(re.search(r"[^\W\d_]{2,}", re.sub(r"\bTandem\b|<.*|.*>", "", words)) for words in shown)
    return not NO_WORDS.match(text) and bool(TWO_WORDS.search(text) or A_WORD.fullmatch(text))


MODULES = [
    pytest.param(file, id=name)
    for adapter in ADAPTERS
    for file in sorted((FOLDER / adapter).rglob("*.py"))
    if (name := file.relative_to(FOLDER).as_posix()) not in FOR_OPERATORS
]


@pytest.mark.parametrize("file", MODULES)
def test_no_sentence_stands_in_the_code_alone(file: Path) -> None:
    assert list(unmarked(file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "line",
    [
        'NOT_HERE = "Tandem is not in this channel."',
        'NOT_HERE = said(Tone.WARN, "Say it " "again.")',
        'close = plain_text("Cancel", 24)',
        'label = f"Show {left} more"',
        "html = f'<p class=\"tone\">{x}</p><button>Cancel</button>'",
        "html = '<span class=\"optional\">optional</span>'",
        "html = f'<div aria-label=\"Table\">{x}</div>'",
        'log.info("fine"); reply("Nobody is here.")',
        'say("Good {day}", day="Monday morning")',
    ],
)
def test_a_sentence_in_the_code_alone_is_found(line: str) -> None:
    assert list(unmarked(line)) != []


@pytest.mark.parametrize(
    "line",
    [
        '"""What is said here."""',
        'NOT_HERE = msg("Tandem is not in this channel.")',
        'label = reader.say("Show {left} more", left=left)',
        'log.warning("a form could not be opened: %s", reason)',
        'raise NotInstalled(f"Slack refuses the token ({reason}): take another.")',
        'headers = {"Retry-After": "1"}; kind = request.headers.get("Host", "")',
        'html = f\'<p class="tone big" data-id="{x}">{escape(reader.say("Done"))}</p>\'',
        'style = "rich_text_list"; codes = "is_archived not_in_channel"',
    ],
)
def test_what_nobody_is_shown_is_left_alone(line: str) -> None:
    assert list(unmarked(line)) == []


def test_what_an_adapter_says_is_kept_for_translators() -> None:
    known = {message.id for message in gather()}
    said = {sentence for _, sentence in in_adapters()}
    assert {"Cancel", "Training", "… and {left} more"} <= said <= known
