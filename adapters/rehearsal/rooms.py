"""What the rooms show, said, posted and answered: an own small SQLite file beside the rehearsal's store.

A file of its own, because on a real platform the chat lives with the platform: it must outlast a restart as
the store does, and no migration of the core should know of it.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from adapters.rehearsal.cast import PLATFORM, tenant
from core.api import Address

SAID, POST, ANSWER, ACT = "said", "post", "answer", "act"
_TABLE = """
CREATE TABLE IF NOT EXISTS lines (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    change INTEGER NOT NULL UNIQUE,
    rehearsal INTEGER NOT NULL,
    channel TEXT NOT NULL,
    direct INTEGER NOT NULL,
    kind TEXT NOT NULL,
    author TEXT,
    only_for TEXT,
    at TEXT NOT NULL,
    changed_at TEXT,
    body TEXT NOT NULL,
    accounts TEXT NOT NULL DEFAULT '{}',
    key TEXT NOT NULL UNIQUE,
    taken INTEGER NOT NULL DEFAULT 0,
    mark TEXT NOT NULL DEFAULT '',
    thread INTEGER,
    reactions TEXT NOT NULL DEFAULT '{}'
)
"""
_NEWER = {
    "mark": "ALTER TABLE lines ADD COLUMN mark TEXT NOT NULL DEFAULT ''",
    "thread": "ALTER TABLE lines ADD COLUMN thread INTEGER",
    "reactions": "ALTER TABLE lines ADD COLUMN reactions TEXT NOT NULL DEFAULT '{}'",
}
"""Columns that the files of earlier versions have not."""
_ADD = """
INSERT INTO lines (change, rehearsal, channel, direct, kind, author, only_for, at, body, accounts, key, thread)
VALUES ((SELECT coalesce(max(change), 0) + 1 FROM lines), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (key) DO NOTHING
"""
_CHANGE = """
UPDATE lines SET change = (SELECT max(change) + 1 FROM lines), changed_at = ?, body = ?, accounts = ?, key = ?
WHERE id = ?
"""
_MARK = """
UPDATE lines SET change = (SELECT max(change) + 1 FROM lines), mark = trim(mark || ' · ' || ?, ' ·')
WHERE id = ? AND instr(mark, ?) = 0
"""
_REACT = "UPDATE lines SET change = (SELECT max(change) + 1 FROM lines), reactions = ? WHERE id = ?"
_TAKEN = "UPDATE lines SET taken = 1, change = (SELECT max(change) + 1 FROM lines) WHERE id = ?"
_KEYED = "SELECT * FROM lines WHERE key = ?"
_NUMBERED = "SELECT * FROM lines WHERE id = ?"
_SINCE = """
SELECT * FROM lines
WHERE change > :change AND kind <> 'act'
    AND (only_for IS NULL OR only_for IN (SELECT value FROM json_each(:people)))
    AND max(rehearsal, 1) = :rehearsal AND (direct = 0 OR channel IN (SELECT value FROM json_each(:people)))
ORDER BY change DESC LIMIT 1000
"""
_NEWEST = """
SELECT * FROM lines
WHERE max(rehearsal, 1) = ? AND channel = ? AND direct = ? AND kind <> 'act' AND (only_for IS NULL OR only_for = ?)
ORDER BY id DESC
"""
Values = Sequence[object] | dict[str, object]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line to be shown: where, what kind, under which key, what it says and whose it is.

    `key` is the browser's id of a said line, or the id of the post; `body` is text, or a card or notice as
    `keeping` writes it; `accounts` is JSON, person id to account, for mentions. `thread` is the line that it replies
    to. An ACT, which is a press or a form, nobody sees.
    """

    room: Address
    kind: str
    key: str
    body: str
    author: str | None = None
    only_for: str | None = None
    accounts: str = "{}"
    thread: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it stands in its room; `change` grows with every change of any line, so news is above.

    `mark` is what Tandem says at a line that somebody said; `reactions` are who put which there.
    """

    id: int
    change: int
    rehearsal: int
    entry: Entry
    at: datetime
    changed_at: datetime | None
    mark: str = ""
    reactions: Mapping[str, Sequence[str]] = field(default_factory=dict)


class Rooms:
    """All that is shown. Methods return when the change is on disk; `listeners` are called after each."""

    def __init__(self, path: Path | str) -> None:
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=5.0)
        for statement in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", _TABLE):
            self._connection.execute(statement)
        there = {row[1] for row in self._connection.execute("PRAGMA table_info(lines)")}
        for column, statement in _NEWER.items():
            if column not in there:
                self._connection.execute(statement)
        self._connection.execute("CREATE INDEX IF NOT EXISTS ix_lines_room ON lines (channel, direct, id)")
        self.listeners: list[Callable[[], None]] = []

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def add(self, entry: Entry, at: datetime) -> Line:
        """Show a line once: a second one under the same key changes nothing and gives the first."""
        room = entry.room
        with self._writing() as connection:
            connection.execute(
                _ADD,
                (number_of(room), room.channel, room.direct, entry.kind, entry.author, entry.only_for,
                 _stored(at), entry.body, entry.accounts, entry.key, entry.thread),
            )  # fmt: skip
        line = self.keyed(entry.key)
        assert line is not None
        return line

    def change(self, line: int, entry: Entry, at: datetime) -> bool:
        """Change a line in place; False if there is none."""
        with self._writing() as connection:
            changed = connection.execute(_CHANGE, (_stored(at), entry.body, entry.accounts, entry.key, line))
            return changed.rowcount == 1

    def mark_taken(self, line: int) -> None:
        """Note that Tandem did what this line says."""
        with self._writing() as connection:
            connection.execute(_TAKEN, (line,))

    def mark(self, line: int, words: str) -> None:
        """Say something at a line, once."""
        with self._writing() as connection:
            connection.execute(_MARK, (words, line, words))

    def react(self, line: int, emoji: str, person: str, gone: bool) -> bool:
        """Put a person's reaction below a line, or take it away; False where that changes nothing."""
        with self._writing() as connection:
            row = connection.execute("SELECT reactions FROM lines WHERE id = ?", (line,)).fetchone()
            reactions: dict[str, list[str]] = json.loads(row[0]) if row else {}
            people = reactions.get(emoji, [])
            if row is None or (person in people) != gone:
                return False
            reactions[emoji] = [one for one in people if one != person] if gone else [*people, person]
            kept = {one: by for one, by in reactions.items() if by}
            connection.execute(_REACT, (json.dumps(kept, ensure_ascii=False), line))
            return True

    def line(self, number: int) -> Line | None:
        """The line of a number."""
        return next(iter(self._lines(_NUMBERED, (number,))), None)

    def keyed(self, key: str) -> Line | None:
        """The line under a key."""
        return next(iter(self._lines(_KEYED, (key,))), None)

    def since(self, change: int, rehearsal: int, people: Sequence[str]) -> list[Line]:
        """Lines of a rehearsal that changed after `change`, the oldest change first: its rooms, these people's directs.

        A line for one person alone comes only where that person is among `people`. At most the newest 1000.
        """
        wanted = {"change": change, "rehearsal": rehearsal, "people": json.dumps(people)}
        return self._lines(_SINCE, wanted)[::-1]

    def newest(self, room: Address, person: str) -> list[Line]:
        """What one person sees of a room, newest first."""
        return self._lines(_NEWEST, (number_of(room), room.channel, room.direct, person))

    def newest_change(self) -> int:
        """The number of the last change; 0 where nothing was ever shown."""
        return int(self._rows("SELECT coalesce(max(change), 0) FROM lines")[0][0])

    def newest_rehearsal(self) -> int:
        """The number of the last rehearsal in which anything happened; 1 where none was."""
        return max(1, int(self._rows("SELECT coalesce(max(rehearsal), 1) FROM lines")[0][0]))

    def taken(self, rehearsal: int) -> list[tuple[str, str]]:
        """Author and sentence of all that Tandem did in a rehearsal, oldest first."""
        wanted = "SELECT author, body FROM lines WHERE rehearsal = ? AND taken = 1 ORDER BY id"
        return [(row[0], row[1]) for row in self._rows(wanted, (rehearsal,))]

    def offered(self, rehearsal: int, sentence: str) -> str | None:
        """The reference in the newest button of a rehearsal that carries `sentence` and one, such as ACT-002."""
        wanted = (
            "SELECT body FROM lines WHERE rehearsal = ? AND kind IN (?, ?) AND instr(body, ?) ORDER BY id DESC LIMIT 1"
        )
        carried = f'"says":"{sentence} '
        for (body,) in self._rows(wanted, (rehearsal, POST, ANSWER, carried)):
            return body.rpartition(carried)[2].partition('"')[0]
        return None

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._connection:  # which commits, or rolls back where something is raised
            self._connection.execute("BEGIN IMMEDIATE")
            yield self._connection
        for listener in self.listeners:
            listener()

    def _rows(self, statement: str, values: Values = ()) -> list[tuple[str, ...]]:
        with self._lock:
            return self._connection.execute(statement, values).fetchall()

    def _lines(self, statement: str, values: Values) -> list[Line]:
        return [_line(row) for row in self._rows(statement, values)]


def number_of(room: Address) -> int:
    """Which rehearsal a room, or a direct conversation, belongs to, by its tenant."""
    number = room.tenant.partition("-")[2]
    return int(number) if number else 1


def _stored(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def _line(row: tuple[str, ...]) -> Line:
    line, change, rehearsal, channel, direct, kind, author, only_for, at, since, *said = row
    body, accounts, key, _, mark, thread, reactions = said
    room = Address(PLATFORM, tenant(max(int(rehearsal), 1)), channel, bool(direct))
    entry = Entry(room, kind, key, body, author, only_for, accounts, int(thread) if thread else None)
    changed_at, said_at = datetime.fromisoformat(since) if since else None, datetime.fromisoformat(at)
    return Line(int(line), int(change), int(rehearsal), entry, said_at, changed_at, mark, json.loads(reactions))
