"""E-mail: what becomes of each fixture and each rule."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gehoor.channels.base import Direction, Document, Heard, Identity, NothingSaid, Outcome, Unreadable, Wishes
from gehoor.channels.email import automatic, mailbox, message, opaque, reader
from gehoor.channels.email.card import CARD
from gehoor.channels.email.reader import READER
from gehoor.kernel.errors import CannotRead

FIXTURES = Path(reader.__file__).parent / "fixtures"
SANNE = Identity("email", "sanne@voorbeeld.example")


def document(data: bytes, name: str = "x.eml") -> Document:
    return Document(name, len(data), lambda: io.BytesIO(data))


def outcomes(data: bytes, name: str = "x.eml") -> list[Outcome]:
    return list(READER.read(document(data, name), Wishes()))


def only(data: bytes) -> Outcome:
    (outcome,) = outcomes(data)
    return outcome


def heard(name: str) -> Heard:
    outcome = only((FIXTURES / name).read_bytes())
    assert isinstance(outcome, Heard)
    return outcome


def said(headers: str, body: str = "Hallo daar.") -> Heard:
    outcome = only(f"From: a@b.example\n{headers}\n\n{body}".encode())
    assert isinstance(outcome, Heard)
    return outcome


def fixtures(pattern: str) -> list[str]:
    return sorted(path.name for path in FIXTURES.glob(pattern))


def test_the_card_is_that_of_email():
    assert (CARD.kind, CARD.name_nl, CARD.public) == ("email", "e-mail", False)
    assert CARD.basis


@pytest.mark.parametrize("name", fixtures("*"))
def test_each_fixture_keeps_the_contract(name):
    data = (FIXTURES / name).read_bytes()
    try:
        found = outcomes(data, name)
    except CannotRead:
        assert name.startswith(("not_mail", "broken_empty", "broken-"))
        return
    for outcome in found:
        assert outcome.media_type == ("application/vnd.ms-outlook" if name.endswith(".msg") else "message/rfc822")
        assert outcome.position
        assert name.endswith("mbox") or outcome.original == data
        if isinstance(outcome, Heard):
            assert outcome.direction is Direction.BY_AUTHOR
            assert outcome.text.strip() or outcome.attachments


@pytest.mark.parametrize("name", fixtures("*"))
def test_only_mail_is_recognised(name):
    document_ = document((FIXTURES / name).read_bytes(), name)
    confidence = READER.recognise(document_, Wishes()).confidence
    assert (confidence > 0.5) is not name.startswith(("not_mail", "broken_empty"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"naam,vraag\nJan,Waarom?\n",
        b'{"from": "a@b.example", "subject": "x"}',
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        b"\x1f\x8b\x08\x00" + bytes(range(200)),
        b"HTTP/1.1 200 OK\r\nDate: x\r\nContent-Type: text/html\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: x\r\n\r\n",
        b"BEGIN:VCARD\nVERSION:3.0\nFN:Jan\n",
        b"Een notitie.\nFrom: iemand\n",
        b"From now on everything is different.\nReally.\n",
        b"title: x\ndate: 2024-01-01\n\ntext",
        bytes(range(256)) * 4,
    ],
)
def test_what_is_no_mail_has_no_confidence(data):
    assert READER.recognise(document(data, "bestand"), Wishes()).confidence == 0


def test_a_message_without_extension_is_recognised_by_its_headers():
    data = (FIXTURES / "whole_plain.eml").read_bytes()
    assert READER.recognise(document(data, "1700000000.M1P2.host"), Wishes()).confidence > 0.5


def test_a_whole_message_gives_everything():
    voice = heard("whole_plain.eml")
    assert voice.text == "Goedemorgen,\n\nMijn pakket is al drie dagen zoek. Waar is het gebleven?"
    assert voice.signature == "Met vriendelijke groet,\nSanne Voorbeeld\nTel. 06-00000000"
    assert (voice.author, voice.identities) == ("Sanne Voorbeeld", (SANNE,))
    assert [each.value for each in voice.recipients] == ["klant@bedrijf.example", "piet@bedrijf.example"]
    assert voice.said_at == datetime(2024, 1, 3, 9, 11, 12, tzinfo=UTC)
    assert voice.native_id == "plain-1@voorbeeld.example sanne@voorbeeld.example"
    assert voice.position == "plain-1@voorbeeld.example"
    assert (voice.subject, voice.conversation, voice.id_is_global) == ("Mijn pakket is zoek", "", True)


def test_without_message_id_there_is_no_native_id_and_the_position_is_the_ordinal():
    voice = heard("minimal.eml")
    assert (voice.native_id, voice.position, voice.said_at) == ("", "1", None)


def test_another_sender_with_the_same_message_id_is_another_item():
    one, other = (only(f"From: {who}@b.example\nMessage-ID: <1@x>\n\nhallo".encode()) for who in ("Jan", "mallory"))
    assert isinstance(one, Heard)
    assert isinstance(other, Heard)
    assert one.native_id == "1@x jan@b.example"
    assert other.native_id == "1@x mallory@b.example"


def test_the_thread_is_references_then_in_reply_to_oldest_first():
    assert heard("gmail_reply.eml").thread == ("a1@bedrijf.example", "a2@bedrijf.example")
    voice = said("Message-ID: <own@x>\nReferences: <a@x> <b@x> <own@x>\nIn-Reply-To: <c@x> (of gisteren)")
    assert voice.thread == ("a@x", "b@x", "c@x")
    assert said("Message-ID: <c@x>").native_id.split()[0] in voice.thread


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("gmail_reply.eml", "Dank voor uw antwoord, maar het pakket is er nog steeds niet."),
        ("outlook_reply.eml", "Beste klantenservice,\n\nDit klopt niet, ik heb al betaald."),
        ("interleaved.eml", "Hallo,\n\nDat is 12345.\n\n1234 AB."),
        ("bottom_posted.eml", "Here it is, I hope it helps."),
        ("iphone.eml", "Morgen om tien uur is goed."),
        ("forwarded_inline.eml", "De lift is al een week kapot."),
        ("forwarded_attached.eml", "De lift\n\nDe lift is al een week kapot, en niemand beäntwoordt de telefoon."),
        ("html_gmail.eml", "Het is nog niet opgelost."),
        ("html_outlook.eml", "Wanneer komt de monteur?"),
        ("html_apple.eml", "Boven het citaat.\nOnder het citaat."),
        ("flowed.eml", "Dit is een lange zin die door het mailprogramma is afgebroken."),
        ("attachments.eml", "Zie de foto"),
        ("invitation.eml", "Gesprek over de klacht\nGraag bespreek ik, liefst morgen, de rekening."),
        ("signed.eml", "Dit heb ik zelf getekend."),
        ("signed_opaque.eml", "Uit een gesloten envelop."),
        ("pgp_signed.eml", "Dit staat er echt."),
        ("subject_only.eml", "Bel mij terug alstublieft"),
        ("contact_form.eml", "Kan ik mijn bestelling nog wijzigen?"),
        ("uuencoded.eml", "Hierbij het bestand."),
        ("charset_windows_as_ascii.eml", "Het café kost €5 – “te duur”."),
        ("charset_utf8_as_latin1.eml", "Het café kost €5."),
        ("charset_cp850.eml", "Het café coëfficiënt."),
        ("charset_utf7.eml", "Het café kost €5."),
        ("charset_unknown.eml", "Het café kost €5."),
        ("headers_malformed.eml", "Klopt mijn factuur?"),
        ("broken_no_boundary_end.eml", "Dit komt nog door."),
        ("broken_no_boundary.eml", "Dit komt nog door."),
        ("broken_base64.eml", "Dit is toch te lezen, café."),
        ("broken_base64_plain.eml", "Dit is helemaal niet gecodeerd.\nEcht niet."),
        ("broken_quoted_printable.eml", "De café = duur =ZZ en klaar"),
    ],
)
def test_the_text_is_what_is_new(name, text):
    assert heard(name).text == text


def test_html_history_and_signature_are_told_apart_by_structure():
    voice = heard("html_gmail.eml")
    assert voice.quoted.endswith("Wij hebben het opgelost.")
    assert voice.quoted.startswith("Op di 2 jan 2024")
    assert voice.signature == "Sanne Voorbeeld"
    assert heard("html_outlook.eml").quoted.endswith("De monteur komt morgen.")


def test_a_stub_of_plain_text_gives_way_to_the_html():
    assert heard("alternative_stub.eml").text.startswith("Ik wil graag weten")


def test_attachments_are_kept_with_their_names_and_bytes():
    kept = heard("attachments.eml").attachments
    assert [each.name for each in kept] == ["foto café.png", "winmail.dat", "rekening € 12.pdf", "notitie.txt"]
    assert kept[0].data == b"\x89PNG\r\n\x1a\n" + bytes(40)
    assert [each.media_type for each in kept][2:] == ["application/pdf", "text/plain"]
    assert kept[3].data.strip() == b"Een notitie."
    assert heard("uuencoded.eml").attachments[0].data == b"hallo"
    assert heard("forwarded_attached.eml").attachments[0].media_type == "message/rfc822"


@pytest.mark.parametrize("name", ["encrypted.eml", "encrypted_inline.eml", "encrypted_smime.eml"])
def test_what_is_encrypted_cannot_be_read(name):
    outcome = only((FIXTURES / name).read_bytes())
    assert isinstance(outcome, Unreadable)
    assert outcome.error.code == "email_encrypted"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("bounce.eml", automatic.REPORT),
        ("out_of_office.eml", automatic.AWAY),
        ("empty.eml", message.EMPTY),
    ],
)
def test_where_nobody_speaks_nothing_is_said(name, reason):
    outcome = only((FIXTURES / name).read_bytes())
    assert isinstance(outcome, NothingSaid)
    assert outcome.reason == reason


@pytest.mark.parametrize(
    "headers",
    [
        "Auto-Submitted: auto-replied (vacation)",
        "Auto-Submitted: auto-generated",
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=b",
        "X-Autoreply: yes",
        "Precedence: auto_reply",
        "Precedence: bulk\nSubject: Out of office: Re: vraag",
        "Return-Path: <>\nSubject: Afwezigheidsbericht",
        "Return-Path: <>\nSubject: Undeliverable: uw bericht",
        "X-Failed-Recipients: x@y.example",
    ],
)
def test_signs_of_a_machine(headers):
    assert isinstance(only(f"From: a@b.example\n{headers}\n\nTekst.".encode()), NothingSaid)


@pytest.mark.parametrize(
    "headers",
    [
        "Auto-Submitted: no",
        "Precedence: bulk",
        "X-Auto-Response-Suppress: All",
        "Subject: Afwezig",
        "Subject: Niet bezorgd",
        "Subject: Re: Automatisch antwoord: vraag\nX-Auto-Response-Suppress: All",
        "Auto-Submitted: auto-generated\nReply-To: klant@c.example",
    ],
)
def test_a_customer_is_not_taken_for_a_machine(headers):
    assert said(headers).text == "Hallo daar."


def test_behind_a_form_the_author_is_who_filled_it_in():
    voice = heard("contact_form.eml")
    assert (voice.author, voice.identities) == ("Sanne Voorbeeld", (SANNE,))
    assert voice.native_id == "form-1@bedrijf.example noreply@bedrijf.example"
    assert said("Reply-To: other@c.example").identities == (Identity("email", "a@b.example"),)


def test_a_mailbox_gives_every_message_and_is_not_split_by_a_sentence():
    data = (FIXTURES / "whole.mbox").read_bytes()
    first, second, third = outcomes(data, "whole.mbox")
    assert isinstance(first, Heard)
    assert first.text == (
        "Eerste bericht.\nFrom hier begint een regel.\n>From nog een.\n\nFrom now on: dit is geen nieuw bericht."
    )
    assert first.original.startswith(b"From: Sanne")
    assert first.original.endswith(b"nieuw bericht.\n")
    assert isinstance(second, Heard)
    assert (second.position, second.said_at) == ("2", datetime(2024, 1, 4, 9, tzinfo=UTC))
    assert isinstance(third, NothingSaid)


def test_a_line_from_a_mailbox_quoted_in_a_text_splits_nothing():
    start = b"From a@b.example Wed Jan  3 10:11:12 2024\nFrom: a@b.example\n\n"
    (voice,) = outcomes(start + b"Er stond:\nFrom a@b.example Wed Jan  3 10:11:12 2024\nen verder niets.\n", "x.mbox")
    assert isinstance(voice, Heard)
    assert voice.text.endswith("en verder niets.")


def test_only_signed_data_is_opened():
    signed = heard("signed_opaque.eml").attachments[0].data
    enveloped = signed.replace(bytes.fromhex("2a864886f70d010702"), bytes.fromhex("2a864886f70d010703"))
    assert opaque.content_of(signed)
    assert opaque.content_of(enveloped) == b""


def test_a_message_past_the_limit_is_too_large_and_stops_nothing(monkeypatch):
    monkeypatch.setattr(reader, "LARGEST", 200)
    monkeypatch.setattr(message, "LARGEST", 200)
    start = b"From a@b.example Wed Jan  3 10:11:12 2024\nFrom: a@b.example\nSubject: x\n\n"
    first, second = outcomes(start + b"veel " * 100 + b"\n\n" + start + b"weinig\n", "x.mbox")
    assert isinstance(first, Unreadable)
    assert first.error.code == "too_large"
    assert len(first.original) <= 200
    assert isinstance(second, Heard)
    single = only(b"From: a@b.example\nSubject: x\n\n" + b"veel " * 100)
    assert isinstance(single, Unreadable)
    assert single.error.code == "too_large"


def test_a_mailbox_is_split_one_message_at_a_time():
    class Counting(io.BytesIO):
        read_so_far = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            line = super().readline(-1 if size is None else size)
            Counting.read_so_far += len(line)
            return line

    one = b"From a@b.example Wed Jan  3 10:11:12 2024\nFrom: a@b.example\n\nhallo\n\n"
    next(mailbox.split_mbox(Counting(one * 1000), 10_000))
    assert Counting.read_so_far < 3 * len(one)


def test_a_maildir_gives_every_message(tmp_path):
    for place, name in (("new", "2.b"), ("cur", "1.a:2,S"), ("cur", "3.c:2,DS"), (".Sent/cur", "4.d")):
        (tmp_path / place).mkdir(parents=True, exist_ok=True)
        (tmp_path / place / name).write_bytes(f"From: a@b.example\nSubject: {name}\n\nhallo".encode())
    (tmp_path / "cur" / "5.e").write_bytes(b"geen mail")
    (tmp_path / "cur" / "6.f").symlink_to("/etc/passwd")
    folder = Document(tmp_path.name, 0, lambda: io.BytesIO(b""), tmp_path)
    assert READER.recognise(folder, Wishes()).confidence > 0.5
    found = list(READER.read(folder, Wishes()))
    assert [type(each) for each in found] == [Heard, NothingSaid, Unreadable, Heard, Heard]
    assert [each.subject for each in found if isinstance(each, Heard)] == ["1.a:2,S", "2.b", "4.d"]


def test_a_folder_that_is_no_maildir_is_not_read(tmp_path):
    folder = Document(tmp_path.name, 0, lambda: io.BytesIO(b""), tmp_path)
    assert READER.recognise(folder, Wishes()).confidence == 0
    with pytest.raises(CannotRead):
        list(READER.read(folder, Wishes()))
