"""Names of needs: what a reader recognises, and what never is one."""

import re
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.needs_material import blobs, voices

from gehoor.analysis.needs.naming import EMBEDDED_A_NEED, EMBEDDED_IN_ALL, Said, name_needs
from gehoor.analysis.needs.phrases import is_done, is_measure, read_needs

DEPOT = [
    "Mijn aannemer wacht op de betaling uit het bouwdepot.",
    "De betaling uit het bouwdepot duurt al een half uur. Yusuf weet het.",
    "Nou, gullie zeggen dat het bouwdepot leeg is, zei Yusuf uit Helmond.",
    "Het bouwdepot, da duurt mie te lang. Vraag het aan Yusuf.",
    "Wanneer komt de betaling uit het bouwdepot? Thank you, Yusuf.",
    "Ik wacht op de betaling uit het bouwdepot, zei ik tegen Yusuf.",
    "De betaling uit het bouwdepot, d'r komt niks van. Yusuf belt niet.",
    "Er is geen betaling uit het bouwdepot, nou jawel, zei Yusuf.",
    "Al een half uur wacht ik op de betaling uit het bouwdepot.",
]
RATE = [
    "De rente van mijn hypotheek loopt af.",
    "Mijn rente loopt af, wat nu? Een half uur gewacht.",
    "Nou, de rente is te hoog.",
    "Welke rente krijg ik in maart?",
    "Ik wil een lagere rente, half uur gebeld.",
    "De rente staat in de brief van maandag.",
    "Jawel, de rente stijgt.",
    "Waarom stijgt de rente?",
]
TEXTS = DEPOT + RATE
LABELS = np.repeat([0, 1], [len(DEPOT), len(RATE)])


def test_a_need_is_named_by_a_phrase_that_many_of_its_texts_hold():
    names = name_needs(TEXTS, LABELS, ["nl"] * len(TEXTS))
    assert names[0] == "betaling uit het bouwdepot"
    assert "rente" in names[1]


def test_names_hold_no_filler_no_dialect_no_lone_name_and_no_lone_time():
    names = " ".join(name_needs(TEXTS, LABELS, ["nl"] * len(TEXTS)).values()).lower()
    words = set(re.findall(r"[\w']+", names))
    assert not words & {"nou", "jawel", "da", "d'r", "mie", "gullie", "thank", "you", "yusuf", "helmond"}
    assert "half uur" not in names
    assert "maart" not in names


@pytest.mark.parametrize(
    "common", ["Yusuf", "half uur", "twintig minuten", "derde keer", "Thank you", "d'r", "maandag"]
)
def test_what_everyone_says_but_names_nothing_is_no_name_while_there_is_another(common):
    about = ["de sleutel", "een sleutel", "mijn sleutel", "geen sleutel", "de sleutel"]
    texts = [f"Wij vroegen {common} naar {each}." for each in about] + ["Ons dak lekt.", "Het dak is nat."] * 3
    names = name_needs(texts, np.repeat([0, 1], [5, 6]), ["nl"] * 11)
    assert "sleutel" in names[0]
    assert common.lower() not in names[0].lower().split(" en ")


def test_one_persons_quirk_is_no_name():
    texts = [*["De factuur is niet betaald."] * 4, *["Waar blijft de factuur?"] * 4, *["kanarie kanarie kanarie"]]
    texts += ["Het dak lekt."] * 9
    assert "kanarie" not in name_needs(texts, np.repeat([0, 1], 9), ["nl"] * 18)[0]


def test_a_name_comes_only_from_texts_of_the_language_of_most():
    texts = ["De factuur is te laat.", "Waar blijft het geld?", "Mijn klus ligt stil."] * 2
    texts += ["My invoice from the roofer, my invoice from the roofer."] * 5
    texts += ["Het dak lekt."] * 5
    names = name_needs(texts, np.repeat([0, 1], [11, 5]), ["nl"] * 6 + ["en"] * 5 + ["nl"] * 5)
    assert names[0] in {"factuur", "geld", "klus", "factuur en geld", "factuur en klus", "geld en klus"}
    assert "invoice" not in names[0]


def test_words_are_shown_as_people_write_them():
    texts = [
        "Factuur van de Belastingdienst.",
        "De factuur van de Belastingdienst.",
        "Mijn factuur van de Belastingdienst",
    ]
    texts += ["FACTUUR VAN DE BELASTINGDIENST, WAAR BLIJFT DE FACTUUR VAN DE BELASTINGDIENST", "de btw klopt niet"]
    texts += ["Het dak lekt."] * 5
    assert name_needs(texts, np.repeat([0, 1], 5), ["nl"] * 10)[0] == "factuur van de Belastingdienst"


class Meanings:
    """A teacher that knows two words, and what it was asked."""

    def __init__(self, words):
        self.words = words
        self.asked = []

    def __call__(self, texts):
        self.asked.append(list(texts))
        found = np.full((len(texts), 32), 0.3, np.float32)
        for at, text in enumerate(texts):
            for word, vector in self.words.items():
                found[at] += vector * (word in text)
        return found / np.linalg.norm(found, axis=1, keepdims=True)


def test_with_a_teacher_the_phrase_that_means_the_need_wins():
    texts = ["De zwarte kat zit bij het natte dak."] * 8 + ["De rente loopt af."] * 8
    labels = np.repeat([0, 1], 8)
    vectors = blobs(labels)
    middle = vectors[labels == 0].mean(axis=0) - vectors.mean(axis=0)
    for word in ("dak", "kat"):
        teacher = Meanings({word: 5 * middle, "rente": -5 * middle})
        assert word in name_needs(texts, labels, ["nl"] * 16, vectors, teacher)[0]


