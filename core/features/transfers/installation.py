"""What happens to the installation itself: a new version starts, an export leaves the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.features.transfers.events import ExportMade, VersionStarted
from core.kernel.audit import Entry, entries_of
from core.kernel.errors import DoneAlready, msg
from core.kernel.ids import HOUSE
from core.kernel.messages import Command
from core.kernel.registry import handles
from core.kernel.work import Work

INSTALLATION = "installation"
"""How the trail names what runs here."""


@dataclass(frozen=True, kw_only=True)
class NoteVersion(Command):
    """Keep in the trail that another version of Tandem than before serves this store."""

    needs: ClassVar[str] = "version.note"

    software: str


@dataclass(frozen=True, kw_only=True)
class NoteExport(Command):
    """Keep in the trail that records left the store; `transfer` and `side` are empty where all of it left."""

    needs: ClassVar[str] = "export.make"

    transfer: str = ""
    side: str = ""


@handles(NoteVersion)
def note_version(cmd: NoteVersion, work: Work) -> None:
    last = work.one(entries_of(INSTALLATION, HOUSE).order_by(Entry.seq.desc()))
    if last is not None and last.said["software"] == cmd.software:
        raise DoneAlready(msg("{software} served this store before."), software=cmd.software)
    work.record(VersionStarted(record=INSTALLATION))


@handles(NoteExport)
def note_export(cmd: NoteExport, work: Work) -> None:
    what = f"export:{cmd.transfer or 'all'}{':' if cmd.side else ''}{cmd.side}"
    work.record(ExportMade(record=what))
