"""What else happened is recorded, changed and removed, and every step can be undone."""

from datetime import date
from uuid import UUID

import pytest

from gehoor.kernel.errors import Refused
from gehoor.rooms.changes.events import (
    Happening,
    do_add_event,
    do_change_event,
    do_remove_event,
    do_undo_event,
    events,
    events_between,
)
from gehoor.rooms.changes.models import Event
from gehoor.rooms.privacy.models import AuditEntry

from .conftest import colleague, seen_by

CAMPAIGN = Happening("campaign", "Wooncoach", date(2025, 3, 1), date(2025, 3, 20))
FORM = {"name": "Storing app", "kind": "outage", "since": "2025-04-01", "until": "2025-04-03"}


def names():
    return [event.name for event in events()]


def test_an_event_is_kept_with_both_days_and_who_said_so(db):
    marketer = colleague("marketer")
    event = do_add_event(said=CAMPAIGN, actor=marketer)
    assert (event.since, event.until, event.by) == (date(2025, 3, 1), date(2025, 3, 20), marketer)
    assert AuditEntry.objects.get(action="event.add").public_id == event.public_id


def test_adding_is_undone(db):
    marketer = colleague("marketer")
    event = do_add_event(said=CAMPAIGN, actor=marketer)
    do_undo_event(event=event, actor=marketer)
    assert names() == []


def test_changing_is_undone_to_what_it_was(db):
    marketer = colleague("marketer")
    event = do_add_event(said=CAMPAIGN, actor=marketer)
    changed = do_change_event(
        event=event, said=Happening("mailing", "Brochure", date(2025, 3, 2), date(2025, 3, 2)), actor=marketer
    )
    assert names() == ["Brochure"]
    do_undo_event(event=changed, actor=marketer)
    assert [(each.name, each.kind, each.until) for each in events()] == [("Wooncoach", "campaign", date(2025, 3, 20))]


def test_removing_is_undone_once_and_only_once(db):
    marketer = colleague("marketer")
    event = do_add_event(said=CAMPAIGN, actor=marketer)
    do_remove_event(event=event, actor=marketer)
    assert names() == []
    with pytest.raises(Refused):
        do_remove_event(event=event, actor=marketer)
    do_undo_event(event=event, actor=marketer)
    assert names() == ["Wooncoach"]


def test_what_was_changed_since_is_not_brought_back_beside_its_newer_self(db):
    marketer = colleague("marketer")
    event = do_add_event(said=CAMPAIGN, actor=marketer)
    do_change_event(event=event, said=Happening("news", "Krant", date(2025, 3, 2), date(2025, 3, 2)), actor=marketer)
    with pytest.raises(Refused):
        do_undo_event(event=event, actor=marketer)
    assert names() == ["Krant"]


@pytest.mark.parametrize(
    "said",
    [
        Happening("campaign", "  ", date(2025, 3, 1), date(2025, 3, 2)),
        Happening("campaign", "x" * 201, date(2025, 3, 1), date(2025, 3, 2)),
        Happening("earthquake", "Beving", date(2025, 3, 1), date(2025, 3, 2)),
        Happening("campaign", "Achteruit", date(2025, 3, 2), date(2025, 3, 1)),
        Happening("campaign", "Eeuwig", date(2020, 3, 2), date(2025, 3, 1)),
        Happening("campaign", "Oud", date(1900, 3, 2), date(1900, 3, 3)),
    ],
    ids=["no name", "long name", "no such kind", "ends before it begins", "longer than a year", "long ago"],
)
def test_what_cannot_have_happened_is_refused(db, said):
    with pytest.raises(Refused):
        do_add_event(said=said, actor=None)
    assert not Event.objects.exists()


def test_a_period_finds_what_overlaps_it_by_a_day(db):
    do_add_event(said=CAMPAIGN, actor=None)
    assert len(events_between(date(2025, 3, 20), date(2025, 4, 1))) == 1
    assert events_between(date(2025, 3, 21), date(2025, 4, 1)) == []


def test_the_page_records_shows_and_undoes(db):
    marketer = seen_by("marketer")
    answer = marketer.post("/veranderingen/gebeurtenissen/", FORM, follow=True)
    assert "Storing app" in answer.text and "/ongedaan/" in answer.text
    event = Event.objects.get()
    marketer.post(f"/veranderingen/gebeurtenissen/{event.public_id}/weg/")
    assert "Storing app" not in marketer.get("/veranderingen/gebeurtenissen/").text
    marketer.post(f"/veranderingen/gebeurtenissen/{event.public_id}/ongedaan/")
    assert "Storing app" in marketer.get("/veranderingen/gebeurtenissen/").text


def test_a_name_is_shown_as_text_never_as_markup(db):
    marketer = seen_by("marketer")
    marketer.post("/veranderingen/gebeurtenissen/", {**FORM, "name": "<script>alert(1)</script>"})
    assert "<script>alert" not in marketer.get("/veranderingen/gebeurtenissen/").text


def test_a_form_that_makes_no_sense_says_so(db):
    answer = seen_by("marketer").post("/veranderingen/gebeurtenissen/", {**FORM, "until": "2025-03-01"})
    assert answer.status_code == 422
    assert not Event.objects.exists()


def test_one_day_needs_no_last_day(db):
    seen_by("marketer").post("/veranderingen/gebeurtenissen/", {**FORM, "until": ""})
    event = Event.objects.get()
    assert event.since == event.until == date(2025, 4, 1)


@pytest.mark.parametrize("path", ["", f"{UUID(int=7)}/", f"{UUID(int=7)}/weg/", f"{UUID(int=7)}/ongedaan/"])
def test_an_adviser_sees_no_door_here(db, path):
    adviser = seen_by("adviser")
    address = f"/veranderingen/gebeurtenissen/{path}"
    assert adviser.get(address).status_code == 403
    assert adviser.post(address, FORM).status_code == 403


def test_the_list_needs_a_bounded_number_of_queries(db, django_assert_max_num_queries):
    marketer = seen_by("marketer")
    for number in range(12):
        do_add_event(said=Happening("news", f"Bericht {number}", date(2025, 3, 1), date(2025, 3, 2)), actor=None)
    with django_assert_max_num_queries(6):
        marketer.get("/veranderingen/gebeurtenissen/")
