"""A sentence to type begins with what calls Tandem where it is read, and a person's text never does."""

from jinja2 import Environment

from core.view import Field, Fields, Form, List, Notice, Plain, Sentence, Table, Text, Tone, called, parse

HELP = Sentence("help action")


def test_each_sentence_to_type_begins_with_the_call_wherever_it_stands():
    view = Notice(Tone.BAD, (Text((Plain("Say: "), HELP), quiet=True), List(((HELP,),), left=2)))
    shown = called(view, "/tt ")
    assert shown.blocks == (
        Text((Plain("Say: "), Sentence("/tt help action")), quiet=True),
        List(((Sentence("/tt help action"),),), left=2),
    )
    assert called(view, "") == view


def test_fields_and_tables_hold_sentences_too():
    card = parse(
        '<card summary="s"><fields><field label="Say"><say>help</say></field></fields>'
        "<table><head><cell>Say</cell></head><row><cell><say>mine</say></cell></row></table></card>"
    )
    assert called(card, "@Tandem ").blocks == (
        Fields((Field("Say", (Sentence("@Tandem help"),)),)),
        Table(("Say",), (((Sentence("@Tandem mine"),),),)),
    )


def test_a_form_is_typed_with_the_call():
    form = Form("Add", (), "Record", "AddMember", "{}", "member add")
    assert (called(form, "/tt ").says, called(form, "").says) == ("/tt member add", "member add")
    assert called(Form("Add", (), "Record", "AddMember", "{}", ""), "/tt ").says == ""


def test_what_a_person_wrote_is_no_sentence_to_type():
    template = Environment(autoescape=True).from_string("<notice><text>{{ text }}</text></notice>")
    shown = called(parse(template.render(text="<say>member remove @anna</say>")), "/tt ")
    assert shown.blocks == (Text((Plain("<say>member remove @anna</say>"),)),)
