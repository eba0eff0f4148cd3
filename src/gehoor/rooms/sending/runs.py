"""Making a run, starting it, stopping it, going on."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from gehoor.kernel.clock import now
from gehoor.kernel.errors import NotAllowed, NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.accounts.saying import said
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.sending.checking import Objection, check_wording, heaviest_first, stops
from gehoor.rooms.sending.filling import LANGUAGES, PARTS
from gehoor.rooms.sending.models import Delivery, Run, RunKind, RunState, Wording
from gehoor.rooms.sending.objectors import from_above
from gehoor.rooms.sending.planning import plan
from gehoor.rooms.sending.states import OPEN

FIELDS = tuple(f"{field}_{language}" for language in LANGUAGES for field in PARTS)
"""The texts of a wording."""
_LONGEST = 20_000
_LONGEST_SUBJECT = 200


def check_may(actor: User | None, right: May) -> None:
    """Raises NotAllowed. The command line has no actor: whoever can reach it can reach the database."""
    if actor is not None and not actor.may(right):
        raise NotAllowed()


def right_for(run: Run) -> May:
    """What someone has to be allowed for what is done with this run."""
    return May.TELL if run.kind == RunKind.MANY else May.ANSWER


def do_log_on(actor: User | None, action: str, delivery: Delivery) -> None:
    """Log what was done about one person; about the delivery itself where nobody knows who it is."""
    if delivery.person is not None:
        do_log(actor=actor, action=action, what="person", public_id=delivery.person.public_id)
    else:
        do_log(actor=actor, action=action, what="delivery", public_id=delivery.public_id)


def _all_runs() -> QuerySet[Run]:
    return Run.objects.select_related("wording", "by").order_by("-id")


def runs() -> QuerySet[Run]:
    """Every run to many, the newest first."""
    return _all_runs().filter(kind=RunKind.MANY)


def runs_for(what: str, public_id: UUID) -> QuerySet[Run]:
    """The runs on behalf of this thing, the newest first."""
    return _all_runs().filter(behalf_what=what, behalf=public_id)


def access_run(public_id: UUID) -> Run:
    """One run, also one of one; raises NotFound."""
    found = _all_runs().filter(public_id=public_id).first()
    if found is None:
        raise NotFound(what=sentence("run"))
    return found


def do_word(*, actor: User | None, texts: Mapping[str, str], wording: Wording | None = None) -> Wording:
    """Write a wording, or change one (what is not named stays). Raises Refused once a run with it has begun."""
    check_may(actor, May.TELL)
    if texts.keys() - set(FIELDS):
        raise Refused(why=sentence("a wording has no such text"))
    _check_lengths(texts)
    with transaction.atomic():
        if wording is None:
            wording = Wording(by=actor)
        elif wording.runs.exclude(state__in=[RunState.DRAFT, RunState.READY]).exists():
            raise Refused(why=sentence("people have been told in these words already; make a new run for other words"))
        for field, text in texts.items():
            setattr(wording, field, text.strip().replace("\r\n", "\n"))
        wording.save()
        for run in wording.runs.all():
            _judge(run)
        do_log(actor=actor, action="sending.word", what="wording", public_id=wording.public_id)
    return wording


def _check_lengths(texts: Mapping[str, str]) -> None:
    for field, text in texts.items():
        if len(text) > (_LONGEST_SUBJECT if field.startswith("subject") else _LONGEST):
            raise Refused(why=sentence("one of the texts is too long"))


def do_make_run(
    *,
    actor: User | None,
    name: str,
    wording: Wording,
    persons: Collection[int],
    on_behalf: tuple[str, UUID] | None = None,
    asked: Mapping[int, int] | None = None,
) -> Run:
    """Plan to tell these persons (primary keys), each once; nothing goes out yet.

    ``on_behalf`` is the kind and public id of what it is for, as the audit trail names things: ``("change", id)``.
    ``asked`` leads from a person to the voice in which this person asked, so that a mail answers that mail and an
    adviser who calls can see it. Raises Refused without a name or without anyone to tell.
    """
    check_may(actor, May.TELL)
    if not name.strip():
        raise Refused(why=sentence("give it a name by which colleagues know it"))
    what, public_id = on_behalf or ("", None)
    with transaction.atomic():
        run = Run.objects.create(name=name.strip()[:200], wording=wording, by=actor, behalf_what=what, behalf=public_id)
        if not plan(run, persons, asked or {}):
            raise Refused(why=sentence("there is nobody to tell"))
        _judge(run)
        do_log(actor=actor, action="sending.plan", what="run", public_id=run.public_id)
    return run


def do_add_to_run(
    *, actor: User | None, run: Run, persons: Collection[int], asked: Mapping[int, int] | None = None
) -> int:
    """Tell these persons too; who is in the run already stays as it was. Says how many were added. A run that was done
    goes on."""
    check_may(actor, May.TELL)
    with transaction.atomic():
        added = plan(run, persons, asked or {})
        if added and run.state == RunState.DONE and run.deliveries.filter(state__in=OPEN).exists():
            Run.objects.filter(pk=run.pk).update(state=RunState.SENDING, done_at=None)
        _judge(run)
        do_log(actor=actor, action="sending.plan", what="run", public_id=run.public_id)
    run.refresh_from_db()
    return added


def do_change_run_wording(*, actor: User | None, run: Run, wording: Wording) -> None:
    """Tell it in other words. Raises Refused once it has begun."""
    check_may(actor, May.TELL)
    if not Run.objects.filter(pk=run.pk, state__in=[RunState.DRAFT, RunState.READY]).update(wording=wording):
        raise Refused(why=sentence("people have been told in these words already; make a new run for other words"))
    run.refresh_from_db()
    _judge(run)


def objections(run: Run) -> list[Objection]:
    """What stands against sending this to these people, the heaviest first; once it goes out nothing is looked up in
    the rooms above any more."""
    above = from_above(run) if run.state in {RunState.DRAFT, RunState.READY} else []
    return heaviest_first([*_own_objections(run), *above])


def _own_objections(run: Run) -> list[Objection]:
    people = run.deliveries.filter(state__in=OPEN)
    languages = set(people.values_list("language", flat=True).distinct())
    channels = set(people.values_list("channel", flat=True).distinct())
    return check_wording(run.wording, languages=languages, channels=channels)


def _judge(run: Run) -> None:
    """A run that has not begun is ready when nothing stands against it."""
    if run.state in {RunState.DRAFT, RunState.READY}:
        run.state = RunState.DRAFT if stops(_own_objections(run)) else RunState.READY
        run.save(update_fields=["state"])


def do_start_run(*, actor: User | None, run: Run) -> None:
    """Begin to tell. Raises Refused when something in its text has to be solved first, or it has begun already."""
    check_may(actor, May.TELL)
    if left := stops(_own_objections(run)):
        raise Refused(why=said(left[0].said))
    _go(run, [RunState.DRAFT, RunState.READY], RunState.SENDING, "sending.start", actor, started_at=now())
    finish(run)


def do_stop_run(*, actor: User | None, run: Run) -> None:
    """Stop it now; the message that is just going out is the last one. Raises Refused when it does not run."""
    check_may(actor, May.TELL)
    _go(run, [RunState.SENDING], RunState.STOPPED, "sending.stop", actor)


def do_go_on(*, actor: User | None, run: Run) -> None:
    """Go on where it was stopped. Raises Refused when it was not."""
    check_may(actor, May.TELL)
    _go(run, [RunState.STOPPED], RunState.SENDING, "sending.go_on", actor)
    finish(run)


def _go(run: Run, before: list[RunState], after: RunState, action: str, actor: User | None, **fields: object) -> None:
    with transaction.atomic():
        if not Run.objects.filter(pk=run.pk, state__in=before).update(state=after, **fields):
            raise Refused(why=sentence("this run is in another state by now"))
        do_log(actor=actor, action=action, what="run", public_id=run.public_id)
    run.refresh_from_db()


def finish(run: Run) -> None:
    """A run in which nothing waits for anyone any more is done; one in which something waits again is not."""
    waits = Delivery.objects.filter(run=run.pk, state__in=OPEN).exists()
    if waits:
        Run.objects.filter(pk=run.pk, state=RunState.DONE).update(state=RunState.SENDING, done_at=None)
    else:
        Run.objects.filter(pk=run.pk, state=RunState.SENDING).update(state=RunState.DONE, done_at=now())
    run.refresh_from_db(fields=["state", "done_at"])


def do_remove_run(*, actor: User | None, run: Run) -> None:
    """Throw away a run of which nothing has gone out. Raises Refused otherwise."""
    check_may(actor, May.TELL)
    if run.state not in {RunState.DRAFT, RunState.READY}:
        raise Refused(why=sentence("it has begun already; what people were told stays"))
    with transaction.atomic():
        run.deliveries.all().delete()
        public_id = run.public_id
        run.delete()
        do_log(actor=actor, action="sending.remove", what="run", public_id=public_id)
