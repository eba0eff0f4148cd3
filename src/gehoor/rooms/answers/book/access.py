"""Fetching entries, versions and phrasings by the ids that stand in addresses."""

from uuid import UUID

from gehoor.kernel.errors import NotFound
from gehoor.kernel.language import sentence
from gehoor.rooms.answers.models import Answer, Phrasing, Version


def access_answer(public_id: UUID | str) -> Answer:
    """One entry with its current version; raises NotFound."""
    found = Answer.objects.select_related("current__owner", "current__by", "by").filter(public_id=public_id).first()
    if found is None or found.current is None:
        raise NotFound(what=sentence("answer"))
    return found


def access_version(public_id: UUID | str) -> Version:
    """One version with its entry, also a proposal; raises NotFound."""
    rows = Version.objects.select_related("answer__current", "by", "owner")
    found = rows.filter(public_id=public_id, answer__current__isnull=False).first()
    if found is None:
        raise NotFound(what=sentence("version of an answer"))
    return found


def access_phrasing(public_id: UUID | str) -> Phrasing:
    """One phrasing, also one that was removed; raises NotFound."""
    found = Phrasing.objects.select_related("answer__current", "voice").filter(public_id=public_id).first()
    if found is None:
        raise NotFound(what=sentence("phrasing"))
    return found


def current(answer: Answer) -> Version:
    """The version that holds; raises NotFound for an entry without any."""
    if answer.current is None:
        raise NotFound(what=sentence("answer"))
    return answer.current
