"""The board letter: drawn and not chosen, without names, on one page, and the same ten minutes for everyone."""

from datetime import timedelta

import pypdfium2 as pdfium
import pytest
from django.urls import reverse

from gehoor.channels.outgoing import Letterhead
from gehoor.kernel.errors import NotAllowed, NotFound, Refused
from gehoor.rooms.listening.board.actions import (
    access_by_code,
    do_begin_stack,
    do_blot_also,
    do_choose_figure,
    do_choose_passage,
    do_draw_again,
    do_remove_letter,
    do_write_letter,
)
from gehoor.rooms.listening.board.erasing import quotes_of
from gehoor.rooms.listening.board.page import page_of, printed
from gehoor.rooms.listening.board.quoting import LONGEST, passages
from gehoor.rooms.listening.erasing import erase
from gehoor.rooms.listening.models import BoardQuote, Figure
from gehoor.rooms.privacy.rights import Subject
from gehoor.rooms.public.letterhead import do_set_letterhead
from gehoor.rooms.voices.models import Voice

from .conftest import START, colleague, say

pytestmark = pytest.mark.django_db
DAY = START.date()
LONG = (
    "Ik wacht nu negen weken op de uitbetaling van mijn bouwdepot en niemand kan mij vertellen waar het op wacht. "
    "De aannemer staat voor de deur en ik schaam mij. Bel mij op 06-5550 6729 of vraag naar mevrouw Van der Laan. "
)


def speak(channel, day, text, **more):
    """A voice that says this."""
    voice = say(channel, 5, day, **more)
    Voice.objects.filter(pk=voice.pk).update(text=text, words=len(text.split()))
    voice.refresh_from_db()
    return voice


@pytest.fixture
def voices(hand):
    return [
        speak("letter", day, f"Geachte heer, mevrouw,\n\n{LONG}Dit is brief {day}. " + LONG * 3, author="Wim Kadijk")
        for day in range(1, 9)
    ]


def write(actor, **more):
    asked = {
        "meeting": "de directie",
        "held_on": DAY,
        "since": DAY,
        "until": DAY + timedelta(days=30),
        "language": "nl",
    }
    return do_write_letter(actor=actor, **{**asked, "seed": 7, **more})


def text_of(pdf):
    document = pdfium.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return pages


def test_three_voices_of_the_period_are_quoted_word_for_word_and_the_same_seed_gives_the_same(manager, voices):
    say("letter", 400, 90)
    letter, again = write(manager), write(manager)
    quotes = list(letter.quotes.order_by("position"))
    assert len(quotes) == 3
    assert [each.voice_id for each in quotes] == [each.voice_id for each in again.quotes.order_by("position")]
    assert all(each.voice.pk in {voice.pk for voice in voices} for each in quotes)
    assert all(0 < each.end - each.start <= LONGEST for each in quotes)
    assert letter.drawn_from == len(voices)


def test_what_points_to_someone_is_not_on_the_page(manager, voices):
    Voice.objects.update(
        text=LONG + "Ik ben Wim Kadijk en ik schrijf u nog een keer over de uitbetaling van mijn depot."
    )
    letter = write(manager)
    for quote in letter.quotes.all():
        BoardQuote.objects.filter(pk=quote.pk).update(start=0, end=len(quote.voice.text))
    said = " ".join(each.text for each in page_of(letter).quotes)
    assert "[telefoonnummer]" in said
    assert "[naam]" in said
    assert not any(word in said for word in ("06-5550", "Laan", "Kadijk"))


def test_words_that_the_maker_names_go_too(manager, voices):
    letter = write(manager)
    do_blot_also(actor=manager, letter=letter, words=[" aannemer ", "", "aannemer"])
    assert letter.also_blotted == ["aannemer"]
    assert "aannemer" not in " ".join(each.text for each in page_of(letter).quotes)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("figure", Figure)
def test_it_is_one_page_in_its_language_with_its_figure_and_its_link(manager, voices, language, figure):
    do_set_letterhead(letterhead=Letterhead("Hypotheekhuis De Linde"), actor=None)
    letter = write(manager, language=language, figure=figure, meeting="het overleg van de raad van commissarissen " * 2)
    pages = text_of(printed(letter, "https://gehoor.delinde.example/luisteren/bestuursbrief/abcdefgh/"))
    words = page_of(letter).words
    assert len(pages) == 1
    page = " ".join(pages[0].split())
    assert words["value"] in page
    assert {"nl": "Wat klanten ons vertelden", "en": "What customers told us"}[language] in page
    assert "Hypotheekhuis De Linde" in page
    assert "https://gehoor.delinde.example/luisteren/bestuursbrief/abcdefgh/" in page.replace(" ", "")


def test_the_figure_counts_what_was_heard_in_the_period(manager, voices):
    letter = write(manager, figure=Figure.UNHEARD)
    assert page_of(letter).words["value"] == "8 van de 8"
    assert letter.figures["customer_minutes"] > 8 * 20


def test_drawing_again_is_counted_and_said(manager, voices):
    letter = write(manager)
    assert "keer geloot" not in page_of(letter).words["drawn"]
    do_draw_again(actor=manager, letter=letter)
    do_draw_again(actor=manager, letter=letter)
    assert letter.draws == 3
    assert "3 keer geloot" in page_of(letter).words["drawn"]
    assert letter.quotes.count() == 3


