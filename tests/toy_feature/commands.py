"""Issuing a badge, taking it back, signing for it, and what may go wrong with each."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, ClassVar

from core.kernel.ids import Audience, Ref
from core.kernel.messages import Command, Event, Meaning, OneOf, Reference, Words
from core.kernel.posting import ToRooms
from core.kernel.registry import corrects, handles, reacts, withdraws
from core.kernel.work import Work
from tests.toy_feature.records import Badge


@dataclass(frozen=True, kw_only=True)
class BadgeIssued(Event):
    """A badge was issued."""


@dataclass(frozen=True, kw_only=True)
class IssueBadge(Command):
    """Issue a badge to a visitor."""

    says: ClassVar[str] = "badge"
    needs: ClassVar[str] = "badge.issue"

    text: Annotated[str, Words("who visits")]
    audience: Annotated[Audience, OneOf("who sees it")] = Audience.JOINT


@dataclass(frozen=True, kw_only=True)
class ReturnBadge(Command):
    """Take a badge back."""

    says: ClassVar[str] = "badge return"
    needs: ClassVar[str] = "badge.issue"

    badge: Annotated[Ref, Reference("the badge", prefix="BDG")]


@dataclass(frozen=True, kw_only=True)
class SignBadge(Command):
    """Sign for a badge."""

    says: ClassVar[str] = "badge sign"
    needs: ClassVar[str] = "badge.sign"
    signs: ClassVar[Meaning] = Meaning.APPROVED

    badge: Annotated[Ref, Reference("the badge", prefix="BDG")]


@dataclass(frozen=True, kw_only=True)
class RemindOfBadge(Command):
    """Remind both companies of a badge that is still out."""

    needs: ClassVar[str] = "badge.remind"

    badge: Ref


@handles(IssueBadge)
def issue_badge(cmd: IssueBadge, work: Work) -> None:
    badge = Badge(ref=work.number("BDG"), state="issued", text=cmd.text, audience=cmd.audience)
    work.add(badge)
    work.record(BadgeIssued(record=badge.ref))
    work.schedule(f"badge:{badge.ref}", work.now + timedelta(hours=8), RemindOfBadge(badge=badge.ref))
    work.post(ToRooms(), "toy/badge", key=f"card:{badge.ref}", record=badge, badge=badge)
    if cmd.text == "break after the insert":
        work.session.flush()
        raise RuntimeError("a bug in a handler")


@handles(ReturnBadge)
def return_badge(cmd: ReturnBadge, work: Work) -> None:
    badge = work.get(Badge, cmd.badge)
    badge.move("returned")
    work.unschedule(f"badge:{badge.ref}")
    work.post(ToRooms(), "toy/badge", key=f"card:{badge.ref}", record=badge, badge=badge)


@withdraws("BDG", Badge)
def take_badge_back(badge: Badge, reason: str, work: Work) -> None:
    badge.move("withdrawn")
    work.unschedule(f"badge:{badge.ref}")
    work.post(ToRooms(), "toy/badge", key=f"card:{badge.ref}", record=badge, badge=badge)


@corrects("BDG", Badge)
def correct_badge(badge: Badge, text: str, reason: str, work: Work) -> None:
    badge.text = text
    work.post(ToRooms(), "toy/badge", key=f"card:{badge.ref}", record=badge, badge=badge)


@handles(SignBadge)
def sign_badge(cmd: SignBadge, work: Work) -> None:
    work.get(Badge, cmd.badge).text += " (signed)"


@handles(RemindOfBadge)
def remind_of_badge(cmd: RemindOfBadge, work: Work) -> None:
    badge = work.get(Badge, cmd.badge)
    if badge.state == "issued":
        work.post(ToRooms(), "toy/badge", badge=badge)


@reacts(BadgeIssued)
def number_badge(event: BadgeIssued, work: Work) -> None:
    badge = work.get(Badge, event.record)
    badge.text += f" #{int(badge.ref.partition('-')[2])}"
