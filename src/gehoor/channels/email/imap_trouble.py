"""A message that breaks the line each time it is asked for must not keep the others from coming.

Servers have been seen to end the connection over one message that they hold damaged. Which one it was shows by asking
one at a time; it is then left for later, as one that the server says no to.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from gehoor.channels.email.imap_session import Declined
from gehoor.kernel.errors import CannotRead
from gehoor.kernel.language import sentence

BREAKS = 4
"""Times that the line broke over a message before it is left for later: once with others perhaps, then by itself."""


class NotFetched(CannotRead):
    """A message that is in the mailbox, and that the server does not hand over."""

    code = "email_not_fetched"
    text = sentence("The mail server does not hand over this message.")
    remedy = sentence("Gehoor asks for it again by itself; until then, look it up in the mail program.")
    retry_helps = True


class Trouble:
    """What went wrong over single messages, from one connection to the next."""

    def __init__(self) -> None:
        self.refused = 0
        """Messages that the server said no to, one after another."""
        self._asked: tuple[str, list[int]] = ("", [])
        self._breaks: Counter[tuple[str, int]] = Counter()

    @contextmanager
    def asking(self, folder: str, uids: list[int]) -> Iterator[None]:
        """While these are asked for; stays so when the line breaks."""
        self._asked = (folder, uids)
        try:
            yield
        except Declined:
            self._asked = ("", [])
            raise
        self._asked = ("", [])

    def cut(self) -> bool:
        """The line broke; returns whether that was over a message, so that another connection will show more."""
        folder, uids = self._asked
        self._breaks.update((folder, uid) for uid in uids)
        self._asked = ("", [])
        return bool(uids)

    def is_suspect(self, folder: str, uid: int) -> bool:
        """Whether the line broke over this message, or over others together with it."""
        return self._breaks[folder, uid] > 0

    def check(self, folder: str, uid: int) -> None:
        """Pass, or raise :class:`Declined` for what broke the line too often; later it gets one more try."""
        if self._breaks[folder, uid] >= BREAKS:
            self._breaks[folder, uid] = BREAKS - 1
            raise Declined
