"""Letters on paper: the address where the window is, each letter on sheets of its own, whatever stands in it."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

import pypdfium2
import pytest

from gehoor.channels.letter import sender as letter_sender
from gehoor.channels.letter.addressing import address_lines
from gehoor.channels.letter.sender import SENDER
from gehoor.channels.outgoing import Addressee, Letterhead, Outgoing, PostalAddress, Printer
from gehoor.channels.registry import senders
from gehoor.kernel.errors import CannotDeliver, Refused

HOME = PostalAddress("Kerkstraat 12 bis", "3512cd", "Utrecht")
HEAD = Letterhead(
    "Hypotheekhuis De Linde",
    PostalAddress("Lindelaan 1", "3511 AB", "Utrecht"),
    phone="030 123 45 67",
    email="klanten@delinde.example",
    website="www.delinde.example",
    signed_by="Anna Bos",
    signed_as="Hoofd klantenservice",
)
TEXT = "Geachte mevrouw De Vries,\n\nHet is gedaan."
LONG = "Geachte mevrouw De Vries,\n\n" + "\n\n".join(
    f"Alinea {number}. " + "Dit is een zin. " * 40 for number in range(8)
)
POINT = 25.4 / 72


@dataclass(frozen=True)
class Piece:
    """A line of text on a page, in millimetres from its left upper corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def touches(self, left: float, top: float, right: float, bottom: float) -> bool:
        return self.left < right and self.right > left and self.top < bottom and self.bottom > top


def letter(
    key: str = "k", name: str = "Mevrouw De Vries", postal: PostalAddress | None = HOME, **others: object
) -> Outgoing:
    made = Outgoing(key, Addressee(name, None, postal), "uw bouwdepot", TEXT, "nl", date(2026, 3, 12))
    return replace(made, **others)


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def render(*messages: Outgoing, head: Letterhead = HEAD, **settings: str) -> list[list[Piece]]:
    """The pieces of each page."""
    with opened(SENDER.render(settings, head, messages)) as document:
        return [_pieces(document[number]) for number in range(len(document))]


def _pieces(page: pypdfium2.PdfPage) -> list[Piece]:
    """Sign by sign, since rectangles of lines overlap; PDFium tells where a line ends."""
    height, text = page.get_height(), page.get_textpage()
    found: list[Piece] = []
    begun = False
    for index in range(text.count_chars()):
        sign = text.get_text_range(index, 1)
        left, bottom, right, top = text.get_charbox(index)
        box = Piece(sign, left * POINT, (height - top) * POINT, right * POINT, (height - bottom) * POINT)
        if sign.strip() == "" or right - left < 0.01:
            begun = begun and sign not in "\r\n"
            if begun:
                found[-1] = replace(found[-1], text=found[-1].text + sign)
        elif begun and box.left - found[-1].right < 15 and abs(box.bottom - found[-1].bottom) < 4:
            found[-1] = _together(found[-1], box)
        else:
            found.append(box)
            begun = True
    return found


def _together(one: Piece, other: Piece) -> Piece:
    corners = (min(one.left, other.left), min(one.top, other.top), max(one.right, other.right))
    return Piece(one.text + other.text, *corners, max(one.bottom, other.bottom))


def words(page: Sequence[Piece]) -> str:
    return re.sub(r"[\u00a0\s]+", " ", " ".join(piece.text for piece in page)).replace("\u200b", "")


def test_the_registry_has_it_as_a_printer() -> None:
    assert isinstance(senders()["print"], Printer)


WINDOWS = {
    # What always shows, whichever way the sheet slides in the envelope; and what may show.
    "left": ((20, 50, 100, 90), (10, 45, 110, 95)),
    "right": ((110, 50, 190, 90), (100, 45, 200, 95)),
}
ADDRESSES = {
    "short": ("J. Li", PostalAddress("Dam 1", "1012 JS", "Amsterdam"), 3),
    "abroad": ("Mr John Doe", PostalAddress("Friedrich-Ebert-Straße 12", "10115", "Berlin", "Germany"), 4),
    "most lines": (
        "De heer P. Post\nt.a.v. de erven\np/a Buurman",
        PostalAddress("Straat 1", "1234 AB", "Ee", "België"),
        6,
    ),
    "wide": ("Mevrouw " + "Wolthuis-van Wijngaarden van der " * 3, PostalAddress("Weg 1", "1234 AB", "Ee"), 4),
    "wide and many": (
        "Stichting Vrienden van de Oude Maria-Magdalenakerk\nt.a.v. mevrouw mr. drs. A.B.C. van Wijngaarden-Wolthuis\n"
        "p/a notariskantoor Van der Meer, De Jong & Zonen",
        PostalAddress(
            "Burgemeester Van Nispen van Sevenaerstraat 1234 A", "6811 EK", "Wijk bij Duurstede", "Oostenrijk"
        ),
        6,
    ),
    "one word": ("W" * 120, PostalAddress("Weg 1", "1234 AB", "Ee"), 4),
}


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("name", ADDRESSES)
def test_the_address_and_only_the_address_is_in_the_window(window: str, name: str) -> None:
    who, postal, at_least = ADDRESSES[name]
    always, perhaps = WINDOWS[window]
    (page,) = render(letter(name=who, postal=postal), window=window)
    shown = [piece for piece in page if piece.touches(*perhaps)]
    return_address, *address = sorted(shown, key=lambda piece: (round(piece.top, 1), piece.left))
    assert words([return_address]) == "Hypotheekhuis De Linde · Lindelaan 1, 3511 AB Utrecht"
    assert return_address.bottom < min(piece.top for piece in address) - 1
    assert len({round(piece.top) for piece in address}) >= at_least
    for piece in address:
        assert piece.left >= always[0] + 3 and piece.right <= always[2] - 1
        assert piece.top >= always[1] and piece.bottom <= always[3]
    assert _bare(words(address)) == _bare("".join(address_lines(Addressee(who, None, postal))))


