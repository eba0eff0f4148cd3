"""Which texts are one text that more people sent, and what one of them added."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gehoor.analysis.alike import as_keys, is_one_text, own_words, sentences_of, shared

LETTER = (
    "Geachte heer of mevrouw,\n\n"
    "Met deze brief vraag ik u om de boete op het aflossen van mijn hypotheek te schrappen. "
    "Ik betaal al twintig jaar elke maand op tijd en vind het niet eerlijk dat ik voor sparen word gestraft. "
    "Andere banken rekenen in dit geval helemaal niets. "
    "Ik verwacht binnen 14 dagen een antwoord op deze brief.\n\nMet vriendelijke groet,\n{name}"
)


def keys(text):
    return as_keys(sentences_of(text))


def test_a_letter_with_another_name_date_and_number_is_the_same_letter():
    mine = LETTER.format(name="A. de Vries, contract 100234")
    theirs = LETTER.replace("14 dagen", "21 dagen").format(name="B. Jansen, contract 55").upper()
    assert is_one_text(keys(mine), keys(theirs))
    assert own_words(sentences_of(mine), keys(theirs)) == []


def test_what_somebody_adds_is_found_in_its_place():
    added = "Mijn man is in maart overleden en ik wil het huis schuldenvrij hebben."
    text = LETTER.format(name="C. Bakker").replace("Andere banken", f"{added} Andere banken")
    common = shared(keys(text), keys(LETTER.format(name="A. de Vries")))
    assert [text[start:end].strip() for start, end in own_words(sentences_of(text), common)] == [added]
    assert is_one_text(keys(text), keys(LETTER.format(name="A. de Vries")))


def test_letters_about_the_same_in_other_words_are_two_letters():
    other = (
        "Ik snap niet waarom ik een boete moet betalen als ik mijn hypotheek eerder wil aflossen dan afgesproken. "
        "Kunt u mij uitleggen hoe dat bedrag tot stand komt en of er een uitzondering mogelijk is in mijn geval?"
    )
    assert not is_one_text(keys(other), keys(LETTER.format(name="A. de Vries")))


def test_a_few_shared_words_of_politeness_are_no_letter():
    one = "Ik hoor graag zo snel mogelijk van u wat er is gebeurd. Waar blijft het geld van mijn bouwdepot eigenlijk?"
    two = "Ik hoor graag zo snel mogelijk van u wat er is gebeurd. Mijn dak lekt en de verzekering zegt niets toe."
    assert not is_one_text(keys(one), keys(two))


@given(st.text(max_size=400))
def test_any_text_has_sentences_that_lie_in_it_in_order(text):
    found = sentences_of(text)
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert own_words(found, set(as_keys(found))) == []
    assert all(-(2**63) <= each.key < 2**63 for each in found)
