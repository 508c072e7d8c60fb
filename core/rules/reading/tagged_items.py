"""What a tagged sentence records: its text, and for an action whose it is and by when, however loosely written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.rules.reading.actions import natural_actions
from core.rules.reading.dues import due_in, due_on
from core.rules.reading.fields import fields_of
from core.rules.reading.owners import called, confirming, placed
from core.rules.reading.parts import Part, Scene, Sentence, Who
from core.rules.reading.shapes import Item, Kind
from core.rules.reading.statements import said_in
from core.rules.reading.summaries import summary
from core.rules.reading.tagged import Tag

_OPEN = re.compile(
    r"\W*(?:tb[adc]|pending|open|outstanding|none|nothing|nil|not yet|to be (?:decided|made|taken)|postponed|deferred"
    r"|offen|steht (?:noch )?aus|vertagt|keine?|nichts|noch offen|n/a)"
    r"(?: (?:so far|yet|this week|today|for now|from (?:my|our) side|heute|bisher|diese woche|von (?:mir|uns)))?\W*$",
    re.IGNORECASE,
)
_OWN = frozenset(
    """my action,my actions,my todo,my task,my to do,on me,action on me,actions on me,with me,on my list,meine aufgabe,
meine aufgaben,bei mir""".replace("\n", "").split(",")
)
"""Tags that say whose the action is."""
_MARKS = "-.?*,;:()>|jlp"


@dataclass(frozen=True, slots=True)
class Tagged:
    """A tagged sentence: what follows its tag, who stands between tag and colon, and what its readings say of why;
    `own` where the tag says that it is the author's."""

    sentence: Sentence
    parts: list[Part]
    between: list[Part]
    text: str
    rule: str
    trigger: str
    own: bool = False

    @classmethod
    def of(cls, sentence: Sentence, tag: Tag | None, kind: str, text: str) -> Tagged:
        """The sentence after its tag; `tag` is None for one in a list under a tag."""
        if tag is None:
            return cls(sentence, _bare(sentence.parts), [], text, f"in a list of {kind}s", kind)
        parts = _bare([part for part in sentence.parts if part.end > tag.body])
        first, last = tag.between
        before = [part for part in sentence.parts if first <= part.start < last]
        between = [part for part in before if part.code in "PMUCEm"]
        own = tag.word in _OWN or any(part.code == "7" for part in before)
        return cls(sentence, parts, between, text, f"tagged {tag.word}", tag.word, own)

    def said(self) -> str:
        """What it says after its tag."""
        return said_in(self.sentence, self.text, self.parts[0].start)


def tagged_items(kind: str, tag: Tag | None, sentence: Sentence, scene: Scene, text: str) -> list[Item]:
    """The items of a tagged sentence, or of one of a tagged list (`tag` None)."""
    tagged = Tagged.of(sentence, tag, kind, text)
    if all(part.code in _MARKS for part in tagged.parts) or _OPEN.match(tagged.said()):
        return []
    if kind == "action":
        return _actions(tagged, scene)
    rule, trigger = tagged.rule, tagged.trigger
    if kind == "question":
        return [Item(Kind.QUESTION, tagged.said() + "?", asked_of=_asked(tagged), rule=rule, trigger=trigger)]
    said = tagged.said()
    if kind == "signal" and tag is not None and tag.between[0] < tag.between[1]:
        said = said_in(sentence, text)  # `OOS on assay, batch 4471: 92.8 %` tells what it is before its colon
    if kind == "decision":
        return [] if sentence.row.endswith("?") else _decided(tagged, scene)
    return [Item(Kind(kind), said, rule=rule, trigger=trigger)]


_FOLLOWING = frozenset({"somebody is to do it", "told with please", "I will"})
_DATED = frozenset({"somebody will do it", "somebody does it by then", "somebody has to do it"})
"""The rules of an action that may follow from a decision in one sentence."""


def _decided(tagged: Tagged, scene: Scene) -> list[Item]:
    """A decision, and the actions that follow from it: `Agreed: two sieves stay, Luís to update the batch record`."""
    rest = replace(tagged.sentence, start=tagged.parts[0].start, parts=tagged.parts)
    drafts = natural_actions(rest, scene, tagged.text) if set("PMIm1") & set(rest.row) else []
    later = [
        draft
        for draft in drafts
        if draft.item.rule in (_FOLLOWING | _DATED if draft.item.due else _FOLLOWING)
        and _begins_clause(tagged.parts, draft.start)
    ]
    until = later[0].start if later else None
    said = said_in(tagged.sentence, tagged.text, tagged.parts[0].start, until)
    decided = Item(Kind.DECISION, said, rule=tagged.rule, trigger=tagged.trigger)
    return [decided, *(draft.item for draft in later)]


