"""Counter-voices: about the same matter, clearly the opposite, or none."""

import numpy as np
import pytest
from tests.analysis.needs_material import blobs

from gehoor.analysis.needs.counter import counter_voices
from gehoor.analysis.needs.evidence import mostly_content, sounds_ill, sounds_well
from gehoor.analysis.needs.quotes import quotes
from gehoor.analysis.needs.typical import typical_words

WELL = [
    "Ze zijn alle vijf binnen een week betaald, en \u00e9\u00e9n zelfs de volgende dag.",
    "Alles binnen een week betaald.",
    "Bouwdepot ging bij mij heel snel.",
    "Bij mij is het tot nu toe steeds prima gegaan, hoor.",
    "Bij ons ging het goed.",
    "Teruggebeld op de minuut, door iemand die het ook uitzocht.",
    "Ik hoefde niets te herhalen, in zes minuten was het klaar en ik kon nog naar de markt.",
    "Na het overlijden van mijn moeder alles in \u00e9\u00e9n gesprek geregeld met mevr. Bos.",
    "Dat hoeft van mij niet.",
    "I am very happy with the way this was handled.",
    "My card was replaced and everything was sorted within two days.",
]
NOT_WELL = [
    "Ik heb gisteren gebeld en kreeg netjes een telefoontje terug, complimenten, van iemand die het ook niet wist.",
    "Oma zegt dat ze pas tevreden is als het geld er is.",
    "De schutting is eruit en we hebben een touw gespannen, de buurman vindt het prima.",
    "Drie dagen geen app en dan vragen hoe tevreden ik ben met de app.",
    "Dan ben ik tevreden? Dan wacht ik als een lam.",
    "Right now it shows the video, which works perfectly, by the way.",
    "Your English is lovely, Daan.",
    "De rente is na uw correctie, waarvoor nogmaals dank, vastgesteld op drie komma vijfenvijftig.",
    "Steigers weg, mannen weg. Het ging goed, maar nu wacht ik al zes weken.",
    "Het ging goed met bellen. Alleen, ze belt terug om te vertellen dat er nog geen nieuws is.",
    "Het is niet goed gegaan met de betaling.",
    "I gave it a zero, because there was no answer to be satisfied with.",
    "I would be very happy with an answer.",
    "Ik had verwacht dat het netjes geregeld zou worden.",
]
ILL = [
    "De tweede termijn is weer afgekeurd.",
    "Alleen de timmerman wacht al zes weken op zijn centen.",
    "Ik heb nog steeds niets gehoord van uw afdeling.",
    "We have been waiting for three weeks now.",
]
NOT_ILL = [
    "Ik wacht nog niet zo lang.",
    "Is dat niet schandalig?",
    "De vorige maal dat ik u schreef was ik kwaad, over het riool.",
    "When I am angry I prefer English.",
    "Alles binnen een week betaald.",
]


@pytest.mark.parametrize("text", WELL)
def test_what_went_well_is_believed(text):
    assert sounds_well(text) == [(0, len(text))]
    assert sounds_ill(text) == []


@pytest.mark.parametrize("text", NOT_WELL)
def test_what_is_wished_denied_doubted_or_taken_back_is_not(text):
    assert sounds_well(text) == []


@pytest.mark.parametrize("text", ILL)
def test_what_is_wrong_is_believed(text):
    assert sounds_ill(text) == [(0, len(text))]


@pytest.mark.parametrize("text", NOT_ILL)
def test_what_is_asked_softened_or_long_ago_is_not(text):
    assert sounds_ill(text) == []


def test_content_is_what_most_say_and_not_one_voice_only():
    cases = ((3, 1, 10), (2, 0, 10), (3, 2, 10), (0, 0, 10), (3, 0, 45))
    assert [mostly_content(*counts) for counts in cases] == [True, False, False, False, False]


WAITING = "Ik wacht al zes weken op de betaling van mijn factuur uit het depot."


