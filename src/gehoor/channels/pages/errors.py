"""What can be wrong with a page.

CannotRead
├── Tangled                     markup made so that taking it apart does not end, or that holds no text any more
└── PageUnclear                 a page of which nothing says who speaks
"""

from gehoor.kernel.errors import CannotRead
from gehoor.kernel.language import sentence


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
