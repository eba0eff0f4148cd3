"""Loops and storms of mail, heard by the real worker over IMAP: nothing is answered twice, nothing is lost."""

from collections.abc import Callable

import pytest
from tests.channels.mail_servers import MISSING, dovecot_program
from tests.desk.ends.house import House, house, mail, until

pytestmark = [pytest.mark.all_only, pytest.mark.skipif(dovecot_program() is None, reason=MISSING)]
MANY = 500
ROUNDS = 3
ASKED = "Wanneer komt de taxateur langs?"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    with house(tmp_path_factory.mktemp("storm") / "home", many=MANY) as made:
        until(lambda: deliveries(made, "sent") == MANY, "everyone was told", 240)
        yield made


def counts(place: House) -> tuple[int, ...]:
    tables = ("gehoor_desk_case", "gehoor_voices_voice", "gehoor_voices_reply", "gehoor_sending_delivery")
    return tuple(place.number(f"SELECT count(*) FROM {table}") for table in tables)


def deliveries(place: House, state: str) -> int:
    asked = "SELECT count(*) FROM gehoor_sending_delivery WHERE state = ? AND address LIKE '%@storm.example'"
    return place.number(asked, state)


def heard(place: House, mark: str) -> bool:
    """Whether the last of what was delivered was taken in: it is a mail of a customer, with this in it."""
    return bool(place.rows("SELECT 1 FROM gehoor_voices_voice WHERE text LIKE ?", f"%{mark}%")) and place.is_calm()


def closing(place: House, mark: str) -> None:
    """Deliver a last mail and wait until all before it was gone through."""
    place.deliver(mail(f"Dank u wel, {mark}.", sender=f"{mark}@post.example", Auto_Submitted=""))
    until(lambda: heard(place, mark), f"everything before {mark}", 240)


def absent(number: int, ours: str) -> bytes:
    """As Exchange, Gmail and a sieve say that someone is away."""
    sender = f"Klant {number} <klant{number}@storm.example>"
    text = "Ik ben afwezig tot 1 december. Bij spoed kunt u bellen met mijn collega."
    styles: list[dict[str, str]] = [
        {"Auto_Submitted": "auto-generated", "X_Auto_Response_Suppress": "All", "Subject": "Automatisch antwoord: x"},
        {"Auto_Submitted": "auto-replied", "Precedence": "bulk", "X_Autoreply": "yes", "Subject": "Afwezig Re: x"},
        {"Auto_Submitted": "auto-replied (vacation)", "Subject": "Re: Uw bouwdepot gaat sneller"},
    ]
    return mail(text, sender=sender, In_Reply_To=ours, References=ours, **styles[number % 3])


def qmail(address: str, whole: str) -> bytes:
    said = (
        "Hi. This is the qmail-send program at mx.storm.example.\r\nI'm afraid I wasn't able to deliver your message "
        "to the following addresses.\r\nThis is a permanent error; I've given up. Sorry it didn't work out.\r\n\r\n"
        f"<{address}>:\r\nSorry, no mailbox here by that name. (#5.1.1)\r\n\r\n"
        f"--- Below this line is a copy of the message.\r\n\r\nReturn-Path: <klant@delinde.example>\r\n{whole}"
    )
    return mail(said, sender="MAILER-DAEMON@mx.storm.example", Subject="failure notice", Return_Path="<>")


def postfix(address: str, whole: str) -> bytes:
    return _report(
        "MAILER-DAEMON@mx.storm.example (Mail Delivery System)",
        "Undelivered Mail Returned to Sender",
        f"Reporting-MTA: dns; mx.storm.example\r\n\r\nFinal-Recipient: rfc822; {address}\r\n"
        "Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\r\n",
        f"--b\r\nContent-Type: message/rfc822\r\n\r\n{whole}\r\n",
    )


def exchange(address: str, whole: str) -> bytes:
    """Without a copy of the message: it names what it answers."""
    ours = next(line.split(": ")[1] for line in whole.splitlines() if line.startswith("Message-ID: "))
    return _report(
        "postmaster@storm.example",
        "Onbestelbaar: Uw bouwdepot gaat sneller",
        f"Reporting-MTA: dns;storm.example\r\n\r\nFinal-recipient: RFC822;{address}\r\nAction: failed\r\n"
        "Status: 5.1.10\r\nDiagnostic-code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound\r\n",
        "",
        In_Reply_To=ours,
        References=ours,
    )


