"""What one keeps of what was heard: marks and notes, one's own until they are shared."""

import re

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from gehoor.kernel.errors import NotAllowed, NotFound, Refused
from gehoor.rooms.listening.actions import do_start_session
from gehoor.rooms.listening.earlier import earlier, shared_by_all
from gehoor.rooms.listening.handing import Passage, handed_on
from gehoor.rooms.listening.marking import (
    Selected,
    do_mark,
    do_share_mark,
    do_unmark,
    find_passage,
    sentences_of,
)
from gehoor.rooms.listening.models import DrawnBy, Note, Pool, Struck
from gehoor.rooms.listening.noting import do_note, do_share_note, joined, mark_of
from gehoor.rooms.voices.models import Voice

from .conftest import colleague, say

pytestmark = pytest.mark.django_db
TEXT = "Ik wacht al weken.\nNiemand belt terug.\n\nIk ben er klaar mee. Niemand belt terug, echt niemand."


@pytest.fixture
def letter():
    voice = say("letter", 16)
    Voice.objects.filter(pk=voice.pk).update(text=TEXT)
    voice.refresh_from_db()
    return voice


@pytest.fixture
def session(manager, letter):
    return do_start_session(actor=manager, minutes=40, drawn_by=DrawnBy.VOICES, pool=Pool.ALL)


def words(passage):
    return TEXT[passage.start : passage.end]


def test_a_selection_is_found_whatever_the_page_did_to_the_lines():
    assert words(find_passage(TEXT, Selected("weken.   Niemandbelt"))) == "weken.\nNiemand belt"
    assert words(find_passage(TEXT, Selected(" klaar mee.\n"))) == "klaar mee."


def test_of_two_places_the_one_after_the_same_words_is_meant():
    first = find_passage(TEXT, Selected("Niemand belt terug", "wacht al weken."))
    second = find_passage(TEXT, Selected("Niemand belt terug", "er klaar mee."))
    assert (first.start, second.start) == (TEXT.index("Niemand"), TEXT.rindex("Niemand"))


@pytest.mark.parametrize("wrong", ["", "  ", "Dat zei onze adviseur."])
def test_what_the_customer_did_not_say_is_no_passage(wrong):
    with pytest.raises(Refused):
        find_passage(TEXT, Selected(wrong))


