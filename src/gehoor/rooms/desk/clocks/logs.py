"""What happened in cases, as the clocks see it: voices in, answers out, states."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Q

from gehoor.analysis.hours.acknowledging import only_acknowledges
from gehoor.analysis.hours.waiting import Moment, What
from gehoor.rooms.desk.models import Act, Answer, CaseVoice, State
from gehoor.rooms.voices.models import Reply

_STATES = {
    State.NEW: What.GO_ON,
    State.OPEN: What.GO_ON,
    State.WAITING_US: What.GO_ON,
    State.WAITING_CUSTOMER: What.PAUSE,
    State.SOLVED: What.SOLVED,
    State.CLOSED: What.SOLVED,
}


def logs_of(cases: Collection[int]) -> Mapping[int, list[Moment]]:
    """The log of each of these cases, by primary key; a fixed number of queries."""
    logs: dict[int, list[Moment]] = {case: [] for case in cases}
    where = _take_voices(logs)
    _take_answers(logs)
    _take_replies(logs, where)
    for case, is_, at in Act.objects.filter(case__in=logs, kind__in=["state", "spam"], undone=False).values_list(
        "case", "values__is", "at"
    ):
        if is_ in _STATES:
            logs[case].append(Moment(at, _STATES[State(is_)]))
    return logs


class _Where:
    """In which case a voice is, and since when a conversation is of a case."""

    def __init__(self) -> None:
        self.case: dict[int, int] = {}
        self.since: dict[int, dict[int, datetime]] = defaultdict(dict)

    def note(self, conversation: int, case: int, at: datetime) -> None:
        """A case has a voice in a conversation."""
        cases = self.since[conversation]
        cases[case] = min(cases.get(case, at), at)


def _take_voices(logs: dict[int, list[Moment]]) -> _Where:
    where = _Where()
    rows = CaseVoice.objects.filter(case__in=logs).values_list(
        "case", "voice", "voice__conversation", "voice__said_at", "voice__heard_at"
    )
    for case, voice, conversation, said_at, heard_at in rows:
        at = moment_of(said_at, heard_at)
        logs[case].append(Moment(at, What.VOICE))
        where.case[voice] = case
        if conversation is not None:
            where.note(conversation, case, at)
    _take_neighbours(where)
    return where


def _take_neighbours(where: _Where) -> None:
    """Other cases in the same conversations, so that an answer there belongs to one of them, whichever is kept now."""
    rows = CaseVoice.objects.filter(voice__conversation__in=list(where.since)).values_list(
        "case", "voice__conversation", "voice__said_at", "voice__heard_at"
    )
    for case, conversation, said_at, heard_at in rows:
        if conversation is not None:
            where.note(conversation, case, moment_of(said_at, heard_at))


def moment_of(said_at: datetime | None, heard_at: datetime) -> datetime:
    """When something was said: never after we heard it."""
    return heard_at if said_at is None else min(said_at, heard_at)


def _take_answers(logs: dict[int, list[Moment]]) -> None:
    """Answers of ours that went out; an acknowledgement is none, nor is what was taken back or did not arrive."""
    given = Answer.objects.filter(case__in=logs, automatic=False, taken_back=False, failed=[])
    gone = given.exclude(channel__in=["call", "letter"], went_at=None)
    for case, at in gone.values_list("case", "leaves_at"):
        logs[case].append(Moment(at, What.ANSWER))


def _take_replies(logs: dict[int, list[Moment]], where: _Where) -> None:
    """Replies that went out elsewhere: to a voice of the case, or in a conversation of it after its first voice there.
    Those that this room sent are counted as its answers already."""
    unsaid = Q(answers=None, conversation__in=list(where.since))
    replies = Reply.objects.filter(Q(answers__in=list(where.case)) | unsaid)
    ours = set(Answer.objects.filter(reply__in=replies).values_list("reply", flat=True))
    for pk, answers, conversation, said_at, heard_at, text in replies.values_list(
        "id", "answers", "conversation", "said_at", "heard_at", "text"
    ):
        if pk in ours or only_acknowledges(text):
            continue
        at = moment_of(said_at, heard_at)
        cases = [where.case[answers]] if answers is not None else _open_then(where.since[conversation], at)
        for case in logs.keys() & cases:
            logs[case].append(Moment(at, What.ANSWER))


def _open_then(since: Mapping[int, datetime], at: datetime) -> list[int]:
    """Of cases in one conversation that which had begun last at this moment."""
    begun = [(began, case) for case, began in since.items() if began <= at]
    return [max(begun)[1]] if begun else []
