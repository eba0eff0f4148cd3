"""A question finds the entry of the answer book that it is about, and says where it asks it."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.analysis.embedding.teacher import E5Teacher
from gehoor.analysis.questions.entries import LONGEST, Entry, Field, passages, texts_of, texts_to_embed
from gehoor.analysis.questions.index import QuestionIndex
from gehoor.analysis.questions.scoring import Likeness, probability, traits
from gehoor.kernel.errors import Damaged

ENTRIES = [
    Entry(
        1,
        "Hoeveel mag ik boetevrij aflossen?",
        ("Wat kan ik zonder boete extra betalen op mijn hypotheek?",),
        "U mag elk kalenderjaar tien procent van de oorspronkelijke lening extra terugbetalen zonder vergoeding.",
    ),
    Entry(2, "Waar vind ik mijn jaaropgave?", (), "De jaaropgave staat vanaf februari in uw persoonlijke omgeving."),
    Entry(
        3,
        "Hoe declareer ik uit het bouwdepot?",
        (),
        "Stuur een foto van de factuur in met de app. Binnen vijf werkdagen staat het bedrag op uw rekening.",
    ),
    Entry(
        4,
        "Wat moet ik doen na een overlijden?",
        (),
        "Gecondoleerd. Geef het overlijden door met een akte; daarna schrijven wij de nabestaanden een brief.",
    ),
    Entry(5, "Hoe wijzig ik mijn rekeningnummer?", (), "Log in en kies bij Mijn gegevens een nieuwe bankrekening."),
    Entry(6, "Mag ik mijn woning verhuren?", (), "Alleen met onze toestemming, en voor hoogstens twee jaar."),
]
LETTER = """Geachte heer of mevrouw,

Al achttien jaar zijn wij klant bij u en meestal gaat alles goed. Vorige week is mijn man na een ziekbed gestorven.
Ik weet niet wat ik u moet sturen en wat er nu verder geregeld wordt. Mijn buurvrouw zei dat ik een akte nodig heb, maar
zij wist ook niet precies waarvoor, en ik heb al zoveel papieren op tafel liggen. Het is een moeilijke tijd voor ons.

Daarnaast zijn wij in het voorjaar met de keuken begonnen. De rekening van de aannemer ligt hier nu ook. Waar stuur ik
die factuur heen, zodat het bedrag uit het bouwdepot wordt betaald? Hij vraagt er elke week om.