def material(*others: str) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Eight who wait, the others in the same need, and eight elsewhere."""
    texts = [WAITING] * 8 + list(others) + ["Hoe verander ik mijn adres in de app?"] * 8
    labels = np.array([0] * (8 + len(others)) + [1] * 8)
    return texts, blobs(labels), labels


def test_who_says_of_the_same_matter_that_it_went_well_is_a_counter_voice():
    texts, vectors, labels = material("Hier ging het anders. Elke factuur is netjes betaald.")
    (found,) = counter_voices(texts, vectors, labels, 0)
    assert (found.row, found.stance) == (8, 1.0)
    assert texts[8][found.start : found.end] == "Elke factuur is netjes betaald."


def test_who_is_content_about_something_else_is_none():
    texts, vectors, labels = material("De koffie van de buren was prima geregeld.")
    assert counter_voices(texts, vectors, labels, 0) == []


def test_who_is_far_from_the_need_is_none():
    texts, vectors, labels = material()
    texts[-1] = "Elke factuur is netjes betaald uit mijn depot."
    assert counter_voices(texts, vectors, labels, 0) == []


def test_where_most_are_content_who_complains_is_the_counter_voice():
    texts = ["De factuur uit het depot is netjes betaald."] * 5 + [WAITING] + ["Hoe verander ik mijn adres?"] * 6
    labels = np.array([0] * 6 + [1] * 6)
    found = counter_voices(texts, blobs(labels), labels, 0)
    assert [(voice.row, voice.stance) for voice in found] == [(5, -1.0)]


def test_one_of_each_speaker():
    texts, vectors, labels = material(*["Elke factuur is netjes betaald."] * 4)
    speakers = np.arange(len(texts))
    speakers[8:11] = 8
    rows = [voice.row for voice in counter_voices(texts, vectors, labels, 0, speakers=speakers)]
    assert len(rows) == 2
    assert 11 in rows


def test_typical_words_are_no_names_times_or_fillers():
    texts = ["Yusuf belde drie weken over de factuur, gewoon goed."] * 6 + ["Mijn adres in de app"] * 6
    assert "factuur" in typical_words(texts, np.arange(12) < 6)
    assert not typical_words(texts, np.arange(12) < 6) & {"yusuf", "drie", "week", "gewoon", "goed", "adres"}


def test_who_says_the_opposite_is_not_quoted_for_the_need():
    texts, vectors, labels = material("Elke factuur is netjes betaald uit het depot.")
    assert 8 not in [quote.row for quote in quotes(texts, vectors, labels, 0, n=8)]


def test_nobody_is_quoted_twice_while_there_are_others():
    texts, vectors, labels = material(*["Waar blijft de betaling van mijn factuur?"] * 4)
    speakers = np.array([1] * 6 + [2, 3] + [4] * 4 + [5] * 8)
    found = quotes(texts, vectors, labels, 0, n=4, speakers=speakers)
    assert sorted(speakers[quote.row] for quote in found) == [1, 2, 3, 4]


def test_the_first_quote_holds_a_word_by_which_the_need_is_known():
    texts, vectors, labels = material("Dat zei mijn buurman gisteren ook al.")
    vectors[8] = vectors[:9].mean(axis=0) / np.linalg.norm(vectors[:9].mean(axis=0))
    assert quotes(texts, vectors, labels, 0, n=1)[0].row != 8


def test_where_it_is_unclear_what_most_say_there_is_no_counter_voice():
    texts = ["Waar is mijn factuur uit het depot?"] * 30 + ["Elke factuur is netjes betaald."] * 3
    texts += ["Hoe verander ik mijn adres?"] * 9
    labels = np.array([0] * 33 + [1] * 9)
    assert counter_voices(texts, blobs(labels), labels, 0) == []
    assert len(counter_voices(texts[:32] + texts[33:], blobs(labels)[1:], labels[1:], 0)) == 2
