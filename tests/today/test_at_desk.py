"""What Today says of promises and complaints, to whom."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.desk.cases.conftest import NOW, browser_of, colleague, home, say, someone, tell

from gehoor.kernel.clock import at as standing_at
from gehoor.rooms.desk.complaints.actions import do_register
from gehoor.rooms.desk.promises.actions import do_promise

__all__ = ["home"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with standing_at(NOW):
        yield


def today(*roles):
    return browser_of(colleague(*roles)).get(reverse("today:today")).content.decode()


def test_an_adviser_sees_what_is_due_and_a_manager_how_many():
    say()
    do_promise(someone("Mevr. De Vries"), "Terugbellen", NOW + timedelta(hours=2), None)
    assert "Terugbellen" in today("adviser")
    page = today("manager")
    assert "Terugbellen" not in page and "De Vries" not in page and 'id="promises"' in page


def test_where_nothing_was_promised_nothing_is_said_of_it():
    say()
    assert 'id="promises"' not in today("adviser") and 'id="complaints"' not in today("complaints_officer", "manager")


def test_the_complaints_officer_sees_what_presses_and_what_to_register():
    complaint = do_register(say("Ik wacht al weken!", kind="complaint", hours=-24 * 50), None)
    say("Nog steeds niets!", kind="complaint")
    tell("Dank u.")
    page = today("complaints_officer")
    assert "Ik wacht al weken!" in page and reverse("desk:complaint", args=[complaint.public_id]) in page
    assert reverse("desk:proposed_complaints") in page
    assert "Ik wacht al weken!" not in today("manager").split('id="complaints"')[1].split("</section>")[0]
