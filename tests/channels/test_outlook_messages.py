"""Messages that Outlook saved (``.msg``) become the same as the mail that they were."""

import io
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.channels.compound_file import compound as compound_file
from tests.channels.compound_file import compressed_rtf, storage

from gehoor.channels.base import Document, Heard, NothingSaid, Outcome, Unreadable, Wishes
from gehoor.channels.email import compound, reader
from gehoor.channels.email.message import read_message
from gehoor.channels.email.reader import READER
from gehoor.channels.email.rtf import decompressed, unwrapped
from gehoor.channels.registry import reader_for
from gehoor.kernel.errors import CannotRead

FIXTURES = Path(reader.__file__).parent / "fixtures"
SENT = datetime(2024, 3, 5, 9, 30, tzinfo=UTC)
HEADERS = (
    "Received: from a by b; Tue, 5 Mar 2024 09:30:09 +0000\r\nFrom: Piet Jansen <piet@klant.example>\r\n"
    "To: Service <service@bank.example>\r\nSubject: Mijn brief\r\nDate: Tue, 5 Mar 2024 10:30:00 +0100\r\n"
    "Message-ID: <een@klant.example>\r\nReferences: <nul@bank.example>\r\n <half@bank.example>\r\n"
    'Content-Type: multipart/mixed;\r\n\tboundary="weg"\r\nMIME-Version: 1.0\r\n'
)
TEXT = "Geachte heer,\r\n\r\nMijn brief is na zes weken nog niet beantwoord.\r\n\r\nGroet,\r\nPiet Jansen\r\n"
WRAPPED = (
    rb"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0\fswiss Arial;}{\f1\fnil\fcharset204 Cyr;}}{\colortbl\red0}"
    rb"{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Mijn brief is \'e9cht weg \u8364?5, \htmlrtf verborgen \htmlrtf0 "
    rb"{\f1 \'e4\'e0}{\*\mhtmltag84 <b>}{\*\htmltag84 &amp;} klaar.\htmlrtf\par}\htmlrtf0 {\*\htmltag72 </p>}}"
)


def message(**properties: object) -> bytes:
    return compound_file(storage(32, **properties))  # type: ignore[arg-type]


def document(data: bytes, name: str = "bericht.msg") -> Document:
    return Document(name, len(data), lambda: io.BytesIO(data))


def read(data: bytes) -> Outcome:
    (outcome,) = READER.read(document(data), Wishes())
    return outcome


def heard(data: bytes) -> Heard:
    outcome = read(data)
    assert isinstance(outcome, Heard)
    return outcome


def recipient(name: str, address: str, kind: int, smtp: str = "") -> dict[str, object]:
    way = "EX" if address.startswith("/") else "SMTP"
    return {**storage(8, p3001=name, p3003=address, p3002=way, p0C15=kind, p39FE=smtp)}


def test_it_says_the_same_as_the_mail_that_it_was() -> None:
    data = message(p001A="IPM.Note", p0037="Mijn brief", p007D=HEADERS, p1000=TEXT)
    mail = read_message(HEADERS.split("Content-Type")[0].encode() + b"\r\n" + TEXT.encode(), 1)
    voice = heard(data)
    assert isinstance(mail, Heard)
    for name in ("text", "signature", "subject", "author", "identities", "recipients", "said_at", "thread"):
        assert getattr(voice, name) == getattr(mail, name), name
    assert voice.native_id == "een@klant.example piet@klant.example"
    assert (voice.original, voice.media_type) == (data, "application/vnd.ms-outlook")


