"""A book, someone who plans and someone who goes."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from gehoor.kernel.home import Home
from gehoor.rooms.accounts.models import User
from gehoor.rooms.answers.book import embedding, index
from gehoor.rooms.answers.book.actions import do_add_answer
from gehoor.rooms.answers.book.content import Content
from gehoor.rooms.answers.models import State
from gehoor.rooms.answers.visits.planning import Plan, do_plan_visit

QUESTION = "Hoeveel mag ik per jaar boetevrij aflossen?"
BOOK = "U mag elk kalenderjaar 10% van uw oorspronkelijke lening boetevrij aflossen."


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = Home(tmp_path)
    cache.clear()
    index.forget_index()
    embedding._Known.state = ()
    return settings.HOME


@pytest.fixture
def manager(db):
    return User.objects.make(email="chef@delinde.nl", name="Ruud", roles=["manager"], password=None)


@pytest.fixture
def adviser(db):
    return User.objects.make(email="femke@delinde.nl", name="Femke", roles=["adviser"], password=None)


@pytest.fixture
def entry(db):
    answer = do_add_answer(content=Content(QUESTION, BOOK, state=State.VALIDATED), actor=None)
    answer.versions.update(at=timezone.now() - timedelta(days=30))
    return answer


@pytest.fixture
def plan(adviser):
    return Plan(
        name="Aflossen vragen",
        scenario="U hebt een bonus gekregen.",
        channel="call",
        planned_for=timezone.localdate(),
        visitor=adviser,
        questions=[QUESTION, "  Mag het ook in delen? ", "", QUESTION],
    )


@pytest.fixture
def visit(entry, plan, manager):
    return do_plan_visit(plan=plan, actor=manager)
