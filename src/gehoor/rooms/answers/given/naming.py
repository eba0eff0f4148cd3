"""What the audit trail calls questions."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.urls import reverse

from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.answers.models import Question
from gehoor.rooms.privacy.subjects import Named


def questions(public_ids: Collection[UUID], viewer: User) -> Mapping[UUID, Named]:
    """Questions in the words of the book, or as they were asked, for those who may see what customers ask."""
    if not (viewer.may(May.SEE_ANSWERS) and viewer.may(May.SEE_VOICES)):
        return {}
    found = Question.objects.filter(public_id__in=public_ids)
    return {each.public_id: Named(each.text, reverse("answers:question", args=[each.public_id])) for each in found}
