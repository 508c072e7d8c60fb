"""The door: may this person? the command's one function, the reactions, the entries, and only then an answer."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any

from core.kernel.access import OPERATOR, SYSTEM, Actor, Directory, eyes
from core.kernel.clock import Clock, monotonic
from core.kernel.drawing import keep
from core.kernel.errors import NeedsSignature, NotAllowed, Unclear, msg
from core.kernel.group import Ended, Group
from core.kernel.ids import Account, Audience, TransferId
from core.kernel.messages import Command, Meaning
from core.kernel.posting import ToRooms
from core.kernel.readers import audience_of, is_for_nobody
from core.kernel.registry import Registry
from core.kernel.role_table import RoleTable
from core.kernel.session import GuardedSession
from core.kernel.templates import Words
from core.kernel.work import Answer, Ask, Draw, Hear, Origin, PostRequest, Work
from core.rules.errors import Unreadable

log = logging.getLogger("tandem.door")
SLOW_MS = 50


@dataclass(frozen=True, slots=True)
class Envelope:
    """A command on its way to the door: who says it, where it was heard, and under which id.

    `job` is the id of the stored job that it comes from; `signature` is the meaning that a signing page proved. A
    `trial` is refused as it would be, and leaves nothing behind. `aloud`: everybody in the room reads the answer.
    """

    command: Command
    command_id: str
    transfer: TransferId
    speaker: Account | Actor
    origin: Origin | None = None
    job: str | None = None
    signature: Meaning | None = None
    trial: bool = False
    aloud: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What the door answers: a card or notice, a form to ask, kept turns to hear, or nothing.

    `answer` draws its markup, after the commit and beside the writer; `aside`: it repeats what stands in `rooms`;
    `shown` draws the record's card that does. `records` are the references that the command made or changed, `again`
    says that the delivery was known.
    """

    answer: Callable[[], str] | None = None
    ask: Ask | None = None
    hear: Hear | None = None
    records: tuple[str, ...] = ()
    rooms: frozenset[str] = frozenset()
    again: bool = False
    aside: bool = False
    shown: Callable[[], str] | None = None


