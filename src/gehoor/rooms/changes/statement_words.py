"""What came out of holding a statement against what was said: one plain sentence, and one document."""

import re
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from gehoor.analysis.needs.matter import matter
from gehoor.analysis.statement import Side
from gehoor.analysis.statement.claim import MOST_CHARACTERS
from gehoor.rooms.changes.statement import Count, Held, Passage
from gehoor.rooms.voices.models import Voice

_BLANKED = re.compile(r" {4,}")


def tidied(given: str) -> str:
    """What someone typed, without what no text holds, and no longer than a statement is."""
    return " ".join(given.replace("\0", " ").split())[:MOST_CHARACTERS]


def quoted(passage: Passage, voice: Voice) -> str:
    """A passage as it is shown: without numbers, greetings and names under it. The voice itself has them."""
    return _BLANKED.sub(" … ", matter(voice.text)[passage.start : passage.end]).strip(" …")


def _whole(number: int) -> str:
    return number_format(number, use_l10n=True, force_grouping=True)


def verdict(held: Held) -> str:
    """In one plain sentence. Nothing found is an answer too."""
    if not held.claim.speaks:
        return gettext("No word in this says what it is about. Name the thing itself, for example an app or a letter.")
    if not held.about.voices:
        return ngettext(
            "Nobody spoke of this in %(months)s month, in %(all)s voices.",
            "Nobody spoke of this in %(months)s months, in %(all)s voices.",
            held.months,
        ) % {"months": held.months, "all": _whole(held.all.voices)}
    sides = {side: held.counts[side].voices for side in (Side.SUPPORTS, Side.AGAINST, Side.UNCLEAR)}
    about = _sampled(held) if held.sampled else _about(held)
    return " ".join(
        [about, _supports(sides[Side.SUPPORTS]), _against(sides[Side.AGAINST]), _unclear(sides[Side.UNCLEAR])]
    )


def _about(held: Held) -> str:
    return ngettext(
        "%(about)s of %(all)s voices is about this:", "%(about)s of %(all)s voices are about this:", held.about.voices
    ) % {"about": _whole(held.about.voices), "all": _whole(held.all.voices)}


def _sampled(held: Held) -> str:
    """Of how many this is said, where only a part could be read."""
    return gettext(
        "%(about)s voices are about this, in a fair draw of %(read)s of the %(candidates)s passages that may be "
        "(of %(all)s voices):"
    ) % {
        "about": _whole(held.about.voices),
        "read": _whole(held.read),
        "candidates": _whole(held.candidates),
        "all": _whole(held.all.voices),
    }


def _supports(count: int) -> str:
    return ngettext("%(count)s supports it,", "%(count)s support it,", count) % {"count": _whole(count)}


def _against(count: int) -> str:
    return ngettext("%(count)s speaks against it,", "%(count)s speak against it,", count) % {"count": _whole(count)}


def _unclear(count: int) -> str:
    return ngettext("%(count)s mentions it without choosing.", "%(count)s mention it without choosing.", count) % {
        "count": _whole(count)
    }


def document(typed: str, held: Held) -> dict[str, Any]:
    """Ready for JSON."""
    voices = Voice.objects.in_bulk([each.voice for some in held.sides.values() for each in some])
    return {
        "statement": typed,
        "sentence": verdict(held),
        "all": _count(held.all),
        "about": _count(held.about),
        "period": {
            "first": held.first.isoformat() if held.first else None,
            "last": held.last.isoformat() if held.last else None,
        },
        "read": held.read,
        "candidates": held.candidates,
        **{
            str(side): {
                **_count(count),
                "passages": [_passage(each, voices[each.voice]) for each in held.sides[side] if each.voice in voices],
            }
            for side, count in held.counts.items()
        },
        "needs": [{"id": str(need.public_id), "name": str(need), "voices": voices} for need, voices in held.needs],
    }


def _count(count: Count) -> dict[str, int | float]:
    return {
        "voices": count.voices,
        "persons": count.persons,
        "anonymous": count.anonymous,
        "customer_minutes": count.minutes,
    }


def _passage(passage: Passage, voice: Voice) -> dict[str, Any]:
    return {
        "voice": str(voice.public_id),
        "channel": voice.channel,
        "text": quoted(passage, voice),
        "by": "person" if passage.judged else "machine",
    }
