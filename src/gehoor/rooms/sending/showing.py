"""What the page of a run shows, and what any other page shows of a run that includes ``sending/run_part.html``."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from gehoor.channels.outgoing import Carrier
from gehoor.channels.registry import senders as kinds
from gehoor.kernel.clock import now
from gehoor.kernel.language import Sentence, sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.intake import worker
from gehoor.rooms.privacy.subjects import Named, named
from gehoor.rooms.sending.jobs import next_number
from gehoor.rooms.sending.models import Delivery, JobState, PrintJob, Run, RunState, SenderSettings, State
from gehoor.rooms.sending.progress import STATE_NAMES, Progress, Way, progress
from gehoor.rooms.sending.senders import printer_for, senders
from gehoor.rooms.sending.settling import makes_heard_copies

SHOWN = 5
RUN_STATES: Mapping[str, str] = {
    RunState.DRAFT: sentence("draft"),
    RunState.READY: sentence("ready to begin"),
    RunState.SENDING: sentence("going out"),
    RunState.STOPPED: sentence("stopped"),
    RunState.DONE: sentence("done"),
}
RUN_TONES: Mapping[str, str] = {
    RunState.DRAFT: "",
    RunState.READY: "",
    RunState.SENDING: "care",
    RunState.STOPPED: "stop",
    RunState.DONE: "good",
}
JOB_STATES: Mapping[str, str] = {
    JobState.MADE: sentence("printed, not in the post yet"),
    JobState.POSTED: sentence("in the post"),
    JobState.TAKEN_BACK: sentence("taken back"),
}
BY_COPY = sentence(
    "The mail server had the message and the line broke before it said so. Gehoor waits for the copy of the message: "
    "when it comes, it was sent; when it does not come, it is sent again."
)
BY_HAND = sentence(
    "The mail server had the message and the line broke before it said so. This sender makes no copy that is heard "
    "here, so only a person can find out: look in the log of the mail server, or ask this customer."
)
NO_SENDER = sentence("No sender of mail is set up yet, so the mail waits. An administrator does that under Senders.")
NO_LETTERS = sentence("No sender of letters is installed, so the letters wait.")


@dataclass(frozen=True, slots=True)
class Troubled:
    """A delivery for which something has to be done, with why and what."""

    delivery: Delivery
    why: Sentence | None
    remedy: Sentence | None

    @classmethod
    def of(cls, delivery: Delivery) -> "Troubled":
        """From the kept reason."""
        if not delivery.reason:
            return cls(delivery, None, None)
        text, remedy, values = delivery.reason
        return cls(delivery, Sentence(text, values), Sentence(remedy, values))

    @property
    def state(self) -> str:
        """What its state is called."""
        return STATE_NAMES[self.delivery.state]


@dataclass(frozen=True, slots=True)
class Job:
    """A print job in the list."""

    job: PrintJob
    letters: int

    @property
    def state(self) -> str:
        """What its state is called."""
        return JOB_STATES[self.job.state]


@dataclass(frozen=True, slots=True)
class RunShown:
    """A run as its page shows it."""

    run: Run
    progress: Progress
    behalf: Named | None
    troubles: list[Sentence]
    remedies: list[Sentence]
    unsure: list[Troubled]
    why_unsure: str
    by_copy: bool
    jobs: list[Job]
    next_number: int
    worker_runs: bool
    may_tell: bool
    may_call: bool

    @property
    def state(self) -> str:
        """What its state is called."""
        return RUN_STATES[self.run.state]

    @property
    def tone(self) -> str:
        """The tone of its tag."""
        return RUN_TONES[self.run.state]

    @property
    def goes(self) -> bool:
        """Whether it is going out now."""
        return self.run.state == RunState.SENDING

    @property
    def busy(self) -> bool:
        """Whether anything can change by itself."""
        mail = self._way("email")
        return self.goes and mail is not None and mail.left > 0

    @property
    def begun(self) -> bool:
        """Whether it was ever started."""
        return self.run.state not in {RunState.DRAFT, RunState.READY}

    @property
    def letters_wait(self) -> int:
        """How many letters are in no print job yet."""
        way = self._way("letter")
        return way.counts[State.WAITING] if way else 0

    @property
    def calls_wait(self) -> int:
        """How many people wait for a call."""
        way = self._way("call")
        return way.counts[State.WAITING] if way else 0

    @property
    def has_calls(self) -> bool:
        """Whether anyone is told by telephone."""
        return self._way("call") is not None

    def _way(self, channel: str) -> Way | None:
        return next((each for each in self.progress.ways if each.channel == channel), None)


def shown(run: Run, viewer: User) -> RunShown:
    """All that its page shows; a fixed number of queries."""
    far = progress(run)
    behalf = named(run.behalf_what, [run.behalf], viewer).get(run.behalf) if run.behalf else None
    unsure = list(run.deliveries.filter(state=State.UNSURE).select_related("sender__heard_in").order_by("id")[:SHOWN])
    by_copy = bool(unsure) and all(each.sender is not None and makes_heard_copies(each.sender) for each in unsure)
    troubles = _troubles(run, far)
    return RunShown(
        run=run,
        progress=far,
        behalf=behalf,
        troubles=[why for why, _ in troubles],
        remedies=[remedy for _, remedy in troubles],
        unsure=[Troubled.of(each) for each in unsure],
        why_unsure=BY_COPY if by_copy else BY_HAND,
        by_copy=by_copy,
        jobs=_jobs(run),
        next_number=next_number(run),
        worker_runs=worker.running() if run.state == RunState.SENDING else True,
        may_tell=viewer.may(May.TELL),
        may_call=viewer.may(May.SEE_PEOPLE),
    )


def _jobs(run: Run) -> list[Job]:
    found = run.jobs.select_related("by", "posted_by").annotate(count=Count("letters")).order_by("number")
    return [Job(each, each.count) for each in found]


def _troubles(run: Run, far: Progress) -> list[tuple[Sentence, Sentence]]:
    """What holds up the whole run, and what to do about it."""
    found: list[tuple[Sentence, Sentence]] = []
    nothing = Sentence("")
    waiting = {each.channel for each in far.ways if each.counts[State.WAITING]}
    if "email" in waiting:
        carriers = [each for each in senders().filter(channel="email") if isinstance(kinds().get(each.kind), Carrier)]
        if not carriers:
            found.append((Sentence(NO_SENDER), nothing))
        elif run.state == RunState.SENDING and carriers[0].trouble:
            text, remedy, values = carriers[0].trouble
            found.append((Sentence(text, values), Sentence(remedy, values)))
    if "letter" in waiting and printer_for("letter") is None:
        found.append((Sentence(NO_LETTERS), nothing))
    return found


def in_state(run: Run, state: str) -> QuerySet[Delivery]:
    """Those in one state, for their list."""
    return run.deliveries.filter(state=state).select_related("person", "voice", "by", "sender__heard_in").order_by("id")


def next_try(sender: SenderSettings) -> int:
    """In how many seconds a sender in trouble is tried again; 0 when now."""
    return max(0, round((sender.try_after - now()).total_seconds())) if sender.try_after else 0


def part_context(run: Run, viewer: User) -> dict[str, Any]:
    """What ``sending/run_part.html`` needs."""
    return {"shown": shown(run, viewer)}
