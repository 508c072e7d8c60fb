"""`tandem audit verify`: walks the chains of the store, or of an export without any store."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from bot.command_line import Commands
from bot.cores import open_store
from bot.problem import Problem
from bot.settings import read_settings
from core.export import NoExport, UnknownTransfer, Witness, verify_file, verify_store
from core.kernel.audit import Verdict

MORE = (
    "The head of a chain is on minutes and in each room's daily line: with --head the chain must still hold it. Exit "
    "code 1 where a chain does not hold, with the first sequence number that breaks it."
)
_HEAD = re.compile(r"[0-9a-f]{16,64}")


def add(commands: Commands) -> None:
    """Add the command."""
    audit = commands.group("audit", "check the trail")
    parser = audit.add("verify", verify, "walk the chains and say of each whether it holds", MORE)
    parser.add_argument("--transfer", metavar="REF", help="only the chains of this transfer, by its code")
    parser.add_argument("--head", metavar="HASH", help="a head that was kept, or its first 16 digits")
    parser.add_argument("--file", metavar="EXPORT", type=Path, help="an export in place of the store")


def verify(given: argparse.Namespace) -> int:
    """Print each chain's verdict."""
    witness = _witness(given.head)
    try:
        if given.file is not None:
            verdicts = list(map(_told, verify_file(given.file, given.transfer, witness)))
        else:
            with open_store(read_settings()) as store:
                verdicts = list(map(_told, verify_store(store, given.transfer, witness)))
    except UnknownTransfer as unknown:
        raise Problem(f"--transfer: {unknown}.") from unknown
    except NoExport as error:
        raise Problem(f"--file: {error}. `tandem export` writes one.") from error
    except OSError as error:
        raise Problem(f"--file: {given.file} cannot be read: {error.strerror}.") from error
    return _concluded(verdicts, witness)


def _witness(head: str | None) -> Witness | None:
    if head is None:
        return None
    if not _HEAD.fullmatch(head.lower()):
        raise Problem(f"--head is {head[:80]!r}: it is the 16 digits, 0-9 and a-f, of a witness line, or all 64.")
    return Witness(head.lower())


def _told(verdict: Verdict) -> Verdict:
    held = f"{verdict.chain}: {verdict.entries} entries"
    if verdict.broken is None:
        print(f"{held}, head {verdict.head}")
    else:
        print(f"{held} hold, then BROKEN at {verdict.broken}: {verdict.why}")
    return verdict


def _concluded(verdicts: list[Verdict], witness: Witness | None) -> int:
    if not verdicts:
        print("There are no entries yet.")
    if any(verdict.broken is not None for verdict in verdicts):
        return 1
    if witness is not None and not witness.seen:
        print(
            f"No entry has the head {witness.digits}: either the tail of a chain was cut off, or this head was kept "
            "from another store, transfer or side."
        )
        return 1
    return 0
