"""All that the outside may import: one core over one store, and the shapes that go in and out."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from core import migrations
from core.errands import Errands
from core.features.transfers.reports import ReportJob
from core.kernel.access import SYSTEM
from core.kernel.asking import Asking
from core.kernel.clock import new_id
from core.kernel.database import Store
from core.kernel.directories import Directories
from core.kernel.dispatch import Dispatcher
from core.kernel.door import Door, Envelope
from core.kernel.drawing import Drawing
from core.kernel.errors import Busy, DoneAlready, Gone, NotAllowed, NotFound, NoTrace, Refused, TryLater, msg
from core.kernel.ids import Account, Identity, TransferId
from core.kernel.jobs import Due, JobRunner
from core.kernel.messages import Command
from core.kernel.pending import Pending
from core.kernel.picks import Picks
from core.kernel.posted import Posted
from core.kernel.registry import Registry
from core.kernel.sending import Messenger, Outgoing, Sent, rendering
from core.kernel.templates import Say, as_written
from core.kernel.turn import MENTION, Address, Filled, Picked, Pressed, Reacted, Said, Turn
from core.kernel.ways import Ways
from core.kernel.writer import Writer
from core.losses import Losses
from core.news import News
from core.options import Options
from core.reading import Reading
from core.release import software
from core.rereading import Edited
from core.turn_views import Answers, FormErrors, ListingView
from core.turns import Ears
from core.view import (
    Block,
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
    FormBlock,
    Input,
    Italic,
    Link,
    List,
    Notice,
    NoticeBlock,
    Option,
    PeopleInput,
    PersonSpan,
    Picture,
    Place,
    Plain,
    RefSpan,
    Sentence,
    Span,
    Spans,
    Table,
    Text,
    TextInput,
    TimeSpan,
    TimeStyle,
    Title,
    Tone,
    View,
    called,
    cutting,
    fitting,
    local_time,
    parse,
    plain,
    shows_people,
)

log = logging.getLogger("tandem")

Line = Callable[[], Awaitable[Turn | None]]


class StoreDown(Exception):
    """The store cannot be reached: nothing was recorded, and the platform should deliver again."""


class Core:
    """One store with everything around it. Made by `create`; `start` before the first turn, `close` at the end."""

    def __init__(self, store: Store, door: Door, features: Registry) -> None:
        self.store, self.door, self.registry = store, door, features
        self.clock, self.training = door.clock, door.training
        self.directories = Directories(store)
        self.posted, self.ways = Posted(store), Ways(store)
        self.asking = Asking(store, door, self.directories)
        self.writer = Writer(store, door, self.directories, software(), self._committed)
        self.answers = Answers(door.words, door.training)
        self.drawing = Drawing(features, door.words)
        picks = Picks(store)
        self.ears = Ears(door, self.writer, self.asking, self.directories, picks, self.answers)
        self.reading = Reading(door, self.writer, self.asking, self.directories)
        self.news = News(self.directories, self.writer, picks, self.order, self.ears.reword)
        self._losses = Losses(store, self.directories, self.order, self.news.person_left)
        self._dispatcher: Dispatcher | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    @classmethod
    def create(cls, url: str, options: Options | None = None) -> Core:
        """A core over the store at `url`."""
        return cls.over(Store(url), options)

    @classmethod
    def over(cls, store: Store, options: Options | None = None) -> Core:
        """A core over a store that is open."""
        door = (options or Options()).door()
        return cls(store, door, door.registry)

    @property
    def _steps(self) -> list[Path]:
        return [f.folder / "migrations" for f in self.registry.features if (f.folder / "migrations").is_dir()]

    def migrate(self) -> None:
        """Bring the store to the newest schema."""
        migrations.migrate(self.store, self._steps)

    def is_current(self) -> bool:
        """Whether the store has the newest schema."""
        return migrations.is_current(self.store, self._steps)

    def start(self) -> None:
        """Begin to write."""
        self.writer.start()

    @property
    def writes(self) -> bool:
        """Whether what people say can be recorded now, as far as this process goes."""
        return self.writer.works

    async def close(self) -> None:
        """Write what waits and let go of the store."""
        await asyncio.to_thread(self.writer.close)
        self.store.close()

    async def hear(self, turn: Turn | Picked | Reacted) -> View | FormErrors | None:
        """The answer to a turn, to a message that somebody picked (a form), or to a reaction (nothing).

        Raises StoreDown; a bug is answered with the id that the log has it under.
        """
        if (turn.room.platform == "rehearsal") is not self.training:
            raise ValueError(f"a room of {turn.room.platform} cannot be heard in this store")
        try:
            answer = await self.ears.hear(turn)
            await self.news.overtaken(turn)
        except DBAPIError as error:
            if self.store.is_down(error):
                raise StoreDown(type(error.orig).__name__) from error
            return self._broken(error)
        except Exception as error:  # noqa: BLE001 - the inbound edge: a bug is answered with its number
            return self._broken(error)
        return answer

    async def listens(self, room: Address, thread: str | None = None, quotes: str | None = None) -> bool:
        """Whether lines that do not call Tandem are to be handed in now: of a room, of a thread in it, or that quote a
        message; cheap enough to ask for each."""
        return await self.ears.listens(room, thread, quotes)

    async def reacts(self, room: Address, taken_from: str | None = None) -> bool:
        """Whether reactions in a room are to be handed in, or one that was taken from a message: cheap enough to ask
        for each."""
        return await self.ears.reacts(room, taken_from)

    def is_aside(self, says: str) -> bool:
        """Whether a button's sentence only asks or shows something to its presser: for platforms that must know before
        it is pressed."""
        return self.ears.is_aside(says)

    async def card_at(self, room: Address, message: str, account: Account) -> Card | None:
        """What a message of Tandem's in a room shows now, with the buttons that somebody may press."""
        post = await asyncio.to_thread(self.posted.shown, room, message)
        if post is None or post.only_for is not None:
            return None
        place = Place(post.transfer, post.record, post.record_version)
        card = parse(post.card or self.markup(post), training=self.training, place=place)
        return await self.ears.own_cards.of(card, account) if isinstance(card, Card) else None

    async def form_again(self, turn: Turn) -> Form | None:
        """A form that was refused, with what was filled in: for platforms where a submitted form does not stay."""
        return await self.ears.form_again(turn)

    def _broken(self, error: Exception) -> View:
        error_id = new_id()[-8:]
        log.error("error %s", error_id, exc_info=error)
        return self.answers.broken(error_id)

    async def order(self, command: Command, command_id: str, transfer: TransferId) -> None:
        """Carry out a command of the system itself; a refusal is only logged."""
        envelope = Envelope(command, command_id, transfer, SYSTEM)
        try:
            await self.writer.say(envelope, patience=None)
        except Busy:
            raise  # Tandem is being closed: whoever asked for it asks again
        except DoneAlready:
            log.debug("nothing to do: %s", type(command).__name__)
        except Refused as refused:
            log.info("refused %s: %s", type(command).__name__, refused)

    async def room_known(self, room: Address) -> bool:
        """Whether the room belongs to a transfer and can be posted in."""
        directory = await asyncio.to_thread(self.directories.look_up, room)
        known = directory.room_at(room) if directory else None
        return known is not None and known.open

    async def accounts(self, room: Address) -> Mapping[str, str]:
        """Person id to account on the room's platform: who can be mentioned there."""
        directory = self.directories.fresh(room)
        if directory is not None:  # of those alone who belong to the room's transfer, from memory
            return directory.accounts_on(room.platform, room.tenant)
        return await asyncio.to_thread(self.posted.accounts, room.platform, room.tenant)

    def say(self, sentence: str, /, **values: object) -> str:
        """An adapter's own sentence in the catalogue's words, with its `{name}` places filled: a `Say`."""
        return self.door.words.translate(sentence).format(**values)

    async def keep_way(self, address: Address, way: str) -> None:
        """Keep, for every process, what the adapter must know to write there: its own text, such as JSON."""
        if not self.ways.is_kept(address, way):
            await asyncio.to_thread(self.ways.keep, address, way, self.clock.now())

    async def way(self, address: Address) -> str | None:
        """What was kept for an address, or None."""
        return await asyncio.to_thread(self.ways.of, address)

    async def rooms(self, platform: str, tenant: str) -> list[Address]:
        """The rooms of a workspace or tenant that transfers live in, open or lost."""
        return await asyncio.to_thread(self.directories.rooms_of, platform, tenant)

    async def first_post(self, out: Outgoing) -> str | None:
        """The platform's message below which a post belongs; None where it stands by itself."""
        if out.under is None:
            return None
        return await asyncio.to_thread(self.posted.first_post, out.address, out.transfer, out.under)

    async def work(self, messengers: Mapping[str, Messenger]) -> None:
        """Send what waits and say what is due, until cancelled."""
        self._loop = asyncio.get_running_loop()
        self._dispatcher = self.dispatcher(messengers)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._dispatcher.run())
            tasks.create_task(self.jobs().run())

    def dispatcher(self, messengers: Mapping[str, Messenger]) -> Dispatcher:
        """The outbox's sender."""
        return Dispatcher(self.store, messengers, self.clock, self)

    def jobs(self) -> JobRunner:
        """The runner of due commands."""
        return JobRunner(self.store, self.writer, self.clock, self.registry.messages, self._set_aside)

    def _committed(self) -> None:
        if self._loop is not None and self._dispatcher is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._dispatcher.wake)

    async def undelivered(self, post: Pending, address: Address, gone: Gone) -> Address | None:
        """Decide on a post that could never be sent; where else its person is reached, if anywhere."""
        why = self.door.words.translate(gone.told) if gone.told else gone.reason
        return await self._losses.of(post, address, gone, why)

    def markup(self, post: Pending) -> str:
        """The markup of a post's card, made of its view now. Raises CannotDraw."""
        return self.drawing.markup(post.template, post.view or "")

    def listing(self, cards: Sequence[Card], talk: bool, part: int, parts: int) -> str:
        """One card that names many, a line each: new records, or lines of `talk`; one of `parts`."""
        return self.answers.listing(ListingView(tuple(card.summary for card in cards), part, parts), talk)

    async def _set_aside(self, job: Due, why: str) -> None:
        command = ReportJob(key=job.key, command=job.command, why=why)
        await self.order(command, f"aside:{job.id}", job.transfer)


