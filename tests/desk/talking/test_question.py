"""The one question after a case: asked once, never again soon, and behind a link that works once."""

import pytest
from django.urls import reverse
from tests.desk.cases.conftest import say
from tests.people.conftest import hear

from gehoor.kernel.errors import NotFound, Refused
from gehoor.rooms.accounts.throttle import Throttle
from gehoor.rooms.desk.models import Invitation, State
from gehoor.rooms.desk.talking import survey_views
from gehoor.rooms.desk.talking.inviting import access_invitation, do_answer_question, do_decline, do_invite
from gehoor.rooms.desk.talking.opened import do_open_pages
from gehoor.rooms.people.actions import do_erase_person
from gehoor.rooms.people.models import Person
from gehoor.rooms.people.stating import do_state_preference
from gehoor.rooms.privacy.models import AuditEntry
from gehoor.rooms.voices.models import Voice

from .conftest import PUBLIC_ADDRESS, hidden, identify, later, read

pytestmark = pytest.mark.django_db
MAIL = ("email", "anja@post.example")


@pytest.fixture
def is_open():
    do_open_pages(is_open={"survey": True}, actor=None)


def a_case(*identities, state=State.SOLVED, text="Waar blijft mijn bouwdepot?"):
    from gehoor.rooms.desk.models import Case

    voice = hear(*(identities or (MAIL,)), text=text)
    identify()
    return Case.objects.create(voice=voice, channel="email", state=state, begun_at=voice.heard_at)


@pytest.fixture
def link(is_open):
    return do_invite(a_case()).path


def test_it_is_off_until_someone_opens_it():
    assert do_invite(a_case()) is None
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("state", State)
def test_only_a_case_that_is_done_is_asked_about(is_open, state):
    assert (do_invite(a_case(state=state)) is not None) == (state in {State.SOLVED, State.CLOSED})


def test_a_case_is_asked_about_once_with_the_same_link(is_open):
    case = a_case()
    first, again = do_invite(case), do_invite(case)
    assert first.path == again.path and Invitation.objects.count() == 1
    assert first.address == f"{PUBLIC_ADDRESS}{first.path}"
    assert bytes(first.invitation.key).hex() not in first.path
    assert AuditEntry.objects.filter(action="survey.invite", public_id=case.public_id).count() == 1


def test_nobody_is_asked_twice_within_ninety_days(is_open):
    assert do_invite(a_case())
    assert do_invite(a_case()) is None
    with later(days=89):
        assert do_invite(a_case()) is None
    with later(days=91):
        assert do_invite(a_case())


def test_somebody_else_is(is_open):
    assert do_invite(a_case())
    assert do_invite(a_case(("email", "jan@post.example")))


def test_who_turned_out_to_be_one_person_is_asked_once(is_open):
    assert do_invite(a_case())
    other = a_case(("email", "anja@werk.example"))
    hear(MAIL, ("email", "anja@werk.example"))
    identify()
    assert do_invite(other) is None


def test_nobody_of_whom_we_cannot_tell_is_asked(is_open):
    case = a_case()
    case.voice.attribution.delete()
    assert do_invite(case) is None


def test_who_wants_no_mail_is_not_asked(is_open):
    case = a_case()
    do_state_preference(person=Person.objects.get(), channel="email", wanted=False, actor=None)
    assert do_invite(case) is None


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Hou toch op met die enquêtes, ik word er gek van.", False),
        ("Elke keer weer zo'n vragenlijst!", False),
        ("Please stop sending me surveys.", False),
        ("De rente is te hoog en u luistert niet.", True),
    ],
)
def test_who_complained_about_being_asked_is_not_asked(is_open, text, asked):
    case = a_case()
    say(text, person=Person.objects.get(), kind="complaint")
    assert (do_invite(case) is not None) == asked


def test_who_said_never_again_is_never_asked_again(stranger, link):
    shown = stranger.post(f"{link}niet-meer/")
    assert "Wij vragen u dit niet meer" in read(shown)
    stranger.post(f"{link}niet-meer/")
    assert AuditEntry.objects.filter(action="survey.decline").count() == 1
    with later(days=400):
        assert do_invite(a_case()) is None


