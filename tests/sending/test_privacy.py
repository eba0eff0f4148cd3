"""Erasing one of two people takes all that we would tell or told this person, and nothing of the other."""

import pytest
from tests.sending.conftest import by_paper, colleague, run_for, sender, someone, states

from gehoor.channels.base import Wishes
from gehoor.channels.registry import senders as kinds
from gehoor.rooms.intake.actions import do_listen
from gehoor.rooms.people import identifying
from gehoor.rooms.people.actions import do_erase_person, do_export_person
from gehoor.rooms.people.models import Identity, Person
from gehoor.rooms.sending.delivering import Desk
from gehoor.rooms.sending.jobs import do_post, do_print, document
from gehoor.rooms.sending.models import Delivery
from gehoor.rooms.voices.models import Original, Reply

pytestmark = pytest.mark.django_db


def erase(person):
    do_erase_person(person=Person.objects.get(pk=person), actor=colleague("privacy_officer"))


def test_who_is_erased_before_sending_is_not_told(server):
    sender(server)
    his, hers = someone(), someone()
    run = run_for(his, hers)
    address = run.deliveries.get(person=his).address
    erase(his)
    Desk().once()
    assert [each.recipients for each in server.stored] == [(run.deliveries.get().address,)]
    assert states(run) == ["sent"]
    assert address not in str(list(Delivery.objects.values()))


def test_who_is_erased_after_sending_leaves_nothing_and_the_copy_does_not_bring_them_back(server, tmp_path):
    sender(server)
    his, hers = someone(), someone()
    run = run_for(his, hers)
    address = run.deliveries.get(person=his).address
    Desk().once()
    identifying.drain(100)
    erase(his)
    assert not any(address.encode() in bytes(each.data) for each in Original.objects.exclude(data=None))
    copy = tmp_path / "copy.eml"
    copy.write_bytes(next(each.data for each in server.stored if address in each.recipients))
    do_listen(paths=[copy], wishes=Wishes())
    assert Reply.objects.count() == 1 and not Identity.objects.filter(value=address).exists()


def test_who_is_erased_while_nobody_knows_whether_it_arrived_does_not_come_back_by_the_copy(server, tmp_path):
    sender(server)
    his = someone()
    run = run_for(his, someone())
    server.behaviour.drop_at = "END"
    Desk().once()
    assert "unsure" in states(run)
    erase(his)
    copy = tmp_path / "copy.eml"
    copy.write_bytes(server.stored[0].data)
    do_listen(paths=[copy], wishes=Wishes())
    assert not Reply.objects.exists()


@pytest.mark.skipif("print" not in kinds(), reason="no sender of letters")
def test_the_document_of_a_print_job_is_made_anew_without_who_is_erased():
    his, hers = someone(), someone()
    run = run_for(his, hers)
    by_paper(run)
    job = do_print(actor=None, run=run)
    before = document(job)
    do_post(actor=None, job=job)
    identifying.drain(100)
    erase(his)
    job.refresh_from_db()
    assert job.original is None
    assert not Original.objects.filter(media_type="application/pdf").exists()
    assert document(job) != before
    assert states(run) == ["sent"]


def test_what_is_kept_of_a_person_is_exported(server):
    sender(server)
    person = someone()
    run = run_for(person)
    Desk().once()
    found = do_export_person(person=Person.objects.get(pk=person), actor=colleague("privacy_officer"))
    assert run.deliveries.get().address in str(found)
    assert "Bouwdepot" in str(found)