def test_without_headers_the_properties_say_who_when_and_which() -> None:
    tree = storage(
        32, p001A="IPM.Note", p0037="Rente é", p1000="Waarom steeg mijn rente?", p0042="Anna de Wit", p0064="SMTP",
        p0065="anna@klant.example", p0039=SENT, p1035="<twee@klant.example>", p1042="<een@bank.example>",
    )  # fmt: skip
    tree |= {
        "__recip_version1.0_#00000000": recipient("Service", "service@bank.example", 1),
        "__recip_version1.0_#00000001": recipient("Chef", "/O=BANK/CN=CHEF", 2, "chef@bank.example"),
    }
    voice = heard(compound_file(tree))
    assert (voice.subject, voice.author, voice.said_at) == ("Rente é", "Anna de Wit", SENT)
    assert [each.value for each in voice.identities] == ["anna@klant.example"]
    assert [each.value for each in voice.recipients] == ["service@bank.example", "chef@bank.example"]
    assert (voice.native_id, voice.thread) == ("twee@klant.example anna@klant.example", ("een@bank.example",))


def test_an_address_within_exchange_is_no_identity_and_its_smtp_address_is() -> None:
    own = {"p0C1A": "Jan", "p0C1E": "EX", "p0C1F": "/O=EXCHANGELABS/OU=X/CN=JAN", "p1000": "Een vraag.", "p0039": SENT}
    assert heard(message(**own)).identities == ()
    assert heard(message(**own)).author == "Jan"
    known = heard(message(**own, p5D01="jan@klant.example"))
    assert [each.value for each in known.identities] == ["jan@klant.example"]


def test_html_is_read_in_its_own_charset() -> None:
    html = "<html><body><p>Één vraag over mijn hypotheek</p></body></html>".encode("cp1252")
    assert heard(message(p0037="x", p1013=html, p3FDE=1252, p0039=SENT)).text == "Één vraag over mijn hypotheek"


def test_narrow_text_is_read_by_the_codepage_of_the_message() -> None:
    data = message(p0037_8=b"Vraag", p1000_8="Привет, один вопрос".encode("cp1251"), p3FFD=1251, p0039=SENT)
    assert heard(data).text == "Привет, один вопрос"


def test_only_rtf_with_html_in_it() -> None:
    voice = heard(message(p0037="x", p1009=compressed_rtf(WRAPPED), p0039=SENT))
    assert voice.text == "Mijn brief is écht weg €5, да& klaar."


def test_only_rtf_without_anything_in_it() -> None:
    rtf = rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\*\generator X;}\f0 Eerste regel\par Tweede {\b regel}\'e9\par}"
    assert heard(message(p0037="x", p1009=compressed_rtf(rtf), p0039=SENT)).text == "Eerste regel\nTweede regelé"


def test_attachments_and_embedded_messages_go_along() -> None:
    inner = storage(24, p001A="IPM.Note", p0037="Binnenin", p1000="Doorgestuurd.", p0065="ria@k.example", p0039=SENT)
    tree = storage(32, p0037="Bijlagen", p1000="Zie bijlagen.", p0039=SENT)
    tree |= {
        "__attach_version1.0_#00000000": storage(8, p3707="foto één.png", p370E="image/png", p3701=bytes(5000)),
        "__attach_version1.0_#00000001": storage(8, p3705=5, p3701=inner),
    }
    voice = heard(compound_file(tree))
    assert voice.text == "Zie bijlagen."
    photo = voice.attachments[0]
    assert (photo.name, photo.media_type, photo.data) == ("foto één.png", "image/png", bytes(5000))
    inside = read_message(voice.attachments[1].data, 1)
    assert isinstance(inside, Heard)
    assert (inside.subject, inside.text) == ("Binnenin", "Doorgestuurd.")


def test_a_message_that_only_forwards_tells_what_it_forwards() -> None:
    inner = storage(24, p0037="Klacht", p1000="Niemand belt terug.", p0065="ria@klant.example", p0039=SENT)
    tree = storage(32, p0037="Fw", p0039=SENT) | {"__attach_version1.0_#00000000": storage(8, p3705=5, p3701=inner)}
    assert heard(compound_file(tree)).text == "Klacht\n\nNiemand belt terug."


