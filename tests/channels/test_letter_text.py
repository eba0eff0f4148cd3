"""Letters that carry their own text: the order of reading, what stands around the body, and where a letter begins."""

import hashlib
from io import BytesIO
from itertools import pairwise

import pytest
from tests.channels.render_letters import LETTER, NOTE, SECOND
from tests.channels.rendering import Page, Said, as_file, lines, pdf, scanned

from gehoor.channels.base import Document, Heard, Identity, NothingSaid, Outcome, Wishes
from gehoor.channels.letter.pages import page_count
from gehoor.channels.letter.reader import READER
from gehoor.kernel.errors import EngineTurn

BODY = """Geachte heer, mevrouw,

Op mijn rekening is tweemaal een bedrag van € 350,- afgeschreven en dat is
volgens mij niet juist. Kunt u dit nakijken?

Met vriendelijke groet,

Pieter Bakker"""


def read(data: bytes, wishes: Wishes | None = None) -> list[Outcome]:
    return list(READER.read(Document("brief.pdf", len(data), lambda: BytesIO(data)), wishes or Wishes()))


def heard(*pages: Page) -> Heard:
    (outcome,) = read(pdf(pages))
    assert isinstance(outcome, Heard)
    return outcome


class TestText:
    def test_lines_of_a_paragraph_run_on_and_a_broken_word_is_whole_again(self) -> None:
        text = heard(lines(LETTER)).text
        assert "De aannemer heeft zijn factuur van € 12.450,00 ingediend" in text
        assert "telkens kreeg ik een ander verhaal te horen" in text
        assert "\n\nKunt u mij vóór 15 maart" in text

    def test_an_address_keeps_its_lines(self) -> None:
        assert heard(lines(LETTER)).text.startswith("Mevrouw J. de Vries-Meijer\nKerkstraat 12\n3511 AB Utrecht\n\n")

    def test_a_hyphen_that_belongs_to_the_word_stays(self) -> None:
        text = "Wij hebben vorige week met elkaar gesproken over een bijzondere zwart-\n"
        text += "witte tekening, en over alle mogelijke in- en uitgaande betalingen die er in-\nen uitgaan."
        said = heard(lines(text)).text
        assert "in- en uitgaande" in said
        assert "in- en uitgaan." in said

    def test_every_word_stands_where_it_says_in_the_text_and_in_order(self) -> None:
        voice = heard(lines(LETTER))
        assert voice.transcription is not None
        words = voice.transcription.words
        assert all(one.end <= other.start for one, other in pairwise(words))
        covered = "".join(voice.text[word.start : word.end] for word in words)
        assert covered == "".join(voice.text.split())
        street = next(word for word in words if voice.text[word.start : word.end] == "Kerkstraat")
        assert street.box is not None and street.page == 1
        assert street.box[0] == pytest.approx(70 / 595, abs=0.01) and street.box[3] == pytest.approx(
            95.6 / 842, abs=0.02
        )

    def test_two_columns_are_read_one_after_the_other(self) -> None:
        left = "De eerste kolom vertelt\nhoe het allemaal begon in\nhet voorjaar toen wij het\nhuis kochten."
        right = "De tweede kolom gaat over\nwat er daarna gebeurde en\nwaarom wij nog steeds op\nhet depot wachten."
        text = heard([*lines(left), *lines(right, 320)]).text
        assert text.index("huis kochten") < text.index("De tweede kolom")

    def test_columns_between_lines_across_the_page_are_read_one_after_the_other(self) -> None:
        above = "Boven de kolommen staat een regel die over de hele breedte van het papier loopt, als inleiding."
        left = "De eerste kolom vertelt hoe het\nallemaal begon, in dat natte\nvoorjaar van twee jaar geleden,\n"
        left += "toen wij samen ons eerste huis\nkochten en verbouwden."
        right = "De tweede kolom gaat over wat er\ndaarna is gebeurd met het depot\nen waarom wij daar nog steeds\n"
        right += "op wachten, nu al meer dan zes\nhele maanden lang."
        below = "Onder de kolommen staat weer een regel die over de hele breedte van het papier doorloopt."
        page = [*lines(above, 70, 80), *lines(left, 70, 96), *lines(right, 251, 96), *lines(below, 70, 174)]
        text = " ".join(heard(page).text.split())
        assert "kochten en verbouwden. De tweede kolom gaat over wat er daarna" in text
        assert text.index("als inleiding") < text.index("De eerste kolom") < text.index("hele maanden lang")
        assert text.index("hele maanden lang") < text.index("Onder de kolommen")

    def test_a_table_is_read_row_by_row(self) -> None:
        page = [*lines("Beste mensen, dit betaalde ik:"), *lines("Januari\nFebruari\nMaart", 70, 120)]
        text = heard([*page, *lines("€ 350,00\n€ 350,00\n€ 700,00", 300, 120)]).text
        assert "Maart € 700,00" in text


