"""What people decide takes hold at once, survives grouping anew, and can be undone."""

from contextlib import suppress
from itertools import count

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gehoor.kernel.errors import NotFound, Refused
from gehoor.rooms.needs import generations, grouping
from gehoor.rooms.needs.decisions import (
    access_need,
    decisions_in_force,
    do_merge,
    do_move_ask,
    do_rename,
    do_set_aside,
    do_take_back,
    do_undo,
)
from gehoor.rooms.needs.history import history
from gehoor.rooms.needs.models import AskNeed, Decision, Need
from gehoor.rooms.needs.recount import current_generation
from gehoor.rooms.privacy.models import AuditEntry
from gehoor.rooms.voices.models import Ask

from .conftest import run

pytestmark = pytest.mark.django_db


def state():
    """How things stand, by public ids: what has to be the same however one got there."""
    generation = current_generation()
    needs = {
        str(need.public_id): (
            str(need),
            need.parent and str(need.parent.public_id),
            need.merged_into and str(need.merged_into.public_id),
            need.aside,
            need.voices,
            need.persons,
            need.anonymous,
            round(need.customer_minutes, 6),
            need.quotes,
            need.counter,
        )
        for need in Need.objects.filter(generation=generation).select_related("parent", "merged_into")
    }
    rows = AskNeed.objects.filter(generation=generation).select_related("need", "moved")
    asks = {row.ask_id: (str(row.need.public_id), row.moved and str(row.moved.public_id)) for row in rows}
    return needs, asks, generation.totals


def level(number):
    return list(Need.objects.filter(generation=current_generation(), level=number, merged_into=None).order_by("pk"))


def total(number):
    return sum(need.customer_minutes for need in level(number) if not need.aside)


def test_a_need_is_renamed_and_its_proposed_name_comes_back(heard, marketer):
    need = level(1)[0]
    decision = do_rename(need=need, name="  Bouwdepot   duurt te lang ", actor=marketer)
    need.refresh_from_db()
    assert str(need) == "Bouwdepot duurt te lang"
    do_rename(need=need, name="", actor=marketer)
    need.refresh_from_db()
    assert str(need) == need.proposed_name
    assert decision.actor == marketer
    assert AuditEntry.objects.filter(action="need_rename", public_id=need.public_id).count() == 2


def test_merging_fine_needs_joins_their_asks(heard, marketer):
    broad = next(need for need in level(1) if need.children.count() > 1)
    one, other = broad.children.order_by("pk")[:2]
    before = broad.voices
    do_merge(need=one, into=other, actor=marketer)
    other.refresh_from_db()
    broad.refresh_from_db()
    assert other.voices == AskNeed.objects.filter(need=other).values("voice").distinct().count()
    assert not AskNeed.objects.filter(need=one).exists()
    assert broad.voices == before
    assert access_need(one.public_id) == other


def test_merging_broad_needs_keeps_the_tree_nested(heard, marketer):
    one, other = level(1)[:2]
    voices = one.voices + other.voices
    do_merge(need=one, into=other, actor=marketer)
    other.refresh_from_db()
    assert other.voices == voices
    assert not Need.objects.filter(parent=one).exists()
    assert abs(total(1) - heard.totals["customer_minutes"]) < 1e-6
    assert abs(total(2) - heard.totals["customer_minutes"]) < 1e-6


def test_a_moved_ask_counts_elsewhere(heard, marketer):
    one, other = level(1)[:2]
    row = AskNeed.objects.filter(need__parent=one).first()
    before = (one.voices, other.voices)
    do_move_ask(ask=row.ask, into=other, actor=marketer)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.voices, other.voices) == (before[0] - 1, before[1] + 1)
    row.refresh_from_db()
    assert row.need.parent == other
    assert row.need.size == max(each.size for each in other.children.all())


def test_what_is_set_aside_counts_as_unassigned(heard, marketer):
    need = level(1)[0]
    asks = AskNeed.objects.filter(need__parent=need).count()
    do_set_aside(need=need, actor=marketer)
    assert current_generation().totals["unassigned"] == asks
    need.refresh_from_db()
    assert need.voices > 0, "its own page still says how many"
    do_take_back(need=need, actor=marketer)
    assert current_generation().totals["unassigned"] == 0


def test_a_finer_need_set_aside_no_longer_counts_for_the_broader_one(heard, marketer):
    broad = next(need for need in level(1) if need.children.count() > 1)
    fine = broad.children.first()
    before = broad.voices
    do_set_aside(need=fine, actor=marketer)
    broad.refresh_from_db()
    assert broad.voices == before - fine.voices
    cited = {citation[0] for citation in broad.quotes}
    assert not AskNeed.objects.filter(ask__in=cited, need=fine).exists()


def test_what_cannot_be_is_refused_and_nothing_is_logged(heard, marketer):
    broad, other, fine = level(1)[0], level(1)[1], level(2)[0]
    do_merge(need=broad, into=other, actor=marketer)
    broad.refresh_from_db()
    logged = Decision.objects.count()
    row = AskNeed.objects.filter(need=fine).first()
    for refused in (
        lambda: do_merge(need=other, into=other, actor=marketer),
        lambda: do_merge(need=other, into=fine, actor=marketer),
        lambda: do_merge(need=broad, into=level(1)[1], actor=marketer),
        lambda: do_rename(need=fine, name="x" * 201, actor=marketer),
        lambda: do_rename(need=fine, name=fine.name, actor=marketer),
        lambda: do_take_back(need=fine, actor=marketer),
        lambda: do_move_ask(ask=row.ask, into=fine, actor=marketer),
    ):
        with pytest.raises(Refused):
            refused()
    with pytest.raises(NotFound):
        do_move_ask(ask=row.ask, into=broad, actor=marketer)
    assert Decision.objects.count() == logged


