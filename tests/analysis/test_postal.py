"""Where someone lives, found above and below what they wrote."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gehoor.analysis.linking.postal import Postal, Receiver, find_address, read_address

BODY = "Geachte heer, mevrouw,\n\nAl zes weken wacht ik op mijn bouwdepot.\n\nHoogachtend,\nJ. de Vries\n"


def letter(head="", foot=""):
    return f"{head}\n\n{BODY}{foot}"


def plain(found):
    return found and (found.street, found.postcode, found.place)


SHAPES = [
    ("Kerkstraat 12\n1234 AB Utrecht", ("Kerkstraat 12", "1234 AB", "Utrecht")),
    ("Kerkstraat 12\n1234AB Utrecht", ("Kerkstraat 12", "1234 AB", "Utrecht")),
    ("Kerkstraat 12\n1234 AB  UTRECHT", ("Kerkstraat 12", "1234 AB", "UTRECHT")),
    ("Kerkstraat 12, 1234 AB Utrecht", ("Kerkstraat 12", "1234 AB", "Utrecht")),
    ("Kerkstraat 12 1234 AB Utrecht", ("Kerkstraat 12", "1234 AB", "Utrecht")),
    ("J. de Vries, Kerkstraat 12, 1234 AB Utrecht", ("Kerkstraat 12", "1234 AB", "Utrecht")),
    ("J. de Vries | Kerkstraat 12 | 1234 AB Utrecht | 06-12345678", ("Kerkstraat 12", "1234 AB", "Utrecht")),
    ("Kerkstraat 12 - 1234 AB Utrecht - tel. 030-1234567", ("Kerkstraat 12", "1234 AB", "Utrecht")),
    ("Kerkstraat 12A\n1234 ab Utrecht", ("Kerkstraat 12A", "1234 AB", "Utrecht")),
    ("Kerkstraat 12 bis\n1234 AB Utrecht", ("Kerkstraat 12 bis", "1234 AB", "Utrecht")),
    ("Kerkstraat 12bis\n1234 AB Utrecht", ("Kerkstraat 12bis", "1234 AB", "Utrecht")),
    ("Kerkstraat 12-2\n1234 AB Utrecht", ("Kerkstraat 12-2", "1234 AB", "Utrecht")),
    ("Kerkstraat 12-hs\n1234 AB Amsterdam", ("Kerkstraat 12-hs", "1234 AB", "Amsterdam")),
    ("Kerkstraat 12 3-hoog\n1234 AB Amsterdam", ("Kerkstraat 12 3-hoog", "1234 AB", "Amsterdam")),
    ("Kerkstraat 12, 3-hoog\n1234 AB Amsterdam", ("Kerkstraat 12 3-hoog", "1234 AB", "Amsterdam")),
    ("Kerkstraat 12 III\n1234 AB Amsterdam", ("Kerkstraat 12 III", "1234 AB", "Amsterdam")),
    ("Kerkstraat 12 a-2\n1234 AB Amsterdam", ("Kerkstraat 12 a-2", "1234 AB", "Amsterdam")),
    ("Laan van Meerdervoort 1024\n2564 AA 's-Gravenhage", ("Laan van Meerdervoort 1024", "2564 AA", "'s-Gravenhage")),
    (
        "1e Jan van der Heijdenstraat 7 II\n1072 TM Amsterdam",
        ("1e Jan van der Heijdenstraat 7 II", "1072 TM", "Amsterdam"),
    ),
    ("Burg. van Lierlaan 3\n5616 AB Eindhoven", ("Burg. van Lierlaan 3", "5616 AB", "Eindhoven")),
    ("'t Hoge 5\n8000 AB Zwolle", ("'t Hoge 5", "8000 AB", "Zwolle")),
    ("Het Spoor 12\n3994 AK Houten", ("Het Spoor 12", "3994 AK", "Houten")),
    ("Dorpsstr. 8\n2400 AB Alphen aan den Rijn", ("Dorpsstr. 8", "2400 AB", "Alphen aan den Rijn")),
    ("kerkstraat 12\n1234 ab utrecht", ("Kerkstraat 12", "1234 AB", "Utrecht")),
    ("Plein 1944 nr. 8\n6511 JE Nijmegen", ("Plein 1944 nr. 8", "6511 JE", "Nijmegen")),
    ("Kerkstraat 12\nl234 AB Utrecht", ("Kerkstraat 12", "1234 AB", "Utrecht")),
    ("Kerkstraat 12\n1O34 AB Utrecht.", ("Kerkstraat 12", "1034 AB", "Utrecht")),
    ("Kerkstraat 12\nNL-1234 AB Utrecht", ("Kerkstraat 12", "1234 AB", "Utrecht")),
    ("Kerkstraat 12\n1234 AB\nUtrecht", ("Kerkstraat 12", "1234 AB", "Utrecht")),
    ("Kerkstraat 12\n\n1234 AB Utrecht", ("Kerkstraat 12", "1234 AB", "Utrecht")),
    ("Kerkstraat 12\n1234 AB Utrecht, 3 maart 2025", ("Kerkstraat 12", "1234 AB", "Utrecht")),
    ("Kerkstraat 12\n1234 AB Utrecht 3 maart 2025", ("Kerkstraat 12", "1234 AB", "Utrecht")),
    ("Kerkstraat 12\n1234 AB Utrecht\nNederland", ("Kerkstraat 12", "1234 AB", "Utrecht")),
    ("Kerkstraat 12\n1234 AB Utrecht, The Netherlands", ("Kerkstraat 12", "1234 AB", "Utrecht")),
    ("Kerkstraat 12\n1234 AB Bergen (NH)", ("Kerkstraat 12", "1234 AB", "Bergen (NH)")),
    ("Afzender: J. de Vries\nKerkstraat 12\n1234 AB Utrecht", ("Kerkstraat 12", "1234 AB", "Utrecht")),
    ("Adres: Kerkstraat 12, 1234 AB Utrecht", ("Kerkstraat 12", "1234 AB", "Utrecht")),
    ("Mijn adres is Kerkstraat 12, 1234 AB Utrecht", ("Kerkstraat 12", "1234 AB", "Utrecht")),
    ("Adres: Kerkstraat 12\nPostcode: 1234 AB\nWoonplaats: Utrecht", ("Kerkstraat 12", "1234 AB", "Utrecht")),
    ("    Kerkstraat 12\n    1234 AB Utrecht", ("Kerkstraat 12", "1234 AB", "Utrecht")),
]
"""As people write them, and as an engine reads them."""


@pytest.mark.parametrize(("written", "wanted"), SHAPES, ids=[written for written, _ in SHAPES])
@pytest.mark.parametrize("where", ["head", "foot", "signature"])
def test_an_address_is_found_in_head_foot_and_signature(written, wanted, where):
    text = letter(**{where: written}) if where != "signature" else letter()
    assert plain(find_address(text, written if where == "signature" else "")) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "",
        letter(),
        letter("Klant LIN-104382, telefoon 06-5550 6729"),
        "Geachte heer,\n\nHet gaat om het huis aan de Kerkstraat 12, 1234 AB Utrecht, dat leeg staat.\n\nGroet,\nJan",
        "Geachte heer,\n\nKerkstraat 12\n1234 AB Utrecht\n\nwil ik kopen. Kan dat op deze voorwaarden?\n\nGroet,\nJan",
        "Hallo, ons huis staat op Kerkstraat 12, 1234 AB Utrecht en daar gaat het om",
        letter("1234 AB Utrecht"),
        letter("Utrecht, 3 maart 2025\nPolis 1234 AB"),
        letter("Kerkstraat 12\n1234 SS Utrecht"),
        letter("Kerkstraat 12\n0234 AB Utrecht"),
        letter("Kerkstraat\n1234 AB Utrecht"),
        letter("Rekening 12345678\n2025 is voorbij"),
        letter("in 2024 en 2025 waren er 3 brieven"),
    ],
)
def test_what_is_no_address_of_the_writer_is_not_taken_for_one(text):
    assert find_address(text) is None


@pytest.mark.parametrize(
    "head",
    [
        "Hypotheekhuis De Linde\nLindelaan 1\n1000 AA Amsterdam",
        "Hypotheekhuis De Linde\nt.a.v. de directie\nPostbus 123\n1000 AA Amsterdam",
        "Aan:\nDe Linde\nLindelaan 1\n1000 AA Amsterdam",
        "Postbus 123\n1000 AA Amsterdam",
        "De Linde B.V.\nLindelaan 1\n1000 AA Amsterdam",
        "Afdeling bouwdepots\nAntwoordnummer 12\n1000 AA Amsterdam",
        "De Linde\n\nLindelaan 1\n1000 AA Amsterdam",
    ],
)
def test_the_receivers_address_is_not_the_senders(head):
    us = Receiver(names=("De Linde",), keys=frozenset({("1000AA", "1")}))
    assert find_address(letter(head), receiver=us) is None
    sender = "J. de Vries\nKerkstraat 12\n1234 AB Utrecht"
    wanted = ("Kerkstraat 12", "1234 AB", "Utrecht")
    for both in (f"{sender}\n\n{head}", f"{head}\n\n{sender}", f"{sender}\n{head}", f"{head}\nAfzender: {sender}"):
        assert plain(find_address(letter(both), receiver=us)) == wanted


def test_a_known_address_of_ours_is_never_taken_wherever_it_stands():
    us = Receiver(keys=frozenset({("1000AA", "1")}))
    assert find_address(letter("Lindelaan 1\n1000 AA Amsterdam"), receiver=us) is None
    assert find_address(letter(foot="Lindelaan 1, 1000AA Amsterdam"), receiver=us) is None


def test_a_postbox_below_the_name_is_the_senders():
    assert plain(find_address(letter(foot="Postbus 123\n1234 AB Utrecht"))) == ("Postbus 123", "1234 AB", "Utrecht")


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("Kerkstraat 12\n2000 Antwerpen\nBelgië", Postal("Kerkstraat 12", "2000", "Antwerpen", "België")),
        (
            "Kerkstraat 12 bus 3\nB-2000 Antwerpen\nBelgium",
            Postal("Kerkstraat 12 bus 3", "B-2000", "Antwerpen", "Belgium"),
        ),
        ("Lindenstraße 5\n47533 Kleve\nDuitsland", Postal("Lindenstraße 5", "47533", "Kleve", "Duitsland")),
    ],
)
def test_an_address_abroad_is_found_by_the_name_of_its_country(written, wanted):
    assert find_address(letter(written)) == wanted


@pytest.mark.parametrize("code", ["1234ab", "1234 AB", " 1234  ab "])
def test_what_someone_types_is_tidied(code):
    assert read_address(" Kerkstraat  12 ", code, "Utrecht ", "Nederland") == Postal(
        "Kerkstraat 12", "1234 AB", "Utrecht"
    )


def test_the_same_address_has_one_key_however_it_is_written():
    assert Postal("Kerkstraat 12", "1234 AB", "Utrecht").key == Postal("Kerkstr. 12", "1234ab", "UTRECHT").key
    assert Postal("Kerkstraat 12", "1234 AB", "Utrecht").key != Postal("Kerkstraat 14", "1234 AB", "Utrecht").key


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("ABab12340 \n,.-|'é\tPostbus"), max_size=400))
def test_no_text_breaks_it_and_what_is_found_has_the_shape_of_an_address(text):
    found = find_address(text, text)
    if found is not None:
        assert found == read_address(found.street, found.postcode, found.place, found.country)
        assert any(map(str.isdigit, found.street)) and found.place


STREETS = st.sampled_from(["Kerkstraat", "Laan van Nieuw Guinea", "Van Goghweg", "De Ruijterkade", "Oude Gracht"])
CODES = st.from_regex(r"[1-9][0-9]{3}[A-RT-Z]{2}", fullmatch=True)
NUMBERS = st.builds(
    "{}{}".format, st.integers(1, 9_999), st.sampled_from(["", "A", " bis", "-2", " 3-hoog", "-hs", " II"])
)
PLACES = st.sampled_from(["Utrecht", "'s-Hertogenbosch", "Bergen op Zoom", "Den Haag", "Sint Annaparochie", "Ee"])


@given(STREETS, NUMBERS, CODES, PLACES, st.sampled_from(["\n", ", ", " - ", "\n\n", " | "]), st.booleans())
@example("Kerkstraat", "1", "1000BV", "Utrecht", "\n", True)
@example("Kerkstraat", "1", "1000IK", "Utrecht", "\n", True)
@example("Kerkstraat", "1", "1000WE", "Utrecht", ", ", False)
@example("Kerkstraat", "1", "1000NV", "Utrecht", ", ", False)
def test_every_address_is_found_in_every_way_of_setting_it(street, number, code, place, between, spaced):
    shown = f"{code[:4]} {code[4:]}" if spaced else code
    found = find_address(letter(f"J. de Vries\n{street} {number}{between}{shown} {place}"))
    assert found == Postal(f"{street} {number}", f"{code[:4]} {code[4:]}", place)


@pytest.mark.parametrize(
    "piece", ["Kerkstraat 12 ", "1234 AB ", "a-", "1 ", "'s-", "Kerkstraat 12, ", "\n1234 AB\n", "I1l|O0 AB "]
)
def test_a_hostile_text_comes_to_an_end(piece):
    assert find_address(piece * 20_000, piece * 20_000) is None
    assert find_address("\n".join([piece * 12] * 3_000)) is None
