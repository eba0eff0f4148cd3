"""The stages of the way: all that is pending is done, also what a late stage makes for an early one."""

import pytest

from gehoor.rooms.intake import stages
from gehoor.rooms.intake.stages import Stage, drain_all


class Work:
    """Items that wait at a stage, and what doing them makes elsewhere."""

    def __init__(self, waits: int) -> None:
        self.waits = waits
        self.done = 0
        self.makes: list[tuple[Work, int]] = []

    def drain(self, limit: int) -> int:
        did = min(limit, self.waits)
        self.waits -= did
        self.done += did
        for other, count in self.makes if did else ():
            other.waits += count
        self.makes = [] if did else self.makes
        return did

    def stage(self, order: int) -> Stage:
        return Stage(f"stage {order}", order, "Working", lambda: self.waits, self.drain)


def ways(monkeypatch: pytest.MonkeyPatch, *works: Work) -> None:
    monkeypatch.setattr(stages, "_stages", [work.stage(order) for order, work in enumerate(works)])


def test_what_a_late_stage_makes_for_an_early_one_is_done_too(monkeypatch: pytest.MonkeyPatch) -> None:
    early, late = Work(3), Work(2)
    late.makes = [(early, 5)]
    ways(monkeypatch, early, late)
    assert drain_all(batch=2) == 10
    assert (early.waits, late.waits, early.done) == (0, 0, 8)


def test_a_stage_that_can_do_nothing_now_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    stuck, other = Work(4), Work(2)
    monkeypatch.setattr(stuck, "drain", lambda limit: 0)
    ways(monkeypatch, stuck, other)
    assert drain_all() == 2


def test_stages_that_keep_each_other_busy_are_left_to_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Work(1)

    def again(limit: int) -> int:
        one.done += 1
        return 1

    monkeypatch.setattr(one, "drain", again)
    ways(monkeypatch, one)
    monkeypatch.setattr(stages, "_drain", lambda stage, batch: iter([(stage.drain(batch), 1)]))
    assert 1 < drain_all() < 100
