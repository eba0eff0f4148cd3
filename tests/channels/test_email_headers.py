"""E-mail: headers, dates, charsets and encodings as they are found in the wild."""

from datetime import UTC, datetime, timedelta

import pytest

from gehoor.channels.email.charset import codec_of, decode
from gehoor.channels.email.header import file_name, ids, people, plain
from gehoor.channels.email.moment import read_moment, said_at
from gehoor.channels.email.part import parse
from gehoor.channels.email.transfer import undo
from gehoor.kernel.clock import now


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("=?utf-8?Q?Vraag_over_caf=C3=A9?=", "Vraag over café"),
        ("=?utf-8?B?Y2Fmw6k?=", "café"),
        ("=?utf-8?Q?=E2=82?= =?utf-8?Q?=AC_5?=", "€ 5"),
        ("=?iso-8859-1?Q?a?==?iso-8859-1?Q?b?=", "ab"),
        ("=?iso-8859-1*nl?Q?caf=E9?=", "café"),
        ("=?utf-8?Q?met spatie en ? erin?=", "met spatie en ? erin"),
        ("=?x-onbekend?Q?caf=E9?=", "café"),
        ("=?utf-8?Q?half", "=?utf-8?Q?half"),
        ("voor =?utf-8?Q?en?= na", "voor en na"),
        ("gevouwen\r\n\tregel", "gevouwen regel"),
        ("caf\udce9", "café"),
        ("caf\udcc3\udca9", "café"),
        ("nul\x00 en bel\x07", "nul en bel"),
    ],
)
def test_a_header_is_decoded_leniently(written, text):
    assert plain(written) == text


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Jan <jan@b.example>", (("Jan", "jan@b.example"),)),
        ('"Jansen, Jan" <jan@b.example>, piet@c.example', (("Jansen, Jan", "jan@b.example"), ("", "piet@c.example"))),
        ("jan@b.example (Jan)", (("Jan", "jan@b.example"),)),
        ("'jan@b.example' <jan@b.example>", (("", "jan@b.example"),)),
        ("=?utf-8?Q?Jansen=2C_Jan?= <jan@b.example>", (("Jansen, Jan", "jan@b.example"),)),
        ("=?utf-8?Q?Jan_<jan@b.example>?=", (("Jan", "jan@b.example"),)),
        ("Jan [jan@b.example]", (("Jan", "jan@b.example"),)),
        ("Jan <jan@b.example", (("Jan", "jan@b.example"),)),
        ("Jan", (("Jan", ""),)),
        ("", ()),
        ("groep: a@b.example, c@d.example;", (("", "a@b.example"), ("", "c@d.example"))),
    ],
)
def test_people_are_found_however_they_are_written(written, found):
    assert people([written]) == found


@pytest.mark.parametrize("strange", ["(" * 60_000, '"' * 60_000, "<" * 60_000, "," * 60_000, "a@" * 30_000, "\\" * 999])
def test_people_survive_anything(strange):
    people([strange])


def test_ids_lose_their_brackets():
    assert ids(["<a@x> <b@x>\r\n\t<a@x>", "c@x"]) == ["a@x", "b@x", "c@x"]


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("Wed, 3 Jan 2024 10:11:12 +0100", (2024, 1, 3, 9, 11, 12)),
        ("Wed, 3 Jan 24 10:11:12 +0100", (2024, 1, 3, 9, 11, 12)),
        ("3 Jan 2024 10:11:12 CET", (2024, 1, 3, 9, 11, 12)),
        ("Wed, 3 Jul 2024 10:11:12 CEST (zomertijd)", (2024, 7, 3, 8, 11, 12)),
        ("Wed, 3 Jan 2024 10:11:12 XYZ", (2024, 1, 3, 10, 11, 12)),
        ("Wed, 3 Jan 2024 10:11:12 +9900", (2024, 1, 3, 10, 11, 12)),
        ("woensdag 3 mei 2023 10:11", (2023, 5, 3, 10, 11, 0)),
        ("wo, 3 mrt 2023 10:11:12 +0100", (2023, 3, 3, 9, 11, 12)),
        ("2024-01-03T10:11:12+01:00", (2024, 1, 3, 9, 11, 12)),
        ("2024-01-03 10:11:12 -0130", (2024, 1, 3, 11, 41, 12)),
    ],
)
def test_a_date_is_read_however_it_is_written(written, moment):
    assert read_moment(written) == datetime(*moment, tzinfo=UTC)


@pytest.mark.parametrize(
    "written", ["", "gisteren", "Mon, 99 Foo 2024", "9" * 300, "1 Jan 99999999 10:00", "٣ Jan 2024"]
)
def test_a_date_that_makes_no_sense_is_none(written):
    assert read_moment(written) is None


def test_when_the_date_cannot_be_true_the_last_hop_tells_and_then_the_mailbox():
    received = b"Received: by x; Wed, 3 Jan 2024 10:11:12 +0100\nReceived: by y; Tue, 2 Jan 2024 10:00:00 +0100\n"
    expected = datetime(2024, 1, 3, 9, 11, 12, tzinfo=UTC)
    for date in (b"Date: onzin\n", b"Date: Thu, 1 Jan 1970 00:00:00 +0000\n", b"Date: 1 Jan 2199 00:00 +0000\n", b""):
        assert said_at(parse(date + received + b"\nx")) == expected
    assert said_at(parse(b"Date: onzin\n\nx"), "Wed Jan  3 09:11:12 2024") == expected
    assert said_at(parse(b"Date: Thu, 1 Jan 1970 00:00:00 +0000\n\nx")) is None