def _bare(text: str) -> str:
    """Without what the end of a line changes: spaces, and hyphens, for which PDFium has a sign of its own."""
    return re.sub(r"[\s\u200b\ufffe\u0002-]", "", text)


def test_an_envelope_of_another_make_can_be_measured() -> None:
    (page,) = render(letter(), address_left="30", address_top="60,5")
    name = next(piece for piece in page if piece.text == "Mevrouw De Vries")
    assert name.left == pytest.approx(30, abs=1)
    assert name.top == pytest.approx(60.5, abs=2)


@pytest.mark.parametrize(
    "wrong", [{"window": "midden"}, {"address_left": "x"}, {"address_top": "200"}, {"address_left": "-3"}]
)
def test_a_place_that_cannot_be_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(Refused):
        SENDER.check(wrong)


def test_an_address_is_written_as_the_post_wants_it() -> None:
    def lines(*parts: str) -> list[str]:
        return [line.replace("\u00a0", " ") for line in address_lines(Addressee("A. Bos", None, PostalAddress(*parts)))]

    assert lines("Weg 1", "3512cd", "Utrecht", "Nederland") == ["A. Bos", "Weg 1", "3512 CD  UTRECHT"]
    assert lines("Rue 1", "1000", "Bruxelles", "België") == ["A. Bos", "Rue 1", "1000  BRUXELLES", "BELGIË"]
    assert lines("1 High St", "SW1A 1AA", "London", "United Kingdom")[2:] == ["SW1A 1AA  LONDON", "UNITED KINGDOM"]


@pytest.mark.parametrize(
    "postal",
    [
        None,
        PostalAddress("", "", ""),
        PostalAddress("Weg 1", "1234 AB", " "),
        PostalAddress("x" * 300, "1234 AB", "Ee"),
    ],
)
def test_without_a_usable_address_it_cannot_be_delivered_and_which_is_said(postal: PostalAddress | None) -> None:
    with pytest.raises(CannotDeliver) as caught:
        render(letter("goed"), letter("fout", postal=postal))
    assert caught.value.fields["key"] == "fout"
    assert "Vries" not in str(caught.value)


def test_a_dutch_letter_has_all_its_parts() -> None:
    (page,) = render(letter())
    text = words(page)
    for piece in ("Utrecht, 12 maart 2026", "Betreft: uw bouwdepot", "Met vriendelijke groet,", "Anna Bos", "030 123"):
        assert piece in text
    assert text.index("Betreft") < text.index("Geachte") < text.index("Het is gedaan.") < text.index("Met vriendelijke")


def test_an_english_letter_is_english_throughout() -> None:
    (page,) = render(letter(language="en", text="Dear Jo,\n\nIt is done."))
    text = words(page)
    assert "Utrecht, 12 March 2026" in text
    assert "Subject: uw bouwdepot" in text
    assert "Kind regards," in text
    assert "groet" not in text


def test_without_someone_to_sign_the_organisation_does() -> None:
    (page,) = render(letter(), head=Letterhead("De Linde"))
    assert words(page).endswith("Met vriendelijke groet, De Linde")
    assert "12 maart 2026" in words(page)