def test_the_words_come_first_and_looking_changes_nothing(stranger, link):
    page = read(stranger.get(link))
    assert page.index("Wat wilt u ons zeggen?") < page.index("een cijfer van 1 tot 10")
    assert stranger.get(link).status_code == 200 and not stranger.cookies


def test_what_is_said_becomes_a_voice_of_the_survey_of_this_person(stranger, link):
    said = {"ticket": hidden(stranger.get(link), "ticket"), "text": "Ik werd eindelijk teruggebeld.", "score": "8"}
    assert "Dank u wel" in read(stranger.post(link, said))
    voice = Voice.objects.get(channel="survey")
    assert (voice.text, voice.score) == ("Ik werd eindelijk teruggebeld.", 8.0)
    identify()
    assert voice.attribution.person == Person.objects.get()
    assert Invitation.objects.get().voice == voice


@pytest.mark.parametrize(("said", "kept"), [({"text": "Goed."}, ("Goed.", None)), ({"score": "3"}, ("", 3.0))])
def test_words_alone_or_a_mark_alone_will_do(stranger, link, said, kept):
    stranger.post(link, {"ticket": hidden(stranger.get(link), "ticket"), "text": "", "score": "", **said})
    voice = Voice.objects.get(channel="survey")
    assert (voice.text, voice.score) == kept


@pytest.mark.parametrize(
    "said", [{}, {"score": "11"}, {"score": "zeven"}, {"text": "a\0b"}, {"text": "a" * 20_001}, {"text": "\x1b"}]
)
def test_what_makes_no_sense_comes_back_and_leaves_the_link_good(stranger, link, said):
    back = stranger.post(link, {"ticket": hidden(stranger.get(link), "ticket"), **said})
    assert back.status_code == 422
    assert not Voice.objects.filter(channel="survey").exists() and stranger.get(link).status_code == 200


def test_it_works_once_and_a_double_click_is_once(stranger, link):
    ticket = hidden(stranger.get(link), "ticket")
    first = stranger.post(link, {"ticket": ticket, "text": "Goed."})
    again = stranger.post(link, {"ticket": ticket, "text": "Goed."})
    assert first.status_code == again.status_code == 200
    assert stranger.get(link).status_code == 410
    other = stranger.post(link, {"ticket": guarded_ticket(), "text": "Nog iets."})
    assert other.status_code == 410 and "al gebruikt" in read(other)
    assert Voice.objects.filter(channel="survey").count() == 1


def guarded_ticket():
    from gehoor.rooms.desk.talking.guarding import new_ticket

    return new_ticket()


def test_it_says_kindly_when_it_is_too_old(stranger, link):
    with later(days=31):
        assert stranger.get(link).status_code == 410
        with pytest.raises(Refused):
            do_answer_question(invitation=Invitation.objects.get(), text="Goed.", score=None, key="k")


def test_a_link_that_we_did_not_make_leads_nowhere_and_guessing_stops(stranger, link, monkeypatch):
    monkeypatch.setattr(survey_views, "guesses", Throttle(tries=3))
    for token in ("x", "a" * 500, link.split("/")[2][:-1] + "0x"):
        assert stranger.get(reverse("talking:question", args=[token])).status_code == 404
    assert stranger.get(link).status_code == 429
    with pytest.raises(NotFound):
        access_invitation("")


def test_who_is_erased_leaves_no_invitation(is_open):
    invited = do_invite(a_case())
    do_erase_person(person=Person.objects.get(), actor=None)
    assert not Invitation.objects.filter(pk=invited.invitation.pk).exists()


def test_who_declined_is_remembered_without_an_answer(link):
    do_decline(invitation=Invitation.objects.get())
    with pytest.raises(Refused):
        do_answer_question(invitation=Invitation.objects.get(), text="Toch.", score=None, key="k")
