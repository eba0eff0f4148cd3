"""Does speed matter in this case? The rules propose, people correct, and their correction stays."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any

from django.db.models import QuerySet

from gehoor.analysis.hours.waiting import What
from gehoor.analysis.speed import Judgement, Said, Sign, Verdict
from gehoor.analysis.speed import judge as judge_text
from gehoor.analysis.speed.signs import sentences
from gehoor.channels.registry import cards
from gehoor.rooms.desk.clocks.logs import logs_of, moment_of
from gehoor.rooms.desk.models import Act, Case, CaseVoice
from gehoor.rooms.voices.changes import Changed
from gehoor.rooms.voices.models import Voice

_ORDER = (Verdict.MATTERS, Verdict.UNSURE, Verdict.CAN_WAIT)
_NEWEST = 20
_ANOTHER_TIME = timedelta(hours=1)
"""Messages nearer to each other are one asking."""


def judge(case: Case) -> None:
    """Say anew whether speed matters, from what the customer said since we last answered; on the object and in its row.
    ``speed_why`` holds the signs: ``{"sign", "voice", "start", "end"}`` with the place of the sentence in the voice's
    text (both 0 where the sign is in no words). What a person said of it stays: then only the signs are kept anew."""
    verdict, why = _judged(case)
    case.speed_why = why
    if not corrections(case).exists():
        case.speed, case.speed_by = verdict.value, None
    case.save(update_fields=["speed", "speed_why", "speed_by"])


def first_judgement(voice: Voice) -> dict[str, Any]:
    """What a case begins with that this voice begins: ``speed`` and ``speed_why``, as :func:`judge` sets them."""
    verdict, why = _weighed([voice])
    return {"speed": verdict.value, "speed_why": why}


def corrections(case: Case) -> QuerySet[Act]:
    """What people said about the speed of this case and did not take back, the newest first."""
    return Act.objects.filter(case=case, kind="speed", undone=False, by__isnull=False).order_by("-id")


def follow(changed: Changed) -> None:
    """The text of a voice was corrected: look at its case again."""
    found = CaseVoice.objects.filter(voice=changed.voice).select_related("case").first()
    if found is not None:
        judge(found.case)


def _judged(case: Case) -> tuple[Verdict, list[dict[str, Any]]]:
    return _weighed(_unanswered(case))


def _weighed(voices: Sequence[Voice]) -> tuple[Verdict, list[dict[str, Any]]]:
    asked = 1 + sum(
        moment_of(later.said_at, later.heard_at) - moment_of(sooner.said_at, sooner.heard_at) > _ANOTHER_TIME
        for sooner, later in pairwise(voices)
    )
    judged = [(voice, judge_text(_said(voice, asked))) for voice in voices]
    verdict = min((each.verdict for _, each in judged), key=_ORDER.index, default=Verdict.UNSURE)
    return verdict, _why(judged, verdict)


def _unanswered(case: Case) -> Sequence[Voice]:
    """The voices since our last answer, the oldest first; all of them where each was answered."""
    voices = list(
        Voice.objects.filter(in_case__case=case).select_related("understanding").order_by("said_at", "id")[:500]
    )
    answered = max((each.at for each in logs_of([case.pk])[case.pk] if each.what is What.ANSWER), default=None)
    since = [each for each in voices if answered is None or moment_of(each.said_at, each.heard_at) > answered]
    return (since or voices)[-_NEWEST:]


def _said(voice: Voice, asked: int) -> Said:
    card = cards().get(voice.channel)
    public = card is not None and card.public
    around = 0
    if public and voice.conversation_id is not None:
        around = Voice.objects.filter(conversation=voice.conversation_id).exclude(pk=voice.pk).count()
    understood = getattr(voice, "understanding", None)
    kind = understood.kind if understood is not None else ""
    return Said(voice.text, moment_of(voice.said_at, voice.heard_at), kind, public, around, asked)


def _why(judged: Sequence[tuple[Voice, Judgement]], verdict: Verdict) -> list[dict[str, Any]]:
    """The signs of the voices that decided, each sign once, with the newest words for it."""
    found: dict[Sign, dict[str, Any]] = {}
    for voice, judgement in reversed(judged):
        if judgement.verdict is not verdict:
            continue
        for each in judgement.signs:
            start, end = _sentence(voice.text, each.start, each.end)
            found.setdefault(
                each.sign, {"sign": each.sign.value, "voice": str(voice.public_id), "start": start, "end": end}
            )
    return list(found.values())


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a place, without the spaces at its ends; nothing where it is no place."""
    if start == end:
        return 0, 0
    begin, last = next(((a, b) for a, b in sentences(text) if a <= start < b), (start, end))
    said = text[begin:last]
    return begin + len(said) - len(said.lstrip()), last - len(said) + len(said.rstrip())
