"""What waits for someone of ours: a decision, a day that came, people who can be told, what was handed on."""

from dataclasses import dataclass

from gehoor.rooms.changes.board import Row, all_rows
from gehoor.rooms.changes.handing_over import waiting
from gehoor.rooms.changes.standing import Stage
from gehoor.rooms.sending.calling import lists_to_call
from gehoor.rooms.sending.models import Run

_MOST = 3


@dataclass(frozen=True, slots=True)
class Due:
    """Changes, what cost customers most first; at most a few of each, with how many there are."""

    undecided: list[Row]
    all_undecided: int
    overdue: list[Row]
    to_tell: list[Row]
    all_to_tell: int
    handed_on: int
    to_call: list[tuple[Run, int]]

    @property
    def anything(self) -> bool:
        """Whether anything waits."""
        return bool(self.undecided or self.overdue or self.to_tell or self.handed_on or self.to_call)


def what_is_due() -> Due:
    """What waits now; a fixed number of queries."""
    rows = all_rows()
    undecided = [row for row in rows if row.now.stage == Stage.ASKED]
    to_tell = [row for row in rows if row.now.stage in {Stage.NO, Stage.DONE} and row.reached.left]
    return Due(
        undecided=undecided[:_MOST],
        all_undecided=len(undecided),
        overdue=[row for row in rows if row.overdue],
        to_tell=to_tell[:_MOST],
        all_to_tell=len(to_tell),
        handed_on=len(waiting()),
        to_call=lists_to_call(),
    )