def test_another_passage_of_the_same_voice_can_be_quoted(manager, voices):
    letter = write(manager)
    quote = letter.quotes.get(position=2)
    start, end = passages(quote.voice.text)[-1]
    do_choose_passage(actor=manager, letter=letter, position=2, start=start)
    quote.refresh_from_db()
    assert (quote.start, quote.end) == (start, end)
    with pytest.raises(NotFound):
        do_choose_passage(actor=manager, letter=letter, position=2, start=start + 1)
    with pytest.raises(NotFound):
        do_choose_passage(actor=manager, letter=letter, position=4, start=0)


def test_everyone_who_comes_by_the_link_finds_the_same_ten_minutes(manager, adviser, voices):
    letter = write(manager)
    one, other = do_begin_stack(actor=manager, letter=letter), do_begin_stack(actor=adviser, letter=letter)
    assert one.pk != other.pk
    assert do_begin_stack(actor=manager, letter=letter).pk == one.pk
    stacks = [list(each.stack.order_by("position").values_list("voice_id", flat=True)) for each in (one, other)]
    assert stacks[0] == stacks[1] != []


def test_an_erased_voice_leaves_the_letter_with_what_was_blotted(manager, voices):
    letter = write(manager)
    do_blot_also(actor=manager, letter=letter, words=["Truus"])
    gone = letter.quotes.get(position=1).voice_id
    kept = letter.quotes.get(position=2).voice_id
    assert [row["voice"] for row in quotes_of([gone])] == [str(Voice.objects.get(pk=gone).public_id)]
    erase(Subject(person=None, voices=[gone]))
    letter.refresh_from_db()
    assert (page_of(letter).lost, letter.also_blotted) == (1, [])
    assert BoardQuote.objects.filter(voice=kept).exists()
    assert len(text_of(printed(letter, "https://x.example/"))) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"since": DAY + timedelta(days=300), "until": DAY + timedelta(days=330)},
        {"since": DAY, "until": DAY - timedelta(days=1)},
        {"language": "fr"},
    ],
)
def test_a_letter_that_cannot_be_written_is_refused_and_leaves_nothing(manager, voices, wrong):
    with pytest.raises(Refused):
        write(manager, **wrong)
    assert not BoardQuote.objects.exists()


def test_a_figure_without_anything_to_say_is_refused(manager, hand):
    for day in range(4):
        speak("email", day, LONG)
    letter = write(manager, figure=Figure.PAPER)
    assert letter.figure == Figure.MINUTES
    with pytest.raises(Refused):
        do_choose_figure(actor=manager, letter=letter, figure=Figure.PAPER)


def test_who_may_not_listen_writes_and_reads_none(manager, voices):
    letter, stranger = write(manager), colleague("administrator")
    for act in (
        lambda: write(stranger),
        lambda: access_by_code(actor=stranger, code=letter.code),
        lambda: do_draw_again(actor=stranger, letter=letter),
        lambda: do_begin_stack(actor=stranger, letter=letter),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_from_the_form_to_the_stack_and_back_by_the_screens(client, manager, adviser, voices):
    client.force_login(manager)
    form = {
        "meeting": "Directie",
        "held_on": "2025-03-20",
        "since": "2025-03-03",
        "until": "2025-04-02",
        "language": "nl",
    }
    answer = client.post(reverse("listening:board"), form, follow=True)
    page = answer.content.decode()
    letter = answer.context["letter"]
    assert "Drie ervan, woord voor woord" in page
    assert client.get(reverse("listening:board_pdf", args=[letter.public_id])).content.startswith(b"%PDF")
    choices = client.get(reverse("listening:board_passage", args=[letter.public_id, 1]))
    assert choices.status_code == 200
    change = reverse("listening:board_change", args=[letter.public_id, "figure"])
    assert "8 van de 8" in client.post(change, {"figure": "unheard"}, follow=True).content.decode()
    assert client.post(change, {"figure": "luck"}).status_code == 404
    client.force_login(adviser)
    stack = reverse("listening:board_stack", args=[letter.code.upper()])
    assert "Tien minuten luisteren" in client.get(stack).content.decode()
    assert client.post(stack, follow=True).context["session"].listener == adviser


@pytest.mark.parametrize(
    "wrong", [{}, {"since": "gisteren"}, {"language": "xx"}, {"meeting": "x" * 200}, {"held_on": "2025-02-31"}]
)
def test_a_form_that_makes_no_sense_comes_back_with_what_is_wrong(client, manager, voices, wrong):
    client.force_login(manager)
    form = {"held_on": "2025-03-20", "since": "2025-03-03", "until": "2025-04-02", "language": "nl", **wrong}
    answer = client.post(reverse("listening:board"), form if wrong else {})
    assert answer.status_code == 422


def test_a_letter_that_was_put_away_can_be_taken_back(client, manager, voices):
    letter = write(manager)
    client.force_login(manager)
    client.post(reverse("listening:board_remove", args=[letter.public_id]))
    assert client.get(reverse("listening:board_letter", args=[letter.public_id])).status_code == 404
    assert client.get(reverse("listening:board_stack", args=[letter.code])).status_code == 404
    client.post(reverse("listening:board_restore", args=[letter.public_id]))
    assert client.get(reverse("listening:board_letter", args=[letter.public_id])).status_code == 200
    do_remove_letter(actor=manager, letter=letter)
