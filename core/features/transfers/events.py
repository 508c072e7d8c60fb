"""What happens to transfers, people and rooms."""

from __future__ import annotations

from dataclasses import dataclass

from core.kernel.held import HeldTalk
from core.kernel.ids import PersonId, Side
from core.kernel.messages import Event


@dataclass(frozen=True, kw_only=True)
class TransferOpened(Event):
    """A transfer began."""


@dataclass(frozen=True, kw_only=True)
class TransferChanged(Event):
    """A transfer's stage, milestones or settings changed."""


@dataclass(frozen=True, kw_only=True)
class TransferClosed(Event):
    """A transfer ended."""


@dataclass(frozen=True, kw_only=True)
class ClosingProposed(Event):
    """A company asked the other to close the transfer."""


@dataclass(frozen=True, kw_only=True)
class ClosingRefused(Event):
    """A transfer that a company asked to close stays open."""


@dataclass(frozen=True, kw_only=True)
class TransferReopened(Event):
    """A closed transfer goes on."""


@dataclass(frozen=True, kw_only=True)
class MemberAdded(Event):
    """A person got a part in the transfer, or another role."""


@dataclass(frozen=True, kw_only=True)
class MemberRemoved(Event):
    """A person's part in the transfer ended."""


@dataclass(frozen=True, kw_only=True)
class JoinTakenBack(Event):
    """A join was taken back, and with it the part of `people`: what they said for `side` counts no more."""

    people: tuple[PersonId, ...]
    side: Side


@dataclass(frozen=True, kw_only=True)
class OwnSealed(Event):
    """What a company may have recorded for itself was sealed, as its join was taken back."""


@dataclass(frozen=True, kw_only=True)
class OwnUnsealed(Event):
    """Who led a company until its join was taken back leads it again, and sees what it recorded for itself then."""


@dataclass(frozen=True, kw_only=True)
class RolesTaken(Event):
    """Somebody lost roles that they had through a join that was taken back; their part goes on."""


@dataclass(frozen=True, kw_only=True)
class MemberClaimed(Event):
    """A company said that somebody of the other is its own; nothing changed."""


@dataclass(frozen=True, kw_only=True)
class AccountsJoined(Event):
    """Two accounts are known as one person's."""


@dataclass(frozen=True, kw_only=True)
class AccountsParted(Event):
    """An account is somebody else's after all: what was recorded stays with who it was recorded for."""


@dataclass(frozen=True, kw_only=True)
class PeopleJoined(Event):
    """Two people turned out to be one: what `gone` owes is now `kept`'s."""

    gone: PersonId
    kept: PersonId


@dataclass(frozen=True, kw_only=True)
class LineHeld(Event):
    """A line made no record and waits for a decision."""


@dataclass(frozen=True, kw_only=True)
class LineReleased(Event):
    """Somebody who may had a held line recorded."""


@dataclass(frozen=True, kw_only=True)
class LineRecorded(Event):
    """A held line was heard again, as its speaker's own, and holds no more."""


@dataclass(frozen=True, kw_only=True)
class LineDropped(Event):
    """A held line was put away: it makes no record."""


@dataclass(frozen=True, kw_only=True)
class InviteGiven(Event):
    """A lead got a code with which a room of the other company joins."""


@dataclass(frozen=True, kw_only=True)
class JoinRefused(Event):
    """Somebody said a code that could not be used."""


@dataclass(frozen=True, kw_only=True)
class JoinTried(Event):
    """Somebody said a right code and could not join with it; the leads who gave it were told."""


@dataclass(frozen=True, kw_only=True)
class InviteWithdrawn(Event):
    """A code that nobody has used was withdrawn: no room joins with it."""


@dataclass(frozen=True, kw_only=True)
class RoomJoined(Event):
    """A room of the other company came to the transfer by a code."""


@dataclass(frozen=True, kw_only=True)
class RoomAdded(Event):
    """A company took a room of its own into the transfer."""


@dataclass(frozen=True, kw_only=True)
class RoomChanged(Event):
    """A company's own room became one that both share."""


@dataclass(frozen=True, kw_only=True)
class RoomRenamed(Event):
    """A room is called otherwise on its platform."""


@dataclass(frozen=True, kw_only=True)
class RoomRemoved(Event):
    """A room was taken out of the transfer."""


@dataclass(frozen=True, kw_only=True)
class RoomLost(Event):
    """The platform lets Tandem post in a room no more."""


@dataclass(frozen=True, kw_only=True)
class RoomBack(Event):
    """A lost room can be posted in again; `held` is the talk that was kept for it."""

    held: tuple[HeldTalk, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AccountLost(Event):
    """A person's account was deactivated on its platform, or cannot be written to."""


@dataclass(frozen=True, kw_only=True)
class AccountBack(Event):
    """A lost account was heard again."""


@dataclass(frozen=True, kw_only=True)
class ZoneNoted(Event):
    """It became known in which zone somebody lives."""


@dataclass(frozen=True, kw_only=True)
class SpokeFrom(Event):
    """Somebody with several accounts spoke from another of them than before."""


@dataclass(frozen=True, kw_only=True)
class PersonCalled(Event):
    """Somebody who cannot be written to alone was called in a room."""


@dataclass(frozen=True, kw_only=True)
class PostUndelivered(Event):
    """A post could never be sent."""


@dataclass(frozen=True, kw_only=True)
class JobSetAside(Event):
    """Due work could not be done and was set aside."""


@dataclass(frozen=True, kw_only=True)
class ChainWitnessed(Event):
    """The head of the chain was posted for both companies to keep."""


@dataclass(frozen=True, kw_only=True)
class SourceEdited(Event):
    """The message that a record was made from was edited; the record stays as it was said."""


@dataclass(frozen=True, kw_only=True)
class SourceEditedBack(Event):
    """The message that a record was made from, and that was edited, reads again as it did when the record followed it
    last."""


@dataclass(frozen=True, kw_only=True)
class SourceDeleted(Event):
    """The message that a record was made from was deleted; what was captured stays."""


@dataclass(frozen=True, kw_only=True)
class SourceRestored(Event):
    """The message that a record was made from, and that was deleted, stands in its room again."""


@dataclass(frozen=True, kw_only=True)
class RecordKept(Event):
    """A record is to stay as it was said, although its message was edited."""


@dataclass(frozen=True, kw_only=True)
class AdministratorGranted(Event):
    """An account was named administrator of the installation."""


@dataclass(frozen=True, kw_only=True)
class RoomWelcomed(Event):
    """Tandem was added to a room and said how to begin."""


@dataclass(frozen=True, kw_only=True)
class VersionStarted(Event):
    """Another version of Tandem than before began to serve the store."""


@dataclass(frozen=True, kw_only=True)
class ExportMade(Event):
    """Records left the store in an export."""
