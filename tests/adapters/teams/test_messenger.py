"""Posts on their way to Teams, and what its refusals mean for them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from adapters.teams import messenger
from core.api import Address, Card, Gone, Outgoing, PersonSpan, Plain, Text, Title, TryLater
from core.kernel.errors import NoTrace
from tests.adapters.teams.listening import ALONE, CHANNEL, JOINT, MEETING, Office, luis, marta, office
from tests.tools.bot_connector import BOT, SECRET, TENANT, cut, hang, refusal, take_and

CARD = Card("ACT-012 · verify", (Title((Plain("ACT-012"),)), Text((PersonSpan("p1", "Marta Kowalczyk"),))))
HERS = Address("teams", TENANT, marta.user, direct=True)
HIS = Address("teams", TENANT, luis.user, direct=True)


def out(address: Address = JOINT, **more) -> Outgoing:
    return Outgoing("post-1", address, CARD, {"p1": marta.user}, **more)


async def knows(office: Office) -> None:
    """Every room has spoken once."""
    for room in (CHANNEL, MEETING, ALONE):
        await office.send.activity("typing", marta, room)


async def test_a_card_is_posted_and_changed_in_place(office: Office) -> None:
    await knows(office)
    sent = await office.adapter.messenger.send(out())
    (message,) = office.teams.conversations[CHANNEL].messages
    assert (message["id"], message["root"], message["summary"]) == (sent.message, None, "ACT-012 · verify")
    assert sent.link == (
        f"https://teams.microsoft.com/l/message/19%3Ad441d38c655c47a085215b2726e76927%40thread.tacv2/{sent.message}"
        f"?tenantId={TENANT}&parentMessageId={sent.message}"
    )
    changed = await office.adapter.messenger.send(out(message=sent.message))
    assert changed == sent
    (message,) = office.teams.conversations[CHANNEL].messages
    assert message["changed"] == 1
    assert office.teams.cards(CHANNEL)[0]["msteams"]["entities"][0]["mentioned"]["id"] == marta.user


async def test_a_card_that_cannot_be_rendered_is_gone_and_never_called_for(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await knows(office)

    def failing(*_: object) -> None:
        raise KeyError("a bug in the renderer")

    monkeypatch.setattr(messenger, "card_content", failing)
    with pytest.raises(Gone, match="cannot be rendered"):
        await office.adapter.messenger.send(out())
    assert office.teams.conversations[CHANNEL].messages == []


async def test_a_meeting_is_one_post_with_its_cards_below(office: Office) -> None:
    await knows(office)
    root = await office.adapter.messenger.send(out())
    office.core.roots["MTG-001"] = root.message or ""
    sent = await office.adapter.messenger.send(out(under="MTG-001", transfer="NVT"))
    assert office.teams.conversations[CHANNEL].messages[-1]["root"] == root.message
    assert sent.link is not None
    assert sent.link.endswith(f"parentMessageId={root.message}")
    await office.adapter.messenger.send(out(under="MTG-002", transfer="NVT"))
    assert office.teams.conversations[CHANNEL].messages[-1]["root"] is None
    office.core.roots["MTG-001"] = "17"
    await office.adapter.messenger.send(out(replace(JOINT, channel=MEETING), under="MTG-001"))
    assert office.teams.conversations[MEETING].messages[-1]["root"] is None  # a chat has no threads


async def test_a_person_is_written_to_alone(office: Office) -> None:
    await knows(office)
    sent = await office.adapter.messenger.send(out(HERS))
    assert office.teams.conversations[ALONE].messages[-1]["id"] == sent.message
    assert sent.link is None


async def test_a_person_who_never_spoke_to_tandem_is_written_to(office: Office) -> None:
    await knows(office)
    await office.adapter.messenger.send(out(HIS))
    await office.adapter.messenger.send(out(HIS))
    assert len(office.teams.conversations[f"a:1{luis.user:x<120}"].messages) == 2
    assert [path for method, path in office.teams.calls if path.endswith("/v3/conversations")] == [
        "/emea/v3/conversations"
    ]


async def test_what_is_for_one_person_in_a_room_goes_to_their_own_chat(office: Office) -> None:
    await knows(office)
    await office.adapter.messenger.send(out(only_for=marta.user))
    assert office.teams.cards(CHANNEL) == []
    assert len(office.teams.cards(ALONE)) == 1


async def test_a_room_that_never_spoke_waits_and_a_person_cannot_be_found(office: Office) -> None:
    with pytest.raises(TryLater):
        await office.adapter.messenger.send(out())
    with pytest.raises(Gone) as gone:
        await office.adapter.messenger.send(out(HERS))
    assert gone.value.what == "person"


async def test_nobody_can_look_a_post_up(office: Office) -> None:
    await knows(office)
    before = len(office.teams.conversations[CHANNEL].messages)
    with pytest.raises(NoTrace):
        await office.adapter.messenger.find(out(), office.core.clock.now())
    assert len(office.teams.conversations[CHANNEL].messages) == before


@pytest.mark.parametrize("fault", [refusal(503), refusal(504), cut])
async def test_while_teams_does_not_answer_a_doubt_stays_one(office: Office, fault) -> None:
    """The one more try that it has is not wasted on a Teams that is down."""
    await knows(office)
    office.teams.down = fault
    for _ in range(3):
        with pytest.raises(TryLater):
            await office.adapter.messenger.find(out(), office.core.clock.now())
    office.teams.down = None
    office.teams.fails("POST", refusal(403, "BotNotInConversationRoster"))  # which is an answer
    with pytest.raises(NoTrace):
        await office.adapter.messenger.find(out(), office.core.clock.now())


@pytest.mark.parametrize(
    ("fault", "after", "doubt"),
    [
        (refusal(429, "Throttled", Retry_After="7"), 7.0, False),
        (refusal(429), None, False),
        (refusal(429, "", Retry_After="soon"), None, False),
        (refusal(412, "PreconditionFailed"), None, False),
        (refusal(502), None, True),
        (refusal(503), None, True),
        (refusal(504, "", Retry_After="2"), 2.0, True),
        (refusal(500), None, True),
        (refusal(401), 60.0, False),
        (cut, None, True),
    ],
)
async def test_what_may_work_later(office: Office, fault, after, doubt) -> None:
    await knows(office)
    office.teams.fails("POST", fault)
    with pytest.raises(TryLater) as later:
        await office.adapter.messenger.send(out())
    assert (later.value.after, later.value.in_doubt) == (after, doubt)
    await office.adapter.messenger.send(out())
    assert len(office.teams.cards(CHANNEL)) == 1


@pytest.mark.parametrize(
    ("fault", "address", "message", "what"),
    [
        (refusal(403, "BotNotInConversationRoster"), JOINT, None, "room"),
        (refusal(404, "ConversationNotFound"), JOINT, None, "room"),
        (refusal(403, "ConversationBlockedByUser"), HERS, None, "person"),
        (refusal(404), HERS, None, "person"),
        (refusal(413, "MessageSizeTooBig"), JOINT, None, "post"),
        (refusal(400, "BadSyntax"), JOINT, None, "post"),
        (refusal(404, "ActivityNotFoundInConversation"), JOINT, "17", "message"),
        (refusal(403, "BotNotInConversationRoster"), JOINT, "17", "room"),
    ],
)
async def test_what_is_gone(office: Office, fault, address: Address, message: str | None, what: str) -> None:
    await knows(office)
    office.teams.fails("PUT" if message else "POST", fault)
    with pytest.raises(Gone) as gone:
        await office.adapter.messenger.send(out(address, message=message))
    assert gone.value.what == what


async def test_a_guest_whom_nobody_may_write_to(office: Office) -> None:
    await knows(office)
    office.teams.unreachable = {luis.user}
    with pytest.raises(Gone) as gone:
        await office.adapter.messenger.send(out(HIS))
    assert gone.value.what == "person"


async def test_removed_from_the_team(office: Office) -> None:
    await knows(office)
    office.teams.conversations[CHANNEL].present = False
    with pytest.raises(Gone) as gone:
        await office.adapter.messenger.send(out())
    assert gone.value.what == "room"


async def test_a_connector_that_hangs_holds_nobody_for_long(monkeypatch) -> None:
    monkeypatch.setattr("adapters.teams.adapter.CALL_SECONDS", 0.2)
    async with office() as opened:
        await knows(opened)
        opened.teams.fails("POST", hang)
        with pytest.raises(TryLater) as later:
            await opened.adapter.messenger.send(out())
        assert later.value.in_doubt


async def test_nothing_is_posted_twice_by_the_line_itself(office: Office) -> None:
    await knows(office)
    office.teams.fails("POST", take_and(refusal(502)))
    with pytest.raises(TryLater):
        await office.adapter.messenger.send(out())
    assert len(office.teams.cards(CHANNEL)) == 1


async def test_the_bot_logs_in_once_and_again_when_it_must(office: Office) -> None:
    await knows(office)
    for _ in range(3):
        await office.adapter.messenger.send(out())
    assert office.teams.logins == [
        {
            "path": f"/login/{TENANT}/oauth2/v2.0/token",
            "grant_type": "client_credentials",
            "client_id": BOT.removeprefix("28:"),
            "client_secret": SECRET,
            "scope": "https://api.botframework.com/.default",
        }
    ]
    office.teams.bearer = "another"
    with pytest.raises(TryLater):
        await office.adapter.messenger.send(out())
    await office.adapter.messenger.send(out())
    assert len(office.teams.logins) == 2


@pytest.mark.parametrize("fault", [refusal(401, "invalid_client"), refusal(503), cut, refusal(200)])
async def test_a_login_that_does_not_work(office: Office, fault, caplog) -> None:
    await knows(office)
    office.teams.fails("LOGIN", fault)
    with pytest.raises(TryLater) as later:
        await office.adapter.messenger.send(out())
    assert "login" in later.value.reason
    assert SECRET not in caplog.text
    await office.adapter.messenger.send(out())


async def test_a_token_of_one_s_own_needs_no_login() -> None:
    async with office(outgoing_token="the-bots-own-token") as opened:
        await knows(opened)
        await opened.adapter.messenger.send(out())
        assert opened.teams.logins == []


@pytest.mark.parametrize(
    ("fault", "address", "told"),
    [
        (refusal(403, "BotNotInConversationRoster"), JOINT, "Tandem is not in this conversation any more"),
        (refusal(404, "ConversationNotFound"), JOINT, "Teams knows this conversation no more"),
        (refusal(403, "ConversationBlockedByUser"), HERS, "has blocked Tandem"),
        (refusal(403, "SomethingNew"), HERS, "only in a chat that its owner begins"),
        (refusal(413, "MessageSizeTooBig"), JOINT, "larger than Teams takes"),
        (refusal(400, "BadSyntax: what"), JOINT, "tell your administrator"),
        (refusal(418, "Teapot"), JOINT, ""),
    ],
)
async def test_why_is_a_sentence(office: Office, fault, address: Address, told: str) -> None:
    await knows(office)
    office.teams.fails("POST", fault)
    with pytest.raises(Gone) as gone:
        await office.adapter.messenger.send(out(address))
    assert told in gone.value.told
    assert bool(told) == bool(gone.value.told)
