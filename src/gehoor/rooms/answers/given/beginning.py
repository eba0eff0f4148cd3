"""An entry of the answer book that begins with a question that customers asked, and with what some were told."""

from django.db import transaction

from gehoor.analysis.blotting import blotted
from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.answers.book.actions import do_add_answer
from gehoor.rooms.answers.book.content import QUESTION_LENGTH, Content
from gehoor.rooms.answers.given.saying import standing_of
from gehoor.rooms.answers.models import Answer, Given, Question


def do_begin_entry(*, question: Question, one: Given, actor: User) -> Answer:
    """Begin an entry with what ``one`` was told; what points to a person is blotted out, and someone still has to
    look at it. The question belongs to it from now on. Raises Refused when the book has an entry for it, NotAllowed."""
    if question.answer_id is not None:
        raise Refused(why=sentence("the book has an answer to this question already"))
    told = standing_of([one.pk]).said[one.pk].text
    content = Content(question=blotted(question.text)[:QUESTION_LENGTH] or "?", text=blotted(told))
    with transaction.atomic():
        made = do_add_answer(content=content, actor=actor)
        Question.objects.filter(pk=question.pk).update(answer=made, verdict="")
    return made