@given(st.text(alphabet="ab \n", min_size=1, max_size=40), st.data())
def test_every_part_of_a_text_is_found_at_its_own_place(text, data):
    """Oracle: the place itself; with all that stands before it, it can be no other."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    chosen = text[start:end]
    if not chosen.strip():
        return
    found = find_passage(text, Selected(chosen, text[:start]))
    assert text[found.start : found.end] == chosen.strip()
    assert "".join(text[: found.start].split()) == "".join(text[:start].split())


def test_the_sentences_to_choose_from_cover_every_word(letter):
    assert [words(each) for each in sentences_of(letter)] == [
        "Ik wacht al weken.",
        "Niemand belt terug.",
        "Ik ben er klaar mee.",
        "Niemand belt terug, echt niemand.",
    ]


def test_marks_that_touch_become_one(manager, letter, session):
    do_mark(actor=manager, voice=letter, passage=Passage(0, 8), session=session)
    do_mark(actor=manager, voice=letter, passage=Passage(40, 60), session=session)
    do_mark(actor=manager, voice=letter, passage=Passage(5, 18), session=session)
    assert list(Struck.objects.order_by("start").values_list("start", "end")) == [(0, 18), (40, 60)]


def test_a_mark_is_ones_own(manager, adviser, letter, session):
    struck = do_mark(actor=manager, voice=letter, passage=Passage(0, 18), session=session)
    for refused in (
        lambda: do_unmark(actor=adviser, public_id=struck.public_id),
        lambda: do_share_mark(actor=adviser, public_id=struck.public_id, shared=True),
    ):
        with pytest.raises(NotFound):
            refused()
    assert shared_by_all() == []
    do_share_mark(actor=manager, public_id=struck.public_id, shared=True)
    assert [each.struck for each in shared_by_all()] == [[struck]]
    do_unmark(actor=manager, public_id=struck.public_id)
    assert shared_by_all() == []


def test_who_may_not_listen_marks_nothing_and_no_more_than_a_passage_is_marked(manager, letter):
    with pytest.raises(NotAllowed):
        do_mark(actor=colleague("privacy_officer"), voice=letter, passage=Passage(0, 5))
    long = say("letter", 1000)
    for passage in (Passage(5, 5), Passage(0, 10**6), Passage(0, 2001)):
        with pytest.raises(Refused):
            do_mark(actor=manager, voice=long, passage=passage)


def note(session, text, begun_from="", **more):
    return do_note(session=session, text=text, begun_from=mark_of(begun_from), **more)


def test_a_note_grows_as_it_is_written(session, letter):
    note(session, "Terug", voice=letter)
    note(session, "Terugbellen!", "Terug", voice=letter)
    assert Note.objects.get().text == "Terugbellen!"


def test_a_note_written_in_two_pages_loses_nothing(session, letter):
    note(session, "Uit het ene venster.", voice=letter)
    note(session, "Uit het andere.", "", voice=letter)
    assert Note.objects.get().text == "Uit het ene venster.\n\nUit het andere."


def test_a_note_can_be_emptied_and_an_empty_one_is_not_kept(session, letter):
    assert note(session, "  ", voice=letter) is None
    assert not Note.objects.exists()
    note(session, "Weg ermee", voice=letter)
    note(session, "", "Weg ermee", voice=letter)
    assert Note.objects.get().text == ""
    assert earlier(session.listener) == []


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_joining_keeps_what_was_kept_unless_the_page_had_seen_it(kept, seen, new):
    found = joined(kept, mark_of(seen), new)
    assert new in found
    assert kept in found or seen == kept


def test_a_note_is_ones_own_until_it_is_shared(manager, adviser, session, letter):
    mine = note(session, "Terugbellen", voice=letter)
    with pytest.raises(NotFound):
        do_share_note(actor=adviser, public_id=mine.public_id, shared=True)
    assert shared_by_all() == []
    do_share_note(actor=manager, public_id=mine.public_id, shared=True)
    assert [each.notes for each in shared_by_all()] == [[mine]]


def test_what_is_too_long_or_about_a_voice_outside_the_stack_is_refused(session):
    with pytest.raises(Refused):
        note(session, "x" * 10_001)
    with pytest.raises(NotFound):
        note(session, "Hm", voice=say("letter", 20))


@pytest.fixture
def reading(client, manager, session):
    client.force_login(manager)
    return reverse("listening:reading", args=[session.public_id, 1])


def page(client, address):
    return client.get(address).content.decode()


def test_marking_by_the_list_of_sentences_works_without_a_script(client, reading, session):
    found = page(client, reading)
    span = re.search(r'name="span" value="(\d+-\d+)">Niemand belt terug, echt', found)[1]
    answer = client.post(reverse("listening:mark", args=[session.public_id, 1]), {"span": span})
    assert answer["Location"] == f"{reading}#struck"
    assert Struck.objects.get().quote == "Niemand belt terug, echt niemand."
    assert "<mark>Niemand belt terug, echt niemand.</mark>" in page(client, reading)


def test_marking_a_selection_gives_the_part_back_to_htmx(client, reading, session):
    address = reverse("listening:mark", args=[session.public_id, 1])
    answer = client.post(address, {"quote": "ik ben", "before": ""}, headers={"HX-Request": "true"})
    assert answer.status_code == 409
    answer = client.post(address, {"quote": "klaarmee.", "before": "er"}, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert "<html" not in text and "klaar mee." in text
    for wrong in ("x-3", "3", "9-2", "0-999999", "²-³"):
        assert client.post(address, {"span": wrong}).status_code == 409, wrong


def test_taking_a_mark_away(client, reading, session):
    client.post(reverse("listening:mark", args=[session.public_id, 1]), {"span": "0-18"})
    client.post(reverse("listening:unmark", args=[session.public_id, 1, Struck.objects.get().public_id]))
    assert not Struck.objects.exists()


def test_a_note_goes_along_with_every_way_on(client, reading, session, hand):
    shown = re.search(r'name="shown" value="([^"]+)"', page(client, reading))[1]
    form = {"shown": shown, "seconds": "", "note": "Bel terug", "begun_from": mark_of(""), "share_note": "on"}
    answer = client.post(reverse("listening:move_on", args=[session.public_id, 1]), {**form, "to": "stay"})
    assert answer["Location"] == reading
    kept = Note.objects.get()
    assert (kept.text, kept.shared, kept.voice) == ("Bel terug", True, session.stack.get().voice)
    assert ">Bel terug</textarea>" in page(client, reading)


def test_a_note_is_kept_while_it_is_written(client, reading, session):
    address = reverse("listening:note_voice", args=[session.public_id, 1])
    now = client.post(address, {"note": "Bel", "begun_from": mark_of("")}).json()
    now = client.post(address, {"note": "Bel terug", "begun_from": now["begun_from"]}).json()
    assert (Note.objects.get().text, now["text"]) == ("Bel terug", "Bel terug")
    other = client.post(address, {"note": "Een ander venster", "begun_from": mark_of("")}).json()
    assert other["text"] == "Bel terug\n\nEen ander venster"


def test_a_note_about_the_whole_session(client, manager, session):
    client.force_login(manager)
    address = reverse("listening:note_session", args=[session.public_id])
    answer = client.post(address, {"note": "Wij zwijgen te veel", "begun_from": mark_of("")}, follow=True)
    assert "Wij zwijgen te veel" in answer.content.decode()
    assert Note.objects.get().voice is None


def test_handing_on_and_taking_back_on_the_screen(client, manager, adviser, reading, session):
    client.post(reverse("listening:mark", args=[session.public_id, 1]), {"span": "0-18"})
    form = {"kind": "change", "about": str(Struck.objects.get().public_id), "text": "Bel zelf", "to": ""}
    address = reverse("listening:hand_on", args=[session.public_id, 1])
    client.post(address, form)
    handed = handed_on(kind="change").get()
    assert (handed.text, handed.quote, handed.session) == ("Bel zelf", "Ik wacht al weken.", session)
    assert client.post(address, {**form, "text": ""}).status_code == 409
    client.force_login(adviser)
    assert client.post(reverse("listening:withdraw", args=[handed.public_id])).status_code == 403
    client.force_login(manager)
    client.post(reverse("listening:withdraw", args=[handed.public_id]))
    assert not handed_on().exists()
    client.post(reverse("listening:hand_on_again", args=[handed.public_id]))
    assert handed_on().get() == handed


def test_what_was_marked_last_is_what_is_handed_on_unless_one_chooses_otherwise(client, reading, session):
    assert not re.search(r"<option[^>]* selected>“", page(client, reading))
    client.post(reverse("listening:mark", args=[session.public_id, 1]), {"span": "0-18"})
    assert re.search(r"<option[^>]* selected>“Ik wacht al weken.”</option>", page(client, reading))


def test_a_thanks_stands_on_todays_page_of_its_receiver_until_put_away(client, manager, adviser, reading, session):
    form = {"kind": "thanks", "about": "", "text": "Wat goed opgelost", "to": str(adviser.public_id)}
    client.post(reverse("listening:hand_on", args=[session.public_id, 1]), form)
    assert "Wat goed opgelost" not in page(client, reverse("today:today"))
    client.force_login(adviser)
    assert "Wat goed opgelost" in page(client, reverse("today:today"))
    client.post(reverse("listening:see_thanks", args=[handed_on().get().public_id]))
    assert "Wat goed opgelost" not in page(client, reverse("today:today"))


def test_nobody_keeps_anything_in_anothers_session(client, adviser, session):
    client.force_login(adviser)
    at = [session.public_id, 1]
    for name, more in (("mark", []), ("unmark", [session.public_id]), ("note_voice", []), ("hand_on", [])):
        assert client.post(reverse(f"listening:{name}", args=[*at, *more])).status_code == 404, name
    assert client.post(reverse("listening:note_session", args=[session.public_id])).status_code == 404


def test_what_is_not_shared_is_on_nobody_elses_page(client, manager, adviser, session, letter):
    do_mark(actor=manager, voice=letter, passage=Passage(0, 18), session=session)
    note(session, "Alleen voor mij", voice=letter)
    do_note(session=session, text="Voor allen", begun_from=mark_of(""), shared=True)
    client.force_login(adviser)
    heard = page(client, reverse("listening:what_we_heard"))
    assert "Voor allen" in heard
    assert "Alleen voor mij" not in heard and "Ik wacht al weken." not in heard
    assert "Voor allen" not in page(client, reverse("listening:earlier"))
    client.force_login(manager)
    own = page(client, reverse("listening:thanks", args=[session.public_id]))
    assert all(words in own for words in ("Alleen voor mij", "Ik wacht al weken.", "Voor allen"))


def test_looking_back_stays_within_its_queries(client, manager, django_assert_max_num_queries):
    for _ in range(5):
        voice = say("letter", 30)
        session = do_start_session(actor=manager, minutes=40, drawn_by=DrawnBy.VOICES, pool=Pool.ALL)
        session.stack.update(seconds=20)
        do_mark(actor=manager, voice=voice, passage=Passage(0, 11), session=session)
        do_note(session=session, voice=voice, text="Hm", begun_from="", shared=True)
    client.force_login(manager)
    for name, most in (("earlier", 9), ("what_we_heard", 8), ("log", 6)):
        with django_assert_max_num_queries(most):
            assert client.get(reverse(f"listening:{name}")).status_code == 200
