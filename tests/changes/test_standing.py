"""How far a change is, in whatever order steps are done and undone; held against a model that keeps whole histories."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from gehoor.rooms.changes.standing import Line, Stage, counting, standing, undone

KINDS = ["yes", "no", "later", "doing", "done"]


def log(*kinds):
    """Steps in a row; a number undoes the step with that id."""
    return [
        Line(at, "undo", undoes=kind) if isinstance(kind, int) else Line(at, kind)
        for at, kind in enumerate(kinds, start=1)
    ]


@st.composite
def logs(draw):
    kinds = []
    for at in range(draw(st.integers(0, 14))):
        undo = at > 0 and draw(st.booleans())
        kinds.append(draw(st.integers(1, at)) if undo else draw(st.sampled_from(KINDS)))
    return log(*kinds)


def replayed(lines):
    """A slow oracle: forget the newest undoing that counts together with what it undid, until none is left; then tell
    the story of what remains with three plain variables."""
    left = list(lines)
    while any(line.kind == "undo" for line in left):
        newest = max((line for line in left if line.kind == "undo"), key=lambda line: line.id)
        left = [line for line in left if line.id not in {newest.id, newest.undoes}]
    decision = doing = done = None
    for line in left:
        if line.kind in {"yes", "no", "later"}:
            if not (line.kind == "yes" and decision is not None and decision.kind == "yes"):
                doing = done = None
            decision = line
        elif decision is not None and decision.kind == "yes":
            doing, done = (line, done) if line.kind == "doing" else (doing, line)
    return decision, doing, done


def test_nothing_decided_is_asked():
    assert standing([]).stage == Stage.ASKED


def test_the_way_from_asked_to_done():
    stages = [standing(log(*["yes", "doing", "done"][:end])).stage for end in range(4)]
    assert stages == [Stage.ASKED, Stage.YES, Stage.DOING, Stage.DONE]


def test_the_last_decision_holds():
    assert standing(log("later", "no")).stage == Stage.NO
    assert standing(log("no", "yes")).stage == Stage.YES


def test_doing_without_a_yes_shows_nothing_until_the_yes_is_back():
    assert standing(log("yes", "doing", 1)).stage == Stage.ASKED
    assert standing(log("yes", "doing", 1, 3)).stage == Stage.DOING


def test_a_no_after_beginning_ends_the_doing_for_good():
    assert standing(log("yes", "doing", "no", "yes")).stage == Stage.YES


def test_saying_yes_again_lets_the_work_go_on():
    now = standing([Line(1, "yes", fewer=0.2), Line(2, "doing"), Line(3, "yes", fewer=0.5)])
    assert (now.stage, now.decision.fewer) == (Stage.DOING, 0.5)


def test_done_without_ever_doing_is_done():
    now = standing([Line(1, "yes"), Line(2, "done", day=date(2025, 5, 1))])
    assert (now.stage, now.done.day) == (Stage.DONE, date(2025, 5, 1))


def test_an_undoing_that_is_undone_does_not_count():
    assert undone(log("yes", 1)) == {1}
    assert undone(log("yes", 1, 2)) == {2}
    assert counting(log("yes", 1, 2)) == {1}


@given(logs())
def test_any_order_of_steps_stands_as_the_model_says(lines):
    now = standing(lines)
    assert (now.decision, now.doing, now.done) == replayed(lines)


@given(logs())
def test_no_order_of_steps_gives_an_impossible_standing(lines):
    now = standing(lines)
    if now.doing is not None or now.done is not None:
        assert now.decision.kind == "yes"
    assert (now.stage == Stage.ASKED) == (now.decision is None)
    assert now.in_force <= counting(lines)
    assert now.stage in set(Stage)


@given(logs())
def test_undoing_the_last_step_restores_what_was(lines):
    if lines:
        back = [*lines, Line(len(lines) + 1, "undo", undoes=len(lines))]
        assert standing(back).stage == standing(lines[:-1]).stage
