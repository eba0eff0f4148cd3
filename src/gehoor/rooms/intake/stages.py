"""The stages of the way of a voice. The state of a stage stands on the data: what lacks its result is pending.

A room registers its stages in the ``ready`` of its app. Running a stage again changes nothing; killing it half way
loses at most the batch that it was working on, which is then pending again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stage:
    """One step. ``drain`` does at most ``limit`` items (all at once where they cannot be parted) and says how many."""

    name: str
    order: int
    """Place in the way: 10 understand, 20 identify, 24 cases; from :data:`TAKES_LONG` on 30 embed, 40 group."""
    title: str
    """A translatable sentence for the progress display."""
    pending: Callable[[], int]
    """How many items wait; quick."""
    drain: Callable[[int], int]
    forget: Callable[[], None] = lambda: None
    """Throw away what this stage made, so that all of it is pending again."""
    aside: bool = False
    """Takes long and holds nothing up: the worker does it beside the others."""


TAKES_LONG = 30
"""The order of the first stage for which nobody waits: those before it show that someone asks, and tell them so."""
_MOST_ROUNDS = 10
"""Stages that go on making work for each other are left to the worker."""
_stages: list[Stage] = []


def register(stage: Stage) -> None:
    """Add a stage to the way."""
    _stages.append(stage)


def stages() -> list[Stage]:
    """Every stage, in order."""
    return sorted(_stages, key=lambda stage: stage.order)


def forget_all(only: str = "") -> dict[str, int]:
    """Make everything pending again, last stage first (or one stage only); returns how much is pending in each."""
    chosen = [stage for stage in stages() if not only or stage.name == only]
    for stage in reversed(chosen):
        stage.forget()
    return {stage.name: stage.pending() for stage in chosen}


def drain_all(report: Callable[[Stage, int, int], None] = lambda *_: None, batch: int = 2_000) -> int:
    """Do all that is pending, stage after stage; reports ``(stage, done, of)``. Returns how many items were done.

    A late stage may make work for an early one; so it goes round until nothing is left that can be done.
    """
    total = 0
    for _ in range(_MOST_ROUNDS):
        done = _drain_once(report, batch)
        total += done
        if not done or not any(stage.pending() for stage in stages()):
            break
    return total


def _drain_once(report: Callable[[Stage, int, int], None], batch: int) -> int:
    total = 0
    for stage in stages():
        did = 0
        for did, of in _drain(stage, batch):
            report(stage, did, of)
        total += did
    return total


def _drain(stage: Stage, batch: int) -> Iterator[tuple[int, int]]:
    of, done = stage.pending(), 0
    while done < of:
        did = stage.drain(batch)
        if not did:
            break
        done += did
        # What was done may have brought more of the same stage: what was joined is then to be judged.
        of = max(of, done) if done < of else done + stage.pending()
        yield done, of
