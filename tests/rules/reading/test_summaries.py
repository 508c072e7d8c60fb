"""What stands on a card of a line: the task in the speaker's words, without what only led to it."""

from __future__ import annotations

import pytest

from tests.rules.reading.test_phrasings import Phrasing

SUMMARIES = [
    ("Marta, schick mir bitte bis heute Abend noch das Foto", "schick mir das Foto"),
    ("Marta, schick das Foto bitte bis morgen noch einmal", "schick das Foto noch einmal"),
    (
        "Luís und Hùng: Abstimmung zu den Probenahmestellen bitte diese Woche noch",
        "Abstimmung zu den Probenahmestellen",
    ),
    ("Marta, kannst du bitte den Schichtplan bis morgen Mittag 12:00 schicken?", "den Schichtplan schicken"),
    ("@Priya @Jürgen please both review the draft by 22 July", "review the draft"),
    ("Both: Luís to check both labels by Friday", "check both labels"),
    ("Luís gibt Jürgen bis morgen Bescheid, ob der Bericht passt", "Jürgen Bescheid geben, ob der Bericht passt"),
    ("Marta, schickst du mir bitte bis Mittwoch die Raumliste?", "mir die Raumliste schicken"),
    ("Ich kümmere mich bis Mittwoch um eine Ersatzsäule.", "um eine Ersatzsäule kümmern"),
    ("Luís schickt mir bis Mittwoch die Liste", "mir die Liste schicken"),
    ("Jürgen bewertet die Abweichung bis morgen, und Björn sperrt heute noch das Los.", "das Los sperren"),
    ("Ich schreibe die Liste, und zwar bis Mittwoch", "die Liste schreiben"),
    ("I'll send the protocol by Tuesday, as agreed with Priya", "send the protocol"),
    ("Wir haben heute beschlossen, dass die Waage bleibt, wo sie ist", "die Waage bleibt, wo sie ist"),
    ("Let's go with three PPQ batches, agreed with Aoife", "go with three PPQ batches"),
    ("For the audit I'd like Luís to walk the drawings by Friday", "walk the drawings"),
]


@pytest.mark.parametrize(("said", "summary"), SUMMARIES)
def test_a_summary_says_what_is_to_be_done_and_no_more(said: str, summary: str) -> None:
    assert Phrasing("", said, True).reading().items[-1].text == summary
