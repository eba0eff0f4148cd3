"""The screens of promises: who sees what, and that each button does what it says."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.desk.cases.conftest import NOW, browser_of, colleague, someone, tell, waits
from tests.desk.promises.conftest import look

from gehoor.rooms.desk.models import Promise, PromiseState
from gehoor.rooms.desk.promises.actions import do_promise
from gehoor.rooms.desk.promises.erasing import erase, export
from gehoor.rooms.desk.promises.panel import render
from gehoor.rooms.privacy.rights import Subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(db):
    return someone("Mevr. De Vries")


@pytest.fixture
def proposed(person):
    tell("Beste mevrouw. U hoort vandaag nog van ons.", person=person)
    look()
    return Promise.objects.get()


def post(browser, name, promise, **given):
    return browser.post(reverse(f"desk:{name}", args=[promise.public_id]), given)


def test_the_list_shows_who_what_and_by_when(browser, proposed):
    page = browser.get(reverse("desk:promises")).content.decode()
    assert "U hoort vandaag nog van ons." in page and "Mevr. De Vries" in page


def test_confirm_keep_and_undo_from_the_list(browser, proposed):
    answer = post(browser, "confirm_promise", proposed, back=reverse("desk:promises"))
    assert answer.status_code == 302 and answer.url == reverse("desk:promises")
    post(browser, "keep_promise", proposed)
    assert Promise.objects.get().state == PromiseState.KEPT
    post(browser, "undo_promise", proposed)
    assert Promise.objects.get().state == PromiseState.OPEN


def test_a_way_back_to_another_site_is_not_taken(browser, proposed):
    answer = post(browser, "confirm_promise", proposed, back="https://elders.example/")
    assert answer.url == reverse("desk:promise", args=[proposed.public_id])


def test_correcting_a_proposal_confirms_it(browser, proposed, adviser):
    post(browser, "correct_promise", proposed, what="Bellen", day="2026-03-05", at="14:30", owner=adviser.pk)
    kept = Promise.objects.get()
    assert (kept.state, kept.what, kept.owner) == (PromiseState.OPEN, "Bellen", adviser)
    assert kept.due_at.isoformat() == "2026-03-05T13:30:00+00:00"


def test_agreeing_anew_makes_another_and_says_so_on_both_pages(browser, proposed):
    post(browser, "renegotiate_promise", proposed, day="2026-03-12", why="Druk")
    new = Promise.objects.get(instead_of=proposed)
    page = browser.get(reverse("desk:promise", args=[proposed.public_id])).content.decode()
    assert str(new.public_id) in page and "Druk" in page
    assert str(proposed.public_id) in browser.get(reverse("desk:promise", args=[new.public_id])).content.decode()


def test_a_time_without_a_day_is_asked_again(browser, proposed):
    assert post(browser, "renegotiate_promise", proposed, at="12:00").status_code == 422
    assert Promise.objects.count() == 1


def test_one_is_written_down_beside_a_case(browser, person, adviser):
    case = waits(person=person)
    page = browser.get(reverse("desk:case", args=[case.public_id])).content.decode()
    href = f"{reverse('desk:make_promise')}?zaak={case.public_id}"
    assert href in page
    browser.post(href, {"what": "Terugbellen", "day": "2026-03-04", "back": "/balie/"})
    made = Promise.objects.get()
    assert (made.case, made.person, made.owner) == (case, person, adviser)


def test_to_nobody_there_is_no_page(browser):
    assert browser.get(f"{reverse('desk:make_promise')}?klant={uuid4()}").status_code == 404
    assert browser.get(f"{reverse('desk:make_promise')}?klant=x").status_code == 404


def test_managers_see_figures_and_no_names(proposed, adviser, person):
    do_promise(person, "Geheim", NOW + timedelta(days=1), adviser)
    manager = browser_of(colleague("manager", name="Karin"))
    assert manager.get(reverse("desk:promises")).status_code == 403
    assert manager.get(reverse("desk:promise", args=[proposed.public_id])).status_code == 403
    page = manager.get(reverse("desk:promise_figures")).content.decode()
    assert "Geheim" not in page and "De Vries" not in page


def test_the_pages_of_a_long_list_follow_each_other(browser, person, adviser):
    for number in range(60):
        do_promise(person, f"Nummer {number:02}", None if number % 3 == 0 else NOW + timedelta(hours=number), adviser)
    first = browser.get(f"{reverse('desk:promises')}?lijst=open")
    further = first.context["further"]
    second = browser.get(reverse("desk:promises") + further)
    shown = [row.promise.what for row in (*first.context["rows"], *second.context["rows"])]
    assert len(shown) == len(set(shown)) == 60 and not second.context["further"]


def test_a_longer_list_asks_no_more_of_the_database(browser, person, adviser, django_assert_max_num_queries):
    for _ in range(30):
        do_promise(person, "Iets", NOW + timedelta(days=1), adviser)
    with django_assert_max_num_queries(12):
        browser.get(f"{reverse('desk:promises')}?lijst=open")


def test_the_dossier_shows_what_was_promised_and_nothing_else(proposed, person):
    assert "U hoort vandaag nog" in render(person.pk)
    assert render(someone("Een ander").pk) == ""


def test_erasing_a_person_takes_their_promises_and_export_gives_them(proposed, person, adviser):
    do_promise(person, "Met de hand", None, adviser)
    other = do_promise(someone("Een ander"), "Blijft", None, adviser)
    subject = Subject(person.pk, replies=[proposed.reply_id])
    assert [each["what"] for each in export(subject)["promises"]] == ["U hoort vandaag nog van ons.", "Met de hand"]
    erase(subject)
    assert list(Promise.objects.all()) == [other]


def test_the_dossier_has_a_button_to_make_a_promise_and_it_leads_back(browser, person):
    dossier = reverse("people:dossier", args=[person.public_id])
    page = browser.get(dossier).content.decode()
    (href,) = re.findall(rf'href="({reverse("desk:make_promise")}\?[^"]*)"', page)
    address = href.replace("&amp;", "&")
    assert "Mevr. De Vries" in browser.get(address).content.decode()
    made = browser.post(address, {"what": "Terugbellen over de rente", "day": "2026-03-05"})
    assert made.status_code == 302 and made.url == dossier
    assert Promise.objects.get().person == person
    assert "Terugbellen over de rente" in browser.get(dossier).content.decode()


def test_who_may_not_answer_sees_no_such_button(person):
    page = browser_of(colleague("privacy_officer")).get(reverse("people:dossier", args=[person.public_id]))
    assert page.status_code == 200 and reverse("desk:make_promise") not in page.content.decode()
