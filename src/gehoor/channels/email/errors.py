"""What can be wrong with mail, beside what the kernel already names."""

from gehoor.kernel.errors import CannotDeliver, CannotRead
from gehoor.kernel.language import sentence


class NotMail(CannotRead):
    """Bytes without the headers that make a message."""

    code = "email_not_mail"
    text = sentence("This has none of the headers that make it an e-mail.")
    remedy = sentence("Open it to see what it is, and send it in under the channel that it belongs to.")


class Encrypted(CannotRead):
    """Somebody said something, and only the holder of a key can read it."""

    code = "email_encrypted"
    text = sentence("This e-mail is encrypted; Gehoor holds no key to it.")
    remedy = sentence(
        "Open it in the mail program that has the key, save it there without encryption, and send that in."
    )


class AddressRefused(CannotDeliver):
    """The mail server says no to this one address, for good. ``answer`` is its code, such as ``550 5.1.1``."""

    code = "email_address_refused"
    text = sentence("The mail server does not take mail for this address ({answer}).")
    remedy = sentence("Look whether the address is right, or reach this person in another way.")


class MessageRefused(CannotDeliver):
    """The mail server says no to this one message, for good."""

    code = "email_message_refused"
    text = sentence("The mail server does not take this message ({answer}).")
    remedy = sentence("Look in the mail server's log why; then change the text, or reach this person in another way.")
