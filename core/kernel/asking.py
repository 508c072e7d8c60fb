"""Questions: answered from a session that cannot write, beside the writer and never waiting for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import msgspec
from sqlalchemy import select

from core.kernel.access import Actor, Directory, eyes
from core.kernel.audit import Entry
from core.kernel.database import Store
from core.kernel.directories import Directories
from core.kernel.door import Door
from core.kernel.ids import Account, PersonId, TransferId
from core.kernel.messages import Question
from core.kernel.session import GuardedSession
from core.kernel.work import Answer, Draw, Origin, Reads


class Author(msgspec.Struct):
    """Whose act an entry of the trail is: `actor` is the account's identity."""

    actor: str
    person: PersonId | None
    name: str


class Asking:
    """Answers questions for one store."""

    def __init__(self, store: Store, door: Door, directories: Directories) -> None:
        self._store, self._door, self._directories = store, door, directories

    def answer(
        self,
        question: Question,
        transfer: TransferId,
        speaker: Account | Actor,
        origin: Origin | None = None,
        *,
        aloud: bool = False,
    ) -> str:
        """The drawn markup of the answer; `aloud`, with nothing that one company alone may see. Raises Refused."""
        directory = self._directories.look(transfer)
        actor = self._door.actor(speaker, directory)
        self._door.roles.check(question.needs, actor, directory)
        with self.reads(directory, actor, origin, aloud=aloud) as reads:
            answer: Answer = self._door.registry.answerers[type(question)](question, reads)
            if not isinstance(answer, Draw):
                raise TypeError(f"{type(question).__name__} must answer with a drawing")
            view = self._door.registry.views[answer.template](reads, **answer.parts)
            return self._door.words.card(answer.template, view, directory.zone)

    def who_said(self, command_id: str) -> Author | None:
        """Who gave a command that was carried out; None where none was by this id."""
        with self._store.read() as connection:
            entry = connection.execute(select(Entry.body).where(Entry.command_id == command_id).limit(1)).scalar()
        return msgspec.json.decode(entry, type=Author) if entry is not None else None

    @contextmanager
    def reads(
        self, directory: Directory, actor: Actor, origin: Origin | None = None, *, aloud: bool = False
    ) -> Iterator[Reads]:
        """A reader's session for `actor`, who sees what their side may see; `aloud`, what both may."""
        seen_by = eyes(actor, directory, origin.room if origin else None, aloud)
        with self._store.read() as connection, GuardedSession(connection) as session:
            sees_all = actor.kind in ("system", "operator") and not aloud
            session.watch(seen_by, sees_all=sees_all)
            if directory.has_own_rooms:
                directory = replace(directory, rooms=tuple(r for r in directory.rooms if r.audience in session.sees))
            yield Reads(
                session,
                directory.transfer,
                self._door.clock.now(),
                actor,
                directory,
                self._door.training,
                self._door.words,
                self._door.roles,
                self._door.public_url,
                origin,
                complements=self._door.registry.complements,
            )
