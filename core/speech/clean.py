"""Text from people is made harmless once, inbound: what XML or a database cannot hold becomes U+FFFD."""

from __future__ import annotations

import re

_LINE_END = re.compile(r"\r\n?")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_FORBIDDEN = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BIDI_OPENER = re.compile(r"[\u202a\u202b\u202d\u202e\u2066\u2067\u2068]")
_ISOLATES = "\u2066\u2067\u2068"
_POP_DIRECTION, _POP_ISOLATE = "\u202c", "\u2069"


def clean(text: str) -> str:
    """The text with U+FFFD for what XML 1.0 forbids (NUL, ESC, lone surrogates), and with LF line ends.

    Right-to-left marks stay; what they turn is turned back at the end of its line, so that nothing said after
    it is read backwards. Cleaning twice changes nothing more.
    """
    if _SURROGATE.search(text):
        # Two halves of one character that a platform escaped apart belong together.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if "\r" in text:
        text = _LINE_END.sub("\n", text)
    return closed(_FORBIDDEN.sub("\ufffd", text))


def closed(text: str) -> str:
    """The text with every turn of the reading direction ended in its own line."""
    if not _BIDI_OPENER.search(text):
        return text
    return "\n".join(map(_closed_line, text.split("\n")))


def _closed_line(line: str) -> str:
    still_open: list[str] = []
    for character in line:
        if _BIDI_OPENER.match(character):
            still_open.append(_POP_ISOLATE if character in _ISOLATES else _POP_DIRECTION)
        elif still_open and character == still_open[-1]:
            still_open.pop()
    return line + "".join(reversed(still_open))
