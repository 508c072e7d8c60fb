"""Rooms, people and messages that come and go in Teams."""

from __future__ import annotations

from core.api import Address, Identity
from tests.adapters.teams.listening import ALONE, CHANNEL, GENERAL, JOINT, MEETING, Office, luis, marta
from tests.tools.bot_connector import BOT, TENANT

BOT_ITSELF = [{"id": BOT}]


async def test_a_room_is_welcomed_once(office: Office) -> None:
    await office.send.activity("installationUpdate", marta, CHANNEL, action="add")
    await office.send.activity("conversationUpdate", marta, CHANNEL, membersAdded=BOT_ITSELF)
    assert office.core.told == [("welcome", JOINT, "Product X")]


async def test_a_meeting_s_chat_is_welcomed(office: Office) -> None:
    await office.send.activity("conversationUpdate", marta, MEETING, membersAdded=BOT_ITSELF)
    assert office.core.told == [("welcome", Address("teams", TENANT, MEETING), "PPQ readiness review")]


async def test_a_personal_chat_is_no_room_and_is_remembered(office: Office) -> None:
    await office.send.activity("installationUpdate", marta, ALONE, action="add")
    assert office.core.told == []
    assert f'"{ALONE}"' in office.core.ways[Address("teams", TENANT, marta.user, direct=True)]


async def test_other_people_who_come_are_not_welcomed(office: Office) -> None:
    await office.send.activity("conversationUpdate", marta, CHANNEL, membersAdded=[{"id": luis.handle}])
    assert office.core.told == []


async def test_removed_from_a_chat(office: Office) -> None:
    await office.send.activity("installationUpdate", marta, MEETING, action="remove")
    assert office.core.told == [("room_lost", Address("teams", TENANT, MEETING), "Tandem was removed from the room")]


async def test_removed_from_a_team_and_added_again(office: Office) -> None:
    """What Teams tells is of the team's general channel; the transfer lives in another."""
    await office.line("@Tandem mine")  # from which its way is known
    await office.send.activity("installationUpdate", marta, GENERAL, action="remove")
    assert ("room_lost", JOINT, "Tandem was removed from the team") in office.core.told
    office.core.told.clear()
    await office.send.activity("installationUpdate", marta, GENERAL, action="add")
    assert office.core.told == [("welcome", Address("teams", TENANT, GENERAL), "General"), ("room_back", JOINT)]


async def test_a_channel_that_is_deleted_and_restored(office: Office) -> None:
    for event in ("channelDeleted", "channelRestored", "channelRenamed"):
        data = {"eventType": event, "channel": {"id": CHANNEL}, "team": {"id": GENERAL}}
        await office.send.activity("conversationUpdate", marta, GENERAL, channelData=data)
    assert office.core.told == [("room_lost", JOINT, "the channel was deleted"), ("room_back", JOINT)]


async def test_what_a_room_is_called_is_told_with_every_activity(office: Office) -> None:
    data = {"eventType": "channelRenamed", "channel": {"id": CHANNEL, "name": "Product X, PPQ"}}
    await office.send.activity("conversationUpdate", marta, GENERAL, channelData=data)
    assert office.core.names == {JOINT: "Product X, PPQ"}
    office.teams.conversations[CHANNEL].name = "Product X, PV"
    office.teams.conversations[MEETING].name = "PPQ review"
    for room in (CHANNEL, MEETING, ALONE):
        await office.line("@Tandem mine", room=room)
    assert office.core.names == {JOINT: "Product X, PV", Address("teams", TENANT, MEETING): "PPQ review"}
    await office.line("@Tandem mine", channelData={"channel": {"id": CHANNEL}})  # whose conversation may be the team's
    assert office.core.names[JOINT] == "Product X, PV"


async def test_a_team_that_is_archived_and_back(office: Office) -> None:
    await office.line("@Tandem mine")
    for event in ("teamArchived", "teamUnarchived"):
        await office.send.activity("conversationUpdate", marta, GENERAL, channelData={"eventType": event})
    assert ("room_lost", JOINT, "the team was archived") in office.core.told
    assert ("room_back", JOINT) in office.core.told


async def test_somebody_who_leaves_a_transfer_s_room(office: Office) -> None:
    await office.line("@Tandem mine", luis)
    await office.send.activity("conversationUpdate", marta, CHANNEL, membersRemoved=[{"id": luis.handle}])
    assert office.core.told == [("person_left", Identity("teams", TENANT, luis.user), "left the room in Teams")]


async def test_somebody_who_leaves_another_room_has_left_nothing(office: Office) -> None:
    await office.line("@Tandem mine", luis)
    await office.send.activity("conversationUpdate", marta, MEETING, membersRemoved=[{"id": luis.handle}])
    await office.send.activity("conversationUpdate", marta, CHANNEL, membersRemoved=[{"id": "29:1nobody"}])
    assert office.core.told == []


async def test_a_message_that_is_changed_and_deleted(office: Office) -> None:
    data = {"eventType": "editMessage"}
    await office.send.activity("messageUpdate", marta, CHANNEL, id="17", text="now otherwise", channelData=data)
    await office.send.activity("messageDelete", marta, CHANNEL, id="17", channelData={"eventType": "softDeleteMessage"})
    await office.send.activity("messageUpdate", marta, CHANNEL, id="17", channelData={"eventType": "undeleteMessage"})
    edited, deleted, restored = office.core.told
    assert edited[:4] == ("source_edited", JOINT, "17", "now otherwise")
    assert edited[5].startswith(f"teams:{TENANT}/{CHANNEL}/17/edited/")
    assert deleted[:3] == ("source_deleted", JOINT, "17")
    assert deleted[4] == f"teams:{TENANT}/{CHANNEL}/17/deleted/{deleted[3].timestamp():.3f}"
    assert restored[:3] == ("source_restored", JOINT, "17")
    assert restored[4] == f"teams:{TENANT}/{CHANNEL}/17/restored/{restored[3].timestamp():.3f}"


async def test_a_personal_message_that_is_changed_is_the_speaker_s(office: Office) -> None:
    await office.send.activity("messageUpdate", marta, ALONE, id="17", text="now otherwise")
    assert office.core.told[0][1] == Address("teams", TENANT, marta.user, direct=True)
