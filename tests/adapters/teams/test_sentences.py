"""What people write in Teams, as the core hears it."""

from __future__ import annotations

import pytest

from adapters.teams.people import LATE, NOBODY
from core.api import MENTION, Account, Address, Identity, Said
from tests.adapters.teams.listening import ALONE, CHANNEL, JOINT, MEETING, Office, guest, luis, marta, other_luis
from tests.tools.bot_connector import TENANT, Fault, hang, refusal


def account(who) -> Account:
    return Account(Identity("teams", TENANT, who.user), who.name)


async def test_a_mention_is_heard(office: Office) -> None:
    assert await office.line("@Tandem&nbsp;agenda", id="1771290107407") == (200, "")
    turn = office.turn
    assert turn.room == JOINT
    assert turn.account == account(marta)
    assert turn.delivery == f"teams:{TENANT}/{CHANNEL}/1771290107407"
    assert turn.thread is None
    assert turn.room_name == "Product X"
    assert turn.aloud
    assert turn.at.tzinfo is not None
    assert turn.act == Said(
        "agenda", (), "<at>Tandem</at>&nbsp;agenda", "1771290107407",
        "https://teams.microsoft.com/l/message/19%3Ad441d38c655c47a085215b2726e76927%40thread.tacv2/1771290107407"
        f"?tenantId={TENANT}&parentMessageId=1771290107407",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("@Tandem mine", "mine"),
        ("@Tandem: mine", "mine"),
        ("  @Tandem   mine  ", "mine"),
        ("mine @Tandem", "mine"),
        ("hello @Tandem help", "help"),
        ("/tt mine", "mine"),
        ("/TT mine", "mine"),
        ("@Tandem /tt mine", "mine"),
        ("@Tandem note a &lt; b &amp;&amp; c&nbsp;&gt; d", "note a < b && c > d"),
        ("@Tandem note one\r\n\r\ntwo", "note one\r\n\r\ntwo"),
        ("@Tandem", ""),
        ("@Tandem q+ to ask about A+B", "q+ to ask about A+B"),
        ("/tt q-", "q-"),
        ("@Tandem note he said <at>somebody</at>", "note he said @somebody"),
        ("@Tandem note \ufffc is no mention", "note \ufffd is no mention"),
    ],
)
async def test_only_the_words_are_heard(office: Office, written: str, heard: str) -> None:
    await office.line(written)
    assert office.turn.act.text == heard


@pytest.mark.parametrize(
    "written",
    [
        "agenda",
        "/ttagenda",
        "/t agenda",
        "[off] @Tandem agenda",
        "@Tandem [off] agenda",
        "<at>Somebody</at> agenda",
        "",
    ],
)
async def test_a_line_that_does_not_call_tandem_is_left_alone(office: Office, written: str) -> None:
    assert (await office.line(written))[0] == 200
    assert office.core.turns == []


async def test_people_are_mentioned_by_whatever_id_teams_has(office: Office) -> None:
    for user in (luis.handle, luis.user, luis.mail, f"8:orgid:{luis.user.upper()}"):
        await office.line(f"@Tandem action send it <at>{luis.name}</at>", mentions=[(luis, user)])
    for turn in office.core.turns:
        assert turn.act.text == f"action send it {MENTION}"
        assert [one.identity for one in turn.act.mentions] == [account(luis).identity]
        assert turn.act.mentions[0].name == luis.name


async def test_two_people_of_one_name_are_told_apart_by_their_order(office: Office) -> None:
    text = f"@Tandem action <at>{luis.name}</at> and <at>{luis.name}</at> send it"
    await office.line(text, mentions=[(other_luis,), (luis,)])
    assert office.turn.act.mentions == (account(other_luis), account(luis))
    assert office.turn.act.text == f"action {MENTION} and {MENTION} send it"


@pytest.mark.parametrize("user", ["29:1ghost", "ghost@elsewhere.example"])
async def test_whom_nobody_can_name_is_a_doubt(office: Office, user: str) -> None:
    await office.line("@Tandem action send it <at>Ghost</at>", mentions=[(luis, user, "Ghost")])
    assert office.turn.act.mentions == (Account(Identity("teams", TENANT, user), "Ghost", doubt=NOBODY),)


