"""A page says often that someone is there; it is written as often as needed."""

from datetime import timedelta

import pytest
from tests.desk.cases.conftest import NOW, colleague, waits

from gehoor.kernel.clock import at as standing_at
from gehoor.rooms.desk.cases.acts import note_act
from gehoor.rooms.desk.cases.presence import STAYS, do_be_there, there
from gehoor.rooms.desk.models import Presence

pytestmark = pytest.mark.django_db


def test_who_stays_is_there_as_long_as_they_say_so(adviser):
    case, bram = waits(), colleague(name="Bram Smit")
    for seconds in range(0, 3 * STAYS.seconds, 2):
        with standing_at(NOW + timedelta(seconds=seconds)):
            do_be_there(case, bram, writing=False)
            assert [each.name for each in there([case], adviser)[case.pk]] == ["Bram Smit"]


def test_what_is_known_is_not_written_again(django_assert_num_queries):
    case, bram = waits(), colleague(name="Bram Smit")
    do_be_there(case, bram, writing=False)
    with django_assert_num_queries(1):
        do_be_there(case, bram, writing=False)
    do_be_there(case, bram, writing=True)
    assert Presence.objects.get(user=bram).writing


def test_the_page_is_left_alone_where_it_knows_who_is_there(browser):
    case, bram = waits(), colleague(name="Bram Smit")
    address, known = f"/balie/{case.public_id}/hier/", {"sinds": str(case.moved)}
    first = browser.post(address, known)
    known["wie"] = first.context["seen"]
    assert browser.post(address, known).status_code == 204
    do_be_there(case, bram, writing=False)
    answer = browser.post(address, known)
    assert "Bram Smit kijkt" in answer.content.decode()
    known["wie"] = answer.context["seen"]
    note_act(case, "note", by=bram, text="Gebeld.")
    assert "Er is iets gebeurd" in browser.post(address, known).content.decode()