def test_a_decision_is_undone_once_and_an_undoing_too(heard, marketer):
    before = state()
    decision = do_merge(need=level(1)[0], into=level(1)[1], actor=marketer)
    after = state()
    undoing = do_undo(decision=decision, actor=marketer)
    assert state() == before
    with pytest.raises(Refused):
        do_undo(decision=decision, actor=marketer)
    do_undo(decision=undoing, actor=marketer)
    assert state() == after
    assert decisions_in_force() == {decision.pk}
    assert Decision.objects.count() == 3, "the log only grows"


def test_the_history_says_who_did_what_and_what_still_counts(heard, marketer):
    need = level(1)[0]
    first = do_rename(need=need, name="Bouwdepot", actor=marketer)
    do_set_aside(need=need, actor=marketer)
    do_undo(decision=first, actor=marketer)
    entries = history(need)
    assert [(entry.decision.kind, entry.counts) for entry in entries] == [("aside", True), ("rename", False)]
    assert entries[1].undone_by.actor == marketer


def test_decisions_hold_when_everything_is_grouped_anew(heard, marketer):
    one, other, third = level(1)[:3]
    do_rename(need=other, name="Samen", actor=marketer)
    do_merge(need=one, into=other, actor=marketer)
    do_set_aside(need=level(2)[-1], actor=marketer)
    ask = AskNeed.objects.filter(need__parent=other).first().ask
    do_move_ask(ask=ask, into=third, actor=marketer)
    before = state()
    grouping.forget()
    run()
    assert current_generation().pk != heard.pk
    assert state() == before


def test_a_decision_made_while_a_generation_is_written_is_not_lost(heard, marketer, monkeypatch):
    need, real = level(1)[0], generations.do_renew_quotes

    def meanwhile(**kwargs):
        real(**kwargs)
        do_rename(need=need, name="Net op tijd", actor=marketer)

    grouping.forget()
    monkeypatch.setattr(generations, "do_renew_quotes", meanwhile)
    run()
    assert current_generation().pk != heard.pk
    assert str(access_need(need.public_id)) == "Net op tijd"


def test_a_move_survives_asks_that_are_made_anew(heard, marketer):
    one, other = level(1)[:2]
    ask = AskNeed.objects.filter(need__parent=one).first().ask
    do_move_ask(ask=ask, into=other, actor=marketer)
    values = (ask.voice_id, ask.position, ask.start, ask.end, ask.words)
    ask.delete()
    voice, position, start, end, words = values
    Ask.objects.create(voice_id=voice, position=position, start=start, end=end, words=words)
    grouping.forget()
    run()
    row = AskNeed.objects.get(voice_id=voice, generation=current_generation())
    assert row.moved is not None
    assert row.need.parent.public_id == other.public_id


_choices = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 99), st.integers(0, 99)), max_size=7)


def decide(choice, marketer):
    """One decision or another, refused or not."""
    kind, first, second = choice
    needs = level(1) + level(2)
    need, other = needs[first % len(needs)], needs[second % len(needs)]
    asks = Ask.objects.order_by("pk")
    decisions = list(Decision.objects.order_by("pk"))
    acts = [
        lambda: do_rename(need=need, name=f"naam {second}", actor=marketer),
        lambda: do_merge(need=need, into=other, actor=marketer),
        lambda: do_move_ask(ask=asks[first % 60], into=other, actor=marketer),
        lambda: do_set_aside(need=need, actor=marketer),
        lambda: do_take_back(need=need, actor=marketer),
        lambda: do_undo(decision=decisions[first % len(decisions)], actor=marketer) if decisions else None,
    ]
    with suppress(Refused, NotFound):
        acts[kind]()


def test_any_decisions_add_up_hold_when_grouped_anew_and_undone_give_the_proposal_back(heard, marketer):
    proposal = state()
    examples = count()

    def check(choices):
        for choice in choices:
            decide(choice, marketer)
        decided = state()
        rows = list(AskNeed.objects.filter(generation=current_generation()))
        aside = sum(row.minutes for row in rows if hidden(row.need))
        for number in (1, 2):
            minutes = sum(need.customer_minutes for need in level(number) if not hidden(need))
            assert abs(minutes + aside - heard.totals["customer_minutes"]) < 1e-6
        if next(examples) % 4 == 0:
            grouping.forget()
            grouping.drain(1)
            assert state() == decided
        for pk in sorted(decisions_in_force(), reverse=True):
            do_undo(decision=Decision.objects.get(pk=pk), actor=marketer)
        assert state() == proposal
        transaction.set_rollback(True)

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(_choices)
    def holds(choices):
        with transaction.atomic():
            check(choices)

    holds()


def hidden(need):
    while need is not None:
        if need.aside:
            return True
        need = need.parent
    return False
