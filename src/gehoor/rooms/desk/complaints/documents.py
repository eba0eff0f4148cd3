"""The register of complaints as programs get it. The fields are those of the file, with what leads to other things."""

from collections.abc import Sequence
from datetime import UTC
from typing import Any

from gehoor.rooms.accounts.saying import said
from gehoor.rooms.desk.complaints.exporting import line_of
from gehoor.rooms.desk.complaints.telling import history
from gehoor.rooms.desk.complaints.terms import nearness_of, today
from gehoor.rooms.desk.models import Complaint, ComplaintStep
from gehoor.rooms.desk.versions import versions_of
from gehoor.rooms.voices.models import Voice

_BEGINNING = 500


def complaint_documents(complaints: Sequence[Complaint]) -> list[dict[str, Any]]:
    """These lines, in the same order; one query more."""
    numbers = versions_of(ComplaintStep, "complaint", [each.pk for each in complaints])
    return [_document(each, numbers[each.pk]) for each in complaints]


def whole_complaint_document(complaint: Complaint) -> dict[str, Any]:
    """One line with its steps, the newest first."""
    (told,) = complaint_documents([complaint])
    steps = [
        {
            "kind": each.step.kind,
            "says": said(each.name),
            "at": each.step.at.astimezone(UTC).isoformat(),
            "by": each.step.by.name if each.step.by else None,
            "why": each.why,
            "undone": each.step.undone,
        }
        for each in history(complaint)
    ]
    return told | {"steps": steps}


def _document(complaint: Complaint, version: int) -> dict[str, Any]:
    person = complaint.person.merged_into or complaint.person if complaint.person is not None else None
    return line_of(complaint) | {
        "days_left": (complaint.final_by - today()).days if complaint.answered_at is None else None,
        "nearness": nearness_of(complaint).value or None,
        "person": str(person.public_id) if person is not None else None,
        "voice": str(complaint.voice.public_id) if complaint.voice is not None else None,
        "case": str(complaint.case.public_id) if complaint.case is not None else None,
        "version": version,
    }


def proposed_document(voice: Voice) -> dict[str, Any]:
    """A voice that reads like a complaint and stands in no register yet."""
    return {
        "voice": str(voice.public_id),
        "said_at": voice.said_at.astimezone(UTC).isoformat() if voice.said_at else None,
        "channel": voice.channel,
        "text": voice.text[:_BEGINNING],
    }
