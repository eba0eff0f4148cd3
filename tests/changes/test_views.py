"""The screens: for whom, in how many queries, and what they say."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from gehoor.rooms.accounts.roles import ALLOWED, May, Role
from gehoor.rooms.changes.actions import do_decide, do_done, do_start_change, do_undo_step
from gehoor.rooms.changes.log import standing_of
from gehoor.rooms.changes.models import Change, Step, StepKind
from gehoor.rooms.changes.standing import Stage

from .conftest import colleague, say, seen_by

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def change(heard, deposit, marketer):
    return do_start_change(
        name="Bouwdepot binnen een week", idea="Elke dag uitbetalen.", needs=[deposit.public_id], actor=marketer
    )


@pytest.fixture
def signed_in(client, marketer):
    client.force_login(marketer)
    return client


def page(client, change):
    return client.get(reverse("changes:change", args=[change.public_id])).content.decode()


@pytest.fixture
def everywhere(change, deposit, marketer):
    """Every address, whether it is a post, and which right it needs beside seeing changes."""
    step = do_decide(change=change, kind=StepKind.YES, actor=marketer)
    one = [change.public_id]
    return [
        (reverse("changes:changes"), False, May.SEE_CHANGES),
        (reverse("changes:change", args=one), False, May.SEE_CHANGES),
        (reverse("changes:voices", args=one), False, May.SEE_VOICES),
        (reverse("changes:tell", args=one), False, May.TELL),
        (reverse("changes:ask", args=one), False, May.TELL),
        (reverse("changes:start"), False, May.DECIDE_CHANGES),
        (reverse("changes:word", args=one), False, May.DECIDE_CHANGES),
        (reverse("changes:step", args=one), True, May.DECIDE_CHANGES),
        (reverse("changes:undo", args=[step.public_id]), True, May.DECIDE_CHANGES),
        (reverse("changes:remove", args=one), True, May.DECIDE_CHANGES),
        (reverse("changes:restore", args=one), True, May.DECIDE_CHANGES),
        (reverse("changes:add_need", args=one), True, May.DECIDE_CHANGES),
        (reverse("changes:remove_need", args=[change.public_id, deposit.public_id]), True, May.DECIDE_CHANGES),
    ]


def test_a_stranger_is_sent_to_the_door(everywhere):
    for address, post, _ in everywhere:
        response = Client().post(address) if post else Client().get(address)
        assert response.status_code == 302
        assert "next=" in response["Location"]


@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_do_what_the_table_says(everywhere, role):
    client, steps = seen_by(role), Step.objects.count()
    for address, post, right in everywhere:
        allowed = {right, May.SEE_CHANGES} <= ALLOWED[role]
        if post and allowed:
            continue
        response = client.post(address) if post else client.get(address)
        assert response.status_code == (200 if allowed else 403), address
    assert Step.objects.count() == steps


def test_addresses_that_lead_nowhere(signed_in):
    nobody = uuid.UUID("0190b3f0-0000-7000-8000-000000000000")
    for name in ("change", "word"):
        assert signed_in.get(reverse(f"changes:{name}", args=[nobody])).status_code == 404
    for name in ("step", "undo", "remove", "restore"):
        assert signed_in.post(reverse(f"changes:{name}", args=[nobody])).status_code == 404
    assert signed_in.get(reverse("changes:start"), {"need": "geen"}).status_code == 404


def test_the_page_opens_with_one_sentence(signed_in, change, marketer):
    said = page(signed_in, change)
    assert "<strong>2 klanten</strong> vroegen dit" in said
    assert "nog niets besloten" in said
    assert "Elke dag uitbetalen." in said
    do_decide(change=change, kind=StepKind.NO, reason="Het mag niet van de wet.", actor=marketer)
    said = page(signed_in, change)
    assert "besloten: <strong>nee</strong>" in said
    assert "Het mag niet van de wet." in said


def test_who_may_not_decide_sees_everything_and_no_form(change):
    said = page(seen_by("adviser"), change)
    assert "Bouwdepot" in said
    assert reverse("changes:step", args=[change.public_id]) not in said


def test_begin_from_a_need_and_decide_by_hand(signed_in, heard, deposit):
    address = reverse("changes:start") + f"?need={deposit.public_id}"
    assert 'value="Bouwdepot"' in signed_in.get(address).content.decode()
    response = signed_in.post(address, {"name": "Sneller bouwdepot", "idea": ""}, follow=True)
    change = Change.objects.get()
    assert response.redirect_chain[-1][0] == reverse("changes:change", args=[change.public_id])
    assert change.needs.get().need == deposit.public_id
    step = reverse("changes:step", args=[change.public_id])
    signed_in.post(step, {"kind": "yes", "yes-reason": "Doen", "yes-fewer": "40"})
    decided = Step.objects.get()
    assert (decided.kind, decided.reason, decided.fewer) == ("yes", "Doen", 0.4)
    signed_in.post(step, {"kind": "doing", "doing-reason": "", "doing-day": ""})
    signed_in.post(step, {"kind": "done", "done-day": TODAY.isoformat(), "done-reason": ""})
    assert standing_of(change).stage == Stage.DONE
    signed_in.post(reverse("changes:undo", args=[Step.objects.order_by("pk").last().public_id]))
    assert standing_of(change).stage == Stage.DOING


def test_begin_from_a_voice(signed_in, heard):
    voice = say("Kan de app ook op mijn horloge?", person=heard["cor"])
    address = reverse("changes:start") + f"?voice={voice.public_id}"
    assert "op mijn horloge" in signed_in.get(address).content.decode()
    signed_in.post(address, {"name": "App op het horloge", "idea": ""})
    assert Change.objects.get().voices.get().voice == voice


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "no", "no-reason": ""},
        {"kind": "later", "later-day": "2020-01-01"},
        {"kind": "yes", "yes-fewer": "400"},
        {"kind": "later", "later-day": "volgende week"},
    ],
)
def test_a_decision_that_lacks_something_is_asked_again_and_keeps_what_was_typed(signed_in, change, given):
    response = signed_in.post(reverse("changes:step", args=[change.public_id]), given)
    assert response.status_code == 422
    assert "<details open>" in response.content.decode()
    assert not Step.objects.exists()


def test_a_step_that_is_none_is_refused(signed_in, change):
    for kind in ("undo", "weg", ""):
        assert signed_in.post(reverse("changes:step", args=[change.public_id]), {"kind": kind}).status_code == 409


def test_the_board_shows_a_no_with_its_reason_and_a_later_with_its_day(signed_in, change, deposit, marketer):
    do_decide(change=change, kind=StepKind.NO, reason="Omdat de wet het verbiedt.", actor=marketer)
    later = do_start_change(name="Later dan", actor=marketer)
    do_decide(change=later, kind=StepKind.LATER, day=TODAY.replace(year=TODAY.year + 1), actor=marketer)
    said = signed_in.get(reverse("changes:changes")).content.decode()
    assert "Omdat de wet het verbiedt." in said
    assert "Opnieuw bekeken op" in said


def test_what_was_undone_stands_in_the_log_with_who_undid_it(signed_in, change, marketer):
    do_undo_step(step=do_decide(change=change, kind=StepKind.YES, actor=marketer), actor=colleague("manager"))
    assert "ongedaan gemaakt door Anneke" in page(signed_in, change)


def test_an_empty_board_says_how_to_begin(signed_in):
    assert reverse("needs:needs") in signed_in.get(reverse("changes:changes")).content.decode()


def test_the_page_of_a_need_says_what_we_did_with_it(signed_in, change, needs, marketer):
    do_decide(change=change, kind=StepKind.YES, actor=marketer)
    do_done(change=change, day=TODAY, actor=marketer)
    for need in (needs[2], needs[0]):
        said = signed_in.get(reverse("needs:need", args=[need.public_id])).content.decode()
        assert "Bouwdepot binnen een week" in said
    beside = signed_in.get(reverse("needs:need", args=[needs[4].public_id])).content.decode()
    assert "Bouwdepot binnen een week" not in beside
    assert f"{reverse('changes:start')}?need={needs[4].public_id}" in beside


def test_pages_take_a_fixed_number_of_queries(signed_in, change, needs, marketer, django_assert_max_num_queries):
    for number in range(12):
        made = do_start_change(name=f"Verandering {number}", needs=[need.public_id for need in needs], actor=marketer)
        do_decide(change=made, kind=StepKind.YES, actor=marketer)
    with django_assert_max_num_queries(22):
        assert signed_in.get(reverse("changes:changes")).status_code == 200
    with django_assert_max_num_queries(40):
        assert signed_in.get(reverse("changes:change", args=[made.public_id])).status_code == 200


def test_english_is_complete_too(signed_in, change):
    with translation.override("en"):
        said = signed_in.get(
            reverse("changes:change", args=[change.public_id]), headers={"accept-language": "en"}
        ).content.decode()
    assert "asked for this" in said or "vroegen dit" in said
