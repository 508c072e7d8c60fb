"""What the Bot Connector's refusals mean: what may work later, and what never will because something is gone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from aiohttp import ClientConnectorError, ClientError

from adapters.teams.reasons import told
from core.api import Gone, TryLater

UNTAKEN = frozenset({412, 429})
"""Come back later: nothing was posted."""
BROKEN = frozenset({408, 500, 502, 503, 504})
"""Come back later: some of it may have happened."""
_MESSAGE = frozenset({"activitynotfoundinconversation", "messagenotfound", "activitynotfound"})


class Refusal(Exception):
    """An answer of the connector's that is no success: its status, Microsoft's word for it, and seconds to wait."""

    def __init__(self, status: int, code: str = "", after: float | None = None) -> None:
        super().__init__(f"{status} {code}".strip())
        self.status, self.code, self.after = status, code, after


@asynccontextmanager
async def sorted_faults(direct: bool = False, changes: bool = False, opens: bool = False) -> AsyncIterator[None]:
    """Raise TryLater or Gone for whatever a call raises.

    `direct`: its room is one person; `changes`: a message; `opens`: a chat with somebody, which Teams refuses of its
    guests (microsoft/botframework-sdk#4286).
    """
    try:
        yield
    except Refusal as refusal:
        fault = sort(refusal, direct, changes)
        if isinstance(fault, Gone) and opens and refusal.status == 403:
            fault.there = True
        raise fault from refusal
    except ClientConnectorError as error:
        raise TryLater("Teams could not be reached") from error
    except (TimeoutError, ClientError, OSError) as error:
        raise TryLater(f"the line to Teams broke: {type(error).__name__}", in_doubt=True) from error


def sort(refusal: Refusal, direct: bool = False, changes: bool = False) -> TryLater | Gone:
    """What a refusal means; one that nobody knows is taken for final, so that its room goes on."""
    code = refusal.code.lower()
    if refusal.status in UNTAKEN:
        return TryLater(str(refusal), refusal.after)
    if refusal.status in BROKEN or refusal.status > 504:
        return TryLater(str(refusal), refusal.after, in_doubt=True)
    if refusal.status == 401:
        return TryLater(f"Teams refuses Tandem's own token ({refusal}): `tandem doctor` says more", after=60.0)
    sentence = told(refusal.status, code, direct)
    return Gone(str(refusal), _what(refusal.status, code, direct, changes), told=sentence)


def _what(status: int, code: str, direct: bool, changes: bool) -> str:
    if code in _MESSAGE or (changes and status == 404):
        return "message"
    if status in (403, 404):
        return "person" if direct else "room"
    return "post"


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that an answer asks to wait, None where it does not tell."""
    found = next((value for name, value in headers.items() if name.lower() == "retry-after"), None)
    try:
        return max(0.0, float(found)) if found is not None else None
    except ValueError:
        return None
