"""Mail whose headers do not say what it answers, and mail whose headers say too much."""

import base64

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.intake.conftest import listen

from gehoor.channels.email.header import series
from gehoor.channels.email.subject import answers, bare, sent_on
from gehoor.rooms.intake.own import do_add_own
from gehoor.rooms.voices.models import Conversation, Reply, Voice

pytestmark = pytest.mark.django_db
US = "klacht@delinde.nl"
ANSWER = "Beste Jan, voor uw depot hebben wij het formulier 4312 nodig."
OTHER = "Beste Jan, de rente van uw lening staat vast tot en met 2031."
INDEX = b"\1" + bytes(range(21))


@pytest.fixture(autouse=True)
def we():
    do_add_own(value="delinde.nl", actor=None)


@pytest.fixture
def send(post):
    """One mail, as its own file."""

    def write(number, *, by="jan@x.nl", to=US, subject="Bouwdepot", day=1, said="Waar blijft het?", refs=(), index=b""):
        headers = f"References: {' '.join(f'<{each}@x>' for each in refs)}\n" if refs else ""
        headers += f"Thread-Index: {base64.b64encode(index).decode()}\n" if index else ""
        text = (
            f"From: {by}\nTo: {to}\nMessage-ID: <{number}@x>\n{headers}Subject: {subject}\n"
            f"Date: {day} Mar 2025 10:00:00 +0100\nContent-Type: text/plain; charset=utf-8\n\n{said}\n"
        )
        listen(post(f"{number}.eml", text), channel="email", mapping={})
        return number

    return write


def quoting(words, said="Dat stuurde ik al."):
    return f"{said}\n\nOp 2 maart 2025 om 11:00 schreef De Linde <{US}>:\n\n> {words}"


def together(*numbers):
    """Whether these messages stand in one conversation, in which nothing else stands."""
    said = [f"{number}@x" for number in numbers]
    rows = [
        *Voice.objects.values_list("native_id", "conversation"),
        *Reply.objects.values_list("native_id", "conversation"),
    ]
    homes = {conversation for native, conversation in rows if native in said}
    return len(homes) == 1 and {native for native, conversation in rows if conversation in homes} == set(said)


@pytest.mark.parametrize(
    "subject", ["Re: Bouwdepot", "AW: Bouwdepot", "Antw: bouwdepot", "FW: Bouwdepot", "Re: Re:  Bouwdepot"]
)
def test_without_headers_the_subject_and_the_quote_join(send, subject) -> None:
    send(1)
    send(2, by=US, to="jan@x.nl", subject="Re: Bouwdepot", day=2, said=ANSWER, refs=(1,))
    send(3, subject=subject, day=3, said=quoting(ANSWER))
    assert together(1, 2, 3)


def test_without_a_quote_the_subject_joins_only_what_says_that_it_answers(send) -> None:
    send(1)
    send(2, subject="Re: Bouwdepot", day=2)
    send(3, subject="Bouwdepot", day=3)
    assert together(1, 2)
    assert together(3)


def test_of_two_alike_the_quote_tells_which_goes_on(send) -> None:
    for number, answer in ((1, ANSWER), (3, OTHER)):
        send(number, day=number)
        send(number + 1, by=US, to="jan@x.nl", subject="Re: Bouwdepot", day=number + 1, said=answer, refs=(number,))
    send(5, subject="Re: Bouwdepot", day=6, said=quoting(ANSWER))
    assert together(1, 2, 5)
    assert together(3, 4)


def test_another_subject_is_joined_by_what_it_quotes(send) -> None:
    send(1)
    send(2, by=US, to="jan@x.nl", subject="Re: Bouwdepot", day=2, said=ANSWER, refs=(1,))
    send(3, subject="Nog iets", day=3, said=quoting(ANSWER))
    assert together(1, 2, 3)


def test_customers_with_the_same_subject_are_never_joined(send) -> None:
    send(1)
    send(2, by="eva@x.nl", said="Mijn depot ook niet.")
    send(3, by="eva@x.nl", subject="Re: Bouwdepot", day=2, said=quoting("Waar blijft het?"))
    assert together(1)
    assert together(2, 3)


def test_after_sixty_days_a_subject_joins_nothing(send) -> None:
    send(1)
    Voice.objects.update(said_at="2024-12-01T10:00:00Z")
    send(3, subject="Re: Bouwdepot", day=3)
    assert together(1)
    assert together(3)


