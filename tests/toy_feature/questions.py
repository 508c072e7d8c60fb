"""What may be asked about badges."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from sqlalchemy import select

from core.features.decisions.records import Decision
from core.kernel.complements import Complement, Fact, Offer
from core.kernel.ids import Audience, Ref
from core.kernel.messages import Question, Reference
from core.kernel.registry import answers, complements, exports, shows
from core.kernel.work import Draw, Reads
from tests.toy_feature.records import Badge


@dataclass(frozen=True, kw_only=True)
class ShowBadge(Question):
    """Show one badge."""

    says: ClassVar[str] = "badge show"
    needs: ClassVar[str] = "badge.read"

    badge: Annotated[Ref, Reference("the badge", prefix="BDG")]


@dataclass(frozen=True, slots=True)
class BadgeView:
    """A badge as its card shows it."""

    badge: str
    text: str
    state: str


@answers(ShowBadge)
def show_badge(question: ShowBadge, reads: Reads) -> Draw:
    return reads.card("toy/badge", badge=reads.get(Badge, question.badge))


@shows("toy/badge")
def badge_view(reads: Reads, badge: Badge) -> BadgeView:
    return BadgeView(badge.ref, badge.text, badge.state)


@complements("decisions/decision")
def badges_out(reads: Reads, decision: Decision) -> Complement | None:
    out = reads.all(select(Badge).where(Badge.transfer == reads.transfer, Badge.audience == Audience.JOINT))
    if not out:
        return None
    return Complement((Fact("Badges", ", ".join(badge.ref for badge in out)),), (Offer("Badge…", "badge"),))


@exports("badges")
def export_badges(reads: Reads) -> Iterable[dict[str, Any]]:
    for badge in reads.all(select(Badge).where(Badge.transfer == reads.transfer).order_by(Badge.ref)):
        yield {**reads.envelope(badge), "text": badge.text}
