"""Web archives: every page goes to whoever knows it, what is no page is counted, and no record stops another."""

import gzip
import zlib
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.channels.pages.reading import document, fixture, fixtures, heard, keeps_the_contract, mutated, ours
from tests.channels.web_archive.archives import answer, arc, chunked, members, post, record

from gehoor.channels.base import Direction, Heard, NothingSaid, Outcome, Unreadable, Wishes
from gehoor.channels.registry import reader_for
from gehoor.channels.web_archive.reader import READER, SILENT
from gehoor.channels.web_archive.tally import SUMMARY
from gehoor.kernel.errors import Damaged

WHOLE = "whole-archive.warc.gz"


def read(data: bytes, name: str = "a.warc", wishes: Wishes | None = None) -> list[Outcome]:
    return list(READER.read(document(data, name), wishes or Wishes()))


def told(found: list[Outcome]) -> dict[str, dict[str, object]]:
    """The summaries, by site."""
    return {
        str(each.values["site"]): dict(each.values) for each in found if isinstance(each, NothingSaid) and each.values
    }


def texts(found: list[Outcome]) -> list[str]:
    return [each.text for each in found if isinstance(each, Heard)]


def test_every_page_goes_to_the_channel_that_knows_it() -> None:
    found = read(fixture("web_archive", WHOLE), WHOLE)
    assert Counter(each.channel for each in found if isinstance(each, Heard)) == {
        "web_archive": 6,
        "forum": 4,
        "blog": 4,
    }


def test_what_was_found_and_what_not_is_told_by_site() -> None:
    found = read(fixture("web_archive", WHOLE), WHOLE)
    hyves = told(found)["hyves.nl"]
    assert (hyves["heard"], hyves["silent"], hyves["redirects"], hyves["errors"], hyves["repeats"]) == (2, 1, 1, 1, 1)
    assert told(found)["hyves-static.net"]["images"] == 1
    assert told(found)["hyves-static.net"]["others"] == 1
    assert told(found)["the archive itself"]["notes"] == 1
    listing = next(each for each in found if isinstance(each, NothingSaid) and each.values.get("site") == "hyves.nl")
    assert listing.reason == SUMMARY
    assert b"http://weg.hyves.nl/ 404" in listing.original
    assert SUMMARY.format_map(listing.values)


def test_a_page_on_which_nobody_speaks_is_kept() -> None:
    found = read(fixture("web_archive", WHOLE), WHOLE)
    silent = [each for each in found if isinstance(each, NothingSaid) and each.reason == SILENT]
    assert [each.position for each in silent] == ["http://www.hyves.nl/"]
    assert b"always in touch" in silent[0].original


def test_a_redirect_leads_nowhere() -> None:
    """Nothing is fetched: an address on this machine is only listed."""
    data = record("http://a.example/", answer(b"", status="302 Found", Location="http://127.0.0.1:1/geheim"))
    found = read(data)
    assert told(found)["a.example"]["redirects"] == 1
    assert b"127.0.0.1" in found[0].original


@pytest.mark.parametrize("packing", ["gzip", "deflate", "chunks", "chunked gzip", "raw deflate"])
def test_bodies_are_unpacked_however_they_were_sent(packing: str) -> None:
    body = fixture("forum", "whole-smf.html")
    raw = zlib.compressobj(wbits=-15)
    sent = {
        "gzip": answer(gzip.compress(body), Content_Encoding="gzip"),
        "deflate": answer(zlib.compress(body), Content_Encoding="deflate"),
        "raw deflate": answer(raw.compress(body) + raw.flush(), Content_Encoding="deflate"),
        "chunks": answer(chunked(body), Transfer_Encoding="chunked"),
        "chunked gzip": answer(chunked(gzip.compress(body)), Transfer_Encoding="chunked", Content_Encoding="gzip"),
    }[packing]
    assert len(texts(read(record("https://www.belastingpraat.example/index.php?topic=310.0", sent)))) == 2


