"""How this part erases and exports what it keeps of a person."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from gehoor.rooms.desk.models import Answer, Case, CaseVoice, Draft, Receipt
from gehoor.rooms.people.bulk import among
from gehoor.rooms.privacy.rights import Subject


def _cases(subject: Subject) -> Q:
    """Cases that one of these voices began, or is in."""
    began = Case.objects.filter(among("voice_id", subject.voices)).values("pk")
    inside = CaseVoice.objects.filter(among("voice_id", subject.voices)).values("case")
    return Q(case__in=began) | Q(case__in=inside)


def _answers(subject: Subject) -> QuerySet[Answer]:
    of_voices = Answer.objects.filter(among("answers_id", subject.voices)).values("pk")
    replies = subject.replies if subject.person is not None else ()  # what was only taken back leaves its answer
    of_replies = Answer.objects.filter(among("reply_id", replies)).values("pk")
    return Answer.objects.filter(_cases(subject) | Q(pk__in=of_voices) | Q(pk__in=of_replies))


def erase(subject: Subject) -> None:
    """Drafts, answers and receipts in the cases of these voices, and the answers that became these replies."""
    Receipt.objects.filter(among("voice_id", subject.voices)).delete()
    Draft.objects.filter(_cases(subject)).delete()
    _answers(subject).delete()


def export(subject: Subject) -> Mapping[str, Any]:
    """What we answered this person, also what was not sent yet; drafts are our own thoughts until they are sent."""
    return {
        "answers": [
            {
                "at": each.at.isoformat(),
                "channel": each.channel,
                "subject": each.subject,
                "text": each.text,
                "automatic": each.automatic,
                "promised_for": each.promised_for.isoformat() if each.promised_for else None,
                "taken_back": each.taken_back,
                "arrived": each.went_at is not None and not each.failed,
            }
            for each in _answers(subject).order_by("id")
        ]
    }
