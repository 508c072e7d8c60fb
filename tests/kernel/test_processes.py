"""Three processes over five transfers on PostgreSQL: nobody waits for ever, nobody's number is another's."""

from __future__ import annotations

import asyncio
import itertools
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from sqlalchemy import select, text

from core.api import Account, Address
from core.features import shipped
from core.kernel.audit import Entry, Source, verify
from core.kernel.database import Store
from core.kernel.records import Record
from core.kernel.registry import Registry
from core.kernel.transfers import Head, Room
from tests.kernel.driven import Driven
from tests.meeting_room import anna, marta, person

pytestmark = pytest.mark.postgres

ROOMS = [Address("slack", "T1", f"C-{number}") for number in range(5)]
CODES = [f"NV{letter}" for letter in "ABCDE"]
COMMANDS = 200
AT_ONCE = 12
NOTHING = "othing was recorded"


@pytest_asyncio.fixture
async def three(postgres_url: str) -> AsyncIterator[list[Driven]]:
    """Three processes on one store."""
    processes = [Driven(postgres_url) for _ in range(3)]
    await asyncio.gather(*(process.__aenter__() for process in processes))
    yield processes
    await asyncio.gather(*(process.__aexit__() for process in processes))


@pytest.fixture
def store(postgres_url: str) -> Iterator[Store]:
    """The store that they share."""
    store = Store(postgres_url)
    yield store
    store.close()


async def opened(process: Driven) -> None:
    """Five transfers, with a lead on either side of each."""
    for code, room in zip(CODES, ROOMS, strict=True):
        new = f'transfer new "Product {code}" sponsor:"Norvane" cmo:"Tarnbrook" tz:Europe/Dublin code:{code}'
        assert NOTHING not in await process.say(f"open-{code}", anna, room, new)
        await process.say(f"lead-{code}", anna, room, "member add @p side:cmo role:lead", p=marta)


def sentences(process: int) -> Iterator[tuple[Address, str, dict[str, Account]]]:
    """What one process says: records of every kind, and people who join several transfers at once."""
    for number in range(COMMANDS):
        room = ROOMS[(number + process) % len(ROOMS)]
        match number % 5:
            case 0 if number % 20 == 0:
                # The same people, in another order in each process, so that two transfers add them together.
                shared = person(f"Shared{(number // 20 + process * 3) % 5} Person")
                yield room, "member add @p side:sponsor role:expert", {"p": shared}
            case 0:
                yield room, f"note {process}-{number} was said", {}
            case 1:
                yield room, f"question {process}-{number} is asked", {}
            case 2:
                yield room, f"risk {process}-{number} is seen", {}
            case 3:
                yield room, f"decision {process}-{number} is taken", {}
            case _:
                yield room, f'transfer milestone "Batch {process}-{number}" on:2027-04-20', {}


async def say_all(process: Driven, name: int, answers: dict[str, str]) -> None:
    """Say everything, a dozen sentences at a time."""
    free = asyncio.Semaphore(AT_ONCE)

    async def one(number: int, room: Address, sentence: str, mentions: dict[str, Account]) -> None:
        delivery = f"p{name}-{number}"
        async with free:
            answers[delivery] = await process.say(delivery, anna, room, sentence, **mentions)

    async with asyncio.TaskGroup() as tasks:
        for number, (room, sentence, mentions) in enumerate(sentences(name)):
            tasks.create_task(one(number, room, sentence, mentions))


async def test_three_processes_over_five_transfers(three: list[Driven], store: Store) -> None:
    await opened(three[0])
    answers: dict[str, str] = {}
    async with asyncio.TaskGroup() as tasks:
        for name, process in enumerate(three):
            tasks.create_task(say_all(process, name, answers))
    assert [answer for answer in answers.values() if NOTHING in answer] == []
    assert len(answers) == 3 * COMMANDS
    check_numbers(store)
    assert check_chains(store) >= answers.keys()
    await asyncio.gather(*(process.__aexit__() for process in three))
    assert deadlocks(store) == 0


