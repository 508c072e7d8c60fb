"""`tandem export`: every record, or what one side may see, as JSON or CSV."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from bot.command_line import Commands
from bot.cores import existing_core
from bot.house import note_export
from bot.problem import Problem
from bot.settings import read_settings
from core.export import Export, Scope, UnknownTransfer, exporting, write_csv, write_json
from core.kernel.ids import Side

WRITERS: dict[str, Callable[[Export, IO[bytes]], None]] = {"json": write_json, "csv": write_csv}
MORE = (
    "json is one object with a list for each kind of record; csv is a zip with a file for each kind, in which lists "
    "and objects are JSON. Texts stand there as they were said: open them as text, not as formulas."
)


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add("export", export, "write out every record with its source, the posts and the trail", MORE)
    parser.add_argument("--transfer", metavar="REF", help="only this transfer, by its code")
    parser.add_argument("--side", choices=[side.value for side in Side], help="only what this company may see")
    parser.add_argument("--format", choices=list(WRITERS), default="json", help="the form; json where none is named")
    parser.add_argument(
        "--to", metavar="PATH", type=Path, help="the file to write; standard output where none is named"
    )


def export(given: argparse.Namespace) -> int:
    """Write the export whole, or not at all; that it was made stands in the trail first."""
    scope = Scope(given.transfer, Side(given.side) if given.side else None)
    if given.to is None and given.format == "csv" and sys.stdout.isatty():
        raise Problem("A CSV export is a zip file: name one, as --to tandem.zip.")
    try:
        with existing_core(read_settings()) as core:
            with exporting(core.store, core.door, scope):
                pass  # a transfer that does not exist is refused before anything is noted
            note_export(core, scope)
            with exporting(core.store, core.door, scope) as made, _opened(given.to) as to:
                WRITERS[given.format](made, to)
    except UnknownTransfer as unknown:
        raise Problem(f"--transfer: {unknown}.") from unknown
    return 0


@contextmanager
def _opened(path: Path | None) -> Iterator[IO[bytes]]:
    """A file that takes its name when it is whole, or standard output."""
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with unfinished.open("wb") as file:
            yield file
        unfinished.replace(path)
    except OSError as error:
        raise Problem(f"--to: {path} cannot be written: {error.strerror}.") from error
    finally:
        unfinished.unlink(missing_ok=True)
