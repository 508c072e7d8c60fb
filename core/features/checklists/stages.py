"""The checklist of each stage, read from YAML that a company may replace; what cannot stand is told with its line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Literal, get_type_hints

import msgspec
import yaml

from core.features.transfers.opening import STAGES
from core.kernel.templates import Words

MOST_ITEMS = 40
LONGEST_LEAD = 90

Line = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]


class StageItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One item of a stage's list. `lead_days` are calendar days before the meeting (source: domain, section 2)."""

    id: Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{2,6}-[0-9]{2}$")]
    text: Line
    side: Literal["sponsor", "cmo", "both"]
    evidence: Line
    blocker: bool
    lead_days: Annotated[int, msgspec.Meta(ge=0, le=LONGEST_LEAD)]
    category: Literal["materials", "method", "machine", "man", "measurement", "environment"]
    basis: Line


class StageList(msgspec.Struct, frozen=True):
    """A stage's list, in its written order."""

    stage: str
    title: str
    items: tuple[StageItem, ...]


class BadList(ValueError):
    """A list that cannot be used. `faults` are (line, sentence), lines from 1, in order."""

    def __init__(self, faults: list[tuple[int, str]]) -> None:
        self.faults = sorted(faults)
        super().__init__("; ".join(f"line {line}: {sentence}" for line, sentence in self.faults))


def path_of(stage: str) -> str:
    """Where a stage's list stands below the templates' folder."""
    return f"checklists/{stage}.yaml"


@cache
def list_for(stage: str, words: Words) -> StageList:
    """The list of a stage, a company's own where it has one; read once. Raises BadList."""
    text, _file = words.source(path_of(stage))
    return read_list(stage, text)


def check_lists(words: Words) -> Iterator[tuple[str, int, str]]:
    """Every fault of every stage's list as file, line and sentence; what is read here is kept."""
    for stage in STAGES:
        try:
            list_for(stage, words)
        except BadList as bad:
            _text, file = words.source(path_of(stage))
            yield from ((file, line, sentence) for line, sentence in bad.faults)


def read_list(stage: str, text: str) -> StageList:
    """The list that YAML text holds. Raises BadList with every fault."""
    loader = yaml.SafeLoader(text)
    try:
        root = loader.get_single_node()
        if root is None:
            raise BadList([(1, "The list is empty: it has a title and items.")])
        return _List(loader, root).read(stage)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise BadList([(mark.line + 1 if mark else 1, f"This is no YAML: {error.problem or error.context}.")]) from None
    except yaml.YAMLError as error:
        raise BadList([(1, f"This is no YAML: {' '.join(str(error).split())}.")]) from None


class _List:
    """One document being read: every fault is gathered with the line that it stands on."""

    def __init__(self, loader: yaml.SafeLoader, root: yaml.Node) -> None:
        self._loader, self._root = loader, root
        self.faults: list[tuple[int, str]] = []

    def read(self, stage: str) -> StageList:
        fields = self._fields(self._root, "The list")
        if self.faults:
            raise BadList(self.faults)
        for name in fields.keys() - {"title", "items"}:
            self._fault(fields[name], f"'{name}' is nothing that a list has: it has a title and items.")
        title = self._title(fields.get("title"))
        items = tuple(self._items(fields.get("items")))
        if self.faults:
            raise BadList(self.faults)
        return StageList(stage, title, items)

    def _fault(self, node: yaml.Node, sentence: str) -> None:
        self.faults.append((node.start_mark.line + 1, sentence))

    def _fields(self, node: yaml.Node, what: str) -> dict[str, yaml.Node]:
        """Name to value of a mapping."""
        found: dict[str, yaml.Node] = {}
        if not isinstance(node, yaml.MappingNode):
            self._fault(node, f"{what} is names with values, such as `title: Kick-off`.")
            return found
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._fault(key, f"{what} has a name that is no word.")
            elif key.value in found:
                self._fault(key, f"'{key.value}' stands twice.")
            else:
                found[key.value] = value
        return found

    def _value(self, node: yaml.Node) -> Any:
        return self._loader.construct_document(node)

    def _title(self, node: yaml.Node | None) -> str:
        if node is None:
            self._fault(self._root, "The list has no title.")
            return ""
        try:
            return msgspec.convert(self._value(node), Line)
        except msgspec.ValidationError:
            self._fault(node, _right("title"))
            return ""

    def _items(self, node: yaml.Node | None) -> Iterator[StageItem]:
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            self._fault(node or self._root, "The list has no items: each begins with `- id:`.")
            return
        if len(node.value) > MOST_ITEMS:
            self._fault(node.value[MOST_ITEMS], f"A list has {MOST_ITEMS} items at most.")
        seen: set[str] = set()
        for one in node.value:
            item = self._item(one)
            if item is not None and item.id in seen:
                self._fault(one, f"There is another item {item.id} above.")
            elif item is not None:
                seen.add(item.id)
                yield item

    def _item(self, node: yaml.Node) -> StageItem | None:
        before = len(self.faults)
        fields = self._fields(node, "An item")
        if len(self.faults) > before:
            return None
        values = {name: self._value(value) for name, value in fields.items()}
        for name in StageItem.__struct_fields__:
            if name not in values:
                self._fault(node, f"This item has no '{name}'.")
        for name, value in values.items():
            self._check(name, value, fields[name])
        return msgspec.convert(values, StageItem) if len(self.faults) == before else None

    def _check(self, name: str, value: Any, node: yaml.Node) -> None:
        kind = _KINDS.get(name)
        if kind is None:
            self._fault(node, f"'{name}' is nothing that an item has: it has {', '.join(_KINDS)}.")
            return
        try:
            msgspec.convert(value, kind)
        except msgspec.ValidationError:
            self._fault(node, _right(name))


_KINDS = get_type_hints(StageItem, include_extras=True)
_RIGHT = {
    "id": "two to six capitals, a hyphen and two digits, such as PQ-03",
    "side": "sponsor, cmo or both",
    "blocker": "yes or no",
    "lead_days": f"a whole number of days from 0 to {LONGEST_LEAD}",
    "category": "materials, method, machine, man, measurement or environment",
}


def _right(name: str) -> str:
    return f"'{name}' is {_RIGHT.get(name, 'a line of words, 300 characters at most')}."