async def test_accounts_lost_in_several_transfers_at_once_make_no_deadlock(three: list[Driven], store: Store) -> None:
    await opened(three[0])
    people = [person(f"Leaver{number} Person") for number in range(5)]
    for number, leaver in enumerate(people):
        for room in ROOMS:
            process = three[number % 3]
            await process.say(f"{number}-{room}", anna, room, "member add @p side:sponsor role:qa", p=leaver)
    rounds = itertools.cycle(three)
    async with asyncio.TaskGroup() as tasks:
        for leaver in people:
            for _ in range(3):
                tasks.create_task(next(rounds).left(leaver))
    trailed = check_chains(store)
    assert len([name for name in trailed if name.startswith("left:")]) == len(people) * len(ROOMS)  # once each
    await asyncio.gather(*(process.__aexit__() for process in three))
    assert deadlocks(store) == 0


async def test_who_was_added_by_one_process_is_known_to_the_others_at_once(three: list[Driven], store: Store) -> None:
    await opened(three[0])
    joiner = person("Joiner Person")
    for process in three:
        assert "Nothing was recorded yet" in await process.say(
            f"early-{id(process)}", joiner, ROOMS[0], "note too early"
        )
    await three[0].say("add", anna, ROOMS[0], "member add @p side:sponsor role:expert", p=joiner)
    for name, process in enumerate(three[1:]):
        assert NOTHING not in await process.say(f"now-{name}", joiner, ROOMS[0], "note in time")
    await three[1].say("remove", anna, ROOMS[0], 'member remove @p reason:"another project"', p=joiner)
    for name, process in enumerate((three[0], three[2])):
        await process.say(f"late-{name}", joiner, ROOMS[0], "note too late")
    with store.read() as connection:
        made = connection.execute(select(Source.record, Source.text).order_by(Source.record)).all()
    notes = [row.text for row in made if row.text.startswith("note") and not row.record.startswith("LIN")]
    assert notes == ["note in time"] * 2  # whether the door refused it or the ears knew already


def check_numbers(store: Store) -> None:
    """No number is missing and none stands twice; the head's counters say the same."""
    Registry.of(shipped())  # brings every kind of record
    numbers: dict[tuple[str, str], list[int]] = defaultdict(list)
    with store.read() as connection:
        numbered = [select(kind.transfer, kind.ref) for kind in record_kinds()]
        for made in (*numbered, select(Room.transfer, Room.number.label("ref"))):
            for row in connection.execute(made):
                prefix, dash, number = row.ref.partition("-")
                if dash:
                    numbers[row.transfer, prefix].append(int(number))
        heads = connection.execute(select(Head.transfer, Head.counters)).all()
    counted = {(head.transfer, prefix): count for head in heads for prefix, count in head.counters.items()}
    assert {name: sorted(found) for name, found in numbers.items()} == {
        name: list(range(1, count + 1)) for name, count in counted.items()
    }


def record_kinds(kind: type[Record] = Record) -> Iterator[type[Record]]:
    """Every mapped kind of record of the shipped features."""
    for below in kind.__subclasses__():
        if "__tablename__" in vars(below) and below.__module__.startswith("core."):
            yield below
        yield from record_kinds(below)


def check_chains(store: Store) -> set[str]:
    """Every chain holds; returns the ids of all commands in them."""
    with store.read() as connection:
        chains = connection.execute(select(Entry.chain).distinct()).scalars().all()
        for chain in chains:
            found = connection.execute(
                select(Entry.seq, Entry.body, Entry.prev, Entry.hash).where(Entry.chain == chain).order_by(Entry.seq)
            )
            verdict = verify(chain, [tuple(row) for row in found])
            assert verdict.broken is None, verdict
        return set(connection.execute(select(Entry.command_id)).scalars())


def deadlocks(store: Store) -> int:
    """How many the server has broken up; a process hands its counts in when it ends."""
    with store.read() as connection:
        count = connection.execute(text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))
        return int(count.scalar_one())
