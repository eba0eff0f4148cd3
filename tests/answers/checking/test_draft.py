"""What of a pasted draft is ours: history, signatures, markup, wrong encodings, far too long texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gehoor.rooms.answers.checking.draft import LONGEST, read_draft

ANSWER = "U mag ieder jaar 15 % boetevrij aflossen.\n\nDat kost u niets."
HISTORY = "\n\nOp 3 maart 2025 schreef A. de Vries <ans@example.nl>:\n> Mag ik 20 % aflossen?\n> Groet, Ans"


def test_a_quoted_mail_below_the_draft_is_not_ours():
    draft = read_draft(ANSWER + HISTORY)
    assert draft.own == ANSWER
    assert draft.quoted
    assert "20 %" in draft.text


def test_positions_in_what_is_ours_are_positions_in_the_draft():
    draft = read_draft("Van: Ans\n" + ANSWER + HISTORY)
    assert len(draft.ours) == len(draft.text)
    assert [draft.text[a:b] for a, b in draft.sentences()][-2:] == [
        "U mag ieder jaar 15 % boetevrij aflossen.",
        "Dat kost u niets.",
    ]


@pytest.mark.parametrize("text", ["", "  \n\t ", "> Mag ik 20 % aflossen?\n> Groet, Ans", HISTORY.strip()])
def test_a_draft_without_anything_of_ours_is_empty(text):
    assert read_draft(text).empty


def test_a_signature_is_not_ours_to_check():
    assert "2025" not in read_draft(ANSWER + "\n\n-- \nJan de Boer\nSinds 2025 bij De Linde").ours


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252", "utf-8-sig"])
def test_bytes_are_read_in_the_encoding_they_are_in(encoding):
    assert "€ 250 café" in read_draft("Dit kost € 250 café.".encode(encoding)).text


def test_markup_is_not_read_as_text_and_stays_in_place():
    markup = "<p>U mag <b onmouseover='x'>15 %</b> aflossen.</p><script>var boete = '90 %';</script>"
    draft = read_draft(markup)
    assert "90 %" not in draft.ours
    assert draft.ours.index("15 %") == markup.index("15 %")
    assert draft.text == markup


def test_smaller_and_larger_signs_in_plain_text_are_no_markup():
    assert read_draft("Bij een inkomen < 40.000 en > 20.000 euro.").own == "Bij een inkomen < 40.000 en > 20.000 euro."


def test_a_megabyte_is_cut_and_says_so():
    draft = read_draft("Dit is een zin die nergens over gaat. " * 30_000)
    assert draft.cut
    assert len(draft.text) == LONGEST
    assert not read_draft("Kort.").cut


@pytest.mark.parametrize("filling", ["<", "<p", "<script>", "> ", "\0", "\u202e", "Van: "])
def test_hostile_texts_come_to_an_end(filling):
    assert len(read_draft("<p>" + filling * 20_000).text) <= LONGEST


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=400))
def test_nothing_that_is_shown_moves(text):
    draft = read_draft(text)
    assert len(draft.ours) == len(draft.text)
    assert all(ours in (shown, " ") for ours, shown in zip(draft.ours, draft.text, strict=True))
