"""Says once, to who wrote a mail or filled in the contact form, that it came in, and by when they hear from us.

Off unless the organisation wants it. It goes to nobody who is, or may be, a machine, and to no mailbox twice in a day;
so two machines that answer each other stop after the first word. A machine that has another address each time is held
by its domain: so many an hour at most go to one that is not shared by the many. It is a stage of the way of a voice:
what has no :class:`Receipt` yet is looked at, once.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import translation
from django.utils.formats import date_format

from gehoor.analysis.linking.normalise import normalise
from gehoor.channels.base import Identity
from gehoor.channels.email.answerable import mailbox_of, own_domain
from gehoor.kernel.clock import now
from gehoor.kernel.ids import key_of
from gehoor.kernel.language import sentence
from gehoor.rooms.desk.answering.composing import re_subject
from gehoor.rooms.desk.answering.manners import current_manners
from gehoor.rooms.desk.answering.ways import Whom, whom
from gehoor.rooms.desk.cases.machines import address_of, by_machine
from gehoor.rooms.desk.cases.queries import title_of
from gehoor.rooms.desk.clocks.expecting import expected_answer_by
from gehoor.rooms.desk.clocks.hours import current_hours
from gehoor.rooms.desk.models import Answer, Case, Manners, Receipt, State, Unsaid
from gehoor.rooms.intake.own import own
from gehoor.rooms.intake.stages import Stage
from gehoor.rooms.people.preferences import wishes
from gehoor.rooms.people.salutation import salutation
from gehoor.rooms.sending.models import Delivery, RunKind, SenderSettings
from gehoor.rooms.sending.replanning import Way
from gehoor.rooms.sending.single import Single, do_send_single
from gehoor.rooms.voices.models import Voice

CHANNELS = ("email", "form")
FRESH = timedelta(hours=6)
"""What was said longer ago is history that is taken in now, or came in while nothing worked: a word that it came in
says nothing any more."""
ONCE_IN = timedelta(hours=24)
TO_ONE_DOMAIN, WITHIN = 20, timedelta(hours=1)
PATIENCE = timedelta(minutes=15)
"""So long a voice waits for its turn when more come in than may be said a minute; after that nothing is said."""
_SUBJECTS = {"nl": "We hebben uw bericht ontvangen", "en": "We received your message"}
_TEXTS = {
    "nl": (
        "Bedankt voor uw bericht. Het is goed aangekomen.",
        "U hoort uiterlijk {moment} van ons. Vaak gaat het sneller.",
        "Wilt u nog iets toevoegen? Beantwoord dan deze mail, dan blijft alles bij elkaar.",
    ),
    "en": (
        "Thank you for your message. It has arrived.",
        "You will hear from us by {moment} at the latest. It is often sooner.",
        "Would you like to add something? Answer this mail, so that everything stays together.",
    ),
}


def _looked_for() -> QuerySet[Voice]:
    """Voices that began a case and were not looked at yet."""
    began = Case.objects.filter(voice=OuterRef("pk"))
    fresh = Voice.objects.filter(channel__in=CHANNELS, heard_at__gte=now() - 4 * FRESH, receipt=None)
    return fresh.filter(Exists(began))


def _room(manners: Manners) -> int:
    """How many may be said now."""
    said = Receipt.objects.filter(at__gt=now() - timedelta(minutes=1), answer__isnull=False).count()
    return max(0, manners.per_minute - said)


def pending() -> int:
    """How many can be looked at now; none while it is off."""
    manners = current_manners()
    if not manners.acknowledge:
        return 0
    found = _looked_for()
    return found.count() if _room(manners) else found.filter(heard_at__lt=now() - PATIENCE).count()


def drain(limit: int) -> int:
    """Look at ``limit`` of them at most, oldest first; says how many are settled."""
    manners = current_manners()
    if not manners.acknowledge:
        return 0
    done = 0
    for voice in _looked_for().select_related("original", "conversation").order_by("pk")[:limit]:
        if not _settle(voice, manners):
            break
        done += 1
    return done


def _settle(voice: Voice, manners: Manners) -> bool:
    """Say it, or keep why not; whether that is settled now."""
    with transaction.atomic():
        case = Case.objects.filter(voice=voice).select_related("voice").order_by("pk").first()
        address = address_of(voice)
        if case is None or address is None:
            _keep(voice, Unsaid.NO_ADDRESS, address)
        elif why := _unsaid(voice, case, address):
            _keep(voice, why, address)
        elif _room(manners):
            _keep(voice, "", address, do_acknowledge(case, voice, address))
        elif voice.heard_at < now() - PATIENCE:
            _keep(voice, Unsaid.TOO_MANY, address)
        else:
            return False
    return True


def _keep(voice: Voice, unsaid: str, address: str | None, answer: Answer | None = None) -> None:
    hashed = _hash(address) if address is not None else None
    Receipt.objects.create(voice=voice, unsaid=unsaid, address=hashed, answer=answer, at=now())


def _hash(address: str) -> bytes:
    normal = normalise("email", mailbox_of(address))
    return key_of(["receipt", normal.value if normal else address.lower()])


def _unsaid(voice: Voice, case: Case, address: str) -> str:
    """Why nothing is said; "" where something is."""
    if (voice.said_at or voice.heard_at) < now() - FRESH:
        return Unsaid.OLD
    if case.state == State.SPAM:
        return Unsaid.UNWANTED
    if _goes_on(voice):
        return Unsaid.NOT_FIRST
    if Answer.objects.filter(case=case, automatic=False, taken_back=False).exists():
        return Unsaid.ANSWERED
    if _is_ours(address):
        return Unsaid.OURS
    if by_machine(voice, address):
        return Unsaid.MACHINE
    if Receipt.objects.filter(address=_hash(address), at__gt=now() - ONCE_IN, answer__isnull=False).exists():
        return Unsaid.RECENTLY
    if _domain_is_full(address):
        return Unsaid.TOO_MANY
    return Unsaid.UNWANTED if _wants_none(case) else ""


def _domain_is_full(address: str) -> bool:
    domain = own_domain(address)
    if not domain:
        return False
    lately = Answer.objects.filter(automatic=True, at__gt=now() - WITHIN, run__isnull=False)
    told = Delivery.objects.filter(run__in=lately.values("run"), address__iendswith=f"@{domain}")
    return told.count() >= TO_ONE_DOMAIN


def _goes_on(voice: Voice) -> bool:
    """Whether something was said before in the same conversation."""
    conversation = voice.conversation
    if conversation is None:
        return False
    return conversation.voices.filter(pk__lt=voice.pk).exists() or conversation.replies.exists()


def _is_ours(address: str) -> bool:
    sends = SenderSettings.objects.filter(settings__from_address__iexact=address)
    return own().has(Identity("email", address)) or sends.exists()


def _wants_none(case: Case) -> bool:
    person = whom(case).person
    wanted = wishes([person.pk]).get(person.pk) if person is not None else None
    return wanted is not None and "email" in wanted.refused


def do_acknowledge(case: Case, voice: Voice, address: str) -> Answer:
    """Say that it came in. Needs a transaction; the database refuses a second word for the same voice."""
    found, moment = whom(case), now()
    by = expected_answer_by(voice.channel, voice.heard_at)
    answer = Answer.objects.create(
        case=case,
        answers=voice,
        channel="email",
        subject=re_subject(voice.subject) or _SUBJECTS[found.language],
        text=text_of(found.called, found.language, by),
        automatic=True,
        promised_for=by,
        at=moment,
        leaves_at=moment,
        then=case.state,
        was=case.state,
    )
    said = _said(answer, found, address)
    answer.run = do_send_single(actor=None, said=said, on_behalf=("case", case.public_id))
    answer.save(update_fields=["run"])
    return answer


def _said(answer: Answer, found: Whom, address: str) -> Single:
    fields = {"kind": "email", "address": address, "network": "", "postal": []}
    return Single(
        name=title_of(answer.case),
        subject=answer.subject,
        text=answer.text,
        language=found.language,
        way=Way("back", "email", address, False, fields),
        called=found.called,
        leaves_at=answer.leaves_at,
        person=found.person.pk if found.person else None,
        voice=answer.answers_id,
        kind=RunKind.RECEIPT,
    )


def text_of(called: str, language: str, by: datetime | None) -> str:
    """What is said: that it came in, by when we answer where that is known, how to add something."""
    tongue = "en" if language == "en" else "nl"
    came_in, moment, add = _TEXTS[tongue]
    pieces = [came_in, *([moment.format(moment=moment_in_words(by, tongue))] if by else []), add]
    return "\n\n".join([f"{salutation(called, 'en' if tongue == 'en' else 'nl')},", *pieces])


def moment_in_words(by: datetime, language: str) -> str:
    """The day and the time, as our record says them; by its date, since it may be read days later."""
    local = by.astimezone(ZoneInfo(current_hours().zone))
    with translation.override(language):
        if language == "nl":
            return f"{date_format(local, 'l j F')} om {date_format(local, 'H.i')} uur"
        return f"{date_format(local, 'H:i')} on {date_format(local, 'l j F')}"


STAGE = Stage(
    name="acknowledge",
    # Right after it is known who waits and who sent the same: nobody waits for needs to hear that it came in.
    order=26,
    title=sentence("Saying that it came in"),
    pending=pending,
    drain=drain,
)
