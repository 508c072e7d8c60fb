"""`tandem`: reads the command line, carries out one command, and turns whatever went wrong into one line."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections.abc import Sequence

from sqlalchemy.exc import DBAPIError

from bot.command_line import Commands, Parser
from bot.commands import (
    administering,
    auditing,
    benching,
    examining,
    exporting,
    manifest,
    reading,
    rehearsing,
    running,
    templates,
)
from bot.problem import Problem, ended
from core.kernel.errors import Refused

OVERVIEW = "Joint technology-transfer meetings between a drug sponsor and its contract manufacturer, inside their chat."
BEGIN = "Begin with `tandem run`: it opens the rehearsal room. `tandem COMMAND --help` explains a command."


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command; the exit code: 0 done, 1 something does not hold, 2 bad input, 3 a bug of Tandem's."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("tandem").setLevel(logging.ERROR)  # a server says more: see bot.serving
    given = parser().parse_args(arguments)
    if given.run is None:
        return _asked_nothing(given.parser)
    try:
        code: int = given.run(given)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read the output has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - the inbound edge: a person at a terminal gets a sentence
        return _told(error)
    return code


def _asked_nothing(parser: Parser) -> int:
    """`tandem` alone shows what there is; a command that has commands of its own needs to be told which."""
    if parser.prog != "tandem":
        parser.error(f"a command is missing: one of {', '.join(parser.commands)}")
    parser.print_help()
    return 0


def _told(error: Exception) -> int:
    """What went wrong on one line of standard error, and the exit code for it."""
    match error:
        case Problem() | Refused():
            sentence, code = str(error), 2
        case DBAPIError():
            sentence, code = f"The store cannot be used: {ended(str(error.orig))} `tandem doctor` says more.", 2
        case _:
            place = traceback.extract_tb(error.__traceback__)[-1]
            what = f"{type(error).__name__}: {error}"
            sentence, code = f"A bug of Tandem's: {what} ({place.filename}, line {place.lineno}).", 3
    print(f"tandem: {' '.join(sentence.split())}", file=sys.stderr)
    return code


def parser() -> Parser:
    """Every command with its arguments."""
    top = Parser(prog="tandem", description=OVERVIEW, epilog=BEGIN)
    commands = Commands(top)
    for module in (
        running,
        rehearsing,
        examining,
        manifest,
        administering,
        exporting,
        auditing,
        reading,
        templates,
        benching,
    ):
        module.add(commands)
    return top


if __name__ == "__main__":
    sys.exit(main())
