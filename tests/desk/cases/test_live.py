"""What moved since a page was made: asked often by many, and by each only what is theirs."""

import pytest
from django.utils import translation
from tests.desk.cases.conftest import colleague, someone, waits

from gehoor.rooms.desk.cases import live
from gehoor.rooms.desk.cases.actions import do_assign
from gehoor.rooms.desk.cases.acts import note_act
from gehoor.rooms.desk.cases.listing import View, cases_in
from gehoor.rooms.desk.cases.live import Board, moved, who_is_where
from gehoor.rooms.desk.cases.moving import newest_move
from gehoor.rooms.desk.cases.presence import do_be_there, do_leave
from gehoor.rooms.desk.cases.states import do_set_state
from gehoor.rooms.desk.models import Case, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared(monkeypatch):
    """A board that tells the same for a minute."""
    board = Board(fresh=60, keeps=60)
    monkeypatch.setattr(live, "board", board)
    return board


def asks(viewer, *cases, number=None, seen="-", since=None):
    number = newest_move() if number is None else number
    shown = [case.public_id for case in cases]
    return moved(
        View.WAITING, viewer, number=number, since=since if since is not None else number, shown=shown, seen=seen
    )


def test_nothing_is_told_while_nothing_moves(adviser):
    assert asks(adviser, waits(), waits()) is None


def test_what_moved_is_told_and_what_did_not_is_not(adviser):
    first, second, number = waits(), waits(), newest_move()
    note_act(second, "note", by=None, text="Gebeld.")
    found = asks(adviser, first, second, number=number)
    assert [line.case for line in found.lines] == [second] and found.number == newest_move() > number
    assert asks(adviser, first, second, number=found.number, seen=found.seen) is None


def test_what_came_in_is_counted_and_shifts_nothing(adviser):
    first, number = waits(), newest_move()
    waits(), waits()
    found = asks(adviser, first, number=number)
    assert found.lines == [] and found.others == 2


def test_what_left_the_view_stays_and_says_so(adviser):
    first, number = waits(), newest_move()
    do_set_state(first, State.SOLVED, adviser)
    assert [line.here for line in asks(adviser, first, number=number).lines] == [False]


def test_who_comes_begins_to_write_and_goes_is_told_at_that_case_alone(adviser):
    first, second, bram, seen = waits(), waits(), colleague(name="Bram Smit"), "-"
    for act, here in (
        (lambda: do_be_there(second, bram, writing=False), [("Bram Smit", False)]),
        (lambda: do_be_there(second, bram, writing=True), [("Bram Smit", True)]),
        (lambda: do_leave(second, bram), []),
    ):
        act()
        found = asks(adviser, first, second, seen=seen)
        assert [(line.case, [(each.name, each.writing) for each in line.there]) for line in found.lines] == [
            (second, here)
        ]
        seen = found.seen
        assert seen == who_is_where([first.pk, second.pk], adviser)
        assert asks(adviser, first, second, seen=seen) is None


def test_nobody_is_told_of_themselves_nor_of_cases_that_they_do_not_show(adviser):
    first, second, bram = waits(), waits(), colleague(name="Bram Smit")
    do_be_there(first, adviser, writing=True)
    do_be_there(second, bram, writing=True)
    assert asks(adviser, first) is None
    assert asks(bram, first, second) is not None


@pytest.mark.parametrize("seen", ["", "-", "x", "....", "-.-.-", "a.b-c.d", "\x00", "é" * 5000])
def test_a_mark_that_is_no_mark_is_as_good_as_none(adviser, seen):
    first, bram = waits(), colleague(name="Bram Smit")
    do_be_there(first, bram, writing=False)
    assert [line.case for line in asks(adviser, first, seen=seen).lines] == [first]


def test_what_is_the_same_for_all_is_asked_once_for_all(shared, adviser, django_assert_num_queries):
    cases, bram, number = [waits() for _ in range(5)], colleague(name="Bram Smit"), newest_move()
    for case in cases:
        note_act(case, "note", by=None, text="Gebeld.")
    first = asks(adviser, *cases, number=number)
    with django_assert_num_queries(0):
        second = moved(
            View.WAITING, bram, number=number, since=number, shown=[each.public_id for each in cases], seen="-"
        )
    assert [line.title for line in second.lines] == [line.title for line in first.lines]
    with django_assert_num_queries(0):
        assert moved(View.WAITING, bram, number=first.number, since=number, shown=[], seen="-") is None


