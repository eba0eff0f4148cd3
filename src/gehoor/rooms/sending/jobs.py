"""Print jobs: stacks of letters, made once, printed by people, and told when they are in the post.

A letter belongs to one job at a time. Killed while its document is made, the job stands with its letters and the
document is made when someone asks for it.
"""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from gehoor.channels.outgoing import Printer
from gehoor.kernel.clock import now
from gehoor.kernel.errors import CannotDeliver, NotFound, Refused
from gehoor.kernel.ids import content_hash
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.public.letterhead import current_letterhead
from gehoor.rooms.sending import told
from gehoor.rooms.sending.models import Delivery, JobState, PrintJob, Run, RunState, State
from gehoor.rooms.sending.outgoing import outgoing
from gehoor.rooms.sending.replies import forget_replies, keep_replies
from gehoor.rooms.sending.runs import check_may, finish, right_for
from gehoor.rooms.sending.senders import printer_for
from gehoor.rooms.sending.sparing import as_reason, spared
from gehoor.rooms.sending.states import move, move_one
from gehoor.rooms.voices import originals

MOST = 250
"""Letters in one stack: what one person prints and folds in an hour or two."""


def access_job(public_id: UUID) -> PrintJob:
    """One print job; raises NotFound."""
    found = PrintJob.objects.select_related("run", "original", "by", "posted_by").filter(public_id=public_id).first()
    if found is None:
        raise NotFound(what=sentence("print job"))
    return found


def next_number(run: Run) -> int:
    """The number of the next job of a run."""
    return int(run.jobs.aggregate(last=Max("number"))["last"] or 0) + 1


def do_print(*, actor: User | None, run: Run, number: int | None = None, most: int = MOST) -> PrintJob:
    """Put the letters that wait, at most ``most``, in one job. With the number that someone saw as the next one, asking
    twice gives the same job. Raises Refused when the run is not going, or no letter waits."""
    check_may(actor, right_for(run))
    if number is not None and (known := run.jobs.filter(number=number).first()):
        return known
    if run.state != RunState.SENDING:
        raise Refused(why=sentence("this run is not going; start it first"))
    try:
        with transaction.atomic():
            job = _job(run, number or next_number(run), most, actor)
    except IntegrityError:
        job = run.jobs.get(number=number or next_number(run) - 1)
    finish(run)
    return job


def _job(run: Run, number: int, most: int, actor: User | None) -> PrintJob:
    job = PrintJob.objects.create(run=run, number=number, by=actor)
    waiting = run.deliveries.filter(channel="letter", state=State.WAITING).select_related("person", "run")
    taken = 0
    for delivery in waiting.order_by("id"):
        if taken == most:
            break
        if why := spared(delivery):
            move_one(delivery, State.WAITING, State.NOT_WANTED, reason=as_reason(why))
        else:
            taken += move_one(delivery, State.WAITING, State.PRINTED, job=job, native_id="", reason=[])
    if not taken:
        raise Refused(why=sentence("no letter waits"))
    do_log(actor=actor, action="sending.print", what="run", public_id=run.public_id)
    return job


def document(job: PrintJob) -> bytes:
    """The letters of a job as one document; made now where it is not made yet. A letter that cannot be made fails and
    leaves the job. Raises Refused when nothing is left in it."""
    if job.original is not None:
        return originals.read(job.original)
    found = printer_for("letter")
    if found is None:
        raise Refused(why=sentence("no sender of letters is installed"))
    printer, settings = found
    data = _rendered(job, printer, dict(settings))
    with transaction.atomic():
        letters = job.letters.count()
        kept = originals.keep([(data, "application/pdf")])[content_hash(data)]
        if letters:
            PrintJob.objects.filter(pk=job.pk, original=None).update(original=kept)
    job.refresh_from_db()
    return data


def _rendered(job: PrintJob, printer: Printer, settings: dict[str, str]) -> bytes:
    while letters := list(job.letters.select_related("run__wording", "person", "voice", "job").order_by("id")):
        messages = {outgoing(each).key: (each, outgoing(each)) for each in letters}
        try:
            return printer.render(settings, current_letterhead(), [message for _, message in messages.values()])
        except CannotDeliver as error:
            bad = messages.get(str(error.fields.get("key", "")))
            if bad is None or job.state != JobState.MADE:
                raise
            values = {name: value for name, value in error.fields.items() if name != "key"}
            _fail(bad[0], [error.text, error.remedy, values])
    raise Refused(why=sentence("no letter is left in this print job"))


def _fail(delivery: Delivery, reason: list[object]) -> None:
    with transaction.atomic():
        move_one(delivery, State.PRINTED, State.WAITING, job=None)
        move_one(delivery, State.WAITING, State.FAILED, reason=reason)
        told.fail(delivery.run)


def do_post(*, actor: User | None, job: PrintJob) -> int:
    """The letters of this job are in the post: these people are told. Says how many. Raises Refused when it was posted
    or taken back already."""
    check_may(actor, right_for(job.run))
    with transaction.atomic():
        posted = {"state": JobState.POSTED, "posted_by": actor, "posted_at": now()}
        if not PrintJob.objects.filter(pk=job.pk, state=JobState.MADE).update(**posted):
            raise Refused(why=sentence("this print job was posted or taken back already"))
        letters = list(
            job.letters.filter(state=State.PRINTED).select_related(
                "run__wording", "person__merged_into", "voice", "job"
            )
        )
        replies = keep_replies(job.run, [(each, None) for each in letters], actor)
        for each in letters:
            move_one(each, State.PRINTED, State.SENT, told_at=now(), by=actor, reply_id=replies.get(each.pk))
        told.tell(job.run, [each.person_id for each in letters])
        do_log(actor=actor, action="sending.post", what="run", public_id=job.run.public_id)
    finish(job.run)
    return len(letters)


def do_undo_post(*, actor: User | None, job: PrintJob) -> None:
    """It is not in the post after all. Raises Refused when it was not posted."""
    check_may(actor, right_for(job.run))
    with transaction.atomic():
        back = {"state": JobState.MADE, "posted_by": None, "posted_at": None}
        if not PrintJob.objects.filter(pk=job.pk, state=JobState.POSTED).update(**back):
            raise Refused(why=sentence("this print job is not posted"))
        letters = list(job.letters.filter(state=State.SENT))
        move(job.letters.all(), State.SENT, State.PRINTED, told_at=None, by=None, reply=None)
        forget_replies([each.reply_id for each in letters if each.reply_id is not None])
        told.take_back(job.run, [each.person_id for each in letters])
        do_log(actor=actor, action="sending.undo_post", what="run", public_id=job.run.public_id)
    finish(job.run)


def do_take_back_job(*, actor: User | None, job: PrintJob) -> None:
    """Its letters wait again. Raises Refused once it is in the post."""
    check_may(actor, right_for(job.run))
    with transaction.atomic():
        document = PrintJob.objects.values_list("original_id", flat=True).get(pk=job.pk)
        if not PrintJob.objects.filter(pk=job.pk, state=JobState.MADE).update(state=JobState.TAKEN_BACK, original=None):
            raise Refused(why=sentence("this print job was posted or taken back already"))
        move(job.letters.all(), State.PRINTED, State.WAITING, job=None)
        originals.delete_unused({document} if document is not None else set())
        do_log(actor=actor, action="sending.take_back_job", what="run", public_id=job.run.public_id)
    finish(job.run)