@dataclass(slots=True)
class Door:
    """Runs one command after another for a group; `training` marks a rehearsal's store."""

    registry: Registry
    roles: RoleTable
    words: Words
    clock: Clock
    training: bool = False
    open_to_all: bool = False
    public_url: str = ""

    def run(self, group: Group, envelope: Envelope) -> Reply:
        """Carry out one command in a savepoint of its own. Raises Refused; any other exception is a bug."""
        known = group.seen(envelope.command_id)
        if known is not None:
            return Reply(records=known, again=True)
        if envelope.job is not None and not group.take_job(envelope.job):
            return Reply(again=True)
        began = monotonic()
        actor = self.admit(envelope, group.directory)
        session = GuardedSession(group.connection, group.settle)
        room = envelope.origin.room if envelope.origin else None
        seen_by = eyes(actor, group.directory, room, envelope.aloud)
        session.watch(seen_by, sees_all=actor.kind in ("system", "operator"))
        undo = True
        try:
            work = self._work(session, group, envelope, actor)
            answer = self._carry_out(envelope.command, work)
            if envelope.trial or isinstance(answer, Ask):
                return Reply(ask=answer if isinstance(answer, Ask) else None)
            session.flush()
            _check_stays(envelope.command, work)
            reply, ended = self._close(group, work, answer)
            undo = False
        finally:
            session.leave(undo)
        group.accept(envelope.command_id, envelope.command, work, ended, envelope.job)
        self._log(envelope, monotonic() - began)
        return reply

    def admit(self, envelope: Envelope, directory: Directory) -> Actor:
        """The actor, with the role that lets them. Raises NotAllowed or NeedsSignature."""
        actor = self.actor(envelope.speaker, directory)
        kind = type(envelope.command)
        role = self.roles.check(kind.needs, actor, directory)
        if kind.signs is not None and envelope.signature is not kind.signs:
            raise NeedsSignature(
                msg("This is a signature ({meaning}): it is given on the signing page, not in chat."),
                meaning=kind.signs.value,
            )
        return Actor(actor.kind, actor.name, actor.person, actor.side, actor.roles, role, actor.zone, actor.identity)

    def actor(self, speaker: Account | Actor, directory: Directory) -> Actor:
        """Who `speaker` is here: a member with their roles, an administrator, or a visitor."""
        if isinstance(speaker, Actor):
            if speaker.kind not in (SYSTEM.kind, OPERATOR.kind):
                raise NotAllowed(msg("Only the system itself speaks without an account."))
            return speaker
        identity = speaker.identity
        outer = {"visitor"} if self.open_to_all else set[str]()
        if str(identity) in directory.administrators:
            outer.add("administrator")
        person = directory.by_identity.get(identity)
        member = directory.members.get(person) if person else None
        if member is None or not member.active:
            roles = frozenset(outer | {"stranger"})
            return Actor("visitor", speaker.name, roles=roles, identity=identity, zone=speaker.zone)
        return Actor(
            "person",
            member.name,
            member.person,
            member.side,
            member.roles | outer | {"member"},
            zone=member.zone or speaker.zone,
            identity=identity,
        )

    def _work(self, session: GuardedSession, group: Group, envelope: Envelope, actor: Actor) -> Work:
        return Work(
            session=session,
            transfer=envelope.transfer,
            now=self.clock.now(),
            actor=actor,
            directory=group.directory,
            training=self.training,
            words=self.words,
            roles=self.roles,
            public_url=self.public_url,
            origin=envelope.origin,
            counters=dict(group.counters),
            chains=group.chains.heads,
            unwritten=group.chains.entries,
            complements=self.registry.complements,
            aloud=envelope.aloud,
            redrawers=self.registry.redrawers,
            withdrawers=self.registry.withdrawers,
            correctors=self.registry.correctors,
            messages=self.registry.messages,
        )

    def _carry_out(self, command: Command, work: Work) -> Answer:
        try:
            answer: Answer = self.registry.handlers[type(command)](command, work)
        except Unreadable as error:
            raise Unclear(error.sentence, examples=(), **error.values) from error
        done = 0
        while done < len(work.events):
            for reaction in self.registry.reacting_to(type(work.events[done])):
                reaction(work.events[done], work)
            done += 1
        return answer

    def _close(self, group: Group, work: Work, answer: Answer) -> tuple[Reply, Ended]:
        before, work.directory = work.directory, group.directory_after(work)
        work.posts = [post for post in work.posts if not is_for_nobody(post, before, work)]
        changes = work.session.changes()
        posts = group.post_rows(self._kept_views(work), work)
        drawn = self._drawing(answer, work) if isinstance(answer, Draw) else None
        records = tuple(dict.fromkeys(change.row.trail_name() for change in changes))
        rooms = frozenset(row["address"] for row in posts)
        aside = isinstance(answer, Draw) and answer.aside
        hear = answer if isinstance(answer, Hear) else None
        shown = self._shown(work) if answer is None else None
        reply = Reply(drawn, hear=hear, records=records, rooms=rooms, aside=aside, shown=shown)
        return reply, Ended(changes, posts)

    def _kept_views(self, work: Work) -> Iterator[tuple[PostRequest, str]]:
        """Each promised post with its view, built now, after the reactions; its template waits until it is sent."""
        kept: dict[Any, str] = {}
        guarded = work.directory.has_own_rooms
        for asked in work.posts:
            draw = asked.draw
            reader = audience_of(asked, work) if guarded else Audience.JOINT
            known = (reader, draw.template, *((name, id(part)) for name, part in draw.parts.items()))
            if known not in kept:
                with work.seen_by(reader) if guarded else nullcontext():
                    kept[known] = keep(self.registry.views[draw.template](work, **draw.parts), work.zone)
            yield asked, kept[known]

    def _shown(self, work: Work) -> Callable[[], str] | None:
        """Draws the first record's card that goes to the rooms, when it is wanted."""
        for post in work.posts:
            if isinstance(post.to, ToRooms) and post.record is not None:
                return self._drawing(post.draw, work)
        return None

    def _drawing(self, draw: Draw, work: Work) -> Callable[[], str]:
        """Draws a view that is built now, after the reactions."""
        view = self.registry.views[draw.template](work, **draw.parts)
        return partial(self.words.card, draw.template, view, work.zone)

    def _log(self, envelope: Envelope, seconds: float) -> None:
        milliseconds = seconds * 1000
        line = (
            f"command={type(envelope.command).__name__} id={envelope.command_id} "
            f"transfer={envelope.transfer} ms={milliseconds:.1f}"
        )
        if milliseconds > SLOW_MS:
            log.warning("slow %s", line)
        else:
            log.info(line)


def _check_stays(command: Command, work: Work) -> None:
    """What is said in a company's own room changes nothing that the other one sees. Raises NotAllowed."""
    if work.audience == Audience.JOINT or command.shared or work.actor.kind != "person":
        return
    if any(row.trail_audience() != work.audience for row in work.session.touched()):
        raise NotAllowed(
            msg(
                "This room is {company}’s own, and what is said here stays here; that would change what both "
                "companies see. Say it in a room that both share, or to Tandem in a direct message."
            ),
            company=work.directory.company(work.audience.side),
        )
