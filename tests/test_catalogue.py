"""Catalogues: every sentence is there for translators, and a translation is what people read."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.mofile import write_mo

from core.catalogue import gather, kept
from core.features.transfers.visits import BeginVisit, LinkView
from core.kernel.errors import Refused, msg
from core.kernel.templates import Words
from core.speech import Grammar, help_for
from core.view import Notice, parse
from tests.meeting_room import words
from tests.toy_feature.commands import IssueBadge


def test_the_kept_catalogue_is_today_s() -> None:
    today, stored = gather(), kept()
    assert {message.id for message in today if message.id} == {message.id for message in stored if message.id}, (
        "sentences changed: write the catalogue anew with `make words`"
    )


@pytest.fixture
def turned(tmp_path: Path) -> Words:
    """The words of a language in which every sentence stands between marks, its places kept."""
    catalogue = gather()
    for message in catalogue:
        if message.id:
            both = isinstance(message.id, tuple)
            message.string = tuple(f"«{one}»" for one in message.id) if both else f"«{message.id}»"
    folder = tmp_path / "xx" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "tandem.mo").open("wb") as file:
        write_mo(file, catalogue)
    return Words(language="xx", locales=tmp_path)


def test_a_card_speaks_the_language(turned: Words) -> None:
    notice = parse(turned.card("transfers/link", LinkView("https://tandem.example/x", 15), "UTC"))
    assert isinstance(notice, Notice)
    assert words(notice) == ("«For you alone, once, within 15 minutes:»\n[«Open the page» → https://tandem.example/x]")


def test_a_refusal_speaks_the_language(turned: Words) -> None:
    refused = Refused(msg("There is no {ref} in {transfer}."), ref="ACT-012", transfer="NVT")
    assert turned.refusal(refused) == "«There is no ACT-012 in NVT.»"


def test_help_asks_the_catalogue(turned: Words) -> None:
    asked: list[str] = []
    help_for(
        Grammar([IssueBadge]), lambda kind: True, translate=lambda text: asked.append(text) or turned.translate(text)
    )
    assert IssueBadge.help() in asked
    assert BeginVisit.says is None  # what nobody says needs no help
