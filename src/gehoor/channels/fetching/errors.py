"""What can be wrong with fetching, beside that the other side is away (CannotReach itself).

CannotReach
├── NotFetchable                an address that is never fetched: it may lead into the own network
└── NotTaken                    an answer that is not taken: too large, of another kind, damaged
"""

from gehoor.kernel.errors import CannotReach
from gehoor.kernel.language import sentence


class NotFetchable(CannotReach):
    """The address itself is refused. ``why`` is a sentence."""

    code = "not_fetchable"
    text = sentence("{where} was not fetched: {why}")
    remedy = sentence("Give another address: a public one that begins with https://.")
    retry_helps = False


class NotTaken(CannotReach):
    """There was an answer, and it is not taken. ``why`` is a sentence."""

    code = "not_taken"
    text = sentence("The answer of {where} was not taken: {why}")
    remedy = sentence("Open the address in a browser to see what it gives; if it looks well there, try again later.")
    retry_helps = True


ADDRESS = sentence("The web address")
"""What is fetched is called so where nobody gives it a name."""
