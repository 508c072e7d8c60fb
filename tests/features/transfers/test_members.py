"""Who belongs to which company, and who may say so."""

from core.api import Account, Address, ChoiceInput, Form, Identity
from tests.meeting_room import MeetingRoom, anna, buttons, jurgen, luis, marta, person, priya, tomas, words

eva = person("Eva Auditor", "T1")


async def test_whoever_opens_a_transfer_leads_their_side(room: MeetingRoom) -> None:
    await room.opened()
    listed = words(await room.say(anna, "member list"))
    assert "@Aoife Ní Bhriain · lead" in listed
    assert "@Marta Kowalczyk · lead" in listed


async def test_a_form_calls_the_companies_by_name(room: MeetingRoom) -> None:
    await room.opened()
    form = await room.press(anna, "member add")
    assert isinstance(form, Form)
    [side] = [block for block in form.blocks if isinstance(block, ChoiceInput) and block.name == "side"]
    assert [option.label for option in side.options] == [
        "Norvane Therapeutics (sponsor)",
        "Tarnbrook Manufacturing (cmo)",
    ]
    assert [option.value for option in side.options] == ["sponsor", "cmo"]


async def test_what_was_set_is_said(room: MeetingRoom) -> None:
    await room.opened()
    milestone = words(await room.say(anna, 'transfer milestone "PPQ-1 start" on:2026-04-20'))
    assert milestone == "Milestone PPQ-1 start: Mon 20 Apr 2026."
    assert words(await room.say(anna, "transfer stage ppq_readiness")) == "Stage: PPQ readiness."
    shown = words(await room.say(anna, "transfer stage analytical_transfer"))
    assert shown == "Stage: Analytical method transfer."
    settings = words(await room.say(anna, 'transfer set agenda_lead:"2 days" dates:MM/DD'))
    assert settings == ("The agenda is posted this long before a meeting: 2 days.\nDays in figures are read as MM/DD.")


async def test_what_is_set_again_is_no_change(room: MeetingRoom) -> None:
    await room.opened()
    said = ("transfer stage kickoff", 'transfer milestone "PPQ-1" on:2026-04-20', 'transfer set agenda_lead:"2 days"')
    for sentence in said:
        await room.say(anna, sentence)
    before, posts = room.trail(), room.posts()
    for sentence in said:
        assert "nothing changed" in words(await room.say(anna, sentence))
    form = await room.say(anna, "transfer set")
    assert isinstance(form, Form)
    assert "nothing changed" in words(await room.fill(anna, form, agenda_lead="2 days"))
    assert (room.trail(), room.posts()) == (before, posts)
    one_new = words(await room.say(anna, 'transfer set agenda_lead:"2 days" dates:MM/DD'))
    assert one_new == "Days in figures are read as MM/DD."


async def test_two_companies_of_one_name_are_refused(room: MeetingRoom) -> None:
    told = await room.say(anna, 'transfer new "X" sponsor:"Norvane" cmo:" norvane" tz:Europe/Dublin')
    assert "stands for both companies" in words(told)
    assert room.posts() == []


async def test_an_address_that_is_none_is_refused(room: MeetingRoom) -> None:
    await room.opened()
    for address in ("nonsense", "ana@", "@norvane.example", "ana@norvane", '"ana b@norvane.example"'):
        told = words(await room.say(anna, f'member add "Ana" email:{address} role:qa'))
        assert "is no e-mail address. Write one such as name@example.com." in told, address
    assert "Ana" not in words(await room.say(anna, "member list"))


