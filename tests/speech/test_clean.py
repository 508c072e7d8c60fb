"""Text from people is made harmless once, where it comes in."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.speech import clean

ANYTHING = st.text(st.characters(codec=None, exclude_categories=()), max_size=200)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("nothing to do – „Übergabe“ 👍\tx", "nothing to do – „Übergabe“ 👍\tx"),
        ("a\0b", "a\ufffdb"),
        ("a\x1b[31mb", "a\ufffd[31mb"),
        ("a\ud800b", "a\ufffdb"),
        ("b\udc00a", "b\ufffda"),
        ("a\ud83d\ude00b", "a😀b"),
        ("a\ufffe\uffffb", "a\ufffd\ufffdb"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\u200fb\u200ec", "a\u200fb\u200ec"),
        ("a\u202eb", "a\u202eb\u202c"),
        ("a\u202eb\nc", "a\u202eb\u202c\nc"),
        ("a\u2066b\u202dc", "a\u2066b\u202dc\u202c\u2069"),
        ("a\u2066b\u2069c", "a\u2066b\u2069c"),
        ("\ufffc", "\ufffc"),
    ],
)
def test_clean(said: str, kept: str) -> None:
    assert clean(said) == kept


@given(ANYTHING)
def test_a_cleaned_text_is_stored_shown_and_cleaned_again_without_a_change(said: str) -> None:
    kept = clean(said)
    assert kept.encode().decode() == kept
    assert "\0" not in kept
    # XML reads any line end as a line feed, which cleaning has done already.
    assert (fromstring(f"<p>{escape(kept)}</p>").text or "") == kept
    assert clean(kept) == kept


def test_a_long_text_keeps_its_length() -> None:
    assert len(clean("x\0" * 25_000)) == 50_000
