"""Rooms and people come and go, and old messages change."""

from datetime import UTC, datetime

import pytest

from core.api import Address, Identity, StoreDown
from tests.adapters.slack.listening import AOIFE, BEN, CMO, JOINT, MARTA
from tests.adapters.slack.test_sentences import recorded
from tests.tools.slack_double import BOT, TEAM, Channel

ROOM = Address("slack", TEAM, JOINT)
SAID = {"type": "message", "user": AOIFE, "ts": "1701735043.989889", "text": "hey!"}


async def test_tandem_says_hello_where_it_is_added(office):
    joined = recorded("chatsdk_member_joined_channel_slack_memberjoinedchannel.json")
    event = joined["event"] | {"user": BOT, "channel": JOINT}
    for _ in range(2):
        assert (await office.send.event(event, event_id=joined["event_id"]))[0] == 200
    assert office.core.told == [("welcome", ROOM, "joint")]


@pytest.mark.parametrize("kind", ["member_joined_channel", "member_left_channel"])
async def test_others_may_come_and_go(office, kind):
    await office.send.event({"type": kind, "user": AOIFE, "channel": JOINT})
    assert office.core.told == []


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ({"type": "member_left_channel", "user": BOT}, "Tandem was removed from the channel"),
        ({"type": "channel_left"}, "Tandem was removed from the channel"),
        ({"type": "group_left"}, "Tandem was removed from the channel"),
        ({"type": "channel_archive", "user": AOIFE}, "the channel was archived"),
        ({"type": "group_archive"}, "the channel was archived"),
        ({"type": "channel_deleted"}, "the channel was deleted"),
        ({"type": "group_deleted"}, "the channel was deleted"),
    ],
    ids=lambda value: value["type"] if isinstance(value, dict) else "",
)
async def test_a_lost_room_is_told(office, event, why):
    await office.send.event({"channel": JOINT, **event})
    assert office.core.told == [("room_lost", ROOM, why)]


async def test_after_a_removal_the_speaker_hears_it_at_once(office):
    office.core.known.clear()
    await office.send.command("mine", AOIFE, JOINT)
    office.slack.channels[JOINT].joined = False
    await office.send.event({"type": "channel_left", "channel": JOINT})
    _, reply = await office.send.command("mine", AOIFE, JOINT)
    assert "/invite @Tandem" in reply["text"]


@pytest.mark.parametrize("kind", ["channel_rename", "group_rename"])
async def test_a_room_is_called_otherwise(office, kind):
    await office.send.command("mine", AOIFE, JOINT)
    office.slack.channels[JOINT].name = "ppq"
    await office.send.event({"type": kind, "channel": {"id": JOINT, "name": "ppq", "created": 1360782804}})
    assert office.core.told == [("room_renamed", ROOM, "ppq")]


@pytest.mark.parametrize("kind", ["channel_unarchive", "group_unarchive"])
async def test_a_room_comes_back(office, kind):
    await office.send.event({"type": kind, "channel": JOINT})
    assert office.core.told == [("room_back", ROOM)]


@pytest.mark.parametrize(
    "event", [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT]}}]
)
async def test_without_the_app_every_room_is_lost(office, event):
    await office.send.event(event)
    assert office.core.told == [("app_lost", "slack", TEAM, "Tandem was removed from the workspace")]


async def test_a_token_of_a_person_is_not_the_bots(office):
    await office.send.event({"type": "tokens_revoked", "tokens": {"oauth": [AOIFE]}})
    assert office.core.told == []


async def test_who_is_deactivated_has_left(office):
    await office.send.event({"type": "user_change", "user": {"id": BEN, "team_id": "T02", "deleted": True}})
    assert office.core.told == [("person_left", Identity("slack", "T02", BEN), "deactivated in Slack")]


async def test_who_is_active_is_back(office):
    await office.send.event({"type": "user_change", "user": {"id": BEN, "team_id": "T02", "deleted": False}})
    assert office.core.told == [("person_back", Identity("slack", "T02", BEN))]


async def test_a_new_name_is_asked_for_again(office):
    await office.send.command("mine", AOIFE, JOINT)
    office.slack.person(AOIFE, "Aoife Byrne")
    await office.send.event({"type": "user_change", "user": {"id": AOIFE, "team_id": TEAM}})
    await office.send.command("mine", AOIFE, JOINT)
    assert [turn.account.name for turn in office.core.turns] == ["Aoife Ní Bhriain", "Aoife Byrne"]