def test_what_stays_packed_is_listed() -> None:
    data = record("http://a.example/", answer(b"\x1b\x03\0\xf8", Content_Encoding="br")) + post(1)
    found = read(data)
    assert [each.error.code for each in found if isinstance(each, Unreadable)] == ["not_unpacked"]
    assert len(texts(found)) == 1


@pytest.mark.parametrize(
    "make", [b"".join, lambda parts: members(*parts), lambda parts: gzip.compress(b"".join(parts))]
)
def test_plain_compressed_by_record_and_compressed_as_a_whole_give_the_same(make: object) -> None:
    data = make([post(1), post(2), post(3)])  # type: ignore[operator]
    assert reader_for(document(data, "oud.bin"), Wishes()) is READER
    assert len(texts(read(data))) == 3


def test_an_arc_is_read_too() -> None:
    page = answer(fixture("web_archive", "minimal-hyves.html"))
    found = read(
        arc(("http://kees12.hyves.nl/", page), ("http://x.example/", answer(b"<html>niets</html>"))), "oud.arc"
    )
    assert texts(found) == ["Hoe lang duurt dat nou bij de bank"]
    assert told(found)["x.example"]["silent"] == 1


@pytest.mark.parametrize("length", [0, 1, 40, 10_000, 10**14])
def test_a_record_that_lies_about_its_length_stops_no_other(length: int) -> None:
    lying = record("http://a.example/", answer(b"<html>leugen</html>"), length=length)
    found = read(post(1) + lying + post(2) + post(3))
    ids = [each.native_id for each in found if isinstance(each, Heard)]
    assert ids == [f"forum.example/{number}" for number in (1, 2, 3)]
    assert any(isinstance(each, Unreadable) and each.error.code == "record_broken" for each in found)


@pytest.mark.parametrize("length", ["-5", "veel", "1e9", "9" * 400, ""])
def test_a_length_that_is_no_number_stops_no_other(length: str) -> None:
    broken = post(2).replace(b"Content-Length: ", f"Content-Length: {length} #".encode())
    found = read(post(1) + broken + post(3))
    assert len(texts(found)) >= 2
    assert any(isinstance(each, Unreadable) for each in found)


def test_rubbish_between_records_is_listed_once() -> None:
    found = read(post(1) + b"rommel\n" * 50_000 + post(2))
    assert len(texts(found)) == 2
    assert sum(isinstance(each, Unreadable) for each in found) == 1


def test_a_cut_archive_gives_what_came_before_the_cut() -> None:
    whole = post(1) + post(2)
    for data in (whole[:-40], members(post(1), post(2))[:-30], gzip.compress(whole * 50)[:-5]):
        found = read(data)
        assert "Ik wacht nog steeds." in texts(found)[0]
        assert any(isinstance(each, Unreadable) for each in found)


def test_an_archive_without_a_record_is_refused() -> None:
    with pytest.raises(Damaged):
        read(b"WARC/1.0" + b"x" * 100)


def test_what_is_only_called_an_archive_is_refused_as_one() -> None:
    whole = document(b"http://a.example/ 1.2.3.4 niets\n", "slecht.arc")
    assert reader_for(whole, Wishes()) is READER
    with pytest.raises(Damaged):
        READER.read(whole, Wishes())


def test_a_post_in_two_captures_has_one_id() -> None:
    again = post(1).replace(b"2009-05-14", b"2010-05-14")
    found = [each for each in read(post(1) + again) if isinstance(each, Heard)]
    assert found[0].native_id == found[1].native_id


def test_an_endless_page_is_bounded() -> None:
    bomb = record(
        "http://a.example/", answer(gzip.compress(b"<p>nog een alinea</p>" * 2_000_000), Content_Encoding="gzip")
    )
    found = read(bomb + post(1))
    assert [each.error.code for each in found if isinstance(each, Unreadable)] == ["too_large"]
    assert len(texts(found)) == 1


def test_a_page_that_cannot_be_taken_apart_stops_no_other() -> None:
    tangled = record("http://a.example/x", answer(b'<div id="p1" class="post">' + b"<div>" * 100_000))
    found = read(tangled + post(1))
    assert [each.error.code for each in found if isinstance(each, Unreadable)] == ["page_tangled"]
    assert len(texts(found)) == 1