def test_a_line_that_is_kept_is_made_anew_when_its_case_moves(shared, adviser):
    case = waits(person=someone("Mevr. De Vries"))
    assert [line.case.state for line in shared.lines({case.pk: case.moved})] == [State.NEW]
    do_set_state(case, State.OPEN, adviser)
    case.refresh_from_db()
    assert [line.case.state for line in shared.lines({case.pk: case.moved})] == [State.OPEN]


def test_a_line_is_kept_for_each_language(shared):
    case = waits(person=someone("Mevr. De Vries"))
    with translation.override("nl"):
        dutch = shared.lines({case.pk: case.moved})[0].title
    with translation.override("en"):
        assert shared.lines({case.pk: case.moved})[0].title != dutch


def test_what_is_fresh_no_longer_is_asked_again(monkeypatch, adviser):
    board = Board(fresh=0.25, keeps=5)
    ticks = iter([0.0, 0.2, 0.3, 0.3])
    monkeypatch.setattr(live, "monotonic", lambda: next(ticks))
    waits()
    before = board.glance(View.WAITING).newest
    waits()
    assert board.glance(View.WAITING).newest == before
    assert board.glance(View.WAITING).newest > before


def test_a_case_that_is_gone_has_no_line(shared):
    case = waits()
    key, last = case.pk, case.moved
    case.delete()
    assert shared.lines({key: last}) == []


def test_of_many_changes_each_page_gets_what_it_lacks(shared, adviser, monkeypatch):
    monkeypatch.setattr(shared, "_fresh", 0)
    numbers, cases = [newest_move()], []
    for turn in range(6):
        cases.append(waits())
        note_act(cases[turn // 2], "note", by=None, text="Gebeld.")
        if turn == 3:
            do_set_state(cases[0], State.SOLVED, adviser)
        numbers.append(newest_move())
        for made, number in enumerate(numbers):
            page = cases[:made]
            found = asks(adviser, *page, number=number)
            moved_since = [case for case in cases if Case.objects.get(pk=case.pk).moved > number]
            waiting = set(cases_in(View.WAITING, adviser))
            if found is None:
                assert not moved_since
                continue
            assert {line.case for line in found.lines} == {*page} & {*moved_since}
            assert all(line.here == (line.case in waiting) for line in found.lines)
            assert found.others == len(({*moved_since} & waiting) - {*page})


@pytest.mark.parametrize("view", [View.WAITING, View.MINE, View.ALL])
def test_a_page_from_before_what_is_held_asks_for_itself(monkeypatch, adviser, view):
    monkeypatch.setattr(live, "_MOST_MOVED", 2)
    first, number = waits(), newest_move()
    do_assign(first, adviser, adviser)
    others = [waits() for _ in range(4)]
    do_assign(others[0], adviser, adviser)
    board = Board(fresh=60, keeps=60)
    monkeypatch.setattr(live, "board", board)
    assert board.glance(view).floor > number
    found = moved(view, adviser, number=number, since=number, shown=[first.public_id], seen="-")
    assert [(line.case, line.here) for line in found.lines] == [(first, True)]
    assert found.others == (1 if view is View.MINE else 4)


def test_what_is_held_does_not_grow_without_end(monkeypatch, adviser):
    monkeypatch.setattr(live, "_MOST_MOVED", 4)
    board = Board(fresh=0, keeps=0)
    for _ in range(30):
        waits()
        assert len(board.glance(View.WAITING).cases) <= 5


def test_a_line_is_drawn_once_for_all_on_whose_screens_it_looks_the_same(shared):
    femke, nadia = colleague("adviser"), colleague("adviser")
    case, drawn = waits(), []

    def draw(line):
        drawn.append(line)
        return f"drawn {len(drawn)}"

    def seen(viewer):
        return [shared.drawn(line, draw) for line in asks(viewer, case, number=0).lines]

    assert seen(femke) == seen(nadia) == ["drawn 1"]
    with translation.override("en"):
        assert seen(femke) == ["drawn 2"]
    do_be_there(case, nadia, writing=True)
    shared._until = 0
    assert seen(femke) == ["drawn 3"]
