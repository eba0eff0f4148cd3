"""The one question after a case: asked once a case, of nobody more than once in so many months as the desk is set to,
and never again of who said not to like it."""

import json
import re
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.crypto import salted_hmac

from gehoor.channels.base import Direction, Heard, Identity
from gehoor.kernel.clock import now
from gehoor.kernel.errors import NotFound, Refused
from gehoor.kernel.ids import content_hash, key_of, new_id
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.desk.answering.manners import current_manners
from gehoor.rooms.desk.cases.queries import person_of
from gehoor.rooms.desk.models import Case, Invitation, State
from gehoor.rooms.desk.talking.opened import is_open
from gehoor.rooms.desk.talking.taking_in import keep
from gehoor.rooms.people.models import Person
from gehoor.rooms.people.preferences import wishes
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.public.showing import in_language
from gehoor.rooms.voices.models import Voice

QUESTION = sentence("What do you want to tell us?")
WORKS_FOR = timedelta(days=30)
_SALT = "gehoor.desk.invitation"
_LOOK_BACK = 200
_ABOUT_SURVEYS = re.compile(r"\b(?:enqu[eê]tes?|vragenlijst\w*|klanttevredenheid\w*|surveys?|questionnaires?)\b", re.I)


@dataclass(frozen=True, slots=True)
class Invited:
    """A one-time link. ``address`` is whole, for a mail; "" where nobody set at which address customers reach us."""

    invitation: Invitation
    path: str
    address: str


@dataclass(frozen=True, slots=True)
class Asked:
    """How often the one question was asked, answered, and declined for good."""

    asked: int
    answered: int
    declined: int


def asked() -> Asked:
    """In the last ninety days; one query."""
    lately = Invitation.objects.filter(asked_at__gt=now() - timedelta(days=90))
    found = lately.aggregate(
        asked=Count("pk"),
        answered=Count("pk", filter=Q(answered_at__isnull=False)),
        declined=Count("pk", filter=Q(declined_at__isnull=False)),
    )
    return Asked(found["asked"], found["answered"], found["declined"])


def may_be_asked(case: Case) -> bool:
    """Whether the question may be asked when this case is solved: the page is open, it was not asked about this case,
    and whose case it is is known, was not asked lately, and is not one who wants no such question or no mail."""
    if not is_open("survey") or Invitation.objects.filter(case=case).exists():
        return False
    person = person_of(case)
    return person is not None and _may_be_asked(person)


def do_invite(case: Case, language: str = "", actor: User | None = None) -> Invited | None:
    """The link by which who asked this may say how it went; the same one however often it is asked for. None when the
    question is not to be asked: the page is closed, the case is not done, nobody is known to ask it of, this person was
    asked lately, wants no such question, or wants no mail.

    ``language`` is the one in which the page opens, the organisation's own when empty.
    """
    if not is_open("survey") or case.state not in {State.SOLVED, State.CLOSED}:
        return None
    found = Invitation.objects.filter(case=case).first()
    if found is None:
        person = person_of(case)
        if person is None or not _may_be_asked(person):
            return None
        found = _invite(case, person, actor)
    return _link(found, language) if found.answered_at is None and found.declined_at is None else None


def _may_be_asked(person: Person) -> bool:
    mine = Invitation.objects.filter(Q(person=person) | Q(person__merged_into=person))
    lately = now() - timedelta(days=30 * current_manners().ask_months)
    if mine.filter(Q(asked_at__gt=lately) | Q(declined_at__isnull=False)).exists():
        return False
    stated = wishes([person.pk]).get(person.pk)
    return not (stated and "email" in stated.refused) and not _complained_about_surveys(person)


def _complained_about_surveys(person: Person) -> bool:
    """Whether this person complained about being asked; any mention in a complaint or a wish will do."""
    said = Voice.objects.filter(attribution__person=person, understanding__kind__in=["complaint", "wish"])
    texts = said.exclude(channel="survey").order_by("-id").values_list("text", flat=True)[:_LOOK_BACK]
    return any(_ABOUT_SURVEYS.search(text) for text in texts)