class TestHeading:
    def test_sender_date_subject_and_numbers_are_found(self) -> None:
        voice = heard(lines(LETTER))
        assert voice.author == "J. de Vries-Meijer"
        assert voice.said_at is not None and voice.said_at.isoformat() == "2026-03-02T23:00:00+00:00"
        assert voice.subject == "bouwdepot, hypotheeknummer 12.34.567"
        assert set(voice.identities) == {
            Identity("phone", "06-12345678"),
            Identity("email", "j.devries@voorbeeld.nl"),
            Identity("customer_number", "12.34.567"),
        }

    def test_what_stands_in_the_receivers_block_is_not_the_senders(self) -> None:
        receiver = "De Linde N.V.\nAfdeling Klachten\nTel. 030-1234567\nklachten@delinde.example\n3500 AA Utrecht"
        sender = "P.J. Bakker\nHoofdstraat 1\n1234 AB Zwolle\nTel. 038-4212345"
        voice = heard([*lines(receiver, 70, 60), *lines(sender, 350, 60), *lines(BODY, 70, 200)])
        assert voice.author == "Pieter Bakker"
        assert voice.identities == (Identity("phone", "038-4212345"),)

    def test_an_account_is_no_telephone(self) -> None:
        voice = heard(lines(BODY.replace("Kunt u", "Mijn IBAN is NL91 ABNA 0417 1643 00. Kunt u")))
        assert voice.identities == ()

    def test_an_earlier_date_in_the_body_is_not_the_letters(self) -> None:
        assert heard(lines(BODY.replace("Kunt", "Dat was 3 januari 2026. Kunt"))).said_at is None

    def test_the_channel_wished_for_is_kept(self) -> None:
        (outcome,) = read(pdf([lines(NOTE)]), Wishes(channel="note"))
        assert isinstance(outcome, Heard) and outcome.channel == "note" and outcome.author == "Piet Zwart"


class TestStack:
    SHEET = (Said(90, 300, "SCHEIDINGSVEL", "Helvetica-Bold", 44),)

    def test_a_separator_sheet_parts_letters_and_says_nothing(self) -> None:
        first, sheet, second = read(
            pdf([lines(LETTER), self.SHEET, lines("Tweede brief zonder aanhef of datum erin.")])
        )
        assert isinstance(first, Heard) and isinstance(second, Heard) and isinstance(sheet, NothingSaid)
        assert (first.position, sheet.position, second.position) == ("page 1", "page 2", "page 3")
        assert page_count(first.original, first.media_type) == page_count(second.original, second.media_type) == 1

    def test_letters_without_separator_are_told_apart_and_blank_backs_stay_with_theirs(self) -> None:
        first, rest = LETTER.split("\n\nKunt u")
        outcomes = read(pdf([lines(first), [], lines("Kunt u" + rest), [], lines(SECOND), [], lines(NOTE)]))
        assert [outcome.position for outcome in outcomes] == ["pages 1-4", "pages 5-6", "page 7"]
        one, two, _ = outcomes
        assert isinstance(one, Heard) and isinstance(two, Heard)
        assert one.text.endswith("J. de Vries-Meijer") and two.author == "A. el Amrani"

    def test_a_page_that_says_it_is_the_second_goes_on(self) -> None:
        (outcome,) = read(pdf([lines(SECOND), lines("blad 2\n\n" + SECOND)]))
        assert outcome.position == "pages 1-2"

    def test_one_letter_keeps_its_bytes_and_is_known_by_them(self) -> None:
        data = pdf([lines(LETTER), lines("Bijlage: overzicht van wat ik al heb betaald")])
        (outcome,) = read(data)
        assert isinstance(outcome, Heard)
        assert outcome.original == data
        assert outcome.native_id == hashlib.sha256(data).hexdigest() and outcome.id_is_global

    def test_the_letters_of_a_stack_have_ids_of_their_own_and_the_same_bytes_every_time(self) -> None:
        data = pdf([lines(LETTER), self.SHEET, lines(SECOND)])
        once, twice = ([each for each in read(data) if isinstance(each, Heard)] for _ in range(2))
        assert [each.original for each in once] == [each.original for each in twice]
        assert len({each.native_id for each in once}) == 2
        assert [each.native_id for each in once] == [each.native_id for each in twice]


class TestLayer:
    """Whether the text that a file carries is believed."""

    def test_garbage_is_left_to_an_engine(self) -> None:
        garbage = "\n".join("Wkl vlm qhk rxw rrn qlhw phhu zdw kxou" for _ in range(8))
        with pytest.raises(EngineTurn):
            read(pdf([lines(garbage)]))

    def test_a_poor_text_under_a_picture_is_left_to_an_engine(self) -> None:
        picture = as_file(scanned(lines(LETTER), 60), "JPEG", quality=20)
        poor = LETTER.replace("e", "c").replace("i", "l").replace("n", "ri")
        with pytest.raises(EngineTurn):
            read(pdf([[Said(s.left, s.top, s.text, hidden=True) for s in lines(poor)]], [picture]))

    def test_a_good_text_under_a_picture_is_taken_and_unknown_words_are_unsure(self) -> None:
        picture = as_file(scanned(lines(LETTER), 60), "JPEG", quality=20)
        (outcome,) = read(pdf([[Said(s.left, s.top, s.text, hidden=True) for s in lines(LETTER)]], [picture]))
        assert isinstance(outcome, Heard) and outcome.transcription is not None
        unsure = {outcome.text[w.start : w.end] for w in outcome.transcription.words if w.confidence < 0.8}
        assert "12.34.567" in unsure and "wacht" not in unsure

    def test_a_blank_document_says_nothing(self) -> None:
        (outcome,) = read(pdf([[]]))
        assert isinstance(outcome, NothingSaid)
