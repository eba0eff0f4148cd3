"""Names as they are heard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gehoor.analysis.linking.sounding import name_sounds, sounds_of

ALIKE = [
    ("Meijer", "Meyer", "Meier", "Maier", "Meyers"),
    ("Jansen", "Janssen", "Janse"),
    ("Vries", "Fries"),
    ("Smit", "Smidt", "Smid", "Smith", "Schmidt"),
    ("Bakker", "Backer"),
    ("Dijkstra", "Dykstra", "Dijckstra"),
    ("Kuipers", "Kuijpers", "Cuypers"),
    ("Pietersen", "Pieterse", "Pieters"),
    ("Hendriks", "Hendrix", "Hendrickx"),
    ("Brouwer", "Brauwer"),
    ("Thijssen", "Tijssen", "Thyssen"),
    ("Claassen", "Klaassen", "Klaasen"),
    ("Wouters", "Wauters"),
    ("Leeuwen", "Leuwen"),
    ("Yilmaz", "Yılmaz"),
    ("Philips", "Filips"),
    ("Scholten", "Skolten"),
    ("Schipper", "Skipper"),
]
APART = ["Meijer", "Jansen", "Bakker", "Visser", "Smit", "Mulder", "Vos", "Hendriks", "Dekker", "Prins", "Blom", "Maas"]


@pytest.mark.parametrize("names", ALIKE, ids=lambda names: names[0])
def test_names_that_sound_alike_have_one_key(names):
    assert len({sounds_of(each) for each in names}) == 1


def test_names_that_sound_otherwise_stay_apart():
    assert len({sounds_of(each) for each in APART}) == len(APART)


def test_titles_prefixes_and_initials_are_not_heard():
    assert name_sounds("Mevr. A. van der Meijer-de Vries") == (sounds_of("Meyer"), sounds_of("Fries"))
    assert name_sounds("J.P. de Groot") == (sounds_of("Groot"),)
    assert name_sounds("de heer") == name_sounds("") == name_sounds("06 12345678") == ()


@given(st.text(max_size=60))
def test_any_text_has_its_sounds_and_the_same_again(text):
    assert name_sounds(text) == name_sounds(text)
    assert all(key.isascii() and key.isalpha() for key in name_sounds(text))


def test_a_very_long_name_comes_to_an_end():
    assert len(name_sounds("eijau " * 20_000)) == 1
