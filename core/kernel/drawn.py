"""A post's card as it is to be sent: what can never be drawn is gone, and takes nothing else with it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from core.kernel.drawing import CannotDraw
from core.kernel.errors import Gone
from core.kernel.pending import Drawn, Pending
from core.kernel.sending import Desk
from core.view import Card, MarkupError, Place, parse

log = logging.getLogger("tandem.outbox")
T = TypeVar("T")


def drawn_of(post: Pending, desk: Desk) -> Drawn | None:
    """A post with the markup of its card; None where it cannot be drawn, which is told when its turn comes."""
    try:
        return Drawn(post, markup_of(post, desk))
    except Exception:  # noqa: BLE001 - it would keep others from being claimed, or one that was sent from its mark
        return None


def markup_of(post: Pending, desk: Desk) -> str:
    """The markup of a post's card. Raises Gone, or OSError where a template cannot be read now."""
    return post.card or _made(post, "drawn", lambda: desk.markup(post))


def card_of(post: Pending, markup: str, desk: Desk) -> Card:
    """The card that a post's markup makes, with its place. Raises Gone."""
    card = _made(post, "read", lambda: parse(markup))
    if not isinstance(card, Card):
        raise Gone(f"post {post.id} holds no card")
    place = Place(post.transfer, post.record, post.record_version)
    return replace(card, training=desk.training, place=place)


def _made(post: Pending, how: str, make: Callable[[], T]) -> T:
    try:
        return make()
    except (CannotDraw, MarkupError) as error:
        raise Gone(f"its card cannot be {how}: {error}") from error
    except OSError:
        raise
    except Exception as error:  # of a company's own template, or a bug: it would be met again however often
        log.exception("post %s could not be %s", post.id, how)
        raise Gone(f"its card cannot be {how}: {type(error).__name__}") from error
