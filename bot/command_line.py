"""The command line's manners: short help, and one line on standard error for whatever was wrong."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import Any, NoReturn

Run = Callable[[argparse.Namespace], int]


class Parser(argparse.ArgumentParser):
    """Says what was wrong on one line and exits with 2; `commands` are those of its own."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)
        self.commands: list[str] = []

    def error(self, message: str) -> NoReturn:
        """One line, and where the right words stand."""
        line = " ".join(message.split()).rstrip(".")
        print(f"{self.prog}: {line}. `{self.prog} --help` shows what would be right.", file=sys.stderr)
        raise SystemExit(2)


class Commands:
    """A group of commands of one parser."""

    def __init__(self, parser: Parser, name: str = "COMMAND") -> None:
        self.parser = parser
        self._group: Any = parser.add_subparsers(metavar=name, title="commands", parser_class=Parser)
        parser.set_defaults(run=None, parser=parser)

    def add(self, name: str, run: Run, sentence: str, more: str = "") -> argparse.ArgumentParser:
        """A command that `run` carries out; `sentence` explains it in lists, `more` in its own help."""
        parser: argparse.ArgumentParser = self._group.add_parser(
            name, help=sentence, description=f"{sentence[0].upper()}{sentence[1:]}. {more}".strip()
        )
        parser.set_defaults(run=run, parser=parser)
        self.parser.commands.append(name)
        return parser

    def group(self, name: str, sentence: str) -> Commands:
        """A command that has commands of its own."""
        parser = self._group.add_parser(name, help=sentence, description=f"{sentence[0].upper()}{sentence[1:]}.")
        return Commands(parser)
