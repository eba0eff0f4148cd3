"""What takes long holds nothing up: who asks something meanwhile is heard."""

import threading

import pytest

from gehoor.kernel.language import sentence
from gehoor.rooms.intake import beside, stages, worker
from gehoor.rooms.intake.stages import TAKES_LONG, Stage

pytestmark = pytest.mark.django_db(transaction=True)


class Work:
    """A stage with so much to do; ``held`` keeps it busy until it is set."""

    def __init__(self, order: int, waiting: int, *, held: bool = False) -> None:
        self.waiting, self.asked = waiting, list[int]()
        self.began, self.let, self.done = threading.Event(), threading.Event(), threading.Event()
        if not held:
            self.let.set()
        self.stage = Stage(f"work {order}", order, sentence("Working"), lambda: self.waiting, self.drain)

    def drain(self, limit: int) -> int:
        self.asked.append(limit)
        self.began.set()
        assert self.let.wait(20)
        did = min(limit, self.waiting)
        self.waiting -= did
        if not self.waiting:
            self.done.set()
        return did


@pytest.fixture
def way(monkeypatch):
    def way(*work: Work) -> None:
        monkeypatch.setattr(stages, "_stages", [each.stage for each in work])
        monkeypatch.setattr(beside, "_besides", [each for each in beside.besides() if each.name == "what takes long"])
        monkeypatch.setattr(worker, "pace", worker.Pace())

    return way


def test_who_asks_is_heard_while_what_takes_long_goes_on(way):
    quick, long = Work(TAKES_LONG - 1, 0), Work(TAKES_LONG, 5, held=True)
    way(quick, long)
    stop = threading.Event()
    working = threading.Thread(target=worker.work, args=(lambda: not stop.is_set(),))
    working.start()
    try:
        assert long.began.wait(20)
        quick.waiting = 1
        assert quick.done.wait(20) and not long.done.is_set()
        long.let.set()
        assert long.done.wait(20)
    finally:
        stop.set()
        long.let.set()
        working.join(30)
    assert not working.is_alive()


@pytest.mark.parametrize(
    ("room", "slices"), [(True, [0, 10, 20, 30, 40, 50, 60, 70, 72, 73, 74]), (False, [0, 60, 71, 72, 73, 74])]
)
def test_what_takes_long_leaves_room_for_what_people_wait_for_but_is_not_forgotten(way, monkeypatch, room, slices):
    quick, long, moment = Work(TAKES_LONG - 1, 0), Work(TAKES_LONG, 1_000), [0.0]
    way(quick, long)
    monkeypatch.setattr(worker.time, "monotonic", lambda: moment[0])
    pace, when = worker.Pace(), []
    for second in range(75):
        moment[0], quick.waiting = float(second), int(second <= 70)
        pace.hear()
        if room:
            pace.hear()
        if pace.ponder():
            when.append(second)
    assert when == slices


@pytest.mark.parametrize(("waiting", "at_once"), [(worker.BATCH - 1, worker.SLICE), (worker.BATCH, worker.BATCH)])
def test_it_goes_in_slices_until_a_whole_batch_waits(way, waiting, at_once):
    quick, long = Work(TAKES_LONG - 1, waiting), Work(TAKES_LONG, waiting)
    way(quick, long)
    assert worker.hear_once() == waiting and quick.asked == [worker.BATCH]
    assert worker.ponder_once() == (at_once, TAKES_LONG) and long.asked == [at_once]


def test_what_is_done_aside_is_left_alone(way, monkeypatch):
    long = Work(TAKES_LONG, 1)
    aside = Stage("aside", 5, sentence("Aside"), lambda: 1, lambda limit: pytest.fail("was drained"), aside=True)
    way(long)
    stages.register(aside)
    assert worker.hear_once() == 0 and worker.ponder_once()[0] == 1


def test_what_came_first_goes_all_the_way_while_more_comes(way):
    first, second = Work(TAKES_LONG - 2, 3), Work(TAKES_LONG - 1, 3)
    way(first, second)
    for _ in range(3):
        first.waiting += 1
        assert worker.hear_once() and not second.waiting
        second.waiting += 1


def test_what_takes_long_is_done_in_order_and_takes_turns_where_there_is_no_end_to_it(way, monkeypatch):
    monkeypatch.setattr(worker, "IN_A_ROW", 3)
    monkeypatch.setattr(worker.time, "monotonic", lambda: 0.0)
    monkeypatch.setattr(worker, "RESTS_SECONDS", 0.0)
    monkeypatch.setattr(worker, "FULL_RESTS_SECONDS", 0.0)
    many = [Work(TAKES_LONG, 1_000), Work(TAKES_LONG + 1, 35), Work(TAKES_LONG + 2, 1_000)]
    way(*many)
    pace, order = worker.Pace(), []
    for _ in range(9):
        before = [each.waiting for each in many]
        assert pace.ponder()
        order.append(next(place for place, each in enumerate(many) if each.waiting != before[place]))
    assert order == [0, 0, 0, 1, 1, 2, 2, 2, 0]
