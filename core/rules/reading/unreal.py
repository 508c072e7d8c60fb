"""What would have been, and was not: `if we had sampled earlier, we would know it`, `ohne Björn hätten wir den Slot
verpasst`. Nothing hangs on it any more."""

from __future__ import annotations

import re

from core.rules.reading.parts import Part, Sentence
from core.rules.reading.words import word_set

_DONE = r"""(?:not[ ]|never[ ]|only[ ]|just[ ]|even[ ]|already[ ]|probably[ ]|definitely[ ]|easily[ ]|been[ ])*
    (?:\w{2,}(?:ed|en|own|ought)|been|known|left|gone|come|seen|had|kept|got|meant|felt|lost|made|sent|built|held|found
    |told|done|run|said|put|set|cut|read|thought|let|bought|paid)\b"""
_UNREAL = re.compile(
    rf"""\bif[ ](?:[\w']+[ ]){{1,5}}?had(?:n't|nt)?[ ]{_DONE}
    |\bif[ ](?:only[ ])?(?:[\w']+[ ]){{1,4}}?(?:hadn't|hadnt|had[ ]not)[ ]
    |(?:would|could|might|'d)(?:n't|nt)?[ ](?:not[ ]|never[ ]|probably[ ]|\w+ly[ ])*have[ ]{_DONE}
    |\bif[ ]it[ ](?:weren't|wasn't|were[ ]not|was[ ]not)[ ]for\b""",
    re.VERBOSE,
)
"""`If the truck had left`, `we would never have made it`, `if it weren't for`."""
_HAETTE = word_set("hätte hätten hättest hättet wäre wären wärst")
_PARTICIPLE = re.compile(r"(?:\w{2,4}ge|ge|be|ver|er|ent|zer|miss)\w{2,}(?:t|en)$")
_CLAUSE = ",;:.*-("


def is_unreal(sentence: Sentence) -> bool:
    """Whether it tells what would have been, had something else been so."""
    if sentence.mark("hypothetical"):
        return True
    if any(part.low in _HAETTE for part in sentence.parts):
        return _is_unreal_german(sentence)
    said = " ".join([word.low for word in sentence.words if word.low != ","])
    return ("had" in said or "have " in said or "if it " in said) and _UNREAL.search(said) is not None


def _is_unreal_german(sentence: Sentence) -> bool:
    """`…, hätten wir den Slot verpasst`, `wenn wir das gewusst hätten`."""
    parts = sentence.parts
    for place, part in enumerate(parts):
        if part.low in _HAETTE:
            end = next((at for at in range(place + 1, len(parts)) if parts[at].code in _CLAUSE), len(parts))
            if _is_done(parts[end - 1]) or (place and _is_done(parts[place - 1])):
                return True
    return False


def _is_done(part: Part) -> bool:
    return part.code == "y" or (part.code in "Nfvz" and _PARTICIPLE.match(part.low) is not None)
