"""Reviews of the sites that we know: the score stays, the owner's answer is a reply, each once."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.channels.base import Direction, Document, Heard, Identity, NothingSaid, Outcome, Unreadable, Wishes
from gehoor.channels.registry import reader_for
from gehoor.channels.review import reader
from gehoor.channels.review.reader import READER
from gehoor.channels.review.review import ONLY_A_MARK, as_written
from gehoor.kernel.errors import CannotRead

FIXTURES = Path(reader.__file__).parent / "fixtures"
WHOLE = sorted(path.name for path in FIXTURES.iterdir() if path.name.startswith(("whole", "minimal")))


def document(data: bytes | str, name: str = "reviews.csv") -> Document:
    held = data.encode() if isinstance(data, str) else data
    return Document(name, len(held), lambda: io.BytesIO(held))


def fixture(name: str, as_name: str = "") -> list[Outcome]:
    return list(READER.read(document((FIXTURES / name).read_bytes(), as_name or name), Wishes()))


def voices(found: list[Outcome]) -> list[Heard]:
    return [each for each in found if isinstance(each, Heard) and each.direction is Direction.FROM_CUSTOMER]


def replies(found: list[Outcome]) -> list[Heard]:
    return [each for each in found if isinstance(each, Heard) and each.direction is Direction.TO_CUSTOMER]


def table(*rows: list[str]) -> str:
    held = io.StringIO()
    csv.writer(held).writerows(rows)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "text", "score", "subject", "answer"),
    [
        ("whole-google-play.csv", "Elke dag opnieuw inloggen, hopeloos.", 1, "",
         "Wat vervelend! In de volgende versie is dit opgelost."),
        ("whole-trustpilot.csv", "Mijn bouwdepot is na drie weken nog niet uitbetaald.", 2, "Drie weken wachten",
         "Dank voor uw bericht, wij hebben u gebeld."),
        ("whole-klantenvertellen.csv", "Duidelijk advies, wel lang gewacht.", 8.5, "Goed geholpen", "Bedankt Anja!"),
        ("whole-google.json", "Niemand neemt de telefoon op.", 2, "", "Beste Anja, wij bellen u vandaag."),
        ("whole-app-store.json", "Lukt nooit in een keer.", 1, "Inloggen", "Dit is opgelost in 1.3."),
        ("whole-kiyoh.json", "Het duurde lang voor ik iemand sprak.", 7, "Goed, maar traag", "Dank, wij werken eraan."),
        ("minimal-feed.json", "Lukt nooit.", 1, "Inloggen", ""),
        ("minimal-airbnb.csv", "Heel fijn verblijf, vriendelijke mensen.", None, "", ""),
    ],
)  # fmt: skip
def test_a_review_of_each_site(name: str, text: str, score: float | None, subject: str, answer: str) -> None:
    found = fixture(name)
    first = voices(found)[0]
    assert (first.text, first.score, first.subject, first.channel) == (text, score, subject, "review")
    assert [each.text for each in replies(found)] == ([answer] if answer else [])
    for reply in replies(found):
        assert reply.original == first.original
        if first.native_id:
            assert (reply.thread, reply.native_id) == ((first.native_id,), f"{first.native_id}#answer")
        else:
            assert reply.conversation == first.conversation != ""


@pytest.mark.parametrize("name", WHOLE)
def test_it_is_recognised_and_known_under_another_name(name: str) -> None:
    data = (FIXTURES / name).read_bytes()
    assert reader_for(document(data, name), Wishes()) is READER
    other = f"download (1){Path(name).suffix}"
    ids = [each.native_id for each in voices(fixture(name))]
    assert ids == [each.native_id for each in voices(fixture(name, other))]
    assert len(set(ids)) == len(ids) or "klantenvertellen" in name


def test_a_mark_without_words_says_nothing_and_a_title_alone_is_the_text() -> None:
    found = fixture("whole-google-play.csv")
    assert [each.reason for each in found if isinstance(each, NothingSaid)] == [ONLY_A_MARK]
    assert (voices(found)[1].text, voices(found)[1].subject) == ("Great", "")


def test_times_of_a_column_in_utc_are_utc_and_others_are_of_amsterdam() -> None:
    assert voices(fixture("whole-trustpilot.csv"))[0].said_at == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert voices(fixture("whole-klantenvertellen.csv"))[0].said_at == datetime(2026, 2, 28, 23, tzinfo=UTC)


def test_who_was_invited_is_known_and_a_nickname_is_nobody() -> None:
    assert voices(fixture("whole-trustpilot.csv"))[0].identities == (Identity("customer_number", "K-1001"),)
    assert voices(fixture("whole-app-store.json"))[0].identities == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Slecht.\n\n(Translated by Google)\nBad.", "Slecht."),
        ("(Translated by Google) Bad.\n\n(Original)\nSlecht.", "Slecht."),
        ("Slecht.", "Slecht."),
        ("", ""),
        ("(Translated by Google) \n\n(Original)\n", ""),
    ],
)
def test_the_translation_of_google_is_left_out(text: str, told: str) -> None:
    assert as_written(text) == told


def test_an_answer_that_came_later_does_not_make_the_review_another() -> None:
    heading = ["Review Id", "Review Username", "Review Title", "Review Content", "Review Stars", "Company Reply"]
    before = list(READER.read(document(table(heading, ["1", "A", "t", "Te laat", "1", ""])), Wishes()))
    after = list(READER.read(document(table(heading, ["1", "A", "t", "Te laat", "1", "Sorry"])), Wishes()))
    assert voices(before)[0].native_id == voices(after)[0].native_id == replies(after)[0].thread[0]


def test_a_workbook() -> None:
    book = openpyxl.Workbook()
    for row in csv.reader((FIXTURES / "whole-trustpilot.csv").read_text().splitlines()):
        book.active.append(row)  # type: ignore[union-attr]
    held = io.BytesIO()
    book.save(held)
    it = document(held.getvalue(), "reviews.xlsx")
    assert reader_for(it, Wishes()) is READER
    assert [each.score for each in voices(list(READER.read(it, Wishes())))] == [2, 5]


@pytest.mark.parametrize(
    "columns",
    [
        ["text", "score"],
        ["Totaalscore", "Toelichting"],
        ["id", "comments"],
        ["review", "rating"],
        ["Response ID", "comment"],
    ],
)
def test_other_tables_are_left_to_other_readers(columns: list[str]) -> None:
    it = document(table(columns, ["1", "Mijn brief is weg"]))
    assert READER.recognise(it, Wishes()).confidence == 0
    with pytest.raises(CannotRead):
        list(READER.read(it, Wishes()))


def test_whoever_gives_a_mapping_or_another_channel_has_the_table_reader() -> None:
    data = (FIXTURES / "whole-trustpilot.csv").read_bytes()
    for wishes in (Wishes("survey"), Wishes(mapping={"text": "Review Title"})):
        assert READER.recognise(document(data), wishes).confidence == 0


def test_headings_without_reviews_and_json_without_any() -> None:
    for name, data in (
        ("a.csv", (FIXTURES / "broken-only-headings.csv").read_text()),
        ("a.json", '{"reviewContent":[]}'),
    ):
        with pytest.raises(CannotRead):
            list(READER.read(document(data, name), Wishes()))


def test_a_broken_review_among_good_ones() -> None:
    good = {"reviewId": "1", "starRating": "ONE", "comment": "a"}
    strange, long = {"starRating": 5, "comment": {"x": 1}}, {**good, "reviewId": "2", "comment": "x" * 5_000_000}
    whole = {"reviews": [good, 3, strange, long, {**good, "reviewId": "3"}]}
    found = list(READER.read(document(json.dumps(whole), "reviews.json"), Wishes()))
    assert [each.native_id for each in voices(found)] == ["google-1", "google-3"]
    assert [each.error.code for each in found if isinstance(each, Unreadable)] == ["too_large"]


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(sorted(path.name for path in FIXTURES.iterdir())), st.data())
def test_a_mutated_fixture_stays_within_the_contract(name: str, data: st.DataObject) -> None:
    whole = bytearray((FIXTURES / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    it = document(bytes(whole), name)
    assert 0 <= READER.recognise(it, Wishes()).confidence <= 1
    try:
        found = list(READER.read(it, Wishes()))
    except CannotRead:
        return
    for each in found:
        assert each.position and each.original
        if isinstance(each, Heard):
            each.text.encode()
            assert "\0" not in each.text
