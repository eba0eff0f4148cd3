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
