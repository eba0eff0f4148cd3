"""Two who do something with a case at the same moment: whoever names the number they saw does not act unseen on top of
what another did."""

from collections.abc import Iterator
from contextlib import contextmanager

from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.desk.cases.acts import hold, in_turn
from gehoor.rooms.desk.models import Case


class MovedSince(Refused):
    """Somebody did something with the case since the asker looked."""

    code = "moved_since"
    text = sentence("Somebody was first: something happened to this case since you read it.")
    remedy = sentence("Read it again; if it still has to be done, ask it with the `moved` that it has now.")


@contextmanager
def unmoved(case: Case, moved: int | None) -> Iterator[None]:
    """A transaction in which nothing happens to the case but what is done within it. Raises MovedSince where its number
    is not ``moved`` any more; None: whatever happened."""
    with in_turn():
        hold(case)
        if moved is not None and case.moved != moved:
            raise MovedSince()
        yield
