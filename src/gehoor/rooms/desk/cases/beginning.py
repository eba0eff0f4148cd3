"""Cases out of voices: a voice that waits begins a case, or joins the case of its conversation."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Max

from gehoor.kernel.clock import now
from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.desk.cases.acts import hold, in_turn, note_act
from gehoor.rooms.desk.cases.states import check_may_answer, put_in_state
from gehoor.rooms.desk.cases.waiting import answered, asks_us, is_history, replies_to, said_at
from gehoor.rooms.desk.cases.wording import about
from gehoor.rooms.desk.clocks.speed import first_judgement, judge
from gehoor.rooms.desk.models import Case, CaseVoice, LookedAtVoice, State
from gehoor.rooms.voices.models import Ask, Understanding, Voice

_THANKS = "compliment"


def do_begin_case(voice: Voice, actor: User | None, *, after: Case | None = None) -> Case:
    """A case that this voice begins. ``after``: the closed case that it goes on from. Raises Refused where the voice is
    in a case already."""
    check_may_answer(actor)
    with in_turn(whole=False):
        if CaseVoice.objects.filter(voice=voice).exists():
            raise Refused(why=sentence("this is in a case already"))
        asks = list(Ask.objects.filter(voice=voice).order_by("position").values_list("start", "end"))
        case = Case.objects.create(
            voice=voice,
            channel=voice.channel,
            about=about(voice, asks),
            begun_at=said_at(voice),
            waits_since=said_at(voice),
            state_since=now(),
            **first_judgement(voice),
        )
        CaseVoice.objects.create(case=case, voice=voice)
        values = {"voice": str(voice.public_id)} | ({"after": str(after.public_id)} if after is not None else {})
        note_act(case, "begun", by=actor, values=values)
    return case


def do_add_voice(case: Case, voice: Voice, kind: str, *, waits: bool = True) -> None:
    """A voice of the same conversation came in: it joins the case, and opens it again where the customer waits anew.

    ``waits`` is False for what was answered already; thanks for what was solved reopen nothing. A case that is put off
    comes back."""
    with in_turn(whole=False):
        hold(case)
        CaseVoice.objects.create(case=case, voice=voice)
        was = case.state
        values = {"voice": str(voice.public_id)}
        opens = was == State.WAITING_CUSTOMER or (was == State.SOLVED and kind != _THANKS)
        if waits and opens:
            put_in_state(case, State.OPEN)
        if waits and case.snoozed_until is not None:
            values["snoozed_until"] = case.snoozed_until.isoformat()
            case.snoozed_until = None
            case.save(update_fields=["snoozed_until"])
        judge(case)
        note_act(case, "voice", by=None, values={**values, "was": was, "is": case.state})


def look_at(voices: Sequence[Voice], kinds: Mapping[int, str]) -> None:
    """Make out of each of these voices whether someone waits, and put what waits in a case. Needs the turn."""
    ordered = sorted(voices, key=lambda voice: (said_at(voice), voice.pk))
    placed = set(CaseVoice.objects.filter(voice__in=[voice.pk for voice in voices]).values_list("voice_id", flat=True))
    cases = _cases_of_conversations(voice.conversation_id for voice in ordered)
    replies = replies_to(ordered)
    today = now()
    for voice in ordered:
        if voice.pk in placed:
            continue
        kind, waits = kinds.get(voice.pk, ""), not answered(voice, replies[voice.pk])
        there = cases.get(voice.conversation_id or 0)
        if there is not None and there.state != State.CLOSED:
            do_add_voice(there, voice, kind, waits=waits)
        elif waits and asks_us(voice, kind) and not is_history(voice, today):
            case = do_begin_case(voice, None, after=there)
            if voice.conversation_id is not None:
                cases[voice.conversation_id] = case
    LookedAtVoice.objects.bulk_create([LookedAtVoice(voice=voice) for voice in voices], ignore_conflicts=True)


def _cases_of_conversations(conversations: Iterable[int | None]) -> dict[int, Case]:
    """The newest case of each conversation, by the conversation's primary key; two queries."""
    rows = (
        CaseVoice.objects.filter(voice__conversation__in={each for each in conversations if each is not None})
        .values_list("voice__conversation")
        .annotate(newest=Max("case"))
    )
    newest = dict(rows)
    cases = Case.objects.in_bulk(newest.values())
    return {conversation: cases[case] for conversation, case in newest.items()}


def kinds_of(voices: Sequence[Voice]) -> Mapping[int, str]:
    """What kind each of these voices is; one query."""
    found = Understanding.objects.filter(voice__in=[voice.pk for voice in voices])
    return dict(found.values_list("voice_id", "kind"))
