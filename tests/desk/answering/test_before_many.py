"""An answer to one customer does not wait for a run to many."""

import pytest
from tests.desk.answering.conftest import mail

from gehoor.rooms.desk.answering.actions import do_answer
from gehoor.rooms.desk.models import Case
from gehoor.rooms.people.models import Person
from gehoor.rooms.sending import delivering
from gehoor.rooms.sending.delivering import Desk
from gehoor.rooms.sending.runs import do_make_run, do_start_run, do_word

ASKED = "Waar blijft mijn stuk?"


@pytest.fixture
def many(server, come_in, at_once):
    come_in(*(mail(sender=f"klant{number}@x.example", Subject=f"Stuk {number}") for number in range(5)))
    words = do_word(actor=None, texts={"subject_nl": "Sneller", "text_nl": "{aanhef},\n\nHet gaat nu sneller."})
    persons = Person.objects.values_list("pk", flat=True)
    run = do_make_run(actor=None, name="Bouwdepot", wording=words, persons=list(persons))
    do_start_run(actor=None, run=run)
    return run


@pytest.fixture
def case(many, come_in):
    come_in(mail(ASKED, sender="Jan <jan@x.example>", Subject="Mijn stuk"))
    return Case.objects.get(voice__text=ASKED)


def recipients(server):
    return [each.recipients[0].partition("@")[0] for each in server.stored]


def test_what_is_due_for_one_goes_before_what_is_due_for_many(server, case, adviser):
    do_answer(case, "Morgen.", "", "email", adviser)
    Desk().once()
    assert recipients(server) == ["jan", *(f"klant{number}" for number in range(5))]


def test_what_becomes_due_while_many_are_told_goes_next(server, case, adviser, monkeypatch):
    monkeypatch.setattr(delivering, "LOOK_SECONDS", 0.0)
    given = []

    def goes_on():
        if len(server.stored) == 2 and not given:
            given.append(do_answer(case, "Morgen.", "", "email", adviser))
        return True

    desk = Desk(goes_on)
    desk.once()
    desk.once()
    assert recipients(server) == ["klant0", "klant1", "jan", "klant2", "klant3", "klant4"]