def test_outlooks_index_joins_without_any_other_header(send) -> None:
    send(1, index=INDEX)
    send(2, subject="Geheel iets anders", day=2, index=INDEX + b"12345")
    send(3, subject="Bouwdepot", day=3, index=INDEX[:-1] + b"x")
    assert together(1, 2)
    assert together(3)


def test_an_answer_that_came_in_before_an_indexed_question_comes_home(send) -> None:
    send(2, subject="Re: Bouwdepot", day=2, refs=(1,))
    send(1, index=INDEX)
    assert together(1, 2)
    assert Conversation.objects.count() == 1


def test_an_answer_without_headers_finds_our_answer_to_a_question_that_came_in_later(send) -> None:
    send(2, by=US, to="jan@x.nl", subject="Re: Bouwdepot", day=2, said=ANSWER, refs=(1,))
    send(3, subject="Re: Bouwdepot", day=3, said=quoting(ANSWER))
    send(1)
    assert together(1, 2, 3)


def test_what_a_stranger_sends_on_begins_something_new(send) -> None:
    send(1, index=INDEX)
    send(2, by=US, to="jan@x.nl", subject="Re: Bouwdepot", day=2, said=ANSWER, refs=(1,))
    send(
        3,
        by="eva@x.nl",
        subject="FW: Bouwdepot",
        day=3,
        said="Geldt dit ook voor mij?",
        refs=(1, 2),
        index=INDEX + b"12345",
    )
    send(4, by=US, to="eva@x.nl", subject="Re: FW: Bouwdepot", day=4, said=OTHER, refs=(1, 2, 3))
    assert together(1, 2)
    assert together(3, 4)


def test_what_a_customer_of_the_conversation_sends_on_stays_in_it(send) -> None:
    send(1)
    send(2, by=US, to="jan@x.nl", subject="Re: Bouwdepot", day=2, said=ANSWER, refs=(1,))
    send(3, subject="FW: Bouwdepot", day=3, refs=(1, 2))
    assert together(1, 2, 3)


def test_strange_mail_that_is_sent_on_joins_nothing_by_its_subject(send) -> None:
    send(1)
    strange = (
        "-----Oorspronkelijk bericht-----\nVan: a@b.nl\nAan: jan\nOnderwerp: Bouwdepot\n\nHet depot van hen is leeg."
    )
    send(2, subject="FW: Bouwdepot", day=2, said=f"Wat vindt u hiervan?\n\n{strange}")
    assert together(1)
    assert together(2)


def test_an_answer_of_ours_that_is_not_known_here_and_is_sent_on_to_us_joins_by_its_subject(send) -> None:
    send(1)
    send(2, subject="FW: Bouwdepot", day=2, said=quoting(ANSWER))
    assert together(1, 2)


def test_two_customers_who_answer_the_same_unknown_mail_stay_apart(send) -> None:
    send(1, subject="Re: Nieuwsbrief", refs=("letter",))
    send(2, by="eva@x.nl", subject="Re: Nieuwsbrief", day=2, said="Ik wil dit niet.", refs=("letter",))
    send(3, by="eva@x.nl", subject="Re: Nieuwsbrief", day=3, said="Nog steeds niet.", refs=("letter", 2))
    assert together(1)
    assert together(2, 3)


def test_mail_with_known_headers_asks_nothing_about_lost_threads(send) -> None:
    send(1)
    with CaptureQueriesContext(connection) as asked:
        send(2, subject="Re: Bouwdepot", day=2, refs=(1,))
    assert not [each for each in asked if "identities" in each["sql"] and "LIKE" in each["sql"]]


def test_subjects_without_their_marks() -> None:
    assert bare("Re: AW:  FW: Mijn  Depot") == "mijn depot"
    assert bare("Reden van weigering: geld") == "reden van weigering: geld"
    assert answers("RE[2]: x") and not answers("Rente: x")
    assert sent_on("Fwd: x") and not sent_on("Re: Fwd: x")


@pytest.mark.parametrize(
    "value", ["", "geen", base64.b64encode(b"x" * 21).decode(), base64.b64encode(b"x" * 24).decode()]
)
def test_what_is_no_index_is_none(value) -> None:
    assert series(value) == ""