def _report(sender: str, subject: str, status: str, copy: str, **more: str) -> bytes:
    body = (
        "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nUw bericht kon niet worden bezorgd.\r\n"
        f"--b\r\nContent-Type: message/delivery-status\r\n\r\n{status}{copy}--b--\r\n"
    )
    return mail(
        body,
        sender=sender,
        Subject=subject,
        Return_Path="<>",
        MIME_Version="1.0",
        Content_Type='multipart/report; report-type=delivery-status; boundary="b"',
        **more,
    )


BOUNCES: list[Callable[[str, str], bytes]] = [qmail, postfix, exchange]


def test_five_hundred_absences_and_as_many_failures_are_joined_to_what_was_sent_and_answered_by_nothing(place):
    sent = {each.recipients[0]: each.data.decode() for each in place.post.stored}
    assert len(sent) == len(place.post.stored) == MANY
    closing(place, "begin")
    before, mails = counts(place), len(place.post.stored)

    for number in range(MANY):
        ours = place_id(sent[f"klant{number}@storm.example"])
        place.deliver(absent(number, ours))
    closing(place, "afwezig")
    assert counts(place) == grown(before, voices=1) and deliveries(place, "sent") == MANY
    assert len(place.post.stored) == mails

    for number, (address, whole) in enumerate(sorted(sent.items())):
        place.deliver(BOUNCES[number % 3](address, whole))
    until(lambda: deliveries(place, "failed") == MANY, "each failure stands at what was sent", 240)
    closing(place, "einde")
    assert counts(place) == grown(before, voices=2)
    assert len(place.post.stored) == mails


def place_id(whole: str) -> str:
    return next(line.split(": ")[1] for line in whole.splitlines() if line.startswith("Message-ID: "))


def grown(before: tuple[int, ...], *, voices: int) -> tuple[int, ...]:
    return (before[0], before[1] + voices, *before[2:])


@pytest.mark.parametrize("style", BOUNCES, ids=["qmail", "postfix", "exchange"])
def test_an_answer_that_comes_back_shows_at_its_case_at_once(place, style):
    who = f"{style.__name__}@post.example"
    place.deliver(mail(f"{ASKED} Groet, {style.__name__}", sender=who))
    (word,) = until(lambda: place.to(who), "the word that it came in")
    assert "uiterlijk" not in word.data.decode()
    place.run("answer", style.__name__, "Vrijdag komt hij langs.")
    answer = until(lambda: place.to(who)[1:], "the answer")[0]
    place.deliver(style(who, answer.data.decode()))
    asked = (
        "SELECT c.state, a.failed FROM gehoor_desk_case c JOIN gehoor_desk_answer a ON a.case_id = c.id AND NOT "
        "a.automatic JOIN gehoor_voices_voice v ON v.id = c.voice_id WHERE v.text LIKE ?"
    )
    seen = until(
        lambda: [row for row in place.rows(asked, f"%{style.__name__}") if row[1] != "[]"], "that it did not arrive"
    )
    assert [state for state, _ in seen] == ["open"]
    assert len(place.to(who)) == 2


def _threaded(text: str, who: str, word: bytes) -> bytes:
    ours = place_id(word.decode())
    return mail(text, sender=who, Subject="Re: Re: Vraag", In_Reply_To=ours, References=ours)


def _anew(text: str, who: str, word: bytes) -> bytes:
    return mail(text, sender=who, Subject="Uw bericht is ontvangen")


def _absence(text: str, who: str, word: bytes) -> bytes:
    ours = place_id(word.decode())
    return mail(
        text, sender=who, Subject="Automatisch antwoord: Re: Vraag", In_Reply_To=ours, Auto_Submitted="auto-replied"
    )


@pytest.mark.parametrize("robot", [_absence, _threaded, _anew], ids=["absence", "answers", "begins-anew"])
def test_a_robot_that_answers_everything_gets_one_mail_a_day(place, robot):
    who = f"{robot.__name__.strip('_')}@robot.example"
    place.deliver(mail("Kunt u mij zeggen wat de rente is?", sender=who, Subject="Vraag"))
    until(lambda: place.to(who), "the word that it came in")
    for number in range(ROUNDS):
        (word,) = place.to(who)
        place.deliver(robot(f"Wij hebben uw bericht ontvangen. Waarover gaat het ({number})?", who, word.data))
        closing(place, f"{robot.__name__.strip('_')}{number}")
    assert len(place.to(who)) == 1