async def test_a_second_person_without_an_account_needs_a_name_of_their_own(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(marta, 'member add "Ola Nowak" email:ola@tarnbrook.example side:cmo role:expert')
    for name, right in (
        ("Ola Nowak", 'member add "Ola Nowak" side:cmo role:qa'),
        ("ola  nowak", 'member add "Ola Nowak" side:cmo role:qa'),
        ("Luís Gonçalves", "member add @Luís Gonçalves role:qa"),
    ):
        told = words(await room.say(marta, f'member add "{name}" email:on@tarnbrook.example side:cmo role:qa'))
        assert "is a member here already" in told
        assert right in told
    await room.say(marta, 'member add "Ola Nowak" side:cmo role:qa')
    await room.say(marta, 'member add "Ola Nowak (QC)" email:on@tarnbrook.example side:cmo role:qa')
    listed = words(await room.say(marta, "member list"))
    assert "Ola Nowak · expert, qa" in listed
    assert "Ola Nowak (QC) · qa" in listed


async def test_a_lead_adds_people_of_their_own_side_alone(room: MeetingRoom) -> None:
    await room.opened()
    refused = words(await room.say(anna, "member add @p side:cmo role:expert", p=person("Zeynep Şahin", "T2")))
    assert "Tarnbrook Manufacturing has a lead of its own" in refused
    assert "Zeynep" not in words(await room.say(anna, "member list"))


async def test_an_expert_adds_nobody(room: MeetingRoom) -> None:
    await room.opened()
    refused = words(await room.say(luis, "member add @p side:cmo role:lead", p=person("Zeynep Şahin", "T2")))
    assert "lead" in refused


async def test_a_second_role_joins_the_first(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "member add @p role:lead", p=priya)
    assert "@Priya Raghunathan · lead, qa" in words(await room.say(anna, "member list"))


async def test_the_only_lead_cannot_leave(room: MeetingRoom) -> None:
    await room.opened()
    refused = words(await room.say(marta, 'member remove @p reason:"new job"', p=marta))
    assert "only lead" in refused


async def test_nobody_is_taken_from_the_other_company_s_workspace_without_a_reason(room: MeetingRoom) -> None:
    await room.opened()
    await room.deliver()
    zeynep = person("Zeynep Şahin", "T2")
    refused = words(await room.say(anna, "member add @p side:sponsor role:expert", p=zeynep))
    assert "speaks from the workspace of Tarnbrook Manufacturing" in refused
    assert "Zeynep" not in words(await room.say(anna, "member list"))
    assert await room.deliver() == []

    await room.say(anna, 'member add @p side:sponsor role:expert reason:"a guest in their workspace"', p=zeynep)
    [told] = await room.deliver()
    assert told.address.channel == "U-marta"
    shown = words(told.card)
    assert "Added for Norvane Therapeutics" in shown
    assert "Zeynep Şahin · expert" in shown
    assert "Aoife Ní Bhriain" in shown
    assert "a guest in their workspace" in shown
    events = [entry["event"] for entry in room.trail() if entry["reason"] == "a guest in their workspace"]
    assert "MemberAdded" in events


async def test_a_member_of_the_other_company_is_not_taken_at_all(room: MeetingRoom) -> None:
    await room.opened()
    refused = words(await room.say(anna, 'member add @p side:sponsor role:expert reason:"needs a role"', p=luis))
    assert "Luís Gonçalves belongs to Tarnbrook Manufacturing already" in refused
    assert "member remove @Luís Gonçalves reason:…" in refused


async def test_an_address_of_the_other_company_is_refused(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, 'member add "Ana" email:ana@norvane.example side:sponsor role:qa')
    await room.say(marta, 'member add "Piotr" email:piotr@tarnbrook.example side:cmo role:qa')
    refused = words(await room.say(anna, 'member add "Ola" email:ola@tarnbrook.example side:sponsor role:qa'))
    assert "The e-mail address of ola@tarnbrook.example is one of Tarnbrook Manufacturing" in refused


async def test_whoever_stands_for_the_other_company_elsewhere_is_refused(room: MeetingRoom) -> None:
    await room.opened()
    other = Address("slack", "T1", "C-second")
    zeynep = person("Zeynep Şahin", "T3")
    opening = 'transfer new "Product Y" sponsor:"Somebody" cmo:"Tarnbrook Manufacturing" tz:Europe/Dublin code:NVB'
    await room.say(priya, opening, at=other)
    await room.say(priya, "member add @p side:cmo role:lead", at=other, p=zeynep)
    refused = words(await room.say(anna, "member add @p side:sponsor role:expert", p=zeynep))
    assert "Zeynep Şahin stands for Tarnbrook Manufacturing in another transfer" in refused


async def test_the_other_company_is_told_of_each_day_s_additions_on_one_card(room: MeetingRoom) -> None:
    await room.opened()
    await room.deliver()
    await room.say(marta, "member add @p role:expert", p=person("Zeynep Şahin", "T2"))
    [first] = await room.deliver()
    await room.say(marta, "member add @p role:qa", p=person("Ola Nowak", "T2"))
    [second] = await room.deliver()
    assert (first.address.channel, second.address.channel) == ("U-aoife", "U-aoife")
    assert (first.message is None, second.message is None) == (True, False)  # the second changes the first in place
    assert "Ola Nowak · qa" in words(second.card)
    assert "Zeynep Şahin" in words(second.card)


async def test_who_was_added_for_the_wrong_company_is_taken_out_by_the_right_one(room: MeetingRoom) -> None:
    await room.opened()
    zeynep = person("Zeynep Şahin", "T2")
    await room.say(anna, 'member add @p side:sponsor role:expert reason:"a guest in their workspace"', p=zeynep)
    card = [out for out in await room.deliver() if out.address.channel == "U-marta"][-1]
    form = await room.press(marta, buttons(card.card)["They belong to us"], at=card.address, place=card.card.place)
    assert isinstance(form, Form)
    await room.fill(marta, form, at=card.address, person=form.blocks[0].value, reason="she works for us")
    told = {out.address.channel: words(out.card) for out in await room.deliver()}
    assert "Zeynep Şahin was taken out by the other company" in told["U-aoife"]
    assert "she works for us" in told["U-aoife"]
    assert "You are no longer part of NVT" in told["U-zeynep"]
    assert "Marta Kowalczyk · Tarnbrook Manufacturing" in told["U-zeynep"]
    await room.say(marta, "member add @p side:cmo role:expert", p=zeynep)
    listed = words(await room.say(marta, "member list"))
    assert "Zeynep Şahin · expert" in listed.partition("Tarnbrook")[2]


async def test_a_claim_that_nothing_speaks_for_asks_the_other_lead_and_changes_nothing(room: MeetingRoom) -> None:
    await room.opened()
    await room.deliver()
    answer = words(await room.say(marta, 'member remove @p reason:"he is one of ours"', p=tomas))
    assert "Nothing has changed yet: @Tomáš Dvořák stays here for Norvane Therapeutics." in answer
    assert "Asked whether it is so: @Aoife Ní Bhriain" in answer
    [asked] = await room.deliver()
    assert asked.address.channel == "U-aoife"
    shown = words(asked.card)
    assert "Marta Kowalczyk says that Tomáš Dvořák belongs to Tarnbrook Manufacturing" in shown
    assert "he is one of ours" in shown
    assert "Nothing has changed." in shown
    assert "Tomáš Dvořák · expert" in words(await room.say(anna, "member list"))
    [entry] = [entry for entry in room.trail() if entry["event"] == "MemberClaimed"]
    assert (entry["name"], entry["reason"], entry.get("changes", {})) == ("Marta Kowalczyk", "he is one of ours", {})

    form = await room.press(anna, buttons(asked.card)["End their part"], at=asked.address, place=asked.card.place)
    assert isinstance(form, Form)
    await room.fill(anna, form, at=asked.address, person=form.blocks[0].value, reason="so he is")
    assert "Tomáš Dvořák" not in words(await room.say(anna, "member list"))


async def test_who_has_done_something_here_is_not_taken_out_by_the_other_company(room: MeetingRoom) -> None:
    await room.opened()
    zeynep = person("Zeynep Şahin", "T2")
    await room.say(anna, 'member add @p side:sponsor role:expert reason:"a guest in their workspace"', p=zeynep)
    await room.say(zeynep, "note the filter of the second supplier came")
    assert "Nothing has changed" in words(await room.say(marta, 'member remove @p reason:"she is ours"', p=zeynep))
    assert "Zeynep Şahin · expert" in words(await room.say(anna, "member list"))


async def test_a_part_elsewhere_that_was_given_afterwards_speaks_for_nobody(room: MeetingRoom) -> None:
    await room.opened()
    room.clock.advance(minutes=5)
    other = Address("slack", "T2", "C-second")
    opening = 'transfer new "Product Y" sponsor:"Somebody" cmo:"Tarnbrook Manufacturing" tz:Europe/Dublin code:NVB'
    await room.say(marta, opening + " side:cmo", at=other)
    await room.say(marta, "member add @p side:cmo role:expert", at=other, p=tomas)
    assert "Tomáš Dvořák" in words(await room.say(marta, "member list", at=other))
    await room.deliver()
    answer = words(await room.say(marta, 'member remove @p reason:"he is one of ours"', p=tomas))
    assert "Nothing has changed" in answer
    assert "Tomáš Dvořák · expert" in words(await room.say(anna, "member list"))


async def test_a_part_elsewhere_from_before_speaks_for_its_company(room: MeetingRoom) -> None:
    other = Address("slack", "T2", "C-second")
    zeynep = person("Zeynep Şahin", "T3")
    opening = 'transfer new "Product Y" sponsor:"Somebody" cmo:"Tarnbrook Manufacturing" tz:Europe/Dublin code:NVB'
    await room.say(marta, opening + " side:cmo", at=other)
    await room.say(marta, "member add @p side:cmo role:expert", at=other, p=zeynep)
    room.clock.advance(minutes=5)
    await room.opened()
    await room.say(anna, 'member add @p side:sponsor role:expert reason:"lent to us for a year"', p=zeynep)
    assert "is no longer part" in words(await room.say(marta, 'member remove @p reason:"she is ours"', p=zeynep))


async def test_what_somebody_leaves_open_is_said_to_whoever_ends_their_part_and_to_their_leads(
    room: MeetingRoom,
) -> None:
    await room.opened()
    await room.say(marta, "member add @p role:lead", p=jurgen)
    await room.say(anna, "action send the batch record @p by 2026-03-20", p=luis)
    await room.say(anna, "action check the filter @p by 2026-03-21", p=luis)
    await room.deliver()
    answer = words(await room.say(marta, 'member remove @p reason:"another site"', p=luis))
    assert "2 open actions are theirs: ACT-001, ACT-002" in answer
    told = {out.address.channel: words(out.card) for out in await room.deliver()}
    assert set(told) >= {"U-jürgen", "U-luís"}
    assert "2 open actions are theirs: ACT-001, ACT-002" in told["U-jürgen"]
    assert "You are no longer part of NVT" in told["U-luís"]
    assert "U-marta" not in told


async def test_after_two_weeks_a_company_ends_the_part_of_its_own_people_alone(room: MeetingRoom) -> None:
    await room.opened()
    room.clock.advance(days=15)
    refused = words(await room.say(marta, 'member remove @p reason:"not one of yours"', p=priya))
    assert "The lead of Norvane Therapeutics ends the part of its people" in refused


async def test_the_card_in_the_room_names_the_leads_of_now(room: MeetingRoom) -> None:
    await room.opened()
    await room.deliver()

    async def leads() -> str:
        await room.deliver()
        [card] = [words(card) for card in room.cards() if "Product X 50 mg" in words(card)]
        return next(line for line in card.splitlines() if line.startswith("Leads:"))

    assert await leads() == "Leads: @Aoife Ní Bhriain, @Marta Kowalczyk"
    await room.say(anna, "member add @p role:lead", p=priya)
    assert await leads() == "Leads: @Aoife Ní Bhriain, @Marta Kowalczyk, @Priya Raghunathan"
    await room.say(priya, 'member remove @p reason:"new job"', p=anna)
    assert await leads() == "Leads: @Marta Kowalczyk, @Priya Raghunathan"
    priya_in_teams = Account(Identity("teams", "t", "aad-priya"), "Priya R.")
    await room.say(priya, "member add @p role:lead", p=priya_in_teams)
    await room.say(priya, "member same @p @q", p=priya, q=priya_in_teams)
    assert await leads() == "Leads: @Marta Kowalczyk, @Priya Raghunathan"


async def test_an_answer_offers_nobody_what_would_be_refused(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "member add @p role:auditor", p=eva)
    await room.deliver()
    assert list(buttons(await room.say(anna, "transfer show"))) == ["Add a person", "Plan a meeting", "What can I say?"]
    assert list(buttons(await room.say(tomas, "transfer show"))) == ["What can I say?"]
    for sentence in ("transfer show", "mine", "meeting list", "action list all", "member list"):
        shown = await room.say(eva, sentence)
        for says in buttons(shown).values():
            assert "it needs one of these roles" not in words(await room.press(eva, says)), (sentence, says)
    assert list(buttons(await room.say(eva, "transfer show"))) == ["What can I say?"]
    aloud = await room.say(eva, "transfer show", aloud=True)
    assert "Add a person" in buttons(aloud), "what the whole room reads is for all who are there"
