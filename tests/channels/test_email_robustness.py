"""E-mail: whatever the bytes, nothing escapes but what the contract allows."""

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.channels.base import Document, Heard, Outcome, Unreadable, Wishes
from gehoor.channels.email import reader
from gehoor.channels.email.message import read_message
from gehoor.channels.email.reader import READER
from gehoor.kernel.errors import CannotRead

FIXTURES = Path(reader.__file__).parent / "fixtures"
SEEDS = [path.read_bytes() for path in sorted(FIXTURES.iterdir())]
HEAD = b"From: a@b.example\nSubject: Onderwerp\nMIME-Version: 1.0\n"
PIECES = [
    b"\r\n\r\n", b"--b1\r\n", b"Content-Type: message/rfc822\r\n\r\n", b"=?utf-8?B?", b"?=", b"\0", b"\xff",
    b"(", b"charset=unicode_escape", b"charset=utf-16", b"charset=\0", b"*0*=x'%", b"*" + b"9" * 5000 + b"=a",
    b"begin 644 a\n", b"\nend\n", b"Content-Transfer-Encoding: x-uuencode\r\n", b"Date: 99999999999999999999\r\n",
    b"Content-Type: text/html\r\n\r\n<div id=divRplyFwdMsg>", b"boundary*=x''%ff\xbb",
    b"Content-Type: application/pkcs7-mime\r\n\r\n\x30\x03\x06\x01\x2a",
]  # fmt: skip


def read(data: bytes) -> list[Outcome]:
    document = Document("x.eml", len(data), lambda: io.BytesIO(data))
    assert 0 <= READER.recognise(document, Wishes()).confidence <= 1
    try:
        found = list(READER.read(document, Wishes()))
    except CannotRead:
        return []
    for outcome in found:
        if isinstance(outcome, Heard):
            check_storable(outcome)
    return found


def check_storable(voice: Heard) -> None:
    """No text that a database or a screen refuses."""
    names = [each.name for each in voice.attachments] + [each.media_type for each in voice.attachments]
    addresses = [each.value for each in voice.identities + voice.recipients]
    texts = (voice.text, voice.quoted, voice.signature, voice.subject, voice.author, voice.native_id, voice.position)
    for text in (*texts, *voice.thread, *names, *addresses):
        assert "\0" not in text.encode().decode()


@given(st.binary(max_size=2000))
def test_random_bytes(data):
    read(data)


@given(st.binary(max_size=500))
def test_random_bytes_below_a_header(data):
    read(HEAD + data)


@settings(max_examples=300)
@given(st.data())
def test_mutated_fixtures(data):
    seed = data.draw(st.sampled_from(SEEDS))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(seed)))
        gone = data.draw(st.integers(0, 30))
        seed = seed[:at] + data.draw(st.sampled_from(PIECES) | st.binary(max_size=8)) + seed[at + gone :]
    read(seed)


@pytest.mark.parametrize("name", ["attachments.eml", "signed_opaque.eml", "whole.mbox", "headers_malformed.eml"])
def test_a_fixture_cut_off_at_each_length(name):
    whole = (FIXTURES / name).read_bytes()
    for length in range(len(whole)):
        read(whole[:length])


def test_parts_a_thousand_deep_keep_what_lies_below_as_bytes():
    levels = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(1000))
    voice = read_message(HEAD + levels + b"Content-Type: text/plain\n\nheel diep\n", 1)
    assert isinstance(voice, Heard)
    assert voice.text == "Onderwerp"
    assert b"heel diep" in voice.attachments[0].data


def test_messages_a_thousand_deep_in_each_other():
    deep = HEAD + b"Content-Type: message/rfc822\n\nFrom: c@d.example\n" * 1000 + b"\nheel diep\n"
    voice = read_message(deep, 1)
    assert isinstance(voice, Heard)
    assert b"heel diep" in voice.attachments[0].data


def test_text_below_the_depth_limit_is_read():
    levels = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(40))
    voice = read_message(HEAD + levels + b"Content-Type: text/plain\n\nveertig diep\n", 1)
    assert isinstance(voice, Heard)
    assert voice.text == "veertig diep"


def test_too_many_parts_are_refused():
    outcome = read_message(HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 3000, 1)
    assert isinstance(outcome, Unreadable)
    assert outcome.error.code == "too_large"


def test_a_text_that_nobody_typed_is_kept_as_an_attachment():
    voice = read_message(HEAD + b"\n" + b"regel\n" * 200_000, 1)
    assert isinstance(voice, Heard)
    assert (voice.text, len(voice.attachments)) == ("Onderwerp", 1)


@pytest.mark.parametrize(
    "body",
    [
        b"\n" + b"> a\nb\n" * 20_000,
        b"\n" + b"On 1 Jan 2024 at 10:11 x@y.example wrote:\n" * 5_000,
        b"\n" + b"From: a@b.c\nTo: b\nSubject: c\n\n" * 5_000,
        b"Content-Type: text/plain; format=flowed\n\n" + b"woord woord \n" * 50_000,
        b"Content-Type: text/html\n\n" + b"<blockquote type=cite>a</blockquote>b<br>" * 5_000,
        b"Content-Type: text/html\n\n" + b"<table><tr><td>a" * 20_000,
        b"X: " + b"=?utf-8?q?" * 6_000 + b"\n\nx",
    ],
)
def test_long_repetition_stays_readable(body):
    assert isinstance(read_message(HEAD + body, 1), Heard)