Met vriendelijke groet,
J. Voorbeeld-de Vries"""


@pytest.fixture(scope="module")
def teacher() -> E5Teacher:
    return E5Teacher()


@pytest.fixture(scope="module")
def index(teacher: E5Teacher) -> QuestionIndex:
    return QuestionIndex.build(ENTRIES, teacher.embed(texts_to_embed(ENTRIES)), teacher)


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ("tot welk bedrag kan ik dit jaar zonder boete iets terugbetalen", 1),
        ("ik zoek het jaaroverzicht voor de belasting", 2),
        ("how do I change the bank account that you use", 5),
        ("onze dochter wil een jaar in ons huis tegen huur, is dat toegestaan", 6),
        ("mn jaaropgaaf is zoek", 2),
    ],
)
def test_other_words_typing_errors_and_english_find_the_entry(index: QuestionIndex, asked: str, key: int) -> None:
    assert index.find(asked)[0].key == key


def test_a_letter_finds_an_entry_for_each_thing_it_asks_at_the_place_where_it_asks(index: QuestionIndex) -> None:
    hits = {hit.key: hit for hit in index.find(LETTER)[:2]}
    assert set(hits) == {3, 4}
    assert min(hit.probability for hit in hits.values()) > 0.5
    assert "factuur" in LETTER[hits[3].start : hits[3].end]
    assert "gestorven" in LETTER[hits[4].start : hits[4].end] or "akte" in LETTER[hits[4].start : hits[4].end]


def test_the_place_in_a_short_text_is_the_sentence_that_asks(index: QuestionIndex) -> None:
    text = "Wij hebben een fijne zomer gehad in Frankrijk. Waar staat mijn jaaropgave van de hypotheek?"
    hit = index.find(text)[0]
    assert (hit.key, text[hit.start : hit.end]) == (2, "Waar staat mijn jaaropgave van de hypotheek?")


def test_what_is_in_no_entry_is_less_sure_than_what_is(index: QuestionIndex) -> None:
    known = index.find("Waar kan ik mijn jaaropgave vinden?")[0].probability
    strange = index.find("Hoe laat vertrekt de laatste veerboot naar Terschelling?")[0].probability
    assert strange < 0.3 < known


def test_a_phrasing_and_an_answer_count_too(teacher: E5Teacher) -> None:
    book = [
        Entry(1, "Titel zonder inhoud", ("Hoe laat gaat het zwembad open?",), ""),
        Entry(2, "Nog een titel", (), "De bibliotheek leent boeken uit voor drie weken."),
        Entry(3, "Derde titel", (), "Een tuin kan men in het voorjaar het beste bemesten."),
    ]
    index = QuestionIndex.build(book, teacher.embed(texts_to_embed(book)), teacher)
    assert index.find("vanaf welk tijdstip kan ik zwemmen in het bad")[0].key == 1
    lend = index.find("hoe lang mag ik een boek uit de bieb lenen")[0]
    assert (lend.key, lend.field) == (2, Field.PASSAGE)


def test_put_replaces_and_remove_forgets(teacher: E5Teacher) -> None:
    common = teacher.embed(["hoe werkt dit"])[0]
    index = QuestionIndex.build(ENTRIES[:2], teacher.embed(texts_to_embed(ENTRIES[:2])), teacher, common)
    new = Entry(2, "Hoe vraag ik een parkeervergunning aan?")
    index.put(new, teacher.embed(texts_to_embed([new])))
    assert len(index) == 2
    assert index.find("vergunning om te parkeren")[0].key == 2
    index.remove(2)
    assert [hit.key for hit in index.find("vergunning om te parkeren")] == [1]


def test_what_was_saved_finds_the_same_and_holds_no_text(
    index: QuestionIndex, teacher: E5Teacher, tmp_path: Path
) -> None:
    path = tmp_path / "questions.npz"
    index.save(path)
    loaded = QuestionIndex.load(path, teacher)
    asked = "kan ik zonder boete meer betalen"
    assert loaded.find(asked) == index.find(asked)
    with np.load(path, allow_pickle=False) as file:
        assert [name for name in file.files if file[name].dtype.kind in "SU"] == ["teacher"]


def test_another_teacher_or_another_file_is_damaged(index: QuestionIndex, teacher: E5Teacher, tmp_path: Path) -> None:
    class Other(E5Teacher):
        name = "other"

    path = tmp_path / "questions.npz"
    index.save(path)
    with pytest.raises(Damaged):
        QuestionIndex.load(path, Other())
    path.write_bytes(b"no index")
    with pytest.raises(Damaged):
        QuestionIndex.load(path, teacher)


def test_nothing_asked_or_nothing_known_finds_nothing(index: QuestionIndex, teacher: E5Teacher) -> None:
    assert index.find(" \n ") == []
    assert QuestionIndex(teacher, np.zeros(teacher.dimensions, np.float32)).find("is er iemand") == []


def test_vectors_have_to_fit_the_texts(teacher: E5Teacher) -> None:
    common = np.zeros(teacher.dimensions, np.float32)
    with pytest.raises(ValueError, match="one vector"):
        QuestionIndex.build(ENTRIES, np.zeros((3, teacher.dimensions), np.float32), teacher, common)


def test_passages_hold_the_whole_answer_in_bounded_pieces() -> None:
    answer = "Eerste deel.\n\n" + "Dit is een zin van gewone lengte die iets uitlegt. " * 40 + "\n\nLaatste deel."
    found = passages(answer)
    assert " ".join(" ".join(found).split()) == " ".join(answer.split())
    assert max(map(len, found)) <= LONGEST + 1
    assert len(found) > 3


def test_each_passage_stands_behind_its_question() -> None:
    entry = Entry(1, "Mag dit?", ("Kan dit?",), "Ja.\n\nMaar niet altijd.")
    assert texts_of(entry) == [
        (Field.QUESTION, "Mag dit?"),
        (Field.PHRASING, "Kan dit?"),
        (Field.PASSAGE, "Mag dit? Ja.\nMaar niet altijd."),
    ]


PENALTY = Entry(
    9,
    "Hoeveel mag ik per jaar boetevrij aflossen?",
    (),
    "U mag elk kalenderjaar 10% van uw oorspronkelijke lening boetevrij aflossen.",
)
TOPICS = (
    *("de glasbak", "de kinderopvang", "een grafsteen", "het zwembad", "een hondenpenning", "de bibliotheek"),
    *("een trouwlocatie", "de markt", "een dakkapel", "het stembureau", "een rijbewijs", "de straatverlichting"),
    *(
        "een speeltuin",
        "de weekmarkt",
        "een laadpaal",
        "het riool",
        "een braderie",
        "de volkstuin",
        "een kapvergunning",
    ),
    *("de brandweer", "een paspoort", "het muziekfestival", "de veerpont", "een standplaats"),
)


def _book(teacher: E5Teacher, entries: list[Entry]) -> QuestionIndex:
    return QuestionIndex.build(entries, teacher.embed(texts_to_embed(entries)), teacher)


@pytest.mark.parametrize("others", [0, 2, 24])
def test_the_question_of_an_entry_is_sure_and_something_else_is_not_however_large_the_book(
    teacher: E5Teacher, others: int
) -> None:
    book = [PENALTY, *(Entry(100 + at, f"Wie gaat er over {topic}?") for at, topic in enumerate(TOPICS[:others]))]
    index = _book(teacher, book)
    for asked in (
        PENALTY.question,
        "hoeveel mag ik per jaar BOETEVRIJ aflossen",
        "Hoeveel mag ik jaarlijks boetevrij aflossen?",
    ):
        assert (index.find(asked)[0].key, index.find(asked)[0].probability > 0.95) == (9, True)
    reworded = index.find("kan ik dit jaar wat extra aflossen zonder boete?")[0]
    assert reworded.key == 9
    assert reworded.probability > 0.6
    for asked in ("Mijn computer start niet meer op, wat nu?", "Waar vind ik mijn jaaropgave van de hypotheek?"):
        assert index.find(asked)[0].probability < 0.3


def test_what_is_worded_as_an_entry_is_found_before_it_has_vectors(teacher: E5Teacher) -> None:
    index = _book(teacher, ENTRIES)
    index.put(PENALTY, np.zeros((len(texts_of(PENALTY)), teacher.dimensions), np.float32))
    hit = index.find("Hoeveel mag ik per jaar boetevrij aflossen??")[0]
    assert (hit.key, hit.probability > 0.95) == (9, True)


def test_a_question_among_other_sentences_is_as_sure(teacher: E5Teacher) -> None:
    asked = "Wij wonen hier nu zes jaar met veel plezier. Hoeveel mag ik per jaar boetevrij aflossen? Alvast bedankt."
    hit = _book(teacher, [*ENTRIES[1:], PENALTY]).find(asked)[0]
    assert (hit.key, hit.probability > 0.95) == (9, True)
    assert PENALTY.question in asked[hit.start : hit.end]


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_more_of_any_likeness_never_makes_an_entry_less_sure(data: st.DataObject) -> None:
    n, some = 3, st.floats(-0.5, 1.0, width=32)
    parts = [np.array(data.draw(st.lists(some, min_size=n, max_size=n)), np.float32) for _ in range(4)]
    which, row, more = data.draw(st.integers(0, 3)), data.draw(st.integers(0, n - 1)), data.draw(st.floats(0, 1))
    raised = [part.copy() for part in parts]
    raised[which][row] += np.float32(more)
    before, after = (probability(traits(Likeness(*each))[row]) for each in (parts, raised))
    assert after >= before - 1e-6


def test_what_was_put_or_removed_beside_a_large_book_counts_as_in_a_new_one(teacher: E5Teacher) -> None:
    filler = [Entry(100 + at, f"Wie gaat er over {topic}?") for at, topic in enumerate(TOPICS)]
    index = _book(teacher, [*ENTRIES, *filler])
    index.find("opwarmen")
    changed = Entry(100, "Hoe vraag ik een parkeervergunning aan?")
    for entry in (PENALTY, changed):
        index.put(entry, teacher.embed(texts_to_embed([entry])))
    index.remove(101)
    assert [hit.key for hit in index.find("vergunning om te parkeren", 1)] == [100]
    assert index.find(PENALTY.question)[0].key == 9
    assert index.find("Wie gaat er over de glasbak?")[0].probability < 0.98
    asked = ["Wie gaat er over de kinderopvang?", "Wie gaat er over de veerpont?"]
    assert [index.find(each)[0].key for each in asked][1] == 100 + TOPICS.index("de veerpont")
    assert 101 not in {hit.key for each in asked for hit in index.find(each, 50)}
    assert len(index.find(asked[0], 50)) == len(index) == len(ENTRIES) + len(filler)
