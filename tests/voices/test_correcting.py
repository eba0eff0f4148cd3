"""Correcting what an engine read: the words, the asks and everything that leans on the text move along."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from gehoor.kernel.errors import NotAllowed, NotFound, Refused
from gehoor.rooms.accounts.roles import Role
from gehoor.rooms.privacy.models import AuditEntry
from gehoor.rooms.voices.correcting import do_correct_text, do_restore_text, newest_of, versions_of
from gehoor.rooms.voices.edits import corrected_words, edits_between
from gehoor.rooms.voices.models import Ask, KindCorrection, Transcription, Understanding, Voice
from gehoor.rooms.voices.search import Filters, find

from .conftest import colleague, say, understand
from .reading import call, letter, words_of

pytestmark = pytest.mark.django_db

TEXT = "Waar blijft mijn bouwdepol? Ik wacht al weken."


def correct(voice, old, new, **more):
    start = voice.text.index(old)
    return do_correct_text(
        said=voice, start=start, end=start + len(old), text=new, actor=colleague(Role.ADVISER), **more
    )


def found(query):
    return [voice.text for voice in find(Filters.read({"q": query}))]


def slices(version):
    return [version.text[word[0] : word[1]] for word in version.words]


def test_a_corrected_word_stands_in_the_voice_and_the_words_behind_it_move_along():
    voice = letter(TEXT, unsure=["bouwdepol"])
    version = correct(voice, "bouwdepol", "nieuwbouwdepot")
    stands = Voice.objects.get()
    assert stands.text == version.text == "Waar blijft mijn nieuwbouwdepot? Ik wacht al weken."
    assert slices(version) == version.text.split()
    before = Transcription.objects.order_by("pk").first()
    assert before.text == TEXT
    assert [word[2] for word in version.words] == [0.95, 0.95, 0.95, 1.0, 0.95, 0.95, 0.95, 0.95]
    assert version.words[3][3:5] == before.words[3][3:5]


def test_words_that_take_the_place_of_one_share_its_box():
    text = "een huisen tuin"
    fresh = corrected_words(text, words_of(text), 4, 10, "huis en een")
    boxes = [word[4] for word in fresh]
    assert [word[:3] for word in fresh] == [[0, 3, 0.95], [4, 8, 1.0], [9, 11, 1.0], [12, 15, 1.0], [16, 20, 0.95]]
    assert boxes[1] == boxes[2] == boxes[3] == words_of(text)[1][4]


def test_a_word_that_takes_the_place_of_several_has_the_box_around_them():
    text = "het bouw de pot hier"
    fresh = corrected_words(text, words_of(text), 4, 15, "bouwdepot")
    boxes = [word[4] for word in words_of(text)]
    assert fresh[1] == [4, 13, 1.0, 1, [boxes[1][0], boxes[1][1], boxes[3][2], boxes[3][3]], None, None]


def test_in_a_corrected_passage_each_word_that_was_right_keeps_its_own_box():
    text = "Ik wacht a1 drie wekon op geld"
    old = words_of(text, unsure=["a1", "wekon"])
    fresh = corrected_words(text, old, 0, len(text), "Ik wacht al drie weken op het geld")
    new = "Ik wacht al drie weken op het geld"
    assert [new[word[0] : word[1]] for word in fresh] == ["Ik", "wacht", "al", "drie", "weken", "op", "geld"]
    assert [word[4] for word in fresh] == [word[4] for word in old]
    assert {word[2] for word in fresh} == {1.0}


def test_a_sentence_that_a_platform_timed_as_one_keeps_its_time():
    text = "Ik wacht op geld. Al weken lang."
    old = [[0, 17, 1.0, 0, None, 0.0, 2.5], [18, 32, 1.0, 0, None, 2.5, 4.0]]
    fresh = corrected_words(text, old, 12, 16, "mijn geld")
    assert fresh == [[0, 22, 1.0, 0, None, 0.0, 2.5], [23, 37, 1.0, 0, None, 2.5, 4.0]]


def test_saying_that_a_word_was_read_rightly_is_a_version_too():
    voice = letter(TEXT, unsure=["weken"])
    version = correct(voice, "weken.", "weken.")
    assert version.text == TEXT
    assert version.words[-1][2] == 1.0
    assert correct(voice, "weken.", "weken.").pk == version.pk
    assert Understanding.objects.filter(voice=voice).exists()


def test_a_word_that_goes_takes_a_space_along():
    voice = letter("Waar vlek blijft het")
    assert correct(voice, "vlek", "").text == "Waar blijft het"


def test_the_new_word_is_found_and_the_old_one_no_longer():
    voice = letter(TEXT)
    correct(voice, "bouwdepol", "bouwdepot")
    assert found("bouwdepol") == []
    understand()
    assert found("bouwdepot") == ["Waar blijft mijn bouwdepot? Ik wacht al weken."]
    assert found("bouwdepol") == []


def test_what_someone_said_of_its_kind_stays():
    voice = letter(TEXT)
    KindCorrection.objects.create(voice=voice, kind="wish", actor=colleague(Role.ADVISER))
    correct(voice, "bouwdepol", "bouwdepot")
    understand()
    assert Understanding.objects.get().kind == "wish"


def test_the_words_are_counted_anew():
    voice = letter(TEXT)
    correct(voice, "bouwdepol", "bouw depot daar")
    assert Voice.objects.get().words == 10


def three_asks():
    voice = letter("Een twee drie. Vier vijf zes. Zeven acht negen.", read=False)
    places = [(0, 15), (15, 30), (30, 47)]
    return voice, [
        Ask.objects.create(voice=voice, position=at, start=start, end=end, words=3)
        for at, (start, end) in enumerate(places)
    ]


def asks_of(voice):
    return {ask.pk: voice.text[ask.start : ask.end] for ask in Ask.objects.order_by("position")}


def test_asks_stay_the_same_rows_and_hold_the_same_words():
    voice, (first, second, third) = three_asks()
    correct(voice, "vijf", "vijfentwintig")
    assert asks_of(Voice.objects.get()) == {
        first.pk: "Een twee drie. ",
        second.pk: "Vier vijfentwintig zes. ",
        third.pk: "Zeven acht negen.",
    }
    understand()
    assert Ask.objects.count() == 3


def test_an_ask_of_which_nothing_is_left_goes():
    voice, (first, _, third) = three_asks()
    correct(voice, "Vier vijf zes. ", "")
    assert list(asks_of(Voice.objects.get())) == [first.pk, third.pk]


def test_one_ask_always_stays():
    voice, asks = three_asks()
    correct(voice, voice.text, "")
    assert [(ask.start, ask.end, ask.words) for ask in Ask.objects.all()] == [(0, 0, 0)]
    do_restore_text(said=Voice.objects.get(), version=Transcription.objects.order_by("pk")[0].pk, actor=asker())
    assert asks_of(Voice.objects.get()) == {asks[0].pk: voice_text()}


def asker():
    return colleague(Role.ADVISER)


def voice_text():
    return Voice.objects.get().text


def test_going_back_is_a_new_version_and_both_stand_in_the_trail():
    voice = letter(TEXT)
    first = newest_of(voice)
    correct(voice, "bouwdepol", "bouwdepot")
    back = do_restore_text(said=voice, version=first.pk, actor=asker())
    assert (back.text, back.words, back.pk > first.pk) == (TEXT, first.words, True)
    assert Voice.objects.get().text == TEXT
    versions = versions_of(list(Transcription.objects.order_by("pk")))
    assert [(each.number, each.by_person, each.again, each.current) for each in versions] == [
        (3, True, 1, True),
        (2, True, 0, False),
        (1, False, 0, False),
    ]
    assert list(AuditEntry.objects.order_by("id").values_list("action", "what", "public_id")) == [
        ("correct_text", "voice", voice.public_id),
        ("restore_text", "voice", voice.public_id),
    ]


def test_what_the_adviser_said_is_corrected_too():
    _, reply = call("Waar blijft het?", "Wij zoken het uit.", unsure=["zoken"])
    correct(reply, "zoken", "zoeken")
    reply.refresh_from_db()
    assert reply.text == newest_of(reply).text == "Wij zoeken het uit."


def test_only_who_may_correct_can():
    voice = letter(TEXT)
    officer = colleague(Role.PRIVACY_OFFICER)
    with pytest.raises(NotAllowed):
        do_correct_text(said=voice, start=0, end=4, text="Wie", actor=officer)
    with pytest.raises(NotAllowed):
        do_restore_text(said=voice, version=newest_of(voice).pk, actor=officer)
    assert Voice.objects.get().text == TEXT


def test_what_cannot_be_corrected_is_refused():
    voice, mail = letter(TEXT), say("Een mail.")
    with pytest.raises(Refused):
        correct(mail, "mail", "post")
    with pytest.raises(Refused):
        do_correct_text(said=voice, start=40, end=90, text="x", actor=asker())
    with pytest.raises(Refused):
        do_correct_text(said=voice, start=9, end=4, text="x", actor=asker())
    with pytest.raises(NotFound):
        do_restore_text(said=mail_with_text(), version=newest_of(voice).pk, actor=asker())


def mail_with_text():
    return letter("Een andere brief.")


def test_whoever_corrects_what_someone_else_just_changed_is_told():
    voice = letter(TEXT)
    seen = newest_of(voice).pk
    correct(voice, "weken", "maanden", seen=seen)
    with pytest.raises(Refused):
        correct(voice, "bouwdepol", "bouwdepot", seen=seen)


def test_signs_that_no_text_has_are_left_out():
    voice = letter(TEXT)
    assert correct(voice, "weken.", "we\x00ken.\r\nGroet").text.endswith("al weken.\nGroet")


LETTERS = some.text(alphabet="ab é\n", max_size=12)


@given(some.text(alphabet="abc \n", max_size=60), some.text(alphabet="abc \n", max_size=60))
def test_a_place_between_unchanged_words_moves_with_them(old, new):
    edits = edits_between(old, new)
    places = [edits.moved(place) for place in range(len(old) + 1)]
    assert places == sorted(places)
    assert places[-1] == len(new)
    rebuilt, at, shift = "", 0, 0
    for edit in edits.each:
        rebuilt += old[at : edit.start] + new[edit.start + shift : edit.start + shift + edit.length]
        at, shift = edit.end, shift + edit.length - (edit.end - edit.start)
    assert rebuilt + old[at:] == new


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=some.lists(some.sampled_from(["depot", "de", "rente.", "wacht", "Waar", "é"]), min_size=1, max_size=20),
    cuts=some.lists(some.floats(0, 1), max_size=3),
    changes=some.lists(some.tuples(some.floats(0, 1), some.floats(0, 1), LETTERS), max_size=5),
)
def test_after_any_corrections_words_and_asks_fit_the_text_and_undoing_gives_the_first_back(db, text, cuts, changes):
    Voice.objects.all().delete()
    voice = letter(" ".join(text), read=False)
    edges = sorted({0, len(voice.text), *(int(cut * len(voice.text)) for cut in cuts)})
    for position, (start, end) in enumerate(itertools.pairwise(edges)):
        Ask.objects.create(voice=voice, position=position, start=start, end=end, words=1)
    first, actor = newest_of(voice), asker()
    for one, other, new in changes:
        start, end = sorted((int(one * len(voice.text)), int(other * len(voice.text))))
        version = do_correct_text(said=voice, start=start, end=end, text=new, actor=actor)
        fits(version, Voice.objects.get())
    for version in Transcription.objects.order_by("-pk")[1:]:
        do_restore_text(said=voice, version=version.pk, actor=actor)
        fits(newest_of(voice), Voice.objects.get())
    assert (voice_text(), newest_of(voice).words) == (first.text, first.words)


def fits(version, voice):
    assert version.text == voice.text
    last = 0
    for start, end, confidence, *_ in version.words:
        assert last <= start < end <= len(voice.text)
        assert voice.text[start:end].strip() == voice.text[start:end]
        assert 0 <= confidence <= 1
        last = end
    asks = list(Ask.objects.order_by("start"))
    assert asks
    assert all(0 <= ask.start <= ask.end <= len(voice.text) for ask in asks)
    assert all(one.end <= other.start for one, other in itertools.pairwise(asks))