__all__ = [
    "MENTION",
    "Account",
    "Address",
    "Block",
    "Bold",
    "Button",
    "ButtonStyle",
    "Buttons",
    "Card",
    "ChoiceInput",
    "Core",
    "DateInput",
    "Divider",
    "Edited",
    "Errands",
    "Field",
    "Fields",
    "Filled",
    "Form",
    "FormBlock",
    "FormErrors",
    "Gone",
    "Identity",
    "Input",
    "Italic",
    "Link",
    "List",
    "Messenger",
    "NoTrace",
    "NotAllowed",
    "NotFound",
    "Notice",
    "NoticeBlock",
    "Option",
    "Options",
    "Outgoing",
    "PeopleInput",
    "PersonSpan",
    "Picked",
    "Picture",
    "Place",
    "Plain",
    "Pressed",
    "Reacted",
    "RefSpan",
    "Refused",
    "Said",
    "Say",
    "Sent",
    "Sentence",
    "Span",
    "Spans",
    "StoreDown",
    "Table",
    "Text",
    "TextInput",
    "TimeSpan",
    "TimeStyle",
    "Title",
    "Tone",
    "TryLater",
    "Turn",
    "View",
    "as_written",
    "called",
    "cutting",
    "fitting",
    "local_time",
    "msg",
    "plain",
    "rendering",
    "shows_people",
    "software",
]