def _begins_clause(parts: Sequence[Part], start: int) -> bool:
    """Whether what begins at a place in the text stands after a mark or `and`, behind something that is said."""
    place = next((at for at, part in enumerate(parts) if part.start >= start), 0)
    return place > _SHORTEST and parts[place - 1].code in ",-;k>"


_SHORTEST = 2
"""Parts of a decision before an action that follows from it."""


def _bare(parts: list[Part]) -> list[Part]:
    """Without the marks at the beginning."""
    return next((parts[place:] for place, part in enumerate(parts) if part.code not in "-,:;.>|)"), [])


def _asked(tagged: Tagged) -> tuple[str, ...]:
    for part in tagged.between:
        if part.value.people:
            return tuple(part.value.people)
    parts = tagged.parts
    if len(parts) > 1 and (parts[0].code == "M" or (parts[0].code == "P" and parts[1].code in ",:-")):
        return tuple(parts[0].value.people)
    return ()


def _actions(tagged: Tagged, scene: Scene) -> list[Item]:
    """As in natural talk, where somebody is named so; else however whoever wrote the tag put owner and date."""
    if not tagged.between and not tagged.own:
        rest = replace(tagged.sentence, start=tagged.parts[0].start, parts=tagged.parts)
        natural = [draft.item for draft in natural_actions(rest, scene, tagged.text, tagged=True)]
        if natural and all(item.owners or item.rule.startswith("somebody unknown") for item in natural):
            return [replace(item, rule=f"{tagged.rule}: {item.rule}", trigger=tagged.trigger) for item in natural]
    return [_loosely(tagged, scene)]


def _loosely(tagged: Tagged, scene: Scene) -> Item:
    parts = tagged.parts
    due = due_in(parts, scene.setting)
    out = list(due.stretches)
    stranger = next((part for part in tagged.between if part.code == "U"), None)
    start = 0
    owner: Who | None = tagged.between[-1].value if tagged.between else None
    if tagged.own:
        owner = scene.speaker
    if owner is None and parts[0].code in "PMUCESm" and len(parts) > 1:
        owner, start = parts[0].value, 1
        stranger = parts[0] if parts[0].code == "U" else None
        while start < len(parts) - 1 and parts[start].code in "-,:>to":
            start += 1
    if owner is None and (found := _named_within(parts)) is not None:
        owner, stretch = found
        out.append(stretch)
    out += [(part.start, part.end) for part in parts[start:] if part.code in "pj$"]
    said = summary(tagged.text, parts[start].start, parts[-1].end, out)
    if stranger is not None and not stranger.value.people:
        said = f"{tagged.text[stranger.start : stranger.end]}: {said}"
    people = owner.people if owner is not None else ()
    asks = confirming(people, owner, due.reading)
    urgent = any(part.code == "$" for part in parts)
    return Item(Kind.ACTION, said, people, due.reading, asks, rule=tagged.rule, trigger=tagged.trigger, urgent=urgent)


def _named_within(parts: Sequence[Part]) -> tuple[Who, tuple[int, int]] | None:
    """Whose a tagged task is by a name behind it, between commas or in brackets, or by the one mention."""
    behind = placed(parts) or called(parts)
    if behind is not None:
        return behind.who, behind.stretch
    for place in range(1, len(parts) - 1):
        if parts[place].code in "PM" and parts[place - 1].code in ",(-" and parts[place + 1].code in ",)-":
            return parts[place].value, (parts[place].start, parts[place].end)
    mentioned = [part for part in parts if part.code == "M"]
    if len(mentioned) == 1:
        return mentioned[0].value, (mentioned[0].start, mentioned[0].end)
    return None


def in_fields(sentence: Sentence, scene: Scene, text: str) -> Item | None:
    """`Owner: O'Rourke | Task: mock recall | Due: 2026-05-08`."""
    if ":" not in sentence.row and "=" not in text:
        return None
    fields = {field.name: field for field in fields_of(sentence.view, sentence.start, sentence.end)}
    if not fields:
        return None
    task, holder, when = fields["task field"], fields["holder"], fields.get("due field")
    owners = [part for part in sentence.parts if holder.start <= part.start < holder.end and part.code in "PMUCE"]
    owner: Who | None = owners[0].value if owners else None
    due = due_on(sentence.view, when.start, when.end, scene.setting) if when else None
    people = owner.people if owner else ()
    said = summary(text, task.start, task.end)
    asks = confirming(people, owner, due)
    return Item(Kind.ACTION, said, people, due, asks, rule="written in fields", trigger="owner, task")
