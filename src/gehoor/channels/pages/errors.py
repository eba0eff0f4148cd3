"""What can be wrong with a page.

CannotRead
├── FeedCut                     a feed that ends in the middle
├── Tangled                     markup made so that taking it apart does not end, or that holds no text any more
└── PageUnclear                 a page of which nothing says who speaks
"""

from gehoor.kernel.errors import CannotRead
from gehoor.kernel.language import sentence


class FeedCut(CannotRead):
    """What follows the last whole entry of a feed that does not go on to its end; ``count`` entries were whole."""

    code = "feed_cut"
    text = sentence("The feed is cut off here. Whole entries read before it: {count}.")
    remedy = sentence(
        "Save it again and send it in whole: what is known already does not count twice. A source asks for it again "
        "by itself."
    )


class Tangled(CannotRead):
    """Markup nested or filled beyond any sense."""

    code = "page_tangled"
    text = sentence("The page was not taken apart: its markup is nested or filled beyond any sense.")
    remedy = sentence("Open it in a browser, copy the text into a file and send that in with its channel.")


class PageUnclear(CannotRead):
    """A saved page that is no forum, blog or profile that is known here."""

    code = "page_unclear"
    text = sentence("It is a web page, and nothing on it says who speaks.")
    remedy = sentence("When it is an article of a customer, send it in again with --channel blog; otherwise leave it.")
    retry_helps = True
