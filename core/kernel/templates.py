"""Words: templates from the shipped folder, a feature's own or a company's, rendered with a frozen view."""

from __future__ import annotations

import dataclasses
import gettext
import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

import templates as shipped
from core.kernel.errors import Refused
from core.rules.typography import upright

SHIPPED = Path(shipped.__path__[0])


class Words:
    """Templates and catalogues in one language. Folders in `overrides` win over the shipped ones.

    `locales` holds the catalogues, `LANGUAGE/LC_MESSAGES/tandem.mo`; without one the words are those of the code.
    """

    def __init__(
        self,
        overrides: Iterable[Path] = (),
        features: Iterable[Path] = (),
        language: str = "en",
        locales: Path = SHIPPED / "locales",
    ) -> None:
        companys = tuple(overrides)
        # A company's templates run in a sandbox; ours need none, and every card passes here.
        self._kind: type[Environment] = ImmutableSandboxedEnvironment if companys else Environment
        folders = [*companys, SHIPPED, *(folder for folder in features if folder.is_dir())]
        self.catalogue = gettext.translation("tandem", locales, [language], fallback=True)
        loader = ChoiceLoader([FileSystemLoader(folder) for folder in folders])
        self.environment = self._environment(loader, autoescape=True)
        self._markdown = self._environment(loader, autoescape=False, finalize=markdown_words)
        self._cards: dict[str, Template] = {}
        self._known: dict[str, Markup] = {}

    def _environment(self, loader: BaseLoader, **options: Any) -> Environment:
        environment = self._kind(
            loader=loader,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
            **options,
        )
        says = self._says if options["autoescape"] else self._says_plainly
        environment.globals.update(
            _=says, gettext=says, ngettext=self._counts, person=person_mark, moment=moment_mark, ref=ref_mark
        )
        environment.filters.update(day=day_words, local=clock_words, clock=time_of_day, upright=upright)
        return environment

    def _says(self, sentence: str, /, **values: Any) -> Markup:
        """`{{ _('%(lead)s before', lead=…) }}`: the catalogue's words, as markup; the values are escaped."""
        words = self._known.get(sentence)
        if words is None:
            words = self._known[sentence] = Markup(self.catalogue.gettext(sentence))  # noqa: S704 - a template's words
        return words % values if values else words

    def _counts(self, one: str, many: str, count: int, **values: Any) -> Markup:
        """`{{ ngettext('%(num)s item', '%(num)s items', n) }}`: the catalogue's words for a number of things."""
        words = Markup(self.catalogue.ngettext(one, many, count))  # noqa: S704 - a template's words
        return words % {"num": count, **values}

    def _says_plainly(self, sentence: str, /, **values: Any) -> str:
        """The catalogue's words with their values, as plain text that is escaped where it stands."""
        words = self.catalogue.gettext(sentence)
        return words % values if values else words

    def card(self, template: str, view: Any, zone: str) -> str:
        """The markup of the card `template` (as `actions/item`) for `view`; times fall back to `zone`."""
        compiled = self._cards.get(template)
        if compiled is None:
            compiled = self._cards[template] = self.environment.get_template(f"cards/{template}/card.xml")
            # Each drawing copies these: a plain dict is copied sixty times as fast as Jinja's chain of two.
            compiled.globals = dict(compiled.globals)
        return upright(compiled.render({"zone": zone, **fields_of(view)}))

    def page(self, path: str, view: Any, **more: Any) -> str:
        """An HTML document or page, as `documents/minutes.html`, for `view`."""
        return upright(self.environment.get_template(path).render({**fields_of(view), **more}))

    def markdown(self, path: str, view: Any, **more: Any) -> str:
        """A Markdown document, as `documents/minutes.md`, for `view`; every value stands in it as plain words."""
        text = self._markdown.get_template(path).render({**fields_of(view), **more})
        return _BLANK_LINES.sub("\n\n", upright(text)).strip() + "\n"

    def source(self, path: str) -> tuple[str, str]:
        """The text of a file, as `checklists/kickoff.yaml`, and where it stands: a company's own wins."""
        loader = self.environment.loader
        assert loader is not None
        text, file, _ = loader.get_source(self.environment, path)
        return text, file or path

    def translate(self, sentence: str) -> str:
        """A catalogue's words for `sentence`."""
        return self.catalogue.gettext(sentence)

    def refusal(self, refused: Refused) -> str:
        """What a Refused says to people."""
        return self.translate(refused.sentence).format(**refused.values)


