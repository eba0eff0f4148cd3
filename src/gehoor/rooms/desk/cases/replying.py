"""What we answered outside the desk (in another mail program, say) ends the waiting too."""

from collections.abc import Sequence

from django.db.models import Max

from gehoor.rooms.desk.cases.acts import hold, note_act
from gehoor.rooms.desk.cases.states import do_set_state
from gehoor.rooms.desk.models import WAITS_FOR_US, Answer, Case, CaseVoice, LookedAtReply, State
from gehoor.rooms.sending.models import Delivery
from gehoor.rooms.voices.models import Reply


def look_at_replies(replies: Sequence[Reply]) -> None:
    """Make out of each of these replies whether it answers a case. Needs the turn."""
    by_voice, by_conversation = _cases(replies)
    ours = _from_the_desk(replies)
    for reply in replies:
        case = by_voice.get(reply.answers_id or 0) or by_conversation.get(reply.conversation_id or 0)
        if case is not None and reply.pk not in ours:
            _answer(case, reply)
    LookedAtReply.objects.bulk_create([LookedAtReply(reply=reply) for reply in replies], ignore_conflicts=True)


def _cases(replies: Sequence[Reply]) -> tuple[dict[int, Case], dict[int, Case]]:
    """Cases by the voices that these replies answer, and by the conversations that they are in; four queries."""
    voices = CaseVoice.objects.filter(voice__in={each.answers_id for each in replies if each.answers_id is not None})
    by_voice = dict(voices.values_list("voice_id", "case_id"))
    conversations = {each.conversation_id for each in replies if each.conversation_id is not None}
    rows = CaseVoice.objects.filter(voice__conversation__in=conversations).values_list("voice__conversation")
    newest = dict(rows.annotate(newest=Max("case")))
    cases = Case.objects.in_bulk({*by_voice.values(), *newest.values()})
    return {key: cases[case] for key, case in by_voice.items()}, {key: cases[case] for key, case in newest.items()}


def _from_the_desk(replies: Sequence[Reply]) -> set[int]:
    """Replies that the desk itself sent: it wrote of them in its log when they left."""
    keys = [reply.pk for reply in replies]
    known = set(Answer.objects.filter(reply__in=keys).values_list("reply_id", flat=True))
    runs = Delivery.objects.filter(reply__in=keys, run__in=Answer.objects.exclude(run=None).values("run"))
    return {pk for pk in known | set(runs.values_list("reply_id", flat=True)) if pk is not None}


def _answer(case: Case, reply: Reply) -> None:
    hold(case)
    at = reply.said_at or reply.heard_at
    last = max(
        said or heard
        for said, heard in CaseVoice.objects.filter(case=case).values_list("voice__said_at", "voice__heard_at")
    )
    note_act(case, "answered", by=None, values={"reply": str(reply.public_id)}, at=at)
    if case.state in WAITS_FOR_US and at >= last:
        do_set_state(case, State.WAITING_CUSTOMER, None)
