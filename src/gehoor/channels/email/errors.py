"""What can be wrong with mail, beside what the kernel already names."""

from gehoor.kernel.errors import CannotRead
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
