"""A language that nobody speaks, for seeing that every word of an adapter's own is said in the reader's."""

from __future__ import annotations


class Turned:
    """The Say of a language in which every sentence stands between marks; `said` keeps what was asked for."""

    def __init__(self) -> None:
        self.said: set[str] = set()

    def __call__(self, sentence: str, /, **values: object) -> str:
        self.said.add(sentence)
        return f"«{sentence.format(**values)}»"
