"""The app as Teams is to install it: where it may be added, what it hears there, its commands, and its icons."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

VERSION = "1.19"
SCHEMA = f"https://developer.microsoft.com/json-schemas/teams/v{VERSION}/MicrosoftTeams.schema.json"
SCOPES = ["team", "groupChat", "personal"]
COMMANDS = {
    "help": "What you may say here",
    "mine": "Your actions and questions",
    "overdue": "What is late in this transfer",
    "agenda": "The agenda of the next meeting",
    "meeting new": "Plan a meeting",
    "meeting start": "Begin the meeting",
    "action": "An action: what, @who, by when",
    "decision": "A decision, for both companies to agree to",
    "question": "A question to be answered",
    "minutes show": "The minutes of the last meeting",
}
"""Teams shows ten commands at most; each is a sentence, or the beginning of one."""
CAPTURE = {
    "id": "capture",
    "type": "action",
    "title": "Capture in Tandem",
    "description": "Record this message as a decision, an action, a question or a risk",
    "context": ["message"],
    "fetchTask": True,
}
"""What stands in the menu of every message."""
HEARS = ("ChannelMessage.Read.Group", "ChatMessage.Read.Chat")
"""Consent of a team's or chat's owner: without it a bot hears only the lines that mention it."""
_BLUE = (0x1F, 0x3A, 0x5F)
_WHITE = (0xFF, 0xFF, 0xFF)


def teams_package(app_id: str, url: str | None = None) -> bytes:
    """The zip to upload: the manifest and its two icons."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (
            ("manifest.json", json.dumps(teams_manifest(app_id, url), indent=2, ensure_ascii=False).encode()),
            ("color.png", _icon(192, _BLUE, _WHITE)),
            ("outline.png", _icon(32, None, _WHITE)),
        ):
            package.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)
    return packed.getvalue()


def teams_manifest(app_id: str, url: str | None = None) -> dict[str, Any]:
    """The manifest; `url` is Tandem's public address, whose pages its cards link to.

    The fields are those of https://learn.microsoft.com/microsoftteams/platform/resources/schema/manifest-schema.
    """
    site = (url or "https://tandem.example.com").rstrip("/")
    commands = [{"title": title, "description": description} for title, description in COMMANDS.items()]
    return {
        "$schema": SCHEMA,
        "manifestVersion": VERSION,
        "version": "1.1.0",
        "id": app_id,
        "developer": {"name": "Tandem", "websiteUrl": site, "privacyUrl": site, "termsOfUseUrl": site},
        "name": {"short": "Tandem", "full": "Tandem: joint technology-transfer meetings"},
        "description": {
            "short": "Joint meetings of a sponsor and its manufacturer",
            "full": "Prepares, holds and writes up the joint meetings of a drug sponsor and its contract manufacturer: "
            "agenda, decisions, actions, questions, risks and minutes, in the rooms where both companies talk.",
        },
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": "#{:02X}{:02X}{:02X}".format(*_BLUE),
        "bots": [
            {
                "botId": app_id,
                "scopes": SCOPES,
                "isNotificationOnly": False,
                "supportsFiles": False,
                "commandLists": [{"scopes": SCOPES, "commands": commands}],
            }
        ],
        "composeExtensions": [{"botId": app_id, "commands": [CAPTURE]}],
        "permissions": ["identity", "messageTeamMembers"],
        "validDomains": [urlsplit(site).hostname or "tandem.example.com"],
        "webApplicationInfo": {"id": app_id, "resource": "https://tandem.example.com/consent"},
        "authorization": {
            "permissions": {"resourceSpecific": [{"name": name, "type": "Application"} for name in HEARS]}
        },
    }


def _icon(size: int, ground: tuple[int, int, int] | None, ink: tuple[int, int, int]) -> bytes:
    """A PNG of two people side by side on one frame: Tandem's sign; without `ground` on nothing."""
    nothing = bytes(4)
    ground_pixel = bytes((*ground, 255)) if ground else nothing
    mark = bytes((*ink, 255))
    drawn = _sign(size)
    rows = b"".join(
        b"\0" + b"".join(mark if drawn(x, y) else ground_pixel for x in range(size)) for y in range(size)
    )  # fmt: skip
    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")


def _sign(size: int) -> Callable[[int, int], bool]:
    """Whether a pixel belongs to the sign: two wheels, and the bar that joins them."""
    unit = size / 32

    def belongs(x: int, y: int) -> bool:
        across, down = (x + 0.5) / unit, (y + 0.5) / unit
        for middle in (9.5, 22.5):
            far = ((across - middle) ** 2 + (down - 18.5) ** 2) ** 0.5
            if 4.2 <= far <= 6.2 or far <= 1.4:
                return True
        return 9.5 <= across <= 22.5 and 9.2 <= down <= 11.2

    return belongs


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
