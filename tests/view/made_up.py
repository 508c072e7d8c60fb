"""Views that nobody would write: any shape within the closed union, with hostile texts and without measure."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from core.view import (
    Bold,
    Button,
    Buttons,
    ButtonStyle,
    Card,
    ChoiceInput,
    DateInput,
    Divider,
    Field,
    Fields,
    Form,
    Italic,
    Link,
    List,
    Notice,
    Option,
    PeopleInput,
    PersonSpan,
    Picture,
    Place,
    Plain,
    RefSpan,
    Sentence,
    Table,
    Text,
    TextInput,
    TimeSpan,
    TimeStyle,
    Title,
    Tone,
)

HOSTILE = (
    "<!channel>", "<!here|here>", "<@U01AOIFE>", "@channel @Here @everyone", "<https://evil.example|minutes>",
    "</at>", "<at>all</at>", "{{7*7}}", "{% raw %}", "#read(\"/etc/passwd\")", "{{DATE(2026-01-01)}}",
    "\u202egnirts desrever", "\u2066isolate", "*bold* _it_ ~no~ `code` ```pre```", ":wave: 👩🏽‍🔬🇮🇪",
    "&lt;!channel&gt;",
    "R&D & <b>", "a\n\n\nb", "\u00a0", "ß" * 200, "𝔘𝔫𝔦" * 60, "&" * 300, "<" * 300, "x" * 50_000, "word " * 10_000,
    "\"quoted\" \\ back", "a" * 149 + "😀", " ", ".",
)  # fmt: skip

LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)
WORDS = st.one_of(st.sampled_from(HOSTILE), LETTERS, st.lists(LETTERS, min_size=2, max_size=9).map(" ".join))
HREFS = st.sampled_from([
    "https://example.com/t/NVT", "https://example.com/" + "a" * 3100, "javascript:alert(1)", "/t/NVT",
    "https://example.com/<!channel>|x", "mailto:anna@example.com", "https://exa mple.com",
])  # fmt: skip
ZONES = st.sampled_from(["UTC", "Europe/Dublin", "Asia/Kolkata", "America/St_Johns"])
MOMENTS = st.integers(0, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
PEOPLE = st.sampled_from(["p-aoife", "p-priya", "p-nobody"])
SENTENCES = st.one_of(st.just("action accept ACT-012"), st.just("say " * 700), WORDS)

SPAN = st.one_of(
    st.builds(Plain, WORDS),
    st.builds(Bold, WORDS),
    st.builds(Italic, WORDS),
    st.builds(Link, WORDS, HREFS),
    st.builds(PersonSpan, PEOPLE, WORDS),
    st.builds(TimeSpan, MOMENTS, ZONES, st.sampled_from(TimeStyle)),
    st.builds(RefSpan, st.just("ACT-012")),
    st.builds(Sentence, WORDS),
)
LINE = st.lists(SPAN, min_size=1, max_size=5).map(tuple)
SPANS = st.one_of(LINE, st.just(tuple(PersonSpan("p-aoife", f"Aoife {n}") for n in range(200))))


def _many(one: st.SearchStrategy[object], few: int, most: int) -> st.SearchStrategy[tuple[object, ...]]:
    """A few different ones, or one over and over: as hostile as many, and made quickly."""
    repeated = st.tuples(one, st.integers(1, most)).map(lambda pair: (pair[0],) * pair[1])
    return st.one_of(st.lists(one, min_size=1, max_size=few).map(tuple), repeated)


LABELS = WORDS
MORE = st.one_of(st.none(), SENTENCES)
LEFT = st.sampled_from([0, 0, 12])
BUTTON = st.one_of(
    st.builds(Button, LABELS, says=SENTENCES, style=st.sampled_from(ButtonStyle)),
    st.builds(Button, LABELS, href=HREFS),
)
BUTTONS = st.builds(Buttons, _many(BUTTON, 4, 60))
TEXT = st.builds(Text, SPANS, st.booleans())
LIST = st.builds(List, _many(LINE, 6, 1000), st.booleans(), MORE, LEFT)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table whose rows are as wide as its head."""
    width = draw(st.integers(1, 25))
    cell = st.one_of(st.just(()), LINE)
    row = draw(st.lists(cell, min_size=1, max_size=3)) * width
    rows = (tuple(row[:width]),) * draw(st.sampled_from([1, 3, 120]))
    return Table(tuple(draw(WORDS) for _ in range(width)), rows, draw(MORE), draw(LEFT))


BLOCK = st.one_of(
    TEXT,
    LIST,
    BUTTONS,
    tables(),
    st.builds(Fields, _many(st.builds(Field, LABELS, LINE), 4, 30)),
    st.builds(Picture, HREFS, WORDS),
    st.just(Divider()),
)
BLOCKS = _many(BLOCK, 6, 120)
PLACES = st.one_of(st.none(), st.just(Place("NVT")), st.just(Place("NVT", "ACT-012", 3)))
TITLED = st.tuples(st.builds(Title, SPANS), BLOCKS).map(lambda pair: (pair[0], *pair[1]))
CARDS = st.builds(Card, WORDS, st.one_of(st.just(()), BLOCKS, TITLED), st.sampled_from(Tone), st.booleans(), PLACES)
NOTICES = st.builds(Notice, st.sampled_from(Tone), _many(st.one_of(TEXT, LIST, BUTTONS), 5, 60), st.booleans(), PLACES)


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """A form whose inputs have names of their own."""
    blocks: list[object] = []
    for number in range(draw(st.integers(0, 8))):
        label, hint, required = draw(LABELS), draw(st.one_of(st.just(""), WORDS)), draw(st.booleans())
        common = {"name": f"field_{number}", "label": label, "hint": hint, "required": required}
        blocks.append(draw(st.one_of(_inputs(common), TEXT, st.just(Divider()))))
    return Form(
        title=draw(WORDS), blocks=tuple(blocks), submit=draw(WORDS), message="AddAction",
        given=draw(st.sampled_from(["{}", '{"text": "<!channel> \\u201c"}', '{"text": "' + "x" * 4000 + '"}'])),
        says="action …", training=draw(st.booleans()), place=draw(PLACES),
    )  # fmt: skip


def _inputs(common: dict[str, object]) -> st.SearchStrategy[object]:
    options = st.integers(1, 120).map(lambda most: tuple(Option(f"v{n}", f"Option {n}") for n in range(most)))
    named = st.builds(Option, st.one_of(st.just("cmo"), LETTERS), WORDS).map(lambda one: (one,))
    fixed = {key: st.just(value) for key, value in common.items()}
    return st.one_of(
        st.builds(TextInput, **fixed, value=st.one_of(st.just(""), WORDS), multiline=st.booleans()),
        st.builds(DateInput, **fixed, value=st.one_of(st.none(), st.dates())),
        st.builds(ChoiceInput, **fixed, options=st.one_of(options, named), value=st.just(("v0",)),
                  many=st.booleans()),
        st.builds(
            PeopleInput, **fixed, value=st.just(("p-aoife", "p-nobody")), many=st.booleans(), options=st.sampled_from(
                ((), (Option("p-aoife", "Aoife", "Norvane"), Option("p-nobody", "x" * 200, "<b>" * 60))))
        ),
    )  # fmt: skip
