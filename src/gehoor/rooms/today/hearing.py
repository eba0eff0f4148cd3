"""What Today says about listening: what is planned, or else one kind reminder."""

from dataclasses import dataclass
from datetime import timedelta

from gehoor.kernel import clock
from gehoor.rooms.accounts.models import User
from gehoor.rooms.listening.appointments import ahead, not_over
from gehoor.rooms.listening.models import Arrangement
from gehoor.rooms.listening.reminding import Reminder, reminder_for
from gehoor.rooms.listening.unheard import State

AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Hearing:
    """The appointments of the coming two weeks; without any, the reminder that is due, if one is."""

    planned: list[Arrangement]
    reminder: Reminder | None

    @property
    def anything(self) -> bool:
        """Whether there is something to say."""
        return bool(self.planned or self.reminder)


def hearing_of(user: User, state: State) -> Hearing:
    """What stands on Today for this user; ``state``: what was heard by now."""
    now = clock.now()
    planned = [each for each in ahead(user).filter(starts_at__lt=now + AHEAD) if not_over(each, now)]
    return Hearing(planned, None if planned else reminder_for(user, now, state))
