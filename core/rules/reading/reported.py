"""What somebody only believed, was told or said elsewhere: `dachte, Zeynep zieht sie bis Montag`, `…, I was told`.
Nothing is asked for by it, however much like a task the clause within it sounds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.rules.reading.parts import Part, Sentence
from core.rules.reading.words import word_set

_BELIEVED = word_set(
    """dachte dachten gedacht glaubte glaubten geglaubt hoffte hofften gehofft vermutete vermuteten gehört hörte hieß
    davon thought figured assumed believed hoped heard"""
)
"""Words of what somebody believed or heard."""
_SAID = word_set("sagte sagten gesagt meinte meinten gemeint erzählte erzählten erzählt behauptete said claimed told")
"""Words of what somebody said, which is no report where `we` said it."""
_NO_REPORT = word_set("wie as like about darüber daran over")
"""`Wie gesagt`, `as I said` only come back to something, and `I thought about it` tells of nothing."""
_BEFORE = re.compile(r"[lku,\-]*(?:(?P<front>[^,:;.?*\n]{1,7}),|(?P<bare>[IWPT]?[NV]))l?(?=[PMI1])")
_BEHIND = re.compile(r",[rukl]{0,2}(?P<tail>[^,:;.?*\n]{2,5})[.*jlp]*$")
_BY_WORD_OF = re.compile(r"[lku,\-]*(?P<word>[NG])N?P[^:,]")
_ACCORDING = word_set("laut according")


def is_reported(sentence: Sentence) -> bool:
    """Whether it only tells what somebody believed in or was told; a request is meant all the same."""
    row, parts = sentence.row, sentence.parts
    if "p" in row or "a" in row:
        return False
    if (before := _BEFORE.match(row)) is not None:
        name = "front" if before["front"] else "bare"
        if tells(parts[before.start(name) : before.end(name)]):
            return True
    behind = _BEHIND.search(row) if "," in row else None
    if behind is not None and tells(parts[behind.start("tail") : behind.end("tail")]):
        return True
    source = _BY_WORD_OF.match(row)
    return source is not None and parts[source.start("word")].low in _ACCORDING


def tells(parts: Sequence[Part]) -> bool:
    """Whether some parts say that somebody believed, heard or said what follows."""
    lows = {part.low for part in parts}
    if not lows.isdisjoint(_NO_REPORT):
        return False
    heard = lows | {word for part in parts if part.code == "V" for word in str(part.value).split()}
    return not heard.isdisjoint(_BELIEVED) or (not heard.isdisjoint(_SAID) and all(part.code != "W" for part in parts))
