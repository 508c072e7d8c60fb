"""What happens to proposals, and to how rooms are listened to."""

from __future__ import annotations

from dataclasses import dataclass

from core.kernel.messages import Event


@dataclass(frozen=True, kw_only=True)
class ProposalMade(Event):
    """A line was read as something to record; nobody has confirmed it."""


@dataclass(frozen=True, kw_only=True)
class ProposalChanged(Event):
    """A later line or a person's edit changed a proposal."""


@dataclass(frozen=True, kw_only=True)
class ProposalConfirmed(Event):
    """A person confirmed a proposal, and it became a record; `reworded`: in words that they gave it."""

    reworded: bool = False


@dataclass(frozen=True, kw_only=True)
class ProposalDeclined(Event):
    """A person said that a proposal is nothing to record."""


@dataclass(frozen=True, kw_only=True)
class ProposalWithdrawn(Event):
    """What a proposal was read from is gone, its line or the last reaction to it, and the proposal with it."""


@dataclass(frozen=True, kw_only=True)
class ProposalReread(Event):
    """The line of a proposal was edited, and it was proposed as the line reads now."""


@dataclass(frozen=True, kw_only=True)
class ProposalUnsaid(Event):
    """The line of a proposal was edited and says nothing to record any more, and the proposal was withdrawn."""


@dataclass(frozen=True, kw_only=True)
class EditCarried(Event):
    """The message of a record was edited before that was confirmed, as the edited message reads."""


@dataclass(frozen=True, kw_only=True)
class ProposalLeft(Event):
    """A meeting ended before anybody answered a proposal."""


@dataclass(frozen=True, kw_only=True)
class OwnProposalsLeft(Event):
    """A meeting ended before anybody answered what was proposed in a company's own room."""


@dataclass(frozen=True, kw_only=True)
class MessageCaptured(Event):
    """A person picked a message, and it became a record of its author's words."""


@dataclass(frozen=True, kw_only=True)
class ListeningSet(Event):
    """Somebody chose what is read of a room's lines."""


@dataclass(frozen=True, kw_only=True)
class LineRelayed(Event):
    """A line was carried to the other rooms of a meeting."""
