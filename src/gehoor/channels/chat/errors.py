"""What can be unclear about a chat."""

from collections.abc import Iterable

from gehoor.kernel.errors import CannotRead
from gehoor.kernel.language import sentence

NAMES = "names"
"""The hint that holds the names in a chat, one a line."""
_MOST_NAMES = 20


class WhoIsWeNeeded(CannotRead):
    """A chat between names of which nothing says who is the organisation."""

    code = "who_is_we_needed"
    text = sentence("It is a chat, and it is not said which of the names in it is ours.")
    remedy = sentence(
        "Add the name under which we stand in it to Who we are (Administration) and try again, or send it in again "
        "with --map ours=NAME."
    )
    retry_helps = True

    def __init__(self, names: Iterable[str] = (), **fields: str | int | float) -> None:
        """``names`` are those of the chat, the most talkative first."""
        super().__init__(**fields)
        self.hints = {NAMES: "\n".join(list(names)[:_MOST_NAMES])}


class OursNotThere(WhoIsWeNeeded):
    """A name was said to be ours, and nobody is called so in the chat."""

    code = "ours_not_there"
    text = sentence("It is a chat, and the name that was said to be ours does not occur in it.")


class DateOrderNeeded(CannotRead):
    """A chat whose dates can be read with the day or the month first, and nothing in it decides which."""

    code = "date_order_needed"
    text = sentence("It is a chat whose dates can be read in two ways: with the day or with the month first.")
    remedy = sentence("Send it in again with --map dates=day-first or with --map dates=month-first.")
    retry_helps = True
