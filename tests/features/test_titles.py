"""Every form that may open has a title of its own, short enough for each platform to show it whole."""

from __future__ import annotations

import pytest

from core.features import shipped
from core.kernel.messages import Command, Message, Reason
from core.kernel.registry import Registry
from core.speech.shape import shape_of

SHORT_ENOUGH = 24
"""Characters of a Slack modal's title (docs.slack.dev/reference/views/modal-views)."""

SAID = sorted(
    (kind for kind in Registry.of(shipped()).messages.values() if kind.says), key=lambda kind: kind.says or ""
)


def may_open(kind: type[Message]) -> bool:
    """Whether something is left to ask for: a part that it needs, or the reason for it."""
    return any(slot.required or isinstance(slot.part, Reason) for slot in shape_of(kind).slots)


@pytest.mark.parametrize("kind", SAID, ids=lambda kind: kind.says)
def test_a_form_has_a_title_that_every_platform_shows_whole(kind: type[Command]) -> None:
    assert len(kind.heading or "") <= SHORT_ENOUGH
    assert kind.heading or not may_open(kind)
