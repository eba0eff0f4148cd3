"""How the example's runs went, in the past: mails as they would have gone over the line, letters posted, calls made.

Nothing leaves this machine, and nothing is left that could: every delivery of such a run is settled.
"""

from collections.abc import Sequence

from django.db import transaction

from gehoor.channels.email.outgoing import compose
from gehoor.channels.email.smtp_settings import Account
from gehoor.channels.outgoing import Sent
from gehoor.demo.files import DESK
from gehoor.demo.moments import Days
from gehoor.kernel import clock
from gehoor.rooms.accounts.models import User
from gehoor.rooms.public.letterhead import current_letterhead
from gehoor.rooms.sending.calling import calls, do_claim, do_note_call
from gehoor.rooms.sending.jobs import do_post, do_print
from gehoor.rooms.sending.models import Delivery, Outcome, Run, State
from gehoor.rooms.sending.outgoing import outgoing
from gehoor.rooms.sending.runs import do_start_run
from gehoor.rooms.sending.states import move_one
from gehoor.rooms.sending.taken import do_keep_sent

_ACCOUNT = Account("smtp.delinde.example", 465, "tls", "", "", "", DESK, "", "")
"""Whose mails they would have been; no line to it is ever opened."""


def carry_out(run: Run, days: Days, ago: int, *, by: User, callers: Sequence[User]) -> None:
    """Begin it so many days ago, mail the same day, post the day after, and call during the days after that.

    Of every nine calls one customer says not to want this; all others are told.
    """
    with days.acting(ago, 9):
        do_start_run(actor=by, run=run)
    with days.acting(ago, 9, 40):
        _mail(run)
    with days.acting(ago - 1, 14):
        _post(run, by)
    _call(run, days, ago - 2, callers)


def _mail(run: Run) -> None:
    letterhead = current_letterhead()
    waiting = run.deliveries.filter(channel="email", state=State.WAITING)
    for delivery in waiting.select_related("run__wording", "person__merged_into", "voice").order_by("pk"):
        mail = compose(outgoing(delivery), _ACCOUNT, letterhead, clock.now())
        with transaction.atomic():
            gone = {"native_id": mail.native_id, "ended_at": clock.now()}
            if move_one(delivery, State.WAITING, State.ENDING, **gone):
                do_keep_sent(delivery, Sent(mail.data, "message/rfc822", mail.native_id))


def _post(run: Run, by: User) -> None:
    if run.deliveries.filter(channel="letter", state=State.WAITING).exists():
        do_post(actor=by, job=do_print(actor=by, run=run))


def _call(run: Run, days: Days, ago: int, callers: Sequence[User]) -> None:
    for number, delivery in enumerate(list(calls(run).filter(state=State.WAITING))):
        caller = callers[number % len(callers)]
        with days.acting(ago - number // 12, 10 + number % 6, 10 + number % 5 * 10):
            do_claim(actor=caller, delivery=delivery)
            outcome = Outcome.NOT_WANTED if number % 9 == 8 else Outcome.TOLD
            do_note_call(actor=caller, delivery=delivery, outcome=outcome)


def told(run: Run) -> list[Delivery]:
    """Those who were told, in the order in which they stand in the run."""
    return list(run.deliveries.filter(state=State.SENT).select_related("person").order_by("pk"))
