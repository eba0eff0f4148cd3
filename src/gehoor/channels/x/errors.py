"""What can be unclear about X."""

from gehoor.kernel.errors import CannotRead
from gehoor.kernel.language import sentence


class AccountNeeded(CannotRead):
    """Direct messages of which nothing says who is the organisation."""

    code = "x_account_needed"
    text = sentence("These are direct messages of X, and the file that says whose they are is not beside them.")
    remedy = sentence("Send in the whole archive as X gave it (the .zip), or put account.js beside this file.")
    retry_helps = True


class ApiRefused(CannotRead):
    """What was saved is an error of the interface, and holds no posts."""

    code = "x_api_refused"
    text = sentence("It is an error that X gave instead of posts.")
    remedy = sentence("Ask X again, with a key that may see these posts, and send that answer in.")
