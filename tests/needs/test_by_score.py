"""What the satisfied and the dissatisfied ask, side by side."""

import pytest
from django.urls import reverse
from scipy.stats import binomtest

from gehoor.rooms.accounts.roles import ALLOWED, May, Role
from gehoor.rooms.needs.by_score import DISSATISFIED, NEUTRAL, SATISFIED, Share, compared, group_of, scale_of
from gehoor.rooms.needs.models import AskNeed, Guess, Need
from gehoor.rooms.voices.models import Voice

from .conftest import colleague

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("count", "of"), [(0, 5), (5, 5), (3, 7), (40, 100)])
def test_the_interval_is_that_of_wilson_as_scipy_has_it(count, of):
    interval = binomtest(count, of).proportion_ci(0.95, method="wilson")
    assert Share(count, of).bounds == pytest.approx((interval.low, interval.high), abs=1e-6)


@pytest.mark.parametrize(
    ("score", "highest", "group"),
    [
        (6, 10, DISSATISFIED),
        (7, 10, NEUTRAL),
        (9, 9, SATISFIED),
        (2, 5, DISSATISFIED),
        (3, 5, NEUTRAL),
        (4, 5, SATISFIED),
        (5, 7, SATISFIED),
        (55, 90, DISSATISFIED),
    ],
)
def test_the_scale_of_a_source_says_which_group_a_score_is_in(score, highest, group):
    assert group_of(score, scale_of(highest)) == group


def test_scores_beyond_every_usual_scale_say_nothing():
    assert scale_of(1000) is None


@pytest.fixture
def scored(heard):
    """Whoever belongs to the first broad need is dissatisfied, everybody else satisfied."""
    first = Need.objects.filter(generation=heard, level=1).order_by("pk").first()
    unhappy = set(AskNeed.objects.filter(need__in=_below(first)).values_list("voice", flat=True))
    Voice.objects.update(score=10)
    Voice.objects.filter(pk__in=unhappy).update(score=2)
    return heard, first, unhappy


def _below(need):
    found = [need.pk]
    while finer := list(Need.objects.filter(parent__in=found).exclude(pk__in=found).values_list("pk", flat=True)):
        found += finer
    return found


def test_a_need_of_the_dissatisfied_comes_first_and_counts_add_up(scored):
    generation, first, unhappy = scored
    found = compared(generation, 1)
    assert found.dissatisfied == len(unhappy)
    assert found.dissatisfied + found.satisfied == Voice.objects.count()
    top = found.rows[0]
    assert top.need == first
    assert top.dissatisfied.count == len(unhappy)
    assert top.satisfied.count == 0
    assert top.differs


def test_with_too_few_of_either_nothing_is_laid_side_by_side(heard):
    assert compared(heard, 1) is None
    Voice.objects.update(score=10)
    assert compared(heard, 1) is None


@pytest.mark.parametrize("role", Role)
def test_who_sees_needs_sees_them_by_score(role, client, scored):
    user = colleague(role)
    Guess.objects.create(guesser=user, position=0)
    client.force_login(user)
    response = client.get(reverse("needs:by_score"))
    if May.SEE_NEEDS in ALLOWED[role]:
        assert str(scored[1]) in response.content.decode()
    else:
        assert response.status_code == 403


def test_a_stranger_is_sent_to_the_door(client):
    assert reverse("accounts:sign_in") in client.get(reverse("needs:by_score")).headers["Location"]
