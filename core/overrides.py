"""A company's own templates, checked before anybody sees them: known names, known fields, cards that can be drawn."""

from __future__ import annotations

import dataclasses
import difflib
import re
import traceback
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, meta, nodes
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from core.examples import ZONE, Contract, contracts, template_folders
from core.features.checklists.stages import BadList, check_lists, read_list
from core.kernel.registry import Registry
from core.kernel.templates import Words
from core.view import MarkupError, parse

_MARK = re.compile("\ue000(\\d+):(\\d+)\ue001")
MOST_FOREIGN = 20
TEXT_FILES = frozenset({".xml", ".html", ".md", ".css", ".txt", ".yaml"})


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What cannot stand in an override, and where; `line` counts from 1."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


class LineMarks(Extension):
    """Leaves in what is rendered where it came from, so that a fault of the markup can name the template's line."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """Put a mark before each line of plain text."""
        files: list[str] = self.environment.__dict__.setdefault("marked_files", [])
        files.append(stream.filename or stream.name or "")
        for token in stream:
            if token.type == "data":
                lines = token.value.splitlines(keepends=True)
                marked = (f"\ue000{len(files) - 1}:{token.lineno + n}\ue001{line}" for n, line in enumerate(lines))
                yield Token(token.lineno, token.type, "".join(marked))
            else:
                yield token


def check_overrides(folder: Path, registry: Registry) -> list[Fault]:
    """Every fault of the templates in `folder`, in order; none where they may be used."""
    homes = template_folders(registry)
    shipped = frozenset(path.relative_to(home).as_posix() for home in homes for path in home.rglob("*"))
    files = {file.relative_to(folder).as_posix(): file for file in _files(folder)}
    faults = [*_foreign({name: file for name, file in files.items() if name not in shipped}, folder, shipped)]
    faults += [fault for name, file in files.items() if name in shipped for fault in _unreadable(file, name, folder)]
    unreadable = {fault.file for fault in faults}
    words = Words([folder], homes[1:])
    words.environment.add_extension(LineMarks)
    for contract in contracts(registry):
        if not unreadable.isdisjoint(str(folder / name) for name in _own_files(contract)):
            continue
        if files.keys().isdisjoint(_drawn_with(_own_files(contract), words.environment)):
            continue
        faults.extend(_unknown_names(contract, folder, words.environment))
        faults.extend(_first_of_each_line(_undrawable(contract, words)))
        faults.extend(_first_of_each_line(_unwritable(contract, words)))
    return sorted(set(faults))


def faulty_lists(words: Words) -> list[Fault]:
    """Every fault of the stages' checklists as they are used; reading them here, at the start, is the only reading."""
    return [Fault(file, line, sentence) for file, line, sentence in check_lists(words)]


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden:
            yield path


def _foreign(files: Mapping[str, Path], folder: Path, shipped: Collection[str]) -> Iterator[Fault]:
    """Files that stand where no shipped template stands; a folder of something else is not told file by file."""
    templates = [name for name in shipped if Path(name).suffix in TEXT_FILES]
    for name in sorted(files)[:MOST_FOREIGN]:
        nearest = difflib.get_close_matches(name, templates, 1)
        hint = f"; there is {nearest[0]}" if nearest else ""
        yield Fault(str(files[name]), 1, f"No shipped template is called {name}{hint}.")
    if (more := len(files) - MOST_FOREIGN) > 0:
        yield Fault(str(folder), 1, f"{more} more files here are called as no shipped template is.")


def _unreadable(file: Path, name: str, folder: Path) -> Iterator[Fault]:
    if file.suffix not in TEXT_FILES:
        yield Fault(str(file), 1, "Only templates can be overridden, not their examples.")
        return
    try:
        text = file.read_text(encoding="utf-8")
        if file.suffix == ".yaml":
            read_list(file.stem, text)
        else:
            Words([folder]).environment.parse(text, name, str(file))
    except BadList as bad:
        yield from (Fault(str(file), line, sentence) for line, sentence in bad.faults)
    except TemplateSyntaxError as error:
        yield Fault(str(file), error.lineno, f"{error.message}.")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        yield Fault(str(file), line, "This is no UTF-8.")


