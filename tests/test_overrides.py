"""A company's own templates are drawn with every example before anybody sees them, and each fault has its line."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from core.examples import contracts, drawn_examples
from core.features import shipped
from core.kernel.registry import Registry
from core.kernel.templates import Words
from core.overrides import check_overrides
from tests import toy_feature

REGISTRY = Registry.of(shipped())
NAME = "cards/decisions/decision/card.xml"
GOOD = '<card summary="{{ ref }}">\n<title>{{ headline }}</title>\n<text>{{ text }}</text>\n</card>\n'


def check(folder: Path, text: str, name: str = NAME) -> list[str]:
    """The faults of one override, each as `line: sentence`."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    faults = check_overrides(folder, REGISTRY)
    assert all(fault.file == str(file) for fault in faults)
    return [f"{fault.line}: {fault.sentence}" for fault in faults]


def test_a_good_one_stands_and_wins(tmp_path: Path) -> None:
    assert check(tmp_path, GOOD) == []
    drawn = Words([tmp_path]).card("decisions/decision", next(iter(_decision().values())), "UTC")
    assert drawn.startswith('<card summary="DEC-003">\n<title>')


def _decision() -> dict[str, object]:
    return next(one for one in contracts(REGISTRY) if one.name == "decisions/decision").examples()


def test_every_shipped_template_has_a_sound_contract() -> None:
    for contract in contracts(REGISTRY):
        assert contract.template.is_file(), contract.name
        contract.examples()


def test_every_shipped_example_can_be_drawn() -> None:
    drawn = list(drawn_examples(REGISTRY, Words()))
    assert {"usual", "largest", "hostile"} <= {one.name for one in drawn}
    assert all(one.view.training for one in drawn)


def test_a_feature_s_own_templates_are_among_them() -> None:
    registry = Registry.of([*shipped(), toy_feature])
    badge = next(one for one in contracts(registry) if one.name == "toy/badge")
    assert badge.template.is_file()
    assert badge.examples()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (GOOD.replace("{{ text }}", "{{ nothing }}"), "3: decisions/decision gets no 'nothing': it gets added,"),
        (GOOD.replace("{{ text }}", "{% if false %}{{ nothing }}{% endif %}"), "3: decisions/decision gets no"),
        (GOOD.replace("{{ text }}", "{{ by.surname }}"), "3: With the example 'usual':"),
        (GOOD.replace("{{ text }}", "{{ text.__class__ }}"), "3: With the example 'usual': access to attribute"),
        (GOOD.replace("{{ text }}", "{{ 1 // 0 }}"), "3: With the example 'usual':"),
        (GOOD.replace("{{ text }}", "{% if %}"), "3: Expected an expression"),
        (GOOD.replace("<text>{{ text }}</text>", "<blink>x</blink>"), "3: With the example 'usual':"),
        (GOOD.replace("</text>", "</txt>"), "3: With the example 'usual': This is no XML"),
        (GOOD.replace("{{ text }}", "{{ text|safe }}"), "3: With the example 'hostile': This is no XML"),
        ("{% for i in range(4) %}\n{% endfor %}\n" + GOOD.replace("</text>", "</txt>"), "5: With the example 'usual'"),
        ("{% include 'cards/actions/nothing.xml' %}\n" + GOOD, "1: With the example 'usual':"),
    ],
)  # fmt: skip
def test_a_fault_has_its_line(tmp_path: Path, text: str, fault: str) -> None:
    faults = check(tmp_path, text)
    assert [one for one in faults if one.startswith(fault)], faults


def test_a_document_s_names_are_checked_too(tmp_path: Path) -> None:
    faults = check(tmp_path, "# {{ title }}\n\n{{ nothing }}, {{ training }}\n", "documents/minutes.md")
    assert [fault for fault in faults if fault.startswith("3: documents/minutes.md gets no 'nothing': it gets")]
    assert all(fault.startswith("3: ") for fault in faults)


def test_a_part_of_cards_is_drawn_in_each_of_them(tmp_path: Path) -> None:
    faults = check(tmp_path, "\n{{ 1 // 0 }}", "cards/added_facts.xml")
    assert [fault for fault in faults if fault.startswith("2: With the example 'usual':")], faults


def test_a_name_that_nothing_has_is_told_with_the_nearest(tmp_path: Path) -> None:
    (fault,) = check(tmp_path, GOOD, "cards/decisions/decisions/card.xml")
    assert fault == (
        "1: No shipped template is called cards/decisions/decisions/card.xml; there is "
        "cards/decisions/decision/card.xml."
    )


def test_a_strange_name_hides_no_other_fault(tmp_path: Path) -> None:
    (tmp_path / "README").write_text("ours")
    broken = tmp_path / "cards" / "actions" / "item" / "card.xml"
    broken.parent.mkdir(parents=True)
    broken.write_text("{% if %}")
    undrawable = tmp_path / NAME
    undrawable.parent.mkdir(parents=True)
    undrawable.write_text(GOOD.replace("{{ text }}", "{{ nothing }}"))
    told = {Path(fault.file).relative_to(tmp_path).as_posix() for fault in check_overrides(tmp_path, REGISTRY)}
    assert told == {"README", "cards/actions/item/card.xml", NAME}


def test_a_folder_of_something_else_is_told_in_short_and_at_once(tmp_path: Path) -> None:
    for number in range(3000):
        (tmp_path / f"cards-of-decisions-and-decision-{number}.xml").write_text("x")
    begun = time.monotonic()
    faults = check_overrides(tmp_path, REGISTRY)
    assert time.monotonic() - begun < 20, "a search for the nearest name in each of them takes minutes"
    assert len(faults) == 21
    assert any("2980 more files here" in str(fault) for fault in faults)


def test_examples_are_not_overridden(tmp_path: Path) -> None:
    (fault,) = check(tmp_path, "{}", "cards/decisions/decision/example.json")
    assert "not their examples" in fault


def test_what_is_no_text_is_told(tmp_path: Path) -> None:
    file = tmp_path / NAME
    file.parent.mkdir(parents=True)
    file.write_bytes(b"<card>\n\xff</card>")
    assert [str(fault) for fault in check_overrides(tmp_path, REGISTRY)] == [f"{file}:2: This is no UTF-8."]
