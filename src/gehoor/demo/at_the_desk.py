"""What the people of the example did at the desk: who took which case, what was noted and put off, what became of what
was promised, and a year of complaints. Told once, after the cases and promises are there."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from gehoor.demo.fill import filled, filled_on, recalled, remember
from gehoor.demo.moments import Days
from gehoor.demo.people import colleague
from gehoor.kernel import clock
from gehoor.kernel.language import sentence
from gehoor.rooms.desk.cases.actions import do_assign, do_note, do_snooze
from gehoor.rooms.desk.clocks.hours import standard_version
from gehoor.rooms.desk.clocks.setting import do_set_hours
from gehoor.rooms.desk.complaints.actions import do_answer_finally, do_learn, do_pass, do_register, do_register_all
from gehoor.rooms.desk.complaints.proposing import proposed
from gehoor.rooms.desk.models import Case, Complaint, Hours, Promise, PromiseState, State
from gehoor.rooms.desk.promises.actions import do_break, do_confirm, do_keep, do_promise, do_renegotiate
from gehoor.rooms.intake import stages
from gehoor.rooms.people.models import Person

TITLE = sentence("Telling what the people of the example did at the desk")
_ORDER = 97
AIMS = {"first": 480, "next": 480, "resolution": 2_400}
"""Business minutes: a working day for an answer, a week for all of it."""
NOTES = (
    "Gebeld, geen gehoor. Morgenochtend nog eens proberen.",
    "De aannemer heeft de factuur aan ons gestuurd; ligt bij de afdeling bouwdepot.",
    "Mevrouw klonk erg bezorgd. Graag rustig uitleggen waarom het langer duurt. @Nadia kijk je mee?",
)
HANDLED = (
    ("upheld", "Excuses gemaakt, de factuur dezelfde dag betaald.", "Factuur bleef liggen", "Wie wacht, wordt gebeld."),
    ("partly", "Uitgelegd welk stuk ontbrak; de brief daarover was onduidelijk.", "Onduidelijke brief", ""),
    ("not_upheld", "Uitgelegd waarom dit zo in de voorwaarden staat.", "Anders verwacht", ""),
    ("goodwill", "De boete kwijtgescholden: het antwoord aan de telefoon was anders.", "Verschillende antwoorden", ""),
    ("upheld", "Teruggebeld en het verzoek alsnog afgehandeld.", "Niet teruggebeld", "Toezeggingen op een lijst."),
)
"""How complaints were judged and handled, the root cause, and what was learned."""
THANKS = ("betaald, dank", "bedankje", "terugbelafspraak", "incassodatum, avond", "teruggebeld over rente")
"""What those who wrote to say thank you wrote above it. It reads like a complaint, since it tells what went before."""
LEFT_OPEN = 3
"""The newest complaints are still being handled."""
CALL_BACK = "Terugbellen zodra de beoordeling binnen is"


def pending() -> int:
    """1 while this is still to be told and there is a case to tell it of."""
    return int(filled() and not recalled().get("at_the_desk") and Case.objects.exists())


def drain(limit: int) -> int:
    """Tell it."""
    del limit
    if not pending():
        return 0
    with transaction.atomic():
        _work_by_hours(Days(filled_on()))
        _take_cases()
        _settle_promises()
        _handle_complaints()
    remember(at_the_desk=True)
    return 1


def _work_by_hours(days: Days) -> None:
    if Hours.objects.exists():
        return
    with days.acting(300):
        do_set_hours(hours=standard_version().hours, aims=AIMS, actor=colleague("tineke.brouwer"))


def _take_cases() -> None:
    femke, nadia = colleague("femke.smit"), colleague("nadia.benali")
    waiting = list(Case.objects.filter(state=State.NEW).order_by("begun_at", "pk"))
    for number, case in enumerate(waiting):
        if number % 3 == 0:
            do_assign(case, nadia if number % 2 else femke, femke)
    for case, text in zip(waiting[1::4], NOTES, strict=False):
        do_note(case, text, femke)
    for case in waiting[5:6]:
        do_snooze(case, clock.now() + timedelta(days=3), femke)
    for case, in_days in zip(waiting[::5], (-1, 0, 2), strict=False):
        _promise_by_hand(case, in_days)


def _promise_by_hand(case: Case, in_days: int) -> None:
    femke = colleague("femke.smit")
    person = Person.objects.filter(attributions__voice=case.voice_id).first()
    due = clock.now().replace(hour=16, minute=0, second=0, microsecond=0) + timedelta(days=in_days)
    do_promise(person, CALL_BACK, due, femke, case=case)


def _settle_promises() -> None:
    """Of what was found in what we wrote: most was kept, some not, one was put off in time."""
    femke = colleague("femke.smit")
    found = Promise.objects.filter(state=PromiseState.PROPOSED, due_at__isnull=False).order_by("made_at", "pk")
    past = list(found.filter(due_at__lt=clock.now()))
    _put_off(past[-1:])
    for number, promise in enumerate(past[:-1]):
        do_confirm(promise, femke)
        if number % 5 == 3:
            do_break(promise, femke, why="Niet aan toegekomen.")
        elif number % 5 != 4:
            do_keep(promise, femke)


def _put_off(promises: Sequence[Promise]) -> None:
    femke = colleague("femke.smit")
    for promise in promises:
        do_confirm(promise, femke)
        told = promise.made_at + (promise.due_at - promise.made_at) / 2 if promise.due_at else promise.made_at
        later = clock.now() + timedelta(days=2)
        do_renegotiate(promise, later, femke, told_at=told, why="De taxateur kon niet eerder; de klant weet het.")


def _handle_complaints() -> None:
    """All that was said as a complaint in the last year stands in the register, without the thanks among it; most had
    their final answer."""
    nadia = colleague("nadia.benali")
    for voice in [*proposed(), *proposed(older=True)]:
        if any(thanked in voice.subject.lower() for thanked in THANKS):
            do_pass(voice, nadia)
    for voice in proposed(older=True).filter(said_at__gte=clock.now() - timedelta(days=365)):
        do_register(voice, nadia)
    do_register_all(nadia)
    received = list(Complaint.objects.filter(case=None).order_by("received_at", "pk"))
    for number, complaint in enumerate(received[:-LEFT_OPEN]):
        outcome, handling, cause, lesson = HANDLED[number % len(HANDLED)]
        after = complaint.received_at + timedelta(days=9 + number * 7 % 40)
        if after < clock.now():
            do_answer_finally(complaint, outcome, handling, max(after, _acknowledged(complaint)), nadia)
            do_learn(complaint, cause, lesson, nadia)


def _acknowledged(complaint: Complaint) -> datetime:
    return complaint.acknowledged_at or complaint.received_at


STAGE = stages.Stage("at_the_desk", _ORDER, TITLE, pending, drain)
