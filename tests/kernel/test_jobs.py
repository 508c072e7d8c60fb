"""Due work: said once, by whichever process comes first, and never lost without a word."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from sqlalchemy import select, update

from core.kernel.audit import Entry, verify
from core.kernel.errors import Refused, msg
from core.kernel.ids import Ref
from core.kernel.messages import Command
from core.kernel.posting import Job
from core.kernel.work import Work
from tests.kernel.test_writer import Held, submit
from tests.meeting_room import ROOM, MeetingRoom, anna, words
from tests.toy_feature.commands import IssueBadge, RemindOfBadge, ReturnBadge

Handler = Callable[[Any, Work], Any]


def handle(toy: MeetingRoom, monkeypatch: pytest.MonkeyPatch, kind: type[Command], handler: Handler) -> None:
    """Carry out a command otherwise, for one test."""
    monkeypatch.setitem(toy.core.registry.handlers, kind, handler)  # type: ignore[arg-type]


def reminding(toy: MeetingRoom, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The badges that were reminded of, as it happens."""
    reminded: list[str] = []
    handle(toy, monkeypatch, RemindOfBadge, lambda cmd, work: reminded.append(cmd.badge))
    return reminded


def rows(toy: MeetingRoom) -> dict[str, Any]:
    """Every job's row by key."""
    with toy.core.store.read() as connection:
        return {row.key: row for row in connection.execute(select(*Job.__table__.c))}


def rewrite(toy: MeetingRoom, **values: object) -> None:
    """Let the badge's job be as another version of Tandem wrote it."""
    with toy.core.store.write() as connection:
        connection.execute(update(Job).where(Job.key == "badge:BDG-001").values(**values))


def told(toy: MeetingRoom) -> list[str]:
    """Why the leads were told that work was set aside."""
    return [entry["reason"] for entry in toy.trail() if entry["event"] == "JobSetAside"]