async def test_an_edit_is_told_by_its_time(office):
    event = recorded("morphism_message_changed.json")["event"] | {"channel": JOINT}
    for _ in range(2):
        await office.send.event(event)
    at = datetime(2023, 12, 5, 2, 25, 54, tzinfo=UTC)
    delivery = f"slack:{TEAM}/{JOINT}/1701735043.989889/edited/1701743154.000000"
    assert set(office.core.told) == {("source_edited", ROOM, "1701735043.989889", "edited message", at, delivery)}


@pytest.mark.parametrize(
    "message",
    [
        SAID | {"edited": {"user": AOIFE, "ts": "1701743154.000000"}, "attachments": [{"title": "a page"}]},
        SAID | {"attachments": [{"title": "a page"}]},
        SAID | {"text": "other", "bot_id": "B0TANDEM", "edited": {"ts": "1701743154.000000"}},
        SAID | {"reply_count": 1},
    ],
    ids=["same words", "unfurled", "a bot's", "a reply came"],
)
async def test_what_changes_no_words_is_no_edit(office, message):
    changed = {"type": "message", "subtype": "message_changed", "channel": JOINT, "ts": "1701743154.000500"}
    await office.send.event({**changed, "message": message, "previous_message": SAID})
    assert office.core.told == []


@pytest.mark.parametrize(
    "event",
    [
        {"subtype": "message_deleted", "deleted_ts": SAID["ts"], "previous_message": SAID},
        {"subtype": "message_changed", "message": SAID | {"subtype": "tombstone"}, "previous_message": SAID},
    ],
    ids=["deleted", "deleted with replies"],
)
async def test_a_deletion_is_told(office, event):
    deleted = {"type": "message", "channel": JOINT, "ts": "1701743154.000500", "event_ts": "1701743154.000500"}
    await office.send.event(deleted | event)
    at = datetime(2023, 12, 5, 2, 25, 54, tzinfo=UTC)
    delivery = f"slack:{TEAM}/{JOINT}/{SAID['ts']}/deleted"
    assert office.core.told == [("source_deleted", ROOM, SAID["ts"], at, delivery)]


async def test_a_change_that_could_not_be_told_is_delivered_again(office):
    lost = {"type": "channel_archive", "channel": JOINT}
    told = office.core.told
    office.core.told = _Broken()
    assert (await office.send.event(lost, event_id="Ev1"))[0] == 503
    office.core.told = told
    assert (await office.send.event(lost, event_id="Ev1"))[0] == 200
    assert len(told) == 1


class _Broken(list):
    def append(self, what):
        raise StoreDown("gone")


async def test_a_room_is_known_by_name_once_it_was_looked_up(office):
    office.slack.channels["C0NEW"] = Channel("new-room")
    await office.send.event({"type": "member_joined_channel", "user": BOT, "channel": "C0NEW"})
    await office.line(f"<@{BOT}> help", channel="C0NEW")
    assert office.turn.room_name == "new-room"


DIRECT = {"type": "message", "channel": "D07AOIFE", "channel_type": "im"}
IN_PRIVATE = SAID | {"team": TEAM}


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (
            {"subtype": "message_changed", "previous_message": IN_PRIVATE, "ts": "1701743154.000500",
             "message": IN_PRIVATE | {"text": "hey you", "edited": {"ts": "1701743154.000000"}}},
            "source_edited",
        ),
        ({"subtype": "message_deleted", "deleted_ts": SAID["ts"], "previous_message": IN_PRIVATE,
          "event_ts": "1701743154.000500"}, "source_deleted"),
    ],
    ids=["edited", "deleted"],
)  # fmt: skip
@pytest.mark.parametrize("known", [True, False], ids=["known", "not yet looked up"])
async def test_a_direct_message_changes_where_it_was_heard(office, event, told, known):
    if known:
        await office.line("mine", channel="D07AOIFE", channel_type="im", team=TEAM)
        assert office.turn.room == Address("slack", TEAM, AOIFE, direct=True)
    await office.send.event(DIRECT | event)
    [(what, room, message, *_)] = office.core.told
    assert (what, room, message) == (told, Address("slack", TEAM, AOIFE, direct=True), SAID["ts"])


async def test_a_direct_message_of_the_other_company_is_known_by_their_own_workspace(office):
    await office.line("mine", MARTA, channel="D08MARTA", channel_type="im", team=CMO)
    heard_in = office.turn.room
    deleted = {"subtype": "message_deleted", "deleted_ts": SAID["ts"], "event_ts": "1701743154.000500"}
    await office.send.event(DIRECT | deleted | {"channel": "D08MARTA", "previous_message": SAID | {"user": MARTA}})
    assert office.core.told[0][1] == heard_in
