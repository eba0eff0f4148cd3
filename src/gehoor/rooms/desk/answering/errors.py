"""What stands in the way of an answer."""

from typing import ClassVar

from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.desk.models import Answer


class AnsweredAlready(Refused):
    """Somebody answered the same at the same moment; ``answer`` is theirs."""

    code: ClassVar[str] = "answered_already"

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        super().__init__(why=sentence("a colleague answered this just now"))


class SaidMore(Refused):
    """The customer said more since the writer looked."""

    code: ClassVar[str] = "said_more"
    text: ClassVar[str] = sentence("The customer said something after what this answers.")
    remedy: ClassVar[str] = sentence("Read it, and send the answer with the `voice` that stands last now.")


class DraftMoved(Refused):
    """Somebody else wrote in the draft, sent it or threw it away."""

    code: ClassVar[str] = "draft_moved"
    text: ClassVar[str] = sentence("Somebody else wrote in this draft, or it is gone.")
    remedy: ClassVar[str] = sentence("Read the draft again, and keep yours on the `revision` that it has now.")