def _invite(case: Case, person: Person, actor: User | None) -> Invitation:
    public_id = new_id()
    invited = Invitation(
        public_id=public_id,
        key=content_hash(_token(public_id.hex).encode()),
        case=case,
        person=person,
        asked_at=now(),
        until=now() + WORKS_FOR,
    )
    try:
        with transaction.atomic():
            invited.save()
            do_log(actor=actor, action="survey.invite", what="case", public_id=case.public_id)
    except IntegrityError:
        return Invitation.objects.get(case=case)
    return invited


def do_withdraw(case: Case, actor: User | None) -> None:
    """The answer that carried the link did not go out, or did not arrive: nobody was asked. What was answered or
    declined stays."""
    with transaction.atomic():
        unused = Invitation.objects.filter(case=case, answered_at=None, declined_at=None)
        if unused.delete()[0]:
            do_log(actor=actor, action="survey.withdraw", what="case", public_id=case.public_id)


def address_for(case: Case, language: str) -> str:
    """The whole address of the link that was made for this case; "" where there is none that works in a mail, or the
    case is not done any more."""
    found = Invitation.objects.filter(case=case, answered_at=None, declined_at=None).first()
    if found is None or case.state not in {State.SOLVED, State.CLOSED} or not is_open("survey"):
        return ""
    return _link(found, language).address


def _link(invitation: Invitation, language: str) -> Invited:
    path = reverse("talking:question", args=[_token(invitation.public_id.hex)])
    path = in_language(path, language) if language else path
    return Invited(invitation, path, urljoin(settings.PUBLIC_ADDRESS, path) if settings.PUBLIC_ADDRESS else "")


def _token(public_id: str) -> str:
    """What stands in the link: only we can make it, and it says nothing of anybody."""
    return salted_hmac(_SALT, public_id, algorithm="sha256").hexdigest()[:48]


def access_invitation(token: str) -> Invitation:
    """The invitation of a link. Raises NotFound for every link that we did not make."""
    found = Invitation.objects.select_related("case__voice").filter(key=content_hash(token.encode())).first()
    if found is None:
        raise NotFound(what=sentence("link"))
    return found


def is_over(invitation: Invitation) -> bool:
    """Whether it was used, or is too old."""
    return invitation.answered_at is not None or invitation.declined_at is not None or invitation.until < now()


def do_answer_question(*, invitation: Invitation, text: str, score: int | None, key: str) -> Voice | None:
    """Keep what someone says afterwards as a voice of the channel survey. A link works once: the same ``key`` again
    changes nothing. Raises Refused when the link was used otherwise, or is too old."""
    with transaction.atomic():
        held = Invitation.objects.select_for_update(of=("self",)).select_related("case__voice").get(pk=invitation.pk)
        native_id = key_of(["one question", held.public_id.hex, key]).hex()[:32]
        if held.voice is not None and held.voice.native_id == native_id:
            return held.voice
        if is_over(held):
            raise Refused(why=sentence("this link was used already, or is too old"))
        item = keep(_heard(held, text, score, key, native_id))
        held.answered_at, held.voice = now(), item.voice if item else None
        held.save(update_fields=["answered_at", "voice"])
    return held.voice


def do_decline(*, invitation: Invitation) -> None:
    """Never ask this person again."""
    with transaction.atomic():
        if Invitation.objects.filter(pk=invitation.pk, declined_at=None).update(declined_at=now()):
            public_id = invitation.person.public_id if invitation.person else None
            do_log(actor=None, action="survey.decline", what="person", public_id=public_id)


def _heard(invitation: Invitation, text: str, score: int | None, key: str, native_id: str) -> Heard:
    written = {"text": text, "score": score, "invitation": invitation.public_id.hex, "sent": key}
    return Heard(
        channel="survey",
        text=text,
        position=key,
        original=json.dumps(written, ensure_ascii=False, indent=1).encode(),
        media_type="application/json",
        direction=Direction.FROM_CUSTOMER,
        said_at=now(),
        identities=_identities(invitation),
        native_id=native_id,
        score=None if score is None else float(score),
    )


def _identities(invitation: Invitation) -> tuple[Identity, ...]:
    """By what the person is known who was asked: one address or number of the case's own first voice."""
    given = invitation.case.voice.identities if invitation.case else []
    return tuple(Identity(kind, value, network) for kind, value, network in given[:1])
