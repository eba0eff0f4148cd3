"""Many who sent one text."""

import pytest
from tests.desk.cases.conftest import adviser, browser, home, say, tuesday_at_eleven  # noqa: F401

from gehoor.rooms.desk.cases.beginning import do_begin_case
from gehoor.rooms.desk.chorus.staging import STAGE
from gehoor.rooms.desk.models import Case
from gehoor.rooms.people.models import Person

LETTER = (
    "Met deze brief vraag ik u om de boete op het aflossen van mijn hypotheek te schrappen. "
    "Ik betaal al twintig jaar elke maand op tijd en vind het niet eerlijk dat ik voor sparen word gestraft. "
    "Andere banken rekenen in dit geval helemaal niets. Ik verwacht binnen {days} dagen een antwoord op deze brief."
)
NAMES = ("Bakker", "Visser", "Smit", "Mulder", "Bos", "Vos", "Peters", "Hendriks", "Dekker", "Brouwer")
ADDED = "Mijn man is in maart overleden en ik wil het huis schuldenvrij hebben."


def sends(number, text=LETTER, **more):
    """A case: somebody sent the letter by mail."""
    person = more.pop("person", None) or Person.objects.create(name=f"Jan {NAMES[number % len(NAMES)]}")
    address = ("email", f"klant{number}@example.nl", "")
    filled = text.replace("{days}", str(10 + number % 20))
    more.setdefault("identities", [address])
    more.setdefault("kind", "complaint")
    return do_begin_case(say(filled, person=person, author=person.name, hours=-100 + number / 100, **more), None)


def look():
    """Do all that waits in the stage; twice, since doing it again has to change nothing."""
    while STAGE.pending():
        assert STAGE.drain(2_000)
    assert STAGE.drain(2_000) == 0


def again(case):
    return Case.objects.select_related("chorus").get(pk=case.pk)


@pytest.fixture
def many(db):
    """Seven who sent the letter; the fourth added something."""
    cases = [sends(number) for number in range(1, 4)]
    cases.append(sends(4, LETTER + " " + ADDED))
    cases += [sends(number) for number in range(5, 8)]
    look()
    return [again(each) for each in cases]