async def test_due_work_is_said_in_the_order_of_its_time(toy: MeetingRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    def issue(cmd: IssueBadge, work: Work) -> None:
        for hours, badge in ((3, "BDG-003"), (1, "BDG-001"), (2, "BDG-002")):
            work.schedule(badge, work.now + timedelta(hours=hours), RemindOfBadge(badge=Ref(badge)))

    handle(toy, monkeypatch, IssueBadge, issue)
    reminded = reminding(toy, monkeypatch)
    await toy.say(anna, "badge a")
    toy.clock.advance(hours=2)
    assert await toy.core.jobs().run_due() == 2
    toy.clock.advance(days=100)  # late, and said all the same
    await toy.deliver()
    assert reminded == ["BDG-001", "BDG-002", "BDG-003"]


async def test_scheduling_under_a_waiting_key_replaces_it(toy: MeetingRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    def issue(cmd: IssueBadge, work: Work) -> None:
        work.schedule("badge", work.now + timedelta(hours=1), RemindOfBadge(badge=Ref(cmd.text)))

    handle(toy, monkeypatch, IssueBadge, issue)
    reminded = reminding(toy, monkeypatch)
    await toy.say(anna, "badge first")
    toy.clock.advance(minutes=30)
    await toy.say(anna, "badge second")
    toy.clock.advance(minutes=30)
    assert await toy.core.jobs().run_due() == 0
    toy.clock.advance(minutes=30)
    await toy.deliver()
    assert reminded == ["second"]


async def test_a_job_replaced_after_it_was_claimed_does_nothing(
    toy: MeetingRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    reminded = reminding(toy, monkeypatch)
    await toy.say(anna, "badge a")
    toy.clock.advance(hours=8)
    runner = toy.core.jobs()
    [claimed] = [job for job in runner._due(toy.clock.now()) if job.key == "badge:BDG-001"]
    await toy.say(anna, "badge return BDG-001")
    assert await runner._say(claimed) is None
    assert reminded == []
    assert not [entry for entry in toy.trail() if entry["command_id"] == f"job:{claimed.id}"]


async def test_a_job_taken_back_by_its_neighbour_in_one_group_does_nothing(
    toy: MeetingRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    await toy.say(anna, "badge a")
    reminded = reminding(toy, monkeypatch)
    toy.clock.advance(hours=8)
    runner = toy.core.jobs()
    [claimed] = [job for job in runner._due(toy.clock.now()) if job.key == "badge:BDG-001"]
    held = Held(toy, monkeypatch)
    taken_back = submit(toy, ReturnBadge(badge=Ref("BDG-001")), "back")
    running = runner._say(claimed)
    await asyncio.sleep(0)  # its first step puts it into the writer's queue
    held.go.set()
    await asyncio.wrap_future(taken_back)
    assert await running is None
    assert reminded == []


async def test_two_processes_say_it_once(toy: MeetingRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    reminded = reminding(toy, monkeypatch)
    for name in "abc":
        await toy.say(anna, f"badge {name}")
    toy.clock.advance(hours=8)
    runners = [toy.core.jobs() for _ in range(3)]
    claimed = [job for runner in runners for job in runner._due(toy.clock.now())]
    await asyncio.gather(*(runners[0]._say(job) for job in claimed))
    assert len(claimed) >= 9
    assert sorted(reminded) == ["BDG-001", "BDG-002", "BDG-003"]


async def test_a_job_goes_with_its_command_s_transaction(toy: MeetingRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    await toy.say(anna, "badge a")
    handle(toy, monkeypatch, RemindOfBadge, lambda cmd, work: seen.append("badge:BDG-001" in rows(toy)))
    toy.clock.advance(hours=8)
    await toy.deliver()
    assert seen == [True]
    assert "badge:BDG-001" not in rows(toy)


async def test_a_refused_job_is_dropped(toy: MeetingRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(cmd: RemindOfBadge, work: Work) -> None:
        raise Refused(msg("There is nothing to remind of."))

    await toy.say(anna, "badge a")
    handle(toy, monkeypatch, RemindOfBadge, refuse)
    toy.clock.advance(hours=8)
    await toy.deliver()
    assert "badge:BDG-001" not in rows(toy)
    assert told(toy) == []


async def test_a_job_that_breaks_is_tried_again_and_then_set_aside_and_the_leads_told(
    toy: MeetingRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[int] = []

    def broken(cmd: RemindOfBadge, work: Work) -> None:
        tries.append(1)
        raise ZeroDivisionError

    await toy.say(anna, "badge a")
    handle(toy, monkeypatch, RemindOfBadge, broken)
    toy.clock.advance(hours=8)
    for pause in (30, 60, 90, 120):
        await toy.deliver()
        toy.clock.advance(seconds=pause - 1)
        assert await toy.core.jobs().run_due() == 0
        toy.clock.advance(seconds=1)
    sent = await toy.deliver()
    assert len(tries) == 5
    assert rows(toy)["badge:BDG-001"].aside
    assert told(toy) == ["ZeroDivisionError"]
    assert {out.address.channel for out in sent} == {"U-aoife", "U-marta"}
    assert "RemindOfBadge" in words(sent[0].card)
    toy.clock.advance(days=1)
    await toy.core.jobs().run_due()
    assert len(tries) == 5


async def test_a_job_that_works_the_second_time_is_no_news(toy: MeetingRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[str] = []

    def broken_once(cmd: RemindOfBadge, work: Work) -> None:
        tries.append(cmd.badge)
        if len(tries) == 1:
            raise ZeroDivisionError

    await toy.say(anna, "badge a")
    handle(toy, monkeypatch, RemindOfBadge, broken_once)
    toy.clock.advance(hours=8)
    await toy.deliver()
    toy.clock.advance(seconds=30)
    await toy.deliver()
    assert tries == ["BDG-001"] * 2
    assert "badge:BDG-001" not in rows(toy)


@pytest.mark.parametrize(
    ("stored", "why"),
    [
        ({"command": "RemindOfHologram"}, "no message is called RemindOfHologram"),
        ({"version": 9}, "RemindOfBadge version 9"),
        ({"body": '{"badge":7}'}, "RemindOfBadge version 1"),
        ({"body": "{"}, "RemindOfBadge version 1"),
    ],
    ids=["an unknown name", "a newer version", "another shape", "no JSON"],
)
async def test_what_cannot_be_loaded_is_set_aside_and_the_leads_told_once(
    toy: MeetingRoom, stored: dict[str, object], why: str
) -> None:
    await toy.say(anna, "badge a")
    rewrite(toy, **stored)
    toy.clock.advance(hours=8)
    await toy.deliver()
    await toy.deliver()
    [reason] = told(toy)
    assert why in reason
    assert rows(toy)["badge:BDG-001"].aside
    await toy.say(anna, "badge return BDG-001")  # the key is free for what comes next
    assert "badge:BDG-001" not in rows(toy)


@dataclass(frozen=True, kw_only=True)
class RemindOfBadges(Command):
    """Remind of badges: once of one, since version 2 of several."""

    needs: ClassVar[str] = "badge.remind"
    version: ClassVar[int] = 2

    badges: tuple[Ref, ...]

    @classmethod
    def upcast(cls, version: int, body: dict[str, object]) -> dict[str, object]:
        """Version 1 named one badge."""
        return {"badges": [body["badge"]]} if version == 1 else super().upcast(version, body)


async def test_a_job_of_an_older_version_is_mended_and_said(toy: MeetingRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    reminded: list[tuple[Ref, ...]] = []
    monkeypatch.setitem(toy.core.registry.messages, "RemindOfBadge", RemindOfBadges)  # type: ignore[arg-type]
    handle(toy, monkeypatch, RemindOfBadges, lambda cmd, work: reminded.append(cmd.badges))
    await toy.say(anna, "badge a")
    toy.clock.advance(hours=8)
    await toy.deliver()
    assert reminded == [("BDG-001",)]
    assert told(toy) == []


async def test_what_is_due_while_tandem_is_being_closed_waits_for_its_next_start(toy: MeetingRoom) -> None:
    await toy.say(anna, "badge a")
    toy.clock.advance(hours=8)
    await asyncio.to_thread(toy.core.writer.close)
    await toy.core.jobs().run_due()
    assert not rows(toy)["badge:BDG-001"].aside
    assert rows(toy)["badge:BDG-001"].tries == 0


async def test_the_daily_line_names_the_chain_s_head_and_the_next_is_counted_from_now(toy: MeetingRoom) -> None:
    await toy.deliver()
    toy.clock.set(toy.jobs()["witness"] + timedelta(hours=5))
    chain = _chain(toy)
    [line] = [out for out in await toy.deliver() if out.address == ROOM]
    seq, head = len(chain), verify("NVT/joint", chain).head
    assert f"entry {seq}, head {head[:16]}." in words(line.card)
    assert toy.jobs()["witness"] == toy.clock.now() + timedelta(days=1)
    assert verify("NVT/joint", _chain(toy)[: seq - 1]).head[:16] not in words(line.card)  # a cut tail shows


async def test_on_a_quiet_day_the_witness_says_nothing(toy: MeetingRoom) -> None:
    for _ in range(2):
        await toy.deliver()
        toy.clock.set(toy.jobs()["witness"])
    assert await toy.deliver() == []
    assert [entry["command"] for entry in toy.trail()][-2:] == ["PostWitness"] * 2
    await toy.say(anna, "badge a")
    await toy.deliver()
    toy.clock.set(toy.jobs()["witness"])
    assert [out.address for out in await toy.deliver() if "head" in words(out.card)] == [ROOM]


def _chain(toy: MeetingRoom) -> list[tuple[int, str, str, str]]:
    with toy.core.store.read() as connection:
        found = connection.execute(
            select(Entry.seq, Entry.body, Entry.prev, Entry.hash).where(Entry.chain == "NVT/joint").order_by(Entry.seq)
        )
        return [(row.seq, row.body, row.prev, row.hash) for row in found]


async def test_a_job_that_cannot_be_settled_keeps_no_other_from_it(
    toy: MeetingRoom, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def issue(cmd: IssueBadge, work: Work) -> None:
        for minute, badge in enumerate(("BDG-001", "BDG-002"), start=1):
            work.schedule(f"badge:{badge}", work.now + timedelta(minutes=minute), RemindOfBadge(badge=Ref(badge)))

    def remind(cmd: RemindOfBadge, work: Work) -> None:
        raise Refused(msg("There is no such badge."))

    async def set_aside(*_: object) -> None:
        raise RuntimeError("the leads cannot be told")

    handle(toy, monkeypatch, IssueBadge, issue)
    handle(toy, monkeypatch, RemindOfBadge, remind)
    await toy.say(anna, "badge an auditor")
    rewrite(toy, command="GoneForGood")  # the first of the two
    toy.clock.advance(hours=1)
    runner = toy.core.jobs()
    monkeypatch.setattr(runner, "_set_aside", set_aside)
    assert await runner.run_due() == 1
    assert "badge:BDG-001" in rows(toy)
    assert "badge:BDG-002" not in rows(toy)
    assert "job badge:BDG-001 could not be settled" in caplog.text
