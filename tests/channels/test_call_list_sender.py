"""The call list on paper: who, which number, what to say, and room for what came of it."""

import re
from contextlib import closing
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from gehoor.channels.base import Identity
from gehoor.channels.call import sender as call_sender
from gehoor.channels.call.number import as_read
from gehoor.channels.call.sender import SENDER
from gehoor.channels.outgoing import Addressee, Letterhead, Outgoing, Printer
from gehoor.channels.registry import senders
from gehoor.kernel.errors import CannotDeliver

HEAD = Letterhead("De Linde")


def call(key: str = "k", name: str = "Mevrouw De Vries", number: str = "+31612345678", **others: object) -> Outgoing:
    to = Addressee(name, Identity("phone", number))
    points = ("Uitbetaling binnen drie dagen.", "Vraag of het sneller gaat.")
    made = Outgoing(key, to, "het bouwdepot", "Goedemiddag.\n\nSchikt het?", "nl", date(2026, 3, 12), points)
    return replace(made, **others)


def render(*messages: Outgoing, **settings: str) -> list[str]:
    """The words of each page."""
    with closing(pypdfium2.PdfDocument(SENDER.render(settings, HEAD, messages))) as document:
        pages = [document[number].get_textpage().get_text_range() for number in range(len(document))]
    return [re.sub(r"\s+", " ", page.replace("\u200b", "")) for page in pages]


def test_the_registry_has_it_as_a_printer() -> None:
    assert isinstance(senders()["call_list"], Printer)


def test_each_call_says_who_which_number_and_what_to_say_and_can_be_ticked() -> None:
    (page,) = render(call())
    for piece in (
        *("Bellijst", "1 gesprek, 12 maart 2026", "Mevrouw De Vries", "06 12 34 56 78", "het bouwdepot"),
        *("Uitbetaling binnen drie dagen.", "Vraag of het sneller gaat.", "Goedemiddag. Schikt het?"),
        *("bereikt", "voicemail", "geen gehoor", "terugbellen op", "Wat de klant zei"),
    ):
        assert piece in page


def test_the_list_is_in_its_first_language_and_says_who_speaks_another() -> None:
    (page,) = render(call(), call("k2", "Mr Doe", text="Good afternoon.", language="en"))
    assert "spreekt Engels" in page
    assert "called by" not in page.lower()
    (english,) = render(call(language="en"))
    assert "Call list" in english
    assert "Bellijst" not in english


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("+31612345678", "06 12 34 56 78"),
        ("0301234567", "030 123 45 67"),
        ("0318-123456", "0318 12 34 56"),
        ("0800 1234", "0800 1234"),
        ("+3225551212", "+32 2 555 12 12"),
        ("+44 20 7946 0958", "+44 20 7946 0958"),
        ("0612 345", "0612 345"),
        ("niet bekend", ""),
        ("", ""),
    ],
)
def test_numbers_are_written_as_people_read_them_out(given: str, read: str) -> None:
    assert as_read(given) == read


@pytest.mark.parametrize("address", [None, Identity("email", "a@b.example"), Identity("phone", "onbekend")])
def test_who_has_no_number_cannot_be_called_and_which_is_said(address: Identity | None) -> None:
    with pytest.raises(CannotDeliver) as caught:
        render(call("goed"), call("fout", to=Addressee("Mevrouw Geheim", address)))
    assert caught.value.fields["key"] == "fout"
    assert "Geheim" not in str(caught.value)


def test_the_calls_stay_in_order_and_are_numbered_on_across_the_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    messages = [call(f"k{number}", f"Klant-{number:02}") for number in range(1, 24)]
    whole = render(*messages)
    assert re.findall(r"Klant-\d\d", " ".join(whole)) == [f"Klant-{number:02}" for number in range(1, 24)]
    monkeypatch.setattr(call_sender, "AT_ONCE", 10)
    pieces = render(*messages)
    assert re.findall(r"(\d+) Klant-(\d\d)", " ".join(pieces)) == [(str(n), f"{n:02}") for n in range(1, 24)]
    assert [re.findall(r"bladzijde (\d+)", page) for page in pieces] == [[str(n + 1)] for n in range(len(pieces))]
    assert "23 gesprekken" in pieces[0]
    assert not any("Bellijst" in page for page in pieces[1:])


def test_a_call_is_not_broken_over_pages_and_a_very_long_one_is_printed_whole() -> None:
    for page in render(*(call(f"k{number}") for number in range(9))):
        assert page.count("Mevrouw De Vries") == page.count("Wat de klant zei")
    long = render(call(text="\n\n".join(f"Zin nummer {number}." for number in range(200))))
    assert len(re.findall(r"Zin nummer \d+\.", " ".join(long))) == 200


def test_each_call_can_have_a_page_of_its_own() -> None:
    assert len(render(call("a"), call("b"), call("c"), one_each="1")) == 3
    assert len(render(call("a"), call("b"))) == 1


@pytest.mark.parametrize("nasty", ['#import "x"', "*a* $c$", "[x] {y} <z> @q", "\\ // /* */"])
def test_hostile_text_is_printed_as_it_is(nasty: str) -> None:
    (page,) = render(call(name=nasty, subject=nasty, text=nasty, points=(nasty,)))
    assert page.count(nasty) == 4


def test_nothing_to_call_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no calls"):
        SENDER.render({}, HEAD, [])
