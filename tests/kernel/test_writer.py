"""The writer: what waits for one transfer is committed together, and one command's fall takes no neighbour with it."""

from __future__ import annotations

import asyncio
import re
import threading
from concurrent.futures import Future

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from core.kernel.access import OPERATOR
from core.kernel.audit import Entry
from core.kernel.door import Envelope, Reply
from core.kernel.errors import Busy, NotFound, Refused
from core.kernel.group import Group
from core.kernel.ids import Ref, TransferId
from core.kernel.messages import Command
from core.kernel.posting import Post, ToRooms
from core.kernel.work import Work
from tests.meeting_room import MeetingRoom, anna, marta, words
from tests.toy_feature.commands import IssueBadge, ReturnBadge
from tests.toy_feature.records import Badge

NVT = TransferId("NVT")


def submit(toy: MeetingRoom, command: Command, command_id: str, transfer: TransferId = NVT) -> Future[Reply]:
    """Queue a command as Aoife says it."""
    return toy.core.writer.submit(Envelope(command, command_id, transfer, anna))


class Held:
    """Holds the writer between two commands, so that what is submitted meanwhile becomes one group."""

    def __init__(self, toy: MeetingRoom, monkeypatch: pytest.MonkeyPatch) -> None:
        self.entered, self.go = threading.Event(), threading.Event()
        self._handlers = toy.core.registry.handlers
        self._known = self._handlers[IssueBadge]
        monkeypatch.setitem(self._handlers, IssueBadge, self._issue)  # type: ignore[arg-type]
        submit(toy, IssueBadge(text="hold"), "hold")
        assert self.entered.wait(5)

    def _issue(self, command: IssueBadge, work: object) -> object:
        if command.text == "hold":
            self.entered.set()
            assert self.go.wait(10)
        return self._known(command, work)


