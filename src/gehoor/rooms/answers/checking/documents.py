"""What a check found, ready for JSON: the schema stands in docs/json.md."""

from typing import Any

from gehoor.rooms.answers.checking.remarks import Checked, Earlier, Entry, Remark


def check_document(checked: Checked) -> dict[str, Any]:
    """The remarks in the order of the draft, and what was compared."""
    return {
        "outcome": str(checked.outcome),
        "remarks": [_remark(each) for each in checked.remarks],
        "compared": {
            "questions": checked.questions,
            "answers": [_entry(each) | {"agrees": each.agrees} for each in checked.entries],
            "earlier": checked.earlier,
        },
        "cut": checked.draft.cut,
        "quoted": checked.draft.quoted,
        "passed_over": checked.passed_over,
    }


def _remark(remark: Remark) -> dict[str, Any]:
    return {
        "severity": str(remark.severity),
        "kind": remark.kind,
        "start": remark.start,
        "end": remark.end,
        "sentence": remark.quote,
        "draft": remark.draft_says or None,
        "source": remark.source_says,
        "quote": remark.source_quote,
        "until": remark.until.isoformat() if remark.until else None,
        "answer": _entry(remark.entry) if remark.entry else None,
        "earlier": _earlier(remark.earlier) if remark.earlier else None,
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "id": str(entry.public_id),
        "question": entry.question,
        "version": entry.version,
        "state": entry.state,
        "owner": entry.owner or None,
        "since": entry.since.isoformat(),
        "probability": round(entry.probability, 3),
    }


def _earlier(earlier: Earlier) -> dict[str, Any]:
    return {
        "at": earlier.at.isoformat() if earlier.at else None,
        "channel": earlier.channel,
        "adviser": earlier.adviser or None,
        "voice": str(earlier.voice) if earlier.voice else None,
    }
