"""Trying again: one arrival a retry, and never a reason that is worse than the first one."""

import io
import zipfile
from pathlib import Path

import pytest
from django.urls import reverse
from tests.intake.conftest import listen, mail, seen_by

from gehoor.channels import forum, mastodon, x
from gehoor.channels.base import Wishes
from gehoor.kernel.errors import Refused
from gehoor.rooms.accounts.roles import Role
from gehoor.rooms.intake.models import Arrival, Item, Outcome
from gehoor.rooms.intake.queries import trouble_of, troubles, unread
from gehoor.rooms.intake.retrying import do_try_again, do_try_all_again
from gehoor.rooms.voices.models import Voice

pytestmark = pytest.mark.django_db

HALVES = [(x, "whole-tweets.js"), (mastodon, "whole-outbox.json"), (forum, "whole-discourse-topic.json")]


def half(package, name: str) -> bytes:
    whole = (Path(package.__file__).parent / "fixtures" / name).read_bytes()
    return whole[: len(whole) * 2 // 3]


def cut_archive() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for number in (1, 2, 3):
            archive.writestr(f"{number}.eml", mail(number, "Waar blijft het geld? " * 100))
    return held.getvalue()[:4_000]


def told() -> list[tuple[str, str, str]]:
    found = troubles()
    return sorted((each.source, each.code, str(each.reason)) for each in [*found.waiting, *found.refused])


@pytest.mark.parametrize(("package", "name"), HALVES, ids=lambda each: getattr(each, "__name__", each))
def test_half_an_item_keeps_its_first_reason_and_becomes_no_table(post, package, name: str) -> None:
    listen(post(name, half(package, name)), channel="", mapping={})
    before, voices = told(), Voice.objects.count()
    again = do_try_all_again(items=list(unread()), wishes=Wishes("survey", take_proposal=True), actor=None)
    assert [(each.source, each.code, str(each.reason)) for each in again.refused] == before == told()
    assert (again.waiting, Voice.objects.count()) == ([], voices)


def test_what_came_half_out_of_an_archive_is_not_taken_for_a_whole(post) -> None:
    listen(post("post.zip", cut_archive()), channel="", mapping={})
    item, voices = Item.objects.get(outcome=Outcome.REFUSED), Voice.objects.count()
    before = told()
    with pytest.raises(Refused):
        do_try_again(item=item, wishes=Wishes(), actor=None)
    again = do_try_all_again(items=[item], wishes=Wishes(), actor=None)
    assert [str(each.reason) for each in again.refused] == [str(trouble_of(item).reason)]
    assert (told(), Voice.objects.count()) == (before, voices)
    page = seen_by(Role.MARKETER).get(reverse("intake:unread")).content.decode()
    assert "post.zip/2.eml" in page
    assert reverse("intake:try_again", args=[item.pk]) not in page


def test_one_retry_is_one_arrival_that_counts_what_came_of_it(post) -> None:
    listen(
        post("a.csv", "vraag\nWaar blijft het geld dan nu?\n"),
        post("b.csv", "vraag\nIk wacht al weken op mijn geld\nNiemand belt mij ooit terug\n"),
        mapping={},
    )
    listen(post("tweets.js", half(*HALVES[0])), channel="", mapping={})
    before = Arrival.objects.count()
    again = do_try_all_again(items=list(unread()), wishes=Wishes(take_proposal=True), actor=None)
    assert (again.new["voices"], len(again.refused)) == (3, 1)
    assert Arrival.objects.count() == before + 1
    arrival = Arrival.objects.latest("pk")
    assert (arrival.counts["voices"]["new"], arrival.counts["refused"], arrival.counts["items"]) == (3, 0, 3)
    assert Item.objects.filter(arrival=arrival).count() == 3


def test_what_was_wished_when_it_came_in_is_still_wished(post) -> None:
    listen(post("a.csv", "vraag\nWaar blijft het?\n"), mapping={}, channel="survey")
    do_try_all_again(items=list(unread()), wishes=Wishes(take_proposal=True), actor=None)
    assert Voice.objects.get().channel == "survey"
