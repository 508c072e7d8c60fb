"""Every sentence that people may see, gathered for translators from templates, refusals, adapters and the messages.

`python -m core.catalogue` writes `templates/locales/tandem.pot` anew; a translation of it is kept beside it as
`LANGUAGE/LC_MESSAGES/tandem.po` and compiled with `pybabel compile -D tandem -d templates/locales`.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from core.features import shipped
from core.kernel.messages import parts_of
from core.kernel.registry import Registry
from core.kernel.templates import SHIPPED

POT = SHIPPED / "locales" / "tandem.pot"
CODE = Path(__file__).parent
KEYWORDS = {"_": None, "msg": None, "gettext": None, "ngettext": (1, 2)}


def gather() -> Catalog:
    """The catalogue of today's code and templates, without a date, so that equal sentences are equal files."""
    catalogue = Catalog(project="Tandem", charset="utf-8", fuzzy=False)
    for where, sentence in sorted({*_in_templates(), *_in_code(), *in_adapters(), *_in_messages()}, key=str):
        catalogue.add(sentence, locations=[(where, 0)])
    return catalogue


def _in_templates() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    yield from _extracted(SHIPPED, "templates", [("**.xml", "jinja2"), ("**.md", "jinja2"), ("**.html", "jinja2")])


def _in_code() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    yield from _extracted(CODE, "core", [("**.py", "python")])


def in_adapters() -> Iterator[tuple[str, str]]:
    """File and sentence of what adapters say by themselves: `say("…")`, in an f-string too, and `msg("…")`."""
    for file in sorted((CODE.parent / "adapters").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name("say" | "msg") | ast.Attribute(attr="say" | "_say"),
                    args=[ast.Constant(str(sentence)), *_],
                ):
                    yield file.relative_to(CODE.parent).as_posix(), sentence


def _extracted(folder: Path, name: str, methods: list[tuple[str, str]]) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    found = extract_from_dir(folder, methods, {"**": {"silent": "false"}}, KEYWORDS)
    for file, _line, sentence, _comments, _context in found:
        if sentence:
            yield f"{name}/{Path(file).as_posix()}", sentence


def _in_messages() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for kind in Registry.of(shipped()).messages.values():
        if kind.says:
            yield kind.__module__, kind.help()
            yield from ((kind.__module__, part.hint) for part in parts_of(kind).values() if part.hint)


def kept() -> Catalog:
    """The catalogue as it is kept for translators."""
    with POT.open("rb") as file:
        return read_po(file)


def write() -> None:
    """Keep today's catalogue."""
    text = BytesIO()
    write_po(text, gather(), width=110, omit_header=True, no_location=False, include_lineno=False)
    POT.parent.mkdir(exist_ok=True)
    POT.write_bytes(b'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n' + text.getvalue())


if __name__ == "__main__":
    write()
    sys.stdout.write(f"{len(kept())} sentences stand in {POT.name}\n")
