"""Why a program is not let in.

GehoorError
├── Stranger                    nobody is signed in, and no token was shown
│   ├── TokenWrong              no such token
│   ├── TokenEnded              somebody ended it
│   └── TokenExpired            its time is over
├── TooManyTries                so many wrong tokens that the next has to wait
└── NotAllowed
    ├── ScopeMissing            the token was not made for this
    └── NotFromOurPage          a browser that does not show that one of our own pages asked
"""

from gehoor.kernel.errors import GehoorError, NotAllowed
from gehoor.kernel.language import sentence


class Stranger(GehoorError):
    """Nobody is signed in, and no token was shown."""

    code = "stranger"
    text = sentence("It is not known who asks.")
    remedy = sentence("Send a token along: Authorization: Bearer, a space and the token.")


class TokenWrong(Stranger):
    """There is no such token."""

    code = "token_wrong"
    text = sentence("This token is not one of ours.")
    remedy = sentence("Look whether it was copied whole, or make another one under your own account.")


class TokenEnded(Stranger):
    """Somebody ended this token, or its user was shut out."""

    code = "token_ended"
    text = sentence("This token was ended.")
    remedy = sentence("Make another one under your own account.")


class TokenExpired(Stranger):
    """The time of this token is over."""

    code = "token_expired"
    text = sentence("The time of this token is over.")
    remedy = sentence("Make another one under your own account.")


class TooManyTries(GehoorError):
    """So many wrong tokens came from one address that the next has to wait."""

    code = "too_many_tries"
    text = sentence("Too many wrong tokens came from this address.")
    remedy = sentence("Wait {seconds} seconds, and send the right token.")
    retry_helps = True


class ScopeMissing(NotAllowed):
    """The token was not made for this."""

    code = "scope_missing"
    text = sentence("This token was not made for {scope}.")
    remedy = sentence("Make one under your own account that is.")


class NotFromOurPage(NotAllowed):
    """A browser that changes something has to show that one of our own pages asked it to."""

    code = "not_from_our_page"
    text = sentence("This browser does not show that one of our own pages asked this.")
    remedy = sentence("Send the page's CSRF token in the header X-CSRFToken, or use a token for programs.")
