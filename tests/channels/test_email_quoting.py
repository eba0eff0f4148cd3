"""E-mail: what is new, what is history, how it is signed; and that nothing is lost."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gehoor.channels.email.flowed import unflow
from gehoor.channels.email.lines import Line, Role, ToldApart
from gehoor.channels.email.markup import lines_of, without_looks
from gehoor.channels.email.quoting import tell_apart

NEW = "Dit is mijn antwoord aan u."


def told(body: str) -> ToldApart:
    return tell_apart([Line(line) for line in body.split("\n")])


@pytest.mark.parametrize(
    "introduction",
    [
        "Op di 3 jan 2024 om 10:11 schreef Jan <jan@b.example>:",
        "Op di 3 jan 2024 om 10:11 schreef Jan van der Zee <\njan@b.example>:",
        "Op 3 jan. 2024 om 10:11 heeft Jan <jan@b.example> het volgende geschreven:",
        "Op dinsdag 3 januari 2024 om 10:11:12 CET schreef Jan <jan@b.example>:",
        "Jan <jan@b.example> schreef op 3 januari 2024 om 10:11:",
        "2014-01-03 10:11 GMT+01:00 Jan <jan@b.example>:",
        "On Tue, Jan 3, 2024 at 10:11 AM Jan <jan@b.example> wrote:",
        "On Tue, Jan 3, 2024 at 10:11 AM Jan\n<jan@b.example>\nwrote:",
        "Am Di., 3. Jan. 2024 um 10:11 Uhr schrieb Jan <jan@b.example>:",
        "Le mar. 3 janv. 2024 à 10:11, Jan <jan@b.example> a écrit :",
        "El mar, 3 ene 2024 a las 10:11, Jan (<jan@b.example>) escribió:",
        "Il giorno mar 3 gen 2024 alle ore 10:11 Jan <jan@b.example> ha scritto:",
        "Den tis 3 jan. 2024 kl 10:11 skrev Jan <jan@b.example>:",
        "Van: Jan <jan@b.example>\nVerzonden: dinsdag 3 januari 2024 10:11\nAan: Piet\nOnderwerp: Vraag",
        "*Van:* Jan\n*Verzonden:* dinsdag 3 januari 2024\n*Aan:* Piet\n*Onderwerp:* Vraag",
        "________________________________\nFrom: Jan\nSent: Tuesday, January 3, 2024\nTo: Piet\nSubject: Vraag",
        "Von: Jan\nGesendet: Dienstag, 3. Januar 2024\nAn: Piet\nBetreff: Frage",
        "-----Oorspronkelijk bericht-----\nVan: Jan\nVerzonden: nu\nAan: Piet\nOnderwerp: Vraag",
        "------- Original Message -------\nOn Tuesday, January 3rd, 2024 at 10:11, Jan <jan@b.example> wrote:",
        "Begin doorgestuurd bericht:",
        "---------- Forwarded message ---------",
        "##- Typ uw antwoord boven deze regel -##",
    ],
)
def test_history_begins_at_its_introduction(introduction):
    parts = told(f"{NEW}\n\n{introduction}\n\nOude woorden.\nNog meer oude woorden.")
    assert parts.text == NEW
    assert parts.quoted == f"{introduction}\n\nOude woorden.\nNog meer oude woorden."


@pytest.mark.parametrize(
    "sentence",
    [
        "Op 3 januari schreef u mij:",
        "Van: Assen\nAan: Utrecht\nDatum: 3 mei",
        "Dit wil ik weten:",
        "Op tafel lag een brief van 3 januari:",
        "Ik heb twee vragen:",
        "From now on I will call.",
    ],
)
def test_what_only_looks_like_an_introduction_is_new(sentence):
    body = f"{NEW}\n\n{sentence}\n\nEn dit is ook nieuw."
    assert told(body).text == body


def test_answers_between_and_below_a_quote_are_new():
    parts = told("Op 2-1-2024 om 9:00 schreef Jan:\n> een\n\nmijn een\n\n> twee\nmijn twee")
    assert parts.text == "mijn een\n\nmijn twee"
    assert parts.quoted == "Op 2-1-2024 om 9:00 schreef Jan:\n> een\n\n> twee"


def test_the_tail_of_a_broken_quoted_line_is_history():
    long = "> " + "heel lange regel " * 5
    assert told(f"{NEW}\n{long}\nstaartje\n> verder\n").text == NEW


def test_one_line_that_begins_with_an_angle_is_the_customers_own():
    assert told("Het bedrag moet zijn\n>50 euro\ndacht ik.").quoted == ""


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nJan",
        "Met vriendelijke groet,\nJan Jansen\nTel. 06-00000000",
        "Mvg,\n\nJan",
        "Hoogachtend,\nMw. J. Jansen",
        "Kind regards,\nJan",
        "Groetjes Jan",
        "Verstuurd vanaf mijn iPhone",
        "Outlook voor Android downloaden",
        "Get Outlook for iOS<https://aka.example>",
        "Groet,\nJan\n\nVerstuurd vanaf mijn iPad",
        "Bedankt,\nJan",
        "Disclaimer: dit bericht is vertrouwelijk en uitsluitend bestemd voor de geadresseerde.",
        "Met vriendelijke groet,\nJan\n\nDe informatie in dit bericht is vertrouwelijk en alleen bestemd voor u.",
        "________________\nklanten mailing list\nhttps://lijst.example/listinfo/klanten",
        "- Jan Jansen",
    ],
)
def test_a_signature_is_told_apart(signature):
    parts = told(f"{NEW}\n\n{signature}")
    assert (parts.text, parts.signature) == (NEW, signature)


@pytest.mark.parametrize(
    "more",
    [
        "Sent from my desk, is much easier than my phone.",
        "- een punt\n- nog een punt",
        "Bedankt voor uw snelle antwoord van gisteren, dat hielp.",
        "Groeten doe ik niet meer aan.",
        "Dit gaat over het bericht van de gemeente.",
    ],
)
def test_what_only_looks_like_a_signature_is_new(more):
    assert told(f"{NEW}\n\n{more}").signature == ""


def test_an_afterthought_below_the_signature_is_new():
    parts = told(f"{NEW}\n\nMet vriendelijke groet,\nJan\n\nP.S. De deur klemt ook")
    assert parts.text == f"{NEW}\n\nP.S. De deur klemt ook"
    assert parts.signature == "Met vriendelijke groet,\nJan"


def test_a_warning_above_the_text_is_no_text():
    banner = "CAUTION: This email originated from outside of the organization."
    assert told(f"{banner}\n\n{NEW}").text == NEW


@pytest.mark.parametrize(
    "body", ["> alles\n> geciteerd", "-- \nJan", "Groet,\nJan", "> q\n\nVerstuurd vanaf mijn iPhone"]
)
def test_the_text_is_never_empty_when_something_can_be_seen(body):
    assert told(body).text


def test_a_forwarded_message_is_told_and_its_own_history_is_not():
    parts = told(
        "Van: Jan <j@b.example>\nVerzonden: nu\nOnderwerp: x\n\nDe lift is stuk.\n\nOp 1-1-2024 9:00 schreef P:\n> oud"
    )
    assert parts.text == "De lift is stuk."


LINES = st.sampled_from(
    [
        "", " ", "\xa0", "> oud", ">> ouder", ">50", "Op 3 jan 2024 om 10:11 schreef Jan <j@b.example>:", "wrote:",
        "On Tue, Jan 3, 2024 at 10 AM <", "Van: Jan <j@b.example>", "Verzonden: nu", "Onderwerp: x", "-- ", "_________",
        "-----Oorspronkelijk bericht-----", "Met vriendelijke groet,", "Jan", "Verstuurd vanaf mijn iPhone", "PS. iets",
        "Dit bericht is uitsluitend bestemd voor de geadresseerde.", "Gewone tekst van een klant.", "https://x/listinfo/y",
    ]
)  # fmt: skip


def visible(*texts: str) -> Counter[str]:
    return Counter(line for text in texts for line in text.split("\n") if not Line(line).blank)


@given(st.lists(st.tuples(LINES | st.text(max_size=40), st.sampled_from(Role)), max_size=60))
def test_nothing_is_lost_and_the_text_is_never_empty(drawn):
    lines = [Line(text.replace("\n", " "), role) for text, role in drawn]
    parts = tell_apart(lines)
    assert visible(parts.text, parts.quoted, parts.signature) == visible(*(line.text for line in lines))
    assert bool(parts.text.strip()) or not visible(parts.quoted, parts.signature)


@given(st.lists(st.sampled_from(["a ", "b", "> c ", "> d", "-- ", " e ", "", ">"]), max_size=30), st.booleans())
def test_unflowing_keeps_every_letter(lines, delete_space):
    text = "\n".join(lines)
    kept = Counter(unflow(text, delete_space=delete_space))
    assert all(kept[letter] == text.count(letter) for letter in "abcde")


def test_lines_of_another_quote_depth_are_not_joined():
    assert unflow("> geciteerd \nnieuw", delete_space=False) == "> geciteerd\nnieuw"


def test_marked_html_keeps_answers_between_quotes():
    html = (
        '<div class="gmail_quote">Op 1 jan schreef Jan:<br><blockquote class="gmail_quote">een</blockquote>'
        '<div>antwoord</div><blockquote class="gmail_quote">twee</blockquote></div>'
    )
    parts = tell_apart(lines_of(html))
    assert "antwoord" in parts.text
    assert "een" in parts.quoted
    assert "twee" in parts.quoted


def test_html_that_nothing_can_render_is_stripped():
    deep = "<div>" * 2000 + "diep" + "</div>" * 2000
    assert [line.text for line in lines_of(deep) if not line.blank] == ["diep"]


def test_hidden_text_stays_hidden_and_styles_pad_nothing():
    html = without_looks(
        '<p style="DISPLAY: none">weg</p><p style="padding-left:99999em">x</p><img src="data:' + "A" * 9999 + '">'
    )
    assert len(html) < 100
    assert [line.text for line in lines_of(html) if not line.blank] == ["x"]