@cache
def words_from(overrides: tuple[Path, ...], features: tuple[Path, ...]) -> Words:
    """One Words for each choice of folders: two cores of one process compile each template once."""
    return Words(overrides, features)


def fields_of(view: Any) -> dict[str, Any]:
    """The fields of a view dataclass, one level deep: what stands under its own name in a template."""
    return {field.name: getattr(view, field.name) for field in dataclasses.fields(view)}


@dataclasses.dataclass(frozen=True, slots=True)
class PersonView:
    """A person as templates get them; `side` is sponsor or cmo, `company` the company's name.

    `name` ends with `mark`, in brackets, where somebody else here has the same one.
    """

    id: str
    name: str
    side: str = ""
    company: str = ""
    mark: str = ""

    @property
    def typed(self) -> str:
        """The name as it stands in a sentence to type."""
        return self.name.removesuffix(f" ({self.mark})")


@dataclasses.dataclass(frozen=True, slots=True)
class TimeView:
    """A moment in UTC and the zone to name where the reader's own is not known."""

    at: datetime
    zone: str


_PERSON = Markup('<person id="%s" name="%s"/>')
_TIME = Markup('<time at="%s" zone="%s" style="%s"/>')
_REF = Markup("<ref>%s</ref>")


def person_mark(person: PersonView) -> Markup:
    """`{{ person(p) }}`: the mark that each platform draws as a mention, and behind it what tells them apart."""
    if not person.mark:
        return _PERSON % (person.id, person.name)
    return _PERSON % (person.id, person.typed) + f" ({person.mark})"


def moment_mark(time: TimeView, style: str = "moment") -> Markup:
    """`{{ moment(t, "date") }}`: the mark that each platform draws in the reader's zone."""
    return _TIME % (time.at.isoformat(), time.zone, style)


def ref_mark(reference: str) -> Markup:
    """`{{ ref(r) }}`: a record's reference."""
    return _REF % reference


def clock_words(time: TimeView) -> str:
    """`{{ time|local }}`: such as `Thu 12 Mar 2026 14:00 Europe/Dublin (14:00 UTC)`, for documents (TM-2)."""
    local = time.at.astimezone(ZoneInfo(time.zone))
    return f"{day_words(local.date())} {local:%H:%M} {time.zone} ({time.at.astimezone(UTC):%H:%M} UTC)"


def time_of_day(time: TimeView) -> str:
    """`{{ time|clock }}`: such as `14:00 (Europe/Dublin)`, where its day is said already (TM-2)."""
    return f"{time.at.astimezone(ZoneInfo(time.zone)):%H:%M} ({time.zone})"


_SIGNS = re.compile(r"([\\`*_\[\]<>#|~&])")
_BLANK_LINES = re.compile(r"\n{3,}")


def markdown_words(value: Any) -> Any:
    """A value as words in Markdown: no sign of it is read as markup, no line break ends its line."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return _SIGNS.sub(r"\\\1", " ".join(value.split()))


@lru_cache(maxsize=4096)
def day_words(day: date) -> str:
    """`{{ due|day }}`: such as `Fri 5 Dec 2026`; a day has no zone."""
    return f"{day:%a} {day.day} {day:%b %Y}"


Translate = Callable[[str], str]


class Say(Protocol):
    """`say("… and {left} more", left=7)`: a sentence of an adapter's own in the words of its readers."""

    def __call__(self, sentence: str, /, **values: object) -> str:
        """The sentence with its `{name}` places filled."""
        ...


def as_written(sentence: str, /, **values: object) -> str:
    """The Say of the language that the code is written in."""
    return sentence.format(**values)
