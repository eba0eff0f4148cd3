"""How to write to someone by name."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gehoor.rooms.people.salutation import envelope_name, has_title, salutation, same_surname

NAMES = [
    ("Mevr. E. Schaap", "Geachte mevrouw Schaap", "Dear Ms Schaap", "Mevrouw E. Schaap"),
    ("mevrouw J. de Vries", "Geachte mevrouw De Vries", "Dear Ms De Vries", "Mevrouw J. de Vries"),
    ("Mw. A.B. van den Berg-Jansen", "Geachte mevrouw Van den Berg-Jansen", "Dear Ms Van den Berg-Jansen", None),
    ("Dhr. P. van 't Hof", "Geachte heer Van 't Hof", "Dear Mr Van 't Hof", "De heer P. van 't Hof"),
    ("De heer 't Hart", "Geachte heer 't Hart", "Dear Mr 't Hart", "De heer 't Hart"),
    ("de heer IJsbrandy", "Geachte heer IJsbrandy", "Dear Mr IJsbrandy", "De heer IJsbrandy"),
    ("Dhr. en mevr. Jansen", "Geachte heer en mevrouw Jansen", "Dear Mr and Ms Jansen", "De heer en mevrouw Jansen"),
    ("Fam. de Boer", "Geachte familie De Boer", "Dear family De Boer", "Familie De Boer"),
    ("Jansen (mevr.)", "Geachte mevrouw Jansen", "Dear Ms Jansen", "Mevrouw Jansen"),
    ("G. Nijhuis, dhr.", "Geachte heer Nijhuis", "Dear Mr Nijhuis", "De heer G. Nijhuis"),
    ("Mr Smith", "Geachte heer Smith", "Dear Mr Smith", "De heer Smith"),
    ("mevrouw", "Geachte mevrouw", "Dear Madam", "Mevrouw"),
    ("dhr.", "Geachte heer", "Dear Sir", "De heer"),
    ("J. de Vries", "Beste J. de Vries", "Dear J. de Vries", "J. de Vries"),
    ("Th. Jacobs", "Beste Th. Jacobs", "Dear Th. Jacobs", "Th. Jacobs"),
    ("mr. J. de Vries", "Beste mr. J. de Vries", "Dear mr. J. de Vries", "mr. J. de Vries"),
    ("Harrie van Gestel", "Beste Harrie van Gestel", "Dear Harrie van Gestel", "Harrie van Gestel"),
    ("Vries, J. de", "Beste J. de Vries", "Dear J. de Vries", "J. de Vries"),
    ("JAN DE VRIES", "Beste Jan de Vries", "Dear Jan de Vries", "Jan de Vries"),
    ("jan de vries", "Beste Jan de Vries", "Dear Jan de Vries", "Jan de Vries"),
    ("J.P. DE VRIES", "Beste J.P. de Vries", "Dear J.P. de Vries", "J.P. de Vries"),
    ("Mo El Amrani", "Beste Mo El Amrani", "Dear Mo El Amrani", "Mo El Amrani"),
    ("G. Wiersma-Kuik", "Beste G. Wiersma-Kuik", "Dear G. Wiersma-Kuik", "G. Wiersma-Kuik"),
    ("Chantal", "Beste Chantal", "Dear Chantal", "Chantal"),
    ("Jan de Vries (privé)", "Beste Jan de Vries", "Dear Jan de Vries", "Jan de Vries"),
    ("\u201cJan de Vries\u201d", "Beste Jan de Vries", "Dear Jan de Vries", "Jan de Vries"),
    *(
        (nobody, "Geachte heer, mevrouw", "Dear Sir or Madam", "")
        for nobody in ("", "jan@b.nl", "Boze_klant88", "LIN-104382", "@jan", "https://x.nl/jan", "Anoniem", "J", "???")
    ),
]


@pytest.mark.parametrize(("name", "dutch", "english", "envelope"), NAMES, ids=[row[0] or "nobody" for row in NAMES])
def test_a_letter_begins_as_its_reader_signs(name, dutch, english, envelope):
    assert salutation(name, "nl") == dutch
    assert salutation(name, "en") == english
    if envelope is not None:
        assert envelope_name(name) == envelope


@pytest.mark.parametrize("name", [row[0] for row in NAMES])
def test_the_name_on_the_envelope_begins_the_letter_in_the_same_way(name):
    assert salutation(envelope_name(name), "nl") == salutation(name, "nl")
    assert envelope_name(envelope_name(name)) == envelope_name(name)


def test_two_ways_to_sign_can_be_one_persons():
    assert same_surname("Mevr. de Vries", "J. de Vries")
    assert same_surname("J. DE VRIES", "Jan de Vries")
    assert not same_surname("Mevr. A. de Vries", "J. de Vries")
    assert not same_surname("Mevr. Jansen", "J. de Vries")
    assert not same_surname("", "")


def test_a_title_is_known_only_where_someone_signs_with_it():
    assert has_title("Mevr. Jansen") and not has_title("Anna Jansen") and not has_title("")


BEGINNINGS = ("Geachte heer", "Geachte mevrouw", "Geachte familie", "Beste ", "Dear ")


@given(st.text(max_size=120) | st.lists(st.sampled_from([row[0] for row in NAMES]), max_size=4).map(" ".join))
def test_whatever_the_name_a_letter_begins_decently(name):
    for language in ("nl", "en"):
        said = salutation(name, language)
        assert said.startswith(BEGINNINGS) and said == said.strip() and len(said) <= 120
        assert not any(sign.isdigit() or sign in "@<>\n" or unicodedata.category(sign) == "Cc" for sign in said)
    assert envelope_name(name) == "" or any(map(str.isalpha, envelope_name(name)))


SURNAMES = st.sampled_from(["de Vries", "van den Berg", "Jansen", "'t Hart", "IJsbrandy", "ter Braak", "El Amrani"])
FIRST = st.sampled_from(["J.", "A.B.", "Anna", "Jan-Willem", "Th."])


@given(FIRST, SURNAMES, st.sampled_from(["Mevr.", "mw", "mevrouw", "MEVR"]))
def test_who_signs_as_mevrouw_is_written_to_so_with_the_surname_alone(first, surname, title):
    said = salutation(f"{title} {first} {surname}", "nl")
    assert said.startswith("Geachte mevrouw ") and first not in said.split()
    assert said.casefold().endswith(surname.casefold())
    assert salutation(f"{surname}, {title} {first}", "nl").startswith(("Geachte mevrouw", "Beste"))
