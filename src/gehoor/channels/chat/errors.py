"""What can be unclear about a chat."""

from gehoor.kernel.errors import CannotRead
from gehoor.kernel.language import sentence


class WhoIsWeNeeded(CannotRead):
    """A chat between names of which nothing says who is the organisation."""

    code = "who_is_we_needed"
    text = sentence("It is a chat, and it is not said which of the names in it is ours.")
    remedy = sentence(
        "Add the name under which we stand in it to Who we are (Administration) and try again, or send it in again "
        "with --map ours=NAME."
    )
    retry_helps = True


class DateOrderNeeded(CannotRead):
    """A chat whose dates can be read with the day or the month first, and nothing in it decides which."""

    code = "date_order_needed"
    text = sentence("It is a chat whose dates can be read in two ways: with the day or with the month first.")
    remedy = sentence("Send it in again with --map dates=day-first or with --map dates=month-first.")
    retry_helps = True
