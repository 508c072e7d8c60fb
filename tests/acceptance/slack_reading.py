"""What a person reads in a Slack message: its blocks as words, people by name, moments in the reader's own zone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

Json = Mapping[str, Any]
_MARK = re.compile(r"<@(?P<user>\w+)(?:\|[^>]*)?>|<!date\^(?P<stamp>\d+)\^(?P<format>[^|>]*)\|[^>]*>")


class Reader:
    """Somebody's eyes: `names` by user id, `zone` as IANA name."""

    def __init__(self, names: Mapping[str, str], zone: str) -> None:
        self._names, self._zone = names, zone

    def words(self, message: Json) -> str:
        """All that a message shows, its buttons as [Label]."""
        blocks = message.get("blocks") or []
        shown = "\n".join("".join(self._of(block)) for block in blocks) if blocks else message.get("text", "")
        return " ".join(shown.split())

    def _of(self, part: Json) -> Iterator[str]:
        match part.get("type"):
            case "user":
                yield f"@{self._names[part['user_id']]}"
            case "date":
                yield self._moment(part["timestamp"], part["format"])
            case "mrkdwn":
                yield _MARK.sub(self._mark, part["text"]) + " "
            case "button":
                yield f"[{part['text']['text']}] "
            case "text" | "link":
                yield part["text"]
            case _:
                yield from self._inside(part)

    def _inside(self, part: Json) -> Iterator[str]:
        text = part.get("text")
        if isinstance(text, str):
            yield f"{text} "
        elif text is not None:
            yield from self._of(text)
        for within in (*part.get("elements", ()), *part.get("rows", ())):
            yield from self._of({"elements": within} if isinstance(within, list) else within)
            if part.get("type") == "rich_text_list":
                yield "\n"

    def _mark(self, found: re.Match[str]) -> str:
        if found["user"]:
            return f"@{self._names[found['user']]}"
        return self._moment(int(found["stamp"]), found["format"])

    def _moment(self, stamp: int, pattern: str) -> str:
        local = datetime.fromtimestamp(stamp, UTC).astimezone(ZoneInfo(self._zone))
        day = f"{local:%a} {local.day} {local:%b %Y}"
        shown = pattern.replace("{date_short_pretty}", day).replace("{time}", f"{local:%H:%M}")
        return shown.replace(" at ", ", ")
