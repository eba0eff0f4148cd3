"""Answers go out as mail, handed to the organisation's own mail server (SMTP)."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from gehoor.channels.email.smtp_line import SmtpLine
from gehoor.channels.email.smtp_settings import FIELDS, read_account
from gehoor.channels.outgoing import Letterhead
from gehoor.kernel.language import sentence


class SmtpSender:
    """See :class:`gehoor.channels.outgoing.Carrier`."""

    kind = "smtp"
    title = sentence("E-mail, through your own mail server (SMTP)")
    channel = "email"
    fields = FIELDS

    def check(self, settings: Mapping[str, str]) -> None:
        """Connects, logs in, and asks whether our addresses would do; sends nothing. Raises CannotReach."""
        line = SmtpLine(read_account(settings), Letterhead(""))
        try:
            line.ask()
        finally:
            line.close()

    @contextmanager
    def open(self, settings: Mapping[str, str], letterhead: Letterhead) -> Iterator[SmtpLine]:
        """A line for many messages; raises CannotReach."""
        line = SmtpLine(read_account(settings), letterhead)
        try:
            yield line
        finally:
            line.close()


SENDER = SmtpSender()
