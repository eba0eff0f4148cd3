"""The screens of visits."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gehoor.rooms.accounts.models import User
from gehoor.rooms.answers.models import Visit, VisitState

from .conftest import QUESTION

pytestmark = pytest.mark.django_db


def seen_by(user):
    client = Client()
    client.force_login(user)
    return client


def page(client, name, *args):
    return client.get(reverse(f"answers:{name}", args=args)).content.decode()


def filled(adviser, **fields):
    empty = {f"question_{at}": "" for at in range(2, 9)}
    return {
        **empty,
        "name": "Balie Amersfoort",
        "scenario": "U erft geld.\nU wilt aflossen.",
        "channel": "mystery_visit",
        "place": "Lindelaan",
        "planned_for": timezone.localdate().isoformat(),
        "visitor": adviser.pk,
        "question_1": QUESTION,
        **fields,
    }


def test_a_visit_is_planned_and_shown_to_its_visitor(manager, adviser, entry):
    done = seen_by(manager).post(reverse("answers:plan_visit"), filled(adviser), follow=True)
    visit = Visit.objects.get()
    assert done.redirect_chain[-1][0] == reverse("answers:visit", args=[visit.public_id])
    shown = page(seen_by(adviser), "visit", visit.public_id)
    assert "U erft geld.<br>" in shown
    assert 'name="told_1"' in shown
    assert "Balie Amersfoort" in page(seen_by(adviser), "visits")


def test_others_do_not_see_what_is_planned(visit):
    other = User.objects.make(email="daan@delinde.nl", name="Daan", roles=["adviser"], password=None)
    assert visit.name not in page(seen_by(other), "visits")
    assert 'name="told_1"' not in page(seen_by(other), "visit", visit.public_id)
    assert seen_by(other).get(reverse("answers:plan_visit")).status_code == 403


def test_a_wrong_form_keeps_what_was_typed(manager, adviser):
    answer = seen_by(manager).post(reverse("answers:plan_visit"), filled(adviser, question_1="", question_2="Kan dat?"))
    assert answer.status_code == 422
    assert "Kan dat?" in answer.content.decode()
    assert not Visit.objects.exists()


def test_a_report_shows_what_clashes_beside_the_book(visit, adviser):
    sent = {"told_1": "20% per jaar <b>boetevrij</b>.", "told_2": "", "waited_minutes": "12"}
    later = timezone.localtime(timezone.now()).strftime("%Y-%m-%dT%H:%M")
    seen_by(adviser).post(reverse("answers:visit", args=[visit.public_id]), sent | {"visited_at": later})
    assert Visit.objects.get().state == VisitState.REPORTED
    shown = page(seen_by(adviser), "visit", visit.public_id)
    assert "<mark>20% per jaar</mark>" in shown or "<mark>20%</mark>" in shown
    assert "<b>boetevrij" not in shown
    assert "12 minuten" in shown
    assert "0 van 1 antwoord" in page(seen_by(adviser), "visits")


def test_kept_for_later_it_stays_open(visit, adviser):
    later = timezone.localtime(timezone.now()).strftime("%Y-%m-%dT%H:%M")
    sent = {"visited_at": later, "told_1": "Tien procent.", "later": "1"}
    seen_by(adviser).post(reverse("answers:visit", args=[visit.public_id]), sent)
    assert Visit.objects.get().state == VisitState.PLANNED
    assert "Tien procent." in page(seen_by(adviser), "visit", visit.public_id)


def test_calling_off_offers_undo(visit, manager):
    client = seen_by(manager)
    done = client.post(reverse("answers:call_off", args=[visit.public_id]), follow=True).content.decode()
    assert reverse("answers:call_on", args=[visit.public_id]) in done
    client.post(reverse("answers:call_on", args=[visit.public_id]))
    assert Visit.objects.get().state == VisitState.PLANNED
