"""`tandem audit verify`: walks the chains of the store or of an export, and holds the records against them."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from pathlib import Path

from bot.command_line import Commands
from bot.cores import open_store
from bot.problem import Problem
from bot.settings import read_settings
from core.export import (
    Disagreement,
    ExportedRows,
    NoExport,
    Records,
    UnknownTransfer,
    Witness,
    audit_file,
    audit_store,
    verify_store,
)
from core.features import shipped
from core.kernel.audit import Verdict
from core.kernel.registry import Registry

MORE = (
    "The head of a chain is on minutes and in each room's daily line: with --head the chain must still hold it. Each "
    "record is replayed from the trail and compared, field by field, with what the store or the export has; people and "
    "accounts, which transfers share, only without --transfer. Exit code 1 where a chain does not hold, with the first "
    "sequence number that breaks it, or where a record and the trail part."
)
MOST_TOLD = 50
_HEAD = re.compile(r"[0-9a-f]{16,64}")


def add(commands: Commands) -> None:
    """Add the command."""
    audit = commands.group("audit", "check the trail")
    parser = audit.add("verify", verify, "walk the chains and compare the records with them", MORE)
    parser.add_argument("--transfer", metavar="REF", help="only the chains of this transfer, by its code")
    parser.add_argument("--head", metavar="HASH", help="a head that was kept, or its first 16 digits")
    parser.add_argument("--file", metavar="EXPORT", type=Path, help="an export in place of the store")


def verify(given: argparse.Namespace) -> int:
    """Print each chain's verdict, then where the records and the trail part."""
    witness = _witness(given.head)
    try:
        if given.file is not None:
            rows = ExportedRows(Registry.of(shipped()))
            return _told(audit_file(given.file, given.transfer, witness, rows), witness, rows)
        with open_store(read_settings()) as core:
            if not core.is_current():
                return _told_old(verify_store(core.store, given.transfer, witness), witness)
            records = Records(core.registry)
            return _told(audit_store(core.store, given.transfer, witness, records), witness, records)
    except UnknownTransfer as unknown:
        raise Problem(f"--transfer: {unknown}.") from unknown
    except NoExport as error:
        raise Problem(f"--file: {error}. `tandem export` writes one.") from error
    except OSError as error:
        raise Problem(f"--file: {given.file} cannot be read: {error.strerror}.") from error


def _witness(head: str | None) -> Witness | None:
    if head is None:
        return None
    if not _HEAD.fullmatch(head.lower()):
        raise Problem(f"--head is {head[:80]!r}: it is the 16 digits, 0-9 and a-f, of a witness line, or all 64.")
    return Witness(head.lower())


def _told(found: Iterable[Verdict | Disagreement], witness: Witness | None, records: Records | ExportedRows) -> int:
    chains = broken = parted = 0
    for one in found:
        if isinstance(one, Verdict):
            chains += 1
            broken += one.broken is not None
            print(_line(one))
            continue
        parted += 1
        if parted <= MOST_TOLD:
            print(f"{one}.")
    if parted > MOST_TOLD:
        print(f"... and {parted - MOST_TOLD} more places where the records and the trail part.")
    if not chains:
        print("There are no entries yet.")
    elif not parted:
        print(f"records: {records.compared} agree with the trail; what was posted where is no part of it")
    return 1 if broken or parted or _is_missing(witness) else 0


def _told_old(verdicts: Iterable[Verdict], witness: Witness | None) -> int:
    """The chains hold in every version's schema; the records can be read in this version's alone."""
    for verdict in verdicts:
        print(_line(verdict))
    print("records: not compared, as the store has another schema than this version: run `tandem migrate` first")
    _is_missing(witness)
    return 1


def _line(verdict: Verdict) -> str:
    held = f"{verdict.chain}: {verdict.entries} entries"
    if verdict.broken is None:
        return f"{held}, head {verdict.head}"
    return f"{held} hold, then BROKEN at {verdict.broken}: {verdict.why}"


def _is_missing(witness: Witness | None) -> bool:
    if witness is None or witness.seen:
        return False
    print(
        f"No entry has the head {witness.digits}: either the tail of a chain was cut off, or this head was kept "
        "from another store, transfer or side."
    )
    return True
