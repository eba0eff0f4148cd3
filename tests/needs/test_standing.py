"""What people decided, laid over a proposal: pure, so every sequence can be undone."""

from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gehoor.rooms.needs.standing import Line, Proposed, in_force, parents, standing


def need(number):
    return UUID(int=number)


BROAD = [Proposed(need(1), 1, None, 6), Proposed(need(2), 1, None, 4)]
FINE = [
    Proposed(need(11), 2, need(1), 4),
    Proposed(need(12), 2, need(1), 2),
    Proposed(need(21), 2, need(2), 3),
    Proposed(need(22), 2, need(2), 1),
]
PROPOSED = BROAD + FINE
IDS = [each.id for each in PROPOSED]


def line(number, kind, **more):
    return Line(number, kind, **more)


def test_an_undone_decision_does_not_count_and_an_undone_undoing_brings_it_back():
    rename = line(1, "rename", need=need(1), name="Bouwdepot")
    undo, undo_the_undo = line(2, "undo", undoes=1), line(3, "undo", undoes=2)
    assert in_force([rename]) == [rename]
    assert in_force([rename, undo]) == []
    assert in_force([rename, undo, undo_the_undo]) == [rename]


def test_a_merged_broad_need_brings_its_finer_ones_along():
    found = standing(PROPOSED, [line(1, "merge", need=need(1), other=need(2))])
    assert parents(PROPOSED, found)[need(11)] == need(2)
    assert found.root(need(1)) == need(2)


def test_merging_goes_on_through_what_was_merged_before():
    lines = [line(1, "merge", need=need(11), other=need(12)), line(2, "merge", need=need(12), other=need(21))]
    assert standing(PROPOSED, lines).into == {need(11): need(21), need(12): need(21)}
    assert standing(PROPOSED, [*lines, line(3, "undo", undoes=2)]).into == {need(11): need(12)}


def test_merging_in_a_circle_changes_nothing():
    lines = [line(1, "merge", need=need(11), other=need(12)), line(2, "merge", need=need(12), other=need(11))]
    assert standing(PROPOSED, lines).into == {need(11): need(12)}


def test_merging_needs_of_different_levels_changes_nothing():
    assert standing(PROPOSED, [line(1, "merge", need=need(11), other=need(2))]).into == {}


def test_an_ask_moved_to_a_broad_need_stands_under_its_largest_finer_one():
    assert standing(PROPOSED, [line(1, "move", ask=7, other=need(2))]).moved == {7: need(21)}
    lines = [line(1, "move", ask=7, other=need(2)), line(2, "merge", need=need(21), other=need(11))]
    assert standing(PROPOSED, lines).moved == {7: need(22)}


def test_a_decision_about_a_need_that_is_gone_waits():
    lines = [line(1, "rename", need=need(99), name="x"), line(2, "move", ask=1, other=need(99))]
    found = standing(PROPOSED, lines)
    assert (found.names, found.moved) == ({}, {})
    assert standing([*PROPOSED, Proposed(need(99), 1, None, 1)], lines).names == {need(99): "x"}


kinds = st.sampled_from(["rename", "merge", "move", "aside", "back", "undo"])


@st.composite
def logs(draw):
    return [draw_line(draw, number) for number in range(1, draw(st.integers(0, 14)) + 1)]


def draw_line(draw, number):
    kind = draw(kinds)
    return Line(
        number,
        kind,
        need=draw(st.sampled_from(IDS)),
        other=draw(st.sampled_from(IDS)),
        ask=draw(st.integers(1, 4)),
        name=draw(st.sampled_from(["a", "b", ""])),
        undoes=draw(st.integers(1, number - 1)) if kind == "undo" and number > 1 else None,
    )


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(logs())
def test_the_tree_stays_nested_whatever_is_decided(lines):
    found = standing(PROPOSED, lines)
    levels = {each.id: each.level for each in PROPOSED}
    above = parents(PROPOSED, found)
    for each in PROPOSED:
        assert found.root(found.root(each.id)) == found.root(each.id)
        assert levels[found.root(each.id)] == each.level
        if each.level == 2:
            assert levels[above[each.id]] == 1
            assert above[each.id] not in found.into
    assert all(levels[target] == 2 and target not in found.into for target in found.moved.values())


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(logs())
def test_undoing_everything_gives_the_proposal_back(lines):
    counting = {each.id for each in in_force(lines)}
    after = [*lines, *(Line(1_000 - number, "undo", undoes=number) for number in sorted(counting))]
    found = standing(PROPOSED, after)
    assert (found.into, found.names, found.aside, found.moved) == ({}, {}, set(), {})