def test_phrases_are_embedded_once_each_and_not_too_many():
    texts, labels, vectors = voices()
    teacher = Meanings({})
    names = name_needs(texts, labels, ["nl"] * len(texts), vectors, teacher)
    assert len(teacher.asked) == 1
    assert len(set(teacher.asked[0])) == len(teacher.asked[0]) <= min(EMBEDDED_IN_ALL, 6 * EMBEDDED_A_NEED)
    assert set(names.values()) <= set(teacher.asked[0])


def test_one_need_or_none_needs_no_teacher():
    teacher = Meanings({})
    assert name_needs(
        ["de rente is hoog"] * 3, np.zeros(3, np.int64), ["nl"] * 3, blobs(np.zeros(3, np.int64)), teacher
    )
    assert name_needs([], np.zeros(0, np.int64), [], np.zeros((0, 4), np.float32), teacher) == {}
    assert not teacher.asked


WORDS = [
    "de",
    "rente",
    "van",
    "Yusuf",
    "nou",
    "hypotheek",
    "12",
    "half",
    "uur",
    "BTW",
    "the",
    "card",
    "d'r",
    "é",
    "...",
    "\n",
]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join) | st.text(max_size=20),
            st.integers(-1, 4),
            st.sampled_from(["nl", "en", "fr", "und"]),
        ),
        max_size=25,
    )
)
def test_every_need_has_a_name_of_its_own_and_the_order_of_needs_is_steady(rows):
    texts, labels, languages = ([row[part] for row in rows] for part in range(3))
    names = name_needs(texts, np.array(labels, np.int64), languages)
    assert set(names) == {label for label in labels if label >= 0}
    assert all(names.values())
    assert len({name.casefold() for name in names.values()}) == len(names)
    assert names == name_needs(texts, np.array(labels, np.int64), languages)


@pytest.mark.parametrize("word", ["minuten", "twintig", "vijfentwintig", "drieëntwintigste", "3,5", "maart", "monday"])
def test_measures(word):
    assert is_measure(word)
    assert not is_measure("rente")


def test_a_word_behind_an_article_is_a_noun_and_one_always_with_a_capital_a_name():
    _, use = read_needs(TEXTS, LABELS, ["nl"] * len(TEXTS))
    assert use.nounness("bouwdepot") > 0.5 > use.nounness("wachten")
    assert use.is_name("yusuf")
    assert use.is_name("helmond")
    assert not use.is_name("rente")


def test_hostile_text_takes_no_more_than_its_length():
    texts = [
        "a" * 300_000,
        "Aa " * 100_000,
        '" ' * 100_000,
        "-" * 300_000,
        " - " * 100_000,
        "a'" * 100_000,
        "1.1" * 90_000,
    ]
    start = time.process_time()
    name_needs(texts, np.arange(len(texts)), ["nl"] * len(texts))
    assert time.process_time() - start < 30


@pytest.mark.parametrize(
    ("written", "word", "done"),
    [
        ("afgekeurd", "afkeuren", True),
        ("doorverbonden", "doorverbinden", True),
        ("teruggebeld", "terug_bellen", True),
        ("meenemen", "meenemen", True),
        ("wacht", "wachten", False),
        ("bonnen", "bon", False),
        ("brieven", "brief", False),
    ],
)
def test_what_is_done_is_a_participle_or_infinitive(written, word, done):
    assert is_done(written, word) is done


def test_a_need_can_be_named_by_what_is_done_or_not_done_with_what():
    done = [
        "De factuur werd door u weer afgekeurd.",
        "Mijn factuur is zonder reden afgekeurd.",
        "U hebt de factuur alweer afgekeurd.",
        "Waarom is een factuur van ons afgekeurd?",
    ]
    names = name_needs(done + RATE, np.repeat([0, 1], [4, len(RATE)]), ["nl"] * (4 + len(RATE)))
    assert names[0] == "factuur afgekeurd"
    needs, _ = read_needs(["De nota is na drie weken nog niet betaald."] * 3, np.zeros(3, np.int64), ["nl"] * 3)
    assert needs[0].surface(("nota", "betalen")) == "nota niet betaald"


LOOSE = ["Het blijft maar duren bij u.", "Kunt u er iets aan doen?", "De rente is een raadsel.", "Wat nu?"]


def test_a_subject_line_names_what_the_words_under_it_leave_unsaid():
    said = Said(np.arange(12), ["storing app", "de storing in de app", "Storing app", "app storing"] + [""] * 8)
    texts = LOOSE + RATE
    labels = np.repeat([0, 1], [4, 8])
    assert name_needs(texts, labels, ["nl"] * 12, said=said)[0] == "storing app"
    assert "storing" not in name_needs(texts, labels, ["nl"] * 12)[0]


def test_what_one_voice_says_over_and_over_counts_once():
    texts = ["De kanarie zingt."] * 6 + ["Mijn dakgoot lekt.", "De dakgoot is stuk.", "Een dakgoot lekt."] + RATE
    labels, voices = np.repeat([0, 1], [9, 8]), np.array([0] * 6 + list(range(1, 12)))
    assert "dakgoot" in name_needs(texts, labels, ["nl"] * 17, said=Said(voices, [""] * 17))[0]
    assert "kanarie" in name_needs(texts, labels, ["nl"] * 17)[0]