def test_two_days_ahead_is_the_limit():
    for ahead, expected in ((timedelta(days=1), True), (timedelta(days=3), False)):
        written = (now() + ahead).strftime("Date: %d %b %Y %H:%M:%S +0000\n\nx").encode()
        assert (said_at(parse(written)) is not None) is expected


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("cp-850", "cp850"),
        ("x-unknown", ""),
        ("unicode-1-1-utf-7", "utf-7"),
        ("ansi", "cp1252"),
        ("ISO-8859-1", "cp1252"),
        ("iso-8859-8-i", "iso8859-8"),
        ('"UTF-8"', "utf-8"),
        ("utf8; format=flowed", "utf-8"),
        ("windows1252", "cp1252"),
        ("x-cp1250", "cp1250"),
        ("ks_c_5601-1987", "cp949"),
        ("GB2312", "gb18030"),
        ("us-ascii", ""),
        ("unicode_escape", ""),
        ("idna", ""),
        ("rot13", ""),
        ("base64", ""),
        ("nul\0", ""),
        ("\udcff", ""),
        ("x" * 1000, ""),
    ],
)
def test_a_charset_label_becomes_a_codec_or_nothing(label, codec):
    assert codec_of(label) == codec


@pytest.mark.parametrize(
    ("text", "written_in", "labelled"),
    [
        ("Het café kost €5", "cp1252", "iso-8859-1"),
        ("Het café kost €5", "cp1252", "utf-8"),
        ("Het café kost €5", "utf-8", "iso-8859-15"),
        ("Het café kost €5", "utf-8", "us-ascii"),
        ("Het café kost €5", "utf-16", ""),
        ("Het café kost €5", "utf-8-sig", "windows-1252"),
        ("Gewoon", "ascii", "utf-16"),
        ("שלום", "iso8859-8", "iso-8859-8-i"),
        ("こんにちは", "iso2022_jp", "iso-2022-jp"),
        ("こんにちは", "cp932", "x-sjis"),
        ("Привет", "koi8_r", "koi8-r"),
        ("联通", "gb18030", "gb2312"),
        ("Größe", "cp850", "cp-850"),
        ("naïef", "mac_roman", "x-mac-roman"),
    ],
)
def test_text_is_read_whatever_its_label(text, written_in, labelled):
    assert decode(text.encode(written_in), labelled) == text


def test_mixed_bytes_are_each_read_for_what_they_are():
    assert decode("café ".encode() + "café".encode("cp1252"), "utf-8") == "café café"


def test_another_script_without_a_label_is_guessed():
    russian = "Здравствуйте, когда привезут мой заказ? Я жду уже неделю и никто не отвечает. " * 3
    assert decode(russian.encode("cp1251"), "x-unknown") == russian


@pytest.mark.parametrize(
    ("data", "encoding", "result"),
    [
        (b"caf=C3=A9", "quoted-printable", "café".encode()),
        (b"a=\r\nb", "Quoted-Printable ", b"ab"),
        (b"=ZZ =", "quoted-printable", b"=ZZ "),
        (b"aGFsbG8=", "base64", b"hallo"),
        (b"aGFsbG8", "base64", b"hallo"),
        (b"aGFsbG8=\n\n_____\nlijst van klanten\n", "base64", b"hallo\n_____\nlijst van klanten"),
        (b"Dit is gewone tekst.", "base64", b"Dit is gewone tekst."),
        (b"begin 644 a.txt\n%:&%L;&\\ \n`\nend\n", "x-uuencode", b"hallo"),
        (b"x", "onzin", b"x"),
    ],
)
def test_an_encoding_is_undone_also_when_it_is_damaged(data, encoding, result):
    assert undo(data, encoding) == result


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        (b"attachment; filename=a.pdf", "a.pdf"),
        (b"attachment; filename*=utf-8''%E2%82%AC.pdf", "€.pdf"),
        (b"attachment; filename=\"utf-8''%E2%82%AC.pdf\"", "€.pdf"),
        (b"attachment; filename*0=a; filename*1=b.pdf", "ab.pdf"),
        (b"attachment; filename==?utf-8?Q?=E2=82=AC.pdf?=", "€.pdf"),
        (b'attachment; filename="..\\..\\C:\\x\\a.pdf"', "a.pdf"),
        (b'attachment; filename="/etc/passwd"', "passwd"),
        (b"attachment; filename=caf\xe9.pdf", "café.pdf"),
        (b"attachment; filename*99999999999999999999999*=x", "x"),
        (b"attachment; filename*0*=utf-8''a; filename*", ""),
        (b"attachment", ""),
    ],
)
def test_a_file_name_is_read_however_it_is_written(disposition, name):
    assert file_name(parse(b"Content-Disposition: " + disposition + b"\n\nx")) == name