@pytest.mark.parametrize(
    ("properties", "reason"),
    [
        ({"p001A": "REPORT.IPM.Note.NDR", "p0039": SENT, "p1000": "Onbestelbaar"}, "report"),
        ({"p001A": "IPM.Note.Rules.OofTemplate.Microsoft", "p0039": SENT, "p1000": "Weg"}, "automatic answer"),
        ({"p001A": "IPM.Note", "p0E07": 8, "p1000": "Nog niet af"}, "draft"),
    ],
)
def test_reports_absences_and_drafts_say_nothing(properties: dict[str, object], reason: str) -> None:
    outcome = read(message(p0037="x", **properties))
    assert isinstance(outcome, NothingSaid)
    assert reason in outcome.reason


def test_what_is_no_mail_is_refused() -> None:
    for data in (message(p001A="IPM.Contact", p3001="Jan"), compound_file({"Workbook": b"x" * 100})):
        with pytest.raises(CannotRead) as refused:
            list(READER.read(document(data), Wishes()))
        assert refused.value.code == "email_not_mail"


def test_it_is_recognised_by_its_name_and_by_its_contents() -> None:
    data = message(p0037="x", p1000="y", p0039=SENT)
    assert reader_for(document(data), Wishes()) is READER
    assert reader_for(document(data, "zonder naam"), Wishes()) is READER


def test_headers_cannot_be_slipped_in_by_a_subject_or_a_name() -> None:
    name = 'A"\r\nBcc: z@y.example'
    voice = heard(message(p0037="Hoi\r\nReply-To: x@y.example", p0042=name, p0065="a@b.example", p0039=SENT, p1000="x"))
    assert [each.value for each in voice.identities] == ["a@b.example"]
    assert voice.subject == "Hoi Reply-To: x@y.example"


def test_streams_that_claim_more_than_there_is_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compound, "MOST_BYTES", 10_000)
    with pytest.raises(CannotRead) as refused:
        list(READER.read(document(message(p1000="x" * 20_000)), Wishes()))
    assert refused.value.code == "too_large"


def test_compressed_rtf_with_references() -> None:
    """The example of the format's own description: "{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"."""
    packed = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")
    assert decompressed(packed) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"


@given(st.binary(max_size=3000))
def test_compressing_and_unpacking_gives_the_same(data: bytes) -> None:
    assert decompressed(compressed_rtf(data)) == data


@given(st.binary(max_size=400))
def test_any_bytes_as_rtf_give_text(data: bytes) -> None:
    for held in (b"{\\rtf1\\fromhtml1 " + data, data, decompressed(b"\0" * 4 + b"\xff\xff\0\0LZFu0000" + data)):
        unwrapped(held)[0].encode()


SEED = message(p001A="IPM.Note", p0037="Mijn brief", p007D=HEADERS, p1009=compressed_rtf(WRAPPED), p1000=TEXT * 60)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_damage_gives_only_what_the_contract_allows(data: st.DataObject) -> None:
    held = bytearray(SEED)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(held) - 1))
        piece = data.draw(st.binary(min_size=1, max_size=8))
        held[at : at + len(piece)] = piece
    cut = bytes(held[: data.draw(st.integers(8, len(held)))])
    try:
        found = list(READER.read(document(cut), Wishes()))
    except CannotRead:
        return
    for each in found:
        assert isinstance(each, Heard | NothingSaid | Unreadable)
        if isinstance(each, Heard):
            each.text.encode()


def test_the_fixtures_are_what_this_file_makes() -> None:
    assert (FIXTURES / "whole-outlook.msg").read_bytes() == whole_fixture()
    assert heard(whole_fixture()).text.startswith("Geachte heer")


def whole_fixture() -> bytes:
    tree = storage(32, p001A="IPM.Note", p0037="Mijn brief", p007D=HEADERS, p1000=TEXT, p1009=compressed_rtf(WRAPPED))
    attached = storage(8, p3707="brief.txt", p370E="text/plain", p3701=b64encode(bytes(60)))
    return compound_file(tree | {"__attach_version1.0_#00000000": attached})