@pytest.mark.parametrize("fault", [hang, refusal(503), refusal(403, "BotNotInConversationRoster")])
async def test_so_is_whom_teams_does_not_tell_in_time_and_the_next_line_knows(
    office: Office, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.teams.people.PATIENCE", 0.05 if fault is hang else 8)
    office.teams.fails("GET", fault, fault)
    said = f"@Tandem member add <at>{luis.name}</at> role:expert"
    await office.line(said, mentions=[(luis,)])
    await office.line("@Tandem mine", **{"from": {"id": guest.handle, "name": guest.name}})
    [mentioned] = office.core.turns[0].act.mentions
    assert (mentioned.identity.user, mentioned.doubt) == (luis.handle, LATE)
    assert office.core.turns[1].account.doubt == LATE
    if fault is not hang:
        await office.line(said, mentions=[(luis,)])
        assert office.core.turns[2].act.mentions == (account(luis),)


async def test_who_is_not_told_has_no_chat_to_be_written_to(office: Office) -> None:
    office.teams.fails("GET", refusal(503), refusal(503))
    await office.line("mine", room=ALONE, **{"from": {"id": marta.handle, "name": marta.name}})
    assert [one for one in office.core.ways if one.direct] == []
    assert office.turn.account.doubt == LATE


async def test_the_roster_is_asked_once(office: Office) -> None:
    for _ in range(3):
        await office.line(f"@Tandem action send it <at>{luis.name}</at>", mentions=[(luis,)])
    assert [method for method, _ in office.teams.calls].count("GET") == 1


async def test_who_spoke_before_need_not_be_asked_for(office: Office) -> None:
    await office.line("@Tandem mine", luis)
    await office.line(f"@Tandem action send it <at>{luis.name}</at>", mentions=[(luis,)])
    assert office.core.turns[1].act.mentions == (account(luis),)
    assert office.teams.calls == []


async def test_a_speaker_without_an_object_id_is_looked_up(office: Office) -> None:
    sender = {"id": guest.handle, "name": guest.name}
    await office.line("@Tandem mine", **{"from": sender})
    assert office.turn.account == account(guest)


async def test_a_reply_knows_its_thread(office: Office) -> None:
    await office.line("@Tandem mine", thread="1767224924615")
    assert office.turn.thread == "1767224924615"
    assert office.turn.room == JOINT
    assert office.turn.act.link.endswith("parentMessageId=1767224924615")


@pytest.mark.parametrize("whole", [CHANNEL, f"{CHANNEL};messageid=1767224924615"])
@pytest.mark.parametrize("named", [{"channel": {"id": CHANNEL}}, {"channel": None, "team": None}])
async def test_a_channel_is_one_room_whether_its_id_names_the_thread_or_not(
    office: Office, whole: str, named: dict
) -> None:
    conversation = {"id": whole, "conversationType": "channel", "tenantId": TENANT}
    data = {"tenant": {"id": TENANT}, **named}
    await office.line("@Tandem mine", conversation=conversation, channelData=data)
    assert office.turn.room == JOINT
    assert office.turn.delivery.startswith(f"teams:{TENANT}/{CHANNEL}/")
    assert [one for one in office.core.ways if not one.direct and one.channel != "*"] == [JOINT]


async def test_a_meeting_s_chat_is_a_room(office: Office) -> None:
    await office.line("@Tandem agenda", room=MEETING)
    assert office.turn.room == Address("teams", TENANT, MEETING)
    assert office.turn.thread is None
    assert office.turn.act.link.endswith("context=%7B%22contextType%22%3A%22chat%22%7D")


async def test_alone_with_tandem_no_call_is_needed_and_nobody_else_reads(office: Office) -> None:
    await office.line("mine", room=ALONE)
    turn = office.turn
    assert turn.room == Address("teams", TENANT, marta.user, direct=True)
    assert turn.act.text == "mine"
    assert turn.act.link is None
    assert not turn.aloud


async def test_words_in_the_html_twin_alone_are_heard(office: Office) -> None:
    twin = (
        '<p><span itemtype="http://schema.skype.com/Mention" itemscope="" itemid="0">Tandem</span>&nbsp;note one</p>'
        "<p>two &amp; three</p>"
    )
    await office.line("@Tandem", text=" ", attachments=[{"contentType": "text/html", "content": twin}])
    assert office.turn.act.text == "note one\ntwo & three"


async def test_a_formatted_message_is_heard_without_its_marks(office: Office) -> None:
    text = "<div><at>Tandem</at>&nbsp;note <b>bold</b><br>and more</div>"
    await office.line("@Tandem", text=text, textFormat="xml")
    assert office.turn.act.text == "note bold\nand more"


async def test_the_speaker_s_zone_is_known(office: Office) -> None:
    info = {"type": "clientInfo", "timezone": "Europe/Warsaw"}
    bot = {"type": "mention", "mentioned": {"id": "28:11111111-2222-3333-4444-555555555555", "name": "Tandem"}}
    await office.line("@Tandem mine", entities=[bot, info])
    assert office.turn.account.zone == "Europe/Warsaw"
