"""`tandem`: reads the command line, carries out one command, and turns whatever went wrong into one line."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence

from bot.command_line import Commands, Parser
from bot.commands import running
from bot.problem import Problem

OVERVIEW = "Joint technology-transfer meetings between a drug sponsor and its contract manufacturer, inside their chat."


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command; the exit code: 0 done, 1 something does not hold, 2 bad input."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    given = parser().parse_args(arguments)
    if given.run is None:
        given.parser.print_help()
        return 0
    try:
        code: int = given.run(given)
    except Problem as problem:
        print(f"tandem: {problem}", file=sys.stderr)
        return 2
    return code


def parser() -> Parser:
    """Every command with its arguments."""
    top = Parser(prog="tandem", description=OVERVIEW)
    commands = Commands(top)
    for module in (running,):
        module.add(commands)
    return top


if __name__ == "__main__":
    sys.exit(main())
