"""How states, audiences and forms are called; and how the audit trail calls entries."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.urls import reverse

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.answers.models import Answer, Audience, Manner, State
from gehoor.rooms.privacy.subjects import Named

STATE_NAMES: Mapping[str, str] = {
    State.WORK_IN_PROGRESS: sentence("being worked on"),
    State.NOT_VALIDATED: sentence("to be validated"),
    State.VALIDATED: sentence("validated"),
    State.ARCHIVED: sentence("archived"),
}
STATE_TONES: Mapping[str, str] = {
    State.WORK_IN_PROGRESS: "care",
    State.NOT_VALIDATED: "care",
    State.VALIDATED: "good",
    State.ARCHIVED: "",
}
AUDIENCE_NAMES: Mapping[str, str] = {
    Audience.ADVISERS: sentence("for advisers"),
    Audience.CUSTOMERS: sentence("for customers too"),
}
MANNER_NAMES: Mapping[str, str] = {
    Manner.LETTER: sentence("By letter"),
    Manner.MAIL: sentence("By mail"),
    Manner.PHONE: sentence("On the phone"),
    Manner.POST: sentence("In a post"),
}
LANGUAGE_NAMES: Mapping[str, str] = {"nl": sentence("in Dutch"), "en": sentence("in English")}


def answers(public_ids: Collection[UUID], viewer: User) -> Mapping[UUID, Named]:
    """Entries by their questions, for those who may see them."""
    if not viewer.may(May.SEE_ANSWERS):
        return {}
    found = Answer.objects.filter(public_id__in=public_ids, current__isnull=False).select_related("current")
    return {
        each.public_id: Named(each.current.question, reverse("answers:answer", args=[each.public_id]))
        for each in found
        if each.current is not None
    }