async def test_a_refused_and_a_broken_command_take_no_neighbour_with_them(
    toy: MeetingRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(toy, monkeypatch)
    waiting = [
        submit(toy, IssueBadge(text="first"), "c1"),
        submit(toy, ReturnBadge(badge=Ref("BDG-999")), "c2"),
        submit(toy, IssueBadge(text="break after the insert"), "c3"),
        submit(toy, IssueBadge(text="second"), "c4"),
        submit(toy, ReturnBadge(badge=Ref("BDG-002")), "c5"),
        submit(toy, IssueBadge(text="first"), "c1"),
    ]
    held.go.set()
    results = await asyncio.gather(*map(asyncio.wrap_future, waiting), return_exceptions=True)
    assert isinstance(results[1], NotFound)
    assert isinstance(results[2], RuntimeError)
    assert [result.records for result in (results[0], results[3], results[4])] == [
        ("BDG-002",),
        ("BDG-003",),
        ("BDG-002",),
    ]
    assert results[5].again
    assert [(badge.ref, badge.state) for badge in toy.rows(Badge)] == [
        ("BDG-001", "issued"), ("BDG-002", "returned"), ("BDG-003", "issued"),
    ]  # fmt: skip
    assert len([entry for entry in toy.trail() if entry["command_id"] in ("c2", "c3")]) == 0


async def test_a_command_that_has_changed_a_row_reads_what_its_neighbours_posted(
    toy: MeetingRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, handlers = Held(toy, monkeypatch), toy.core.registry.handlers
    known, read = handlers[ReturnBadge], []

    def return_and_read(command: ReturnBadge, work: Work) -> object:
        done = known(command, work)  # the change opens the command's savepoint
        read.extend(work.all(select(Post).where(Post.record == "BDG-002")))
        read.extend(work.all(select(Entry).where(Entry.record == "BDG-002")))
        return done

    monkeypatch.setitem(handlers, ReturnBadge, return_and_read)  # type: ignore[arg-type]
    waiting = [
        submit(toy, IssueBadge(text="first"), "c1"),
        submit(toy, ReturnBadge(badge=Ref("BDG-001")), "c2"),
    ]
    held.go.set()
    await asyncio.gather(*map(asyncio.wrap_future, waiting))
    assert [type(row) for row in read] == [Post, Entry]


async def test_nobody_sees_a_group_before_its_commit(toy: MeetingRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    written = Group.write

    def write(group: Group) -> None:
        written(group)
        with toy.core.store.read() as connection:
            seen.append(connection.execute(select(func.count()).select_from(Badge)).scalar_one())

    monkeypatch.setattr(Group, "write", write)
    await toy.say(anna, "badge an auditor")
    assert seen == [0]
    assert len(toy.rows(Badge)) == 1


async def test_a_store_that_fails_the_commit_leaves_nothing_and_each_is_run_again_alone(
    toy: MeetingRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(toy, monkeypatch)
    written, groups = Group.write, []

    def write(group: Group) -> None:
        commands = {entry["command_id"] for entry in group.chains.entries}
        written(group)
        groups.append(len(commands))
        if "poison" in commands:
            group.connection.execute(text("INSERT INTO entries SELECT * FROM entries"))  # breaks a unique key

    monkeypatch.setattr(Group, "write", write)
    waiting = [submit(toy, IssueBadge(text=name), name) for name in ("one", "poison", "two")]
    held.go.set()
    results = await asyncio.gather(*map(asyncio.wrap_future, waiting), return_exceptions=True)
    assert groups == [1, 3, 1, 1, 1]
    assert isinstance(results[1], Exception)
    assert not isinstance(results[1], Refused)
    assert [badge.text for badge in toy.rows(Badge)] == ["hold #1", "one #2", "two #3"]
    assert [entry["record"] for entry in toy.trail() if entry["event"] == "BadgeIssued"] == [
        "BDG-001", "BDG-002", "BDG-003",
    ]  # fmt: skip


async def test_a_command_not_begun_in_time_is_taken_back(toy: MeetingRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held(toy, monkeypatch)
    late = toy.core.writer.submit(Envelope(IssueBadge(text="late"), "late", NVT, anna), patience=0.0)
    held.go.set()
    with pytest.raises(Busy):
        await asyncio.wrap_future(late)
    assert [badge.text for badge in toy.rows(Badge)] == ["hold #1"]


async def test_numbers_have_no_gaps_under_load(toy: MeetingRoom) -> None:
    said = [toy.say(anna, f"badge visitor {number}") for number in range(100)]
    said += [toy.say(marta, "badge return BDG-999") for _ in range(20)]
    await asyncio.gather(*said)
    assert [badge.ref for badge in toy.rows(Badge)] == [f"BDG-{number:03d}" for number in range(1, 101)]
    assert len(toy.trail()) == len({(entry["command_id"], entry["part"]) for entry in toy.trail()})


async def test_a_late_failure_after_a_query_leaves_nothing(toy: MeetingRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    def issue_and_fail(command: IssueBadge, work: object) -> None:
        badge = Badge(ref=work.number("BDG"), state="issued", text=command.text, audience="joint")  # type: ignore[attr-defined]
        work.add(badge)  # type: ignore[attr-defined]
        assert work.all(select(Badge)) == [badge]  # type: ignore[attr-defined]
        work.post(ToRooms(), "toy/badge", badge=badge)  # type: ignore[attr-defined]
        raise RuntimeError("after a query has made the row visible to itself")

    monkeypatch.setitem(toy.core.registry.handlers, IssueBadge, issue_and_fail)  # type: ignore[arg-type]
    assert "nothing was recorded" in words(await toy.say(anna, "badge an auditor"))
    assert toy.rows(Badge) == []


async def test_only_the_system_and_the_operator_speak_without_an_account(toy: MeetingRoom) -> None:
    with pytest.raises(Refused):
        await asyncio.wrap_future(
            toy.core.writer.submit(Envelope(IssueBadge(text="x"), "op", NVT, OPERATOR))
        )  # the operator has no right to content


async def test_somebody_who_gave_up_waiting_stops_nobody(toy: MeetingRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held(toy, monkeypatch)
    gone = toy.core.writer.submit(Envelope(IssueBadge(text="gone"), "gone", NVT, anna), patience=0.0)
    assert gone.cancel()
    after = submit(toy, IssueBadge(text="after"), "after")
    held.go.set()
    await asyncio.wait_for(asyncio.wrap_future(after), 5)
    assert [badge.text for badge in toy.rows(Badge)] == ["hold #1", "after #2"]


async def test_a_command_that_another_process_was_in_the_way_of_runs_again(
    toy: MeetingRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, tries = toy.core.registry.handlers[IssueBadge], []

    def issue(command: IssueBadge, work: object) -> object:
        tries.append(command.text)
        if len(tries) == 1:
            raise IntegrityError("INSERT INTO accounts", {}, Exception("another process added the person first"))
        return known(command, work)

    monkeypatch.setitem(toy.core.registry.handlers, IssueBadge, issue)  # type: ignore[arg-type]
    assert "BDG-001" in words(await toy.say(anna, "badge an auditor"))
    assert tries == ["an auditor"] * 2
    assert [badge.text for badge in toy.rows(Badge)] == ["an auditor #1"]


async def test_an_announcement_that_breaks_ends_nobody_s_writing(
    toy: MeetingRoom, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def announce() -> None:
        raise RuntimeError("the worker's event loop is closed")

    monkeypatch.setattr(toy.core.writer, "_after", announce)
    for reference in ("BDG-001", "BDG-002"):
        assert reference in words(await asyncio.wait_for(toy.say(anna, "badge an auditor"), 5))
    assert re.search(r"error [0-9a-f]{8}: what was committed could not be announced", caplog.text)
    assert toy.core.writes


async def test_a_group_that_breaks_the_writer_itself_is_answered_and_the_next_is_written(
    toy: MeetingRoom, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def write(*_: object) -> bool:
        monkeypatch.undo()
        raise RuntimeError("nobody thought of this")

    monkeypatch.setattr(toy.core.writer, "_write", write)
    assert "nothing was recorded" in words(await asyncio.wait_for(toy.say(anna, "badge an auditor"), 5))
    assert "BDG-001" in words(await asyncio.wait_for(toy.say(anna, "badge an auditor"), 5))
    assert re.search(r"error [0-9a-f]{8}: the writer met what it cannot answer", caplog.text)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
async def test_where_the_writer_has_ended_nobody_waits_for_it(
    toy: MeetingRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    class End(BaseException):
        """What no handler may swallow."""

    def write(*_: object) -> bool:
        entered.set()
        assert go.wait(10)
        raise End

    entered, go = threading.Event(), threading.Event()
    monkeypatch.setattr(toy.core.writer, "_write", write)
    submit(toy, IssueBadge(text="first"), "c1")
    assert entered.wait(5)
    left = submit(toy, IssueBadge(text="second"), "c2")
    go.set()
    with pytest.raises(Busy):
        await asyncio.wait_for(asyncio.wrap_future(left), 5)
    with pytest.raises(Busy):
        submit(toy, IssueBadge(text="third"), "c3")
    await asyncio.to_thread(toy.core.writer.close)
    assert not toy.core.writes