def _drawn_with(names: Iterable[str], environment: Environment) -> set[str]:
    """The templates that `names` are made of, themselves among them."""
    assert environment.loader is not None
    found: set[str] = set()
    waiting = [*names]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        try:
            tree = environment.parse(environment.loader.get_source(environment, name)[0])
        except (TemplateNotFound, TemplateSyntaxError, UnicodeDecodeError):  # told where it is drawn
            continue
        waiting.extend(part for part in meta.find_referenced_templates(tree) if part is not None)
    return found


def _own_files(contract: Contract) -> list[str]:
    return [f"cards/{contract.name}/card.xml", *_documents(contract)]


def _unknown_names(contract: Contract, folder: Path, environment: Environment) -> Iterator[Fault]:
    """Names that the view does not have, also where no example goes."""
    fields = {field.name for field in dataclasses.fields(contract.view)}
    yield from _strangers(folder / "cards" / contract.name / "card.xml", contract.name, fields | {"zone"}, environment)
    for path in _documents(contract):
        yield from _strangers(folder / path, path, fields | {"training", "sha256"}, environment)


def _strangers(file: Path, name: str, known: set[str], environment: Environment) -> Iterator[Fault]:
    if not file.is_file():
        return
    tree = environment.parse(file.read_text(encoding="utf-8"))
    unknown = meta.find_undeclared_variables(tree) - known - set(environment.globals)
    for node in tree.find_all(nodes.Name):
        if node.name in unknown:
            yield Fault(str(file), node.lineno, f"{name} gets no '{node.name}': it gets {', '.join(sorted(known))}.")


def _documents(contract: Contract) -> list[str]:
    """The documents that are written from a card's view: the card `minutes/minutes` is the document in short."""
    feature, _, name = contract.name.partition("/")
    paths = [f"documents/{name}{suffix}" for suffix in (".md", ".html")] if feature == name else []
    return [path for path in paths if (contract.folder.parents[2] / path).is_file()]


def _first_of_each_line(faults: Iterable[Fault]) -> Iterator[Fault]:
    """What the usual example meets, the hostile one need not tell again."""
    met: set[tuple[str, int]] = set()
    for fault in faults:
        if (fault.file, fault.line) not in met:
            met.add((fault.file, fault.line))
            yield fault


def _undrawable(contract: Contract, words: Words) -> Iterator[Fault]:
    for name, view in contract.examples().items():
        fault = _drawn(contract, name, view, words)
        if fault is not None:
            yield fault


def _unwritable(contract: Contract, words: Words) -> Iterator[Fault]:
    for path in _documents(contract):
        write = words.markdown if path.endswith(".md") else words.page
        for name, view in contract.examples().items():
            try:
                write(path, view, training=False, sha256="0" * 64)
            except Exception as error:  # noqa: BLE001 - a template can raise whatever its expressions raise
                yield _raised(error, contract, name)


def _drawn(contract: Contract, example: str, view: Any, words: Words) -> Fault | None:
    try:
        marked = words.card(contract.name, view, ZONE)
    except Exception as error:  # noqa: BLE001 - a template can raise whatever its expressions raise
        return _raised(error, contract, example)
    return _misdrawn(marked, contract, example, words.environment)


def _raised(error: Exception, contract: Contract, example: str) -> Fault:
    """Jinja2 names the template and its line in the traceback."""
    if isinstance(error, TemplateSyntaxError):
        return Fault(error.filename or str(contract.template), error.lineno, f"{error.message}.")
    templates = [frame for frame in traceback.extract_tb(error.__traceback__) if not frame.filename.endswith(".py")]
    file, line = (templates[-1].filename, templates[-1].lineno or 1) if templates else (str(contract.template), 1)
    return Fault(file, line, f"With the example '{example}': {str(error).rstrip('.')} ({type(error).__name__}).")


def _misdrawn(marked: str, contract: Contract, example: str, environment: Environment) -> Fault | None:
    try:
        parse(_MARK.sub("", marked))
    except MarkupError as error:
        files = environment.__dict__.get("marked_files", [])
        file, line = _origin(marked, error.line, files) or (str(contract.template), error.line)
        return Fault(file, line, f"With the example '{example}': {str(error).partition(': ')[2]}")
    return None


def _origin(marked: str, line: int, files: list[str]) -> tuple[str, int] | None:
    """Where the rendered `line` came from: the first mark on it, or the last one before."""
    last: Any = None
    for number, words in enumerate(marked.splitlines(), 1):
        found = list(_MARK.finditer(words))
        if number == line:
            last = found[0] if found else last
            break
        last = found[-1] if found else last
    return (files[int(last[1])], int(last[2])) if last else None