def test_a_thousand_sites_are_told_in_few_lines() -> None:
    data = b"".join(record(f"http://site{each}.example/", answer(b"x", "image/png")) for each in range(1_000))
    sites = told(read(data))
    assert len(sites) < 50
    assert sites["other sites"]["images"] == 960


# Hyves


def test_krabbels_have_author_moment_and_words() -> None:
    page = fixture("web_archive", "whole-hyves-krabbels.html")
    rob, linde, wil = heard(READER, page, wishes=ours("delinde"))
    assert (
        rob.text
        == "Heey Annie! Hebben jullie bij De Linde ook zo lang moeten wachten op de offerte? Wij nu al zes weken :@"
    )
    assert [(each.value, each.network) for each in rob.identities] == [("rob1975", "hyves")]
    assert rob.said_at is not None
    assert rob.said_at.isoformat() == "2009-05-12T19:14:00+00:00"
    assert rob.native_id == "hyves/krabbel/7781203"
    assert linde.direction is Direction.TO_CUSTOMER
    assert [each.value for each in linde.recipients] == ["annie-veldkamp"]
    assert wil.text.startswith("Gefeliciteerd")
    assert len({each.conversation for each in (rob, linde, wil)}) == 1


def test_a_krabbel_of_yesterday_is_dated_by_its_archive() -> None:
    data = record(
        "http://annie-veldkamp.hyves.nl/krabbels/", answer(fixture("web_archive", "whole-hyves-krabbels.html"))
    )
    wil = [each for each in read(data) if isinstance(each, Heard)][-1]
    assert wil.said_at is not None
    assert wil.said_at.isoformat() == "2009-05-13T18:13:00+00:00"


def test_a_krabbel_without_a_number_is_known_in_another_capture() -> None:
    page = fixture("web_archive", "whole-hyves-krabbels.html")
    one = record("http://annie-veldkamp.hyves.nl/krabbels/", answer(page), seen="2009-05-14T08:00:00Z")
    two = record("http://annie-veldkamp.hyves.nl/krabbels/", answer(page), seen="2009-06-14T08:00:00Z")
    ids = Counter(each.native_id for each in read(one + two) if isinstance(each, Heard))
    assert set(ids.values()) == {2}


def test_a_blog_what_was_said_below_it_and_wie_wat_waar_are_told_apart() -> None:
    blog, comment, www = heard(READER, fixture("web_archive", "whole-hyves-blog.html"))
    assert (blog.author, blog.subject) == ("rob1975", "Eindelijk de sleutel")
    assert "Proficiat" not in blog.text
    assert (comment.author, comment.thread) == ("Annie", (blog.native_id,))
    assert www.text == "staat in de wacht bij de hypotheekbank"
    ours_too = heard(READER, fixture("web_archive", "whole-hyves-blog.html"), wishes=ours("rob1975"))
    assert ours_too[0].direction is Direction.TO_EVERYONE


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(fixtures("web_archive")), st.integers(0, 2**32))
def test_any_mutation_keeps_the_contract(name: str, seed: int) -> None:
    data = fixture("web_archive", name)
    plain = gzip.decompress(data) if name.endswith(".gz") else data
    keeps_the_contract(READER, mutated(plain, seed), name)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([post(1), post(2), b"\r\n", b"WARC/1.0\r\n\r\n", b"WARC/1.1\r\nx", b"rommel"]), max_size=9)
)
def test_records_in_any_order_with_anything_between_them_keep_the_contract(parts: list[bytes]) -> None:
    found = keeps_the_contract(READER, b"WARC/1.0\r\n" + b"".join(parts), "a.warc")
    if not isinstance(found, str):
        assert len(texts(found)) <= sum(each.startswith(b"WARC/1.0\r\nWARC-Type") for each in parts)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_after_compression_keep_the_contract(data: bytes) -> None:
    keeps_the_contract(READER, gzip.compress(post(1)) + data, "a.warc.gz")