@pytest.mark.parametrize("window", WINDOWS)
def test_a_long_letterhead_stays_clear_of_itself_and_of_the_window(window: str) -> None:
    long = "Coöperatieve Woningstichting De Goede Woning voor Rotterdam-Zuid en Omstreken U.A."
    postal = PostalAddress("Burgemeester Van Nispen van Sevenaerstraat 1234 A-III", "3011 AB", "Rotterdam")
    head = Letterhead(long, postal, "010 123 45 67", f"{'klantenservice.' * 4}@goedewoning.example", "x" * 60)
    (page,) = render(letter(), head=head, window=window)
    above = [piece for piece in page if piece.top < 47]
    name = [piece for piece in above if piece.left < 130]
    contact = [piece for piece in above if piece.left > 137]
    assert len(above) == len(name) + len(contact)
    assert max(piece.right for piece in name) < 136
    assert max(piece.right for piece in contact) < 196
    assert max(piece.bottom for piece in above) < 45
    assert _bare(long) in _bare(words(name))
    back = [piece for piece in page if 46 < piece.top < 51]
    assert len({round(piece.top) for piece in back}) == 1


def test_pages_are_numbered_within_their_letter_and_not_the_first() -> None:
    pages = render(letter("a"), letter("b", text=LONG), letter("c"), letter("d", text=LONG, language="en"))
    numbers = [re.findall(r"\d (?:van|of) \d", words(page)) for page in pages]
    assert numbers == [[], [], ["2 van 2"], [], [], ["2 of 2"]]
    assert "12 March 2026" in words(pages[5])


def test_each_letter_begins_on_a_page_of_its_own_and_on_a_sheet_of_its_own_where_both_sides_are_printed() -> None:
    messages = [letter(f"k{number}", text=LONG if number % 3 else TEXT) for number in range(5)]
    begins = [number for number, page in enumerate(render(*messages)) if "Betreft:" in words(page)]
    assert begins == [0, 1, 3, 5, 6]
    both = render(*messages, both_sides="1")
    assert [number for number, page in enumerate(both) if "Betreft:" in words(page)] == [0, 2, 4, 6, 8]
    assert both[1] == []
    assert both[7] == []


def test_a_run_that_is_set_in_pieces_is_the_same_run(monkeypatch: pytest.MonkeyPatch) -> None:
    messages = [letter(f"k{number}", name=f"Klant {number}", text=LONG if number % 3 else TEXT) for number in range(7)]
    whole = render(*messages, both_sides="1")
    monkeypatch.setattr(letter_sender, "AT_ONCE", 2)
    assert render(*messages, both_sides="1") == whole


def test_the_letters_come_in_the_order_of_the_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letter_sender, "AT_ONCE", 3)
    pages = render(*(letter(f"k{number}", name=f"Klant {number}") for number in range(8)))
    assert [int(re.findall(r"Klant (\d)", words(page))[0]) for page in pages] == list(range(8))


def test_the_closing_never_stands_alone_on_a_page() -> None:
    for lines in range(20, 60, 2):
        pages = render(letter(text="Geachte,\n\n" + "\n\n".join(f"Zin {number}." for number in range(lines))))
        last = words(pages[-1])
        assert "Zin" in last.split("Met vriendelijke")[0], lines


def test_a_cover_counts_what_has_to_be_in_the_pile() -> None:
    pages = render(letter("a"), letter("b", text=LONG), cover="1")
    assert re.search(r"2 brieven .*3 vellen papier", words(pages[0]))
    assert len(pages) == 4
    both = render(letter("a"), letter("b", text=LONG), cover="1", both_sides="1")
    assert re.search(r"2 brieven .*2 vellen papier", words(both[0]))
    assert "Betreft" in words(both[2])


@pytest.mark.parametrize(
    "nasty", ['#import "x"', "*a* _b_ $c$", "[x] {y} <z> @q", "\\ // /* */", "= Kop", "- punt", "+ 1"]
)
def test_hostile_text_is_printed_as_it_is_everywhere(nasty: str) -> None:
    message = letter(
        name=nasty, subject=nasty, text=f"{nasty}\n\n{nasty}\n{nasty}", postal=PostalAddress(nasty, "1234 AB", "Ee")
    )
    head = replace(HEAD, name=f"Linde {nasty}", signed_by=nasty)
    (page,) = render(message, head=head)
    assert words(page).count(nasty) == 10


def test_the_same_run_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    messages = [letter(f"k{number}") for number in range(5)]
    assert SENDER.render({}, HEAD, messages) == SENDER.render({}, HEAD, messages)
    monkeypatch.setattr(letter_sender, "AT_ONCE", 2)
    assert SENDER.render({}, HEAD, messages) == SENDER.render({}, HEAD, messages)


def test_fold_marks_stand_at_the_edge_of_each_first_page_and_can_be_left_out() -> None:
    def dark(**settings: str) -> list[bool]:
        with opened(SENDER.render(settings, HEAD, [letter("a", text=LONG), letter("b")])) as document:
            strips = [document[number].render(scale=4).to_pil().convert("L") for number in range(len(document))]
            return [image.crop((40, 1180, 90, 1200)).getextrema()[0] < 240 for image in strips]

    assert dark() == [True, False, True]
    assert dark(fold_marks="") == [False, False, False]


def test_nothing_to_print_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no letters"):
        SENDER.render({}, HEAD, [])
