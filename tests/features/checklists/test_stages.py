"""The lists as they are shipped, and lists of a company's own: what cannot stand is told with its line."""

import json
from pathlib import Path

import msgspec
import pytest

from core.features import shipped
from core.features.checklists.stages import BadList, check_lists, list_for, read_list
from core.features.transfers.opening import STAGES
from core.kernel.registry import Registry
from core.kernel.templates import SHIPPED, Words
from core.overrides import check_overrides, faulty_lists

SOURCE = Path(__file__).parents[3].parent / "shared" / "data" / "checklists.json"
GOOD = """\
title: PPQ readiness of line 4
items:
  - id: PQ-01
    text: Protocol approved
    side: both
    evidence: its version
    blocker: yes
    lead_days: 10
    category: method
    basis: Annex 15
"""


def faults(text: str) -> list[str]:
    with pytest.raises(BadList) as bad:
        read_list("ppq_readiness", text)
    return [f"{line}: {sentence}" for line, sentence in bad.value.faults]


def test_every_stage_has_its_list() -> None:
    words = Words()
    assert list(check_lists(words)) == []
    assert sorted(path.stem for path in (SHIPPED / "checklists").glob("*.yaml")) == sorted(STAGES)
    items = [item for stage in STAGES for item in list_for(stage, words).items]
    assert (len(items), len({item.id for item in items})) == (100, 100)


@pytest.mark.skipif(not SOURCE.is_file(), reason="the source of the lists is not here")
def test_they_say_what_their_source_says() -> None:
    words = Words()
    for stage in json.loads(SOURCE.read_text(encoding="utf-8")):
        kept = list_for(stage["stage"], words)
        assert (kept.title, list(msgspec.to_builtins(kept.items))) == (stage["title"], stage["items"])


def test_a_company_s_own_list_wins(tmp_path: Path) -> None:
    (tmp_path / "checklists").mkdir()
    (tmp_path / "checklists" / "ppq_readiness.yaml").write_text(GOOD)
    assert check_overrides(tmp_path, Registry.of(shipped())) == []
    words = Words([tmp_path])
    assert list_for("ppq_readiness", words).title == "PPQ readiness of line 4"
    assert len(list_for("kickoff", words).items) == 13


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "1: The list is empty"),
        ("title: [", "1: This is no YAML"),
        ("- title", "1: The list is names with values"),
        ("title: x\nitems: 5", "2: The list has no items"),
        (GOOD.replace("title: PPQ readiness of line 4\n", ""), "1: The list has no title."),
        (GOOD + "note: x\n", "11: 'note' is nothing that a list has"),
        (GOOD.replace("PQ-01", "1"), "3: 'id' is two to six capitals, a hyphen and two digits"),
        (GOOD.replace("both", "sponsors"), "5: 'side' is sponsor, cmo or both."),
        (GOOD.replace("yes", "maybe"), "7: 'blocker' is yes or no."),
        (GOOD.replace("10", "-1"), "8: 'lead_days' is a whole number of days from 0 to 90."),
        (GOOD.replace("10", "2.5"), "8: 'lead_days' is a whole number"),
        (GOOD.replace("method", "methods"), "9: 'category' is materials, method,"),
        (GOOD.replace("Protocol approved", "x" * 301), "4: 'text' is a line of words, 300 characters at most."),
        (GOOD.replace("blocker", "blokcer"), "7: 'blokcer' is nothing that an item has"),
        (GOOD.replace("    basis: Annex 15\n", ""), "3: This item has no 'basis'."),
        (GOOD + "    basis: again\n", "11: 'basis' stands twice."),
        (GOOD + GOOD.partition("items:\n")[2], "11: There is another item PQ-01 above."),
        (GOOD.replace("Annex 15", "!!python/object/apply:os.system [ls]"), "10: This is no YAML: could not determine"),
    ],
)
def test_a_fault_has_its_line(text: str, fault: str) -> None:
    assert [one for one in faults(text) if one.startswith(fault)], faults(text)


def test_every_fault_is_told_at_once() -> None:
    text = GOOD.replace("both", "us").replace("yes", "2")
    assert [fault[:1] for fault in faults(text)] == ["5", "7"]


def test_an_override_is_checked_like_any_template(tmp_path: Path) -> None:
    (tmp_path / "checklists").mkdir()
    file = tmp_path / "checklists" / "ppq_readiness.yaml"
    file.write_text(GOOD.replace("both", "us"))
    told = f"{file}:5: 'side' is sponsor, cmo or both."
    assert [str(fault) for fault in check_overrides(tmp_path, Registry.of(shipped()))] == [told]
    assert [str(fault) for fault in faulty_lists(Words([tmp_path]))] == [told]


def test_a_list_for_no_stage_is_told_with_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "checklists").mkdir()
    (tmp_path / "checklists" / "ppq_ready.yaml").write_text(GOOD)
    (fault,) = check_overrides(tmp_path, Registry.of(shipped()))
    assert fault.sentence == (
        "No shipped template is called checklists/ppq_ready.yaml; there is checklists/ppq_readiness.yaml."
    )
