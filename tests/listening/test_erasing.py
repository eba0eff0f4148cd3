"""What stays and what goes when a voice is erased, exported or corrected."""

import pytest

from gehoor.kernel import clock
from gehoor.rooms.listening import erasing
from gehoor.rooms.listening.actions import do_start_session
from gehoor.rooms.listening.following import follow
from gehoor.rooms.listening.handing import Passage, do_hand_on, handed_on
from gehoor.rooms.listening.models import DrawnBy, HandedOn, Handing, Note, Pool, Struck
from gehoor.rooms.listening.quoted import without_words_of
from gehoor.rooms.privacy import rights
from gehoor.rooms.privacy.rights import Subject
from gehoor.rooms.voices.changes import Changed
from gehoor.rooms.voices.edits import edits_between
from gehoor.rooms.voices.judged import judged
from gehoor.rooms.voices.models import Voice

from .conftest import say

pytestmark = pytest.mark.django_db
TEXT = "Ik wacht vijf weken op mijn geld. Niemand belt terug. Met de aannemer heb ik ruzie."


@pytest.fixture
def letter():
    voice = say("letter", 15, author="A. Zeldenrust")
    Voice.objects.filter(pk=voice.pk).update(text=TEXT)
    voice.refresh_from_db()
    return voice


@pytest.fixture
def kept(adviser, letter):
    """A session with everything that someone can keep of a voice, and another voice beside it."""
    other = say("email", 20)
    session = do_start_session(actor=adviser, minutes=60, drawn_by=DrawnBy.VOICES, pool=Pool.ALL)
    Struck.objects.create(listener=adviser, voice=letter, session=session, start=34, end=53, at=clock.now())
    for voice, text in [
        (letter, "Bel Zeldenrust."),
        (other, "Kort en bondig."),
        (None, "Wij zwijgen te veel. Zij schreef: ik wacht vijf weken op geld. Mevrouw Zeldenrust verdient beter."),
    ]:
        Note.objects.create(session=session, voice=voice, text=text, changed_at=clock.now())
    do_hand_on(actor=adviser, kind=Handing.CHANGE, voice=letter, text="Zeldenrust bellen", passage=Passage(0, 33))
    return session


def test_erasing_takes_every_word_about_a_voice_and_leaves_the_rest(adviser, letter, kept):
    erasing.erase(Subject(None, [letter.pk], []))
    letter.delete()
    assert not Struck.objects.exists()
    assert dict(Note.objects.values_list("voice__channel", "text")) == {
        "email": "Kort en bondig.",
        None: "Wij zwijgen te veel.",
    }
    left = HandedOn.objects.get()
    assert (left.text, left.quote, left.start, left.voice, left.by) == ("", "", None, None, adviser)
    assert not handed_on(open=False).exists()


def test_an_export_holds_what_was_marked_and_written_but_not_by_whom(adviser, letter, kept):
    found = dict(rights.exported(Subject(None, [letter.pk], [])))["listening"]
    assert [each["passage"] for each in found["struck"]] == ["Niemand belt terug."]
    assert [(each["kind"], each["text"]) for each in found["written_about"]] == [
        ("note", "Bel Zeldenrust."),
        ("change", "Zeldenrust bellen"),
    ]
    assert adviser.name not in str(found)


def test_a_voice_that_someone_marked_counts_as_judged(letter, kept):
    untouched = say()
    assert judged([letter.pk, untouched.pk]) == {letter.pk}


def test_marks_follow_a_corrected_text(adviser, letter, kept):
    new = TEXT.replace("vijf weken", "wel vijftien weken").replace("Niemand", "Niemand hier")
    edits = edits_between(TEXT, new)
    Voice.objects.filter(pk=letter.pk).update(text=new)
    follow(Changed(letter.pk, edits, [], [], True))
    assert Struck.objects.get().quote == "Niemand hier belt terug."
    assert handed_on().get().quote == "Ik wacht wel vijftien weken op mijn geld."


def test_a_mark_of_which_nothing_is_left_goes(adviser, letter, kept):
    new = TEXT.replace("Niemand belt terug. ", "")
    Voice.objects.filter(pk=letter.pk).update(text=new)
    follow(Changed(letter.pk, edits_between(TEXT, new), [], [], True))
    assert not Struck.objects.exists()


def test_chance_agreement_of_words_takes_nothing_from_a_note():
    note = "Ik heb het gehoord. Wat een verhaal."
    assert without_words_of(note, said=["Ik heb het niet ontvangen."], names=["J. de Boer"]) == note
    assert without_words_of(note, said=["IK HEB, HET  GEHOORD"], names=[]) == "Wat een verhaal."
    assert without_words_of("De heer Boer wacht.", said=[], names=["J. de Boer"]) == ""
