"""Whatever happens in whatever order, nobody is told twice and nobody is forgotten: held against a model."""

from collections import Counter
from contextlib import contextmanager
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from tests.sending.conftest import run_for, sender, someone, source

from gehoor.channels.base import Heard
from gehoor.channels.email.outgoing import compose
from gehoor.channels.email.smtp_settings import read_account
from gehoor.channels.outgoing import Sent
from gehoor.kernel import clock
from gehoor.kernel.errors import CannotDeliver, CannotReach, DeliveryUnsure
from gehoor.rooms.intake.models import Arrival, Source
from gehoor.rooms.sending import delivering, following, settling, taken, told
from gehoor.rooms.sending.delivering import Desk
from gehoor.rooms.sending.models import Delivery, SenderSettings, State
from gehoor.rooms.sending.runs import do_go_on, do_stop_run
from gehoor.rooms.sending.states import MAY_FOLLOW, move

pytestmark = pytest.mark.django_db
FATES = (
    *("well", "well", "well", "killed before", "killed at the end", "killed after"),
    *("silent, taken", "silent, lost", "later", "refused", "stopped", "later after the end"),
)


class Killed(BaseException):
    """The process is gone: nothing catches this."""


class Wire:
    """The other side: takes a message or not, as fate says. ``taken`` counts what it took, by address."""

    kind, title, channel, fields = "smtp", "Wire", "email", ()

    def __init__(self):
        self.taken = Counter()
        self.copies = []
        self.fate = "well"
        self.run = None

    def check(self, settings):
        """Always well."""

    @contextmanager
    def open(self, settings, letterhead):
        self.account, self.head = read_account(settings), letterhead
        yield self

    def native_id(self, message):
        return compose(message, self.account, self.head, clock.now()).native_id

    def send(self, message, ending):
        mail, fate = compose(message, self.account, self.head, clock.now()), self.fate
        self.fate = "well"
        if fate == "killed before":
            raise Killed
        if fate == "stopped":
            do_stop_run(actor=None, run=self.run)
        if fate == "later":
            raise CannotReach(where="x", why="y")
        if fate == "refused":
            raise CannotDeliver(why="x")
        ending()
        if fate == "killed at the end":
            raise Killed
        if fate == "silent, lost":
            raise DeliveryUnsure(where="x")
        if fate == "later after the end":
            raise CannotReach(where="x", why="y")
        self.taken[mail.to] += 1
        self.copies.append(mail.native_id)
        if fate == "killed after":
            raise Killed
        if fate == "silent, taken":
            raise DeliveryUnsure(where="x")
        return Sent(mail.data, "message/rfc822", mail.native_id)


class Telling(RuleBasedStateMachine):
    """One run of a few people, with copies that are heard (or, ``by_hand``, none)."""

    by_hand = False
    folder = None

    def __init__(self):
        super().__init__()
        SenderSettings.objects.update(removed=True)
        self.wire = Wire()
        delivering.kinds = lambda: {"smtp": self.wire}
        given = {"from_address": "klant@delinde.example", "host": "127.0.0.1", "port": "1", "security": "none"}
        copies = None if self.by_hand else source(self.folder)
        sender(type("Server", (), {"port": 1}), copies=copies, **given)
        self.run = self.wire.run = run_for(*(someone() for _ in range(3)))
        self.desk = Desk()
        self.refused = set()
        self.told = Counter()
        told._told[:] = [lambda run, persons: self.told.update(persons)]

    def _mine(self, **which):
        return Delivery.objects.filter(run=self.run, **which)

    @rule(fate=st.sampled_from(FATES))
    def work(self, fate):
        """A round of the worker; the first message meets this fate."""
        SenderSettings.objects.update(try_after=None)
        self._mine().update(try_after=None)
        waiting = self._mine(state=State.WAITING).order_by("attempts", "id").first()
        self.wire.fate = fate
        self.run.refresh_from_db()
        try:
            self.desk.once()
        except Killed:
            self.desk = Desk()
        if self.wire.fate != fate and fate == "refused":
            self.refused.add(waiting.address)
        self.wire.fate = "well"

    @rule()
    def killed_before_it_was_kept(self):
        """The other side took the message and the process died before that was written down."""
        self._work_without("mark")

    @rule()
    def killed_before_it_stood_on_the_dossier(self):
        """It was written down that the other side took it, and the process died before the dossier had it."""
        self._work_without("do_write_up")

    def _work_without(self, step):
        keep = getattr(taken, step)
        setattr(taken, step, self._die)
        try:
            self.work("well")
        finally:
            setattr(taken, step, keep)

    @staticmethod
    def _die(*_):
        raise Killed

    @rule()
    def stop_or_go_on(self):
        """A person presses the button."""
        self.run.refresh_from_db()
        if self.run.state == "sending":
            do_stop_run(actor=None, run=self.run)
        elif self.run.state == "stopped":
            do_go_on(actor=None, run=self.run)

    @precondition(lambda self: not self.by_hand and self.wire.copies)
    @rule(data=st.data())
    def a_copy_is_heard(self, data):
        """In any order."""
        native_id = self.wire.copies.pop(data.draw(st.integers(0, len(self.wire.copies) - 1)))
        heard = Heard("email", "x", "", b"x", "message/rfc822", native_id=native_id)
        following.follow(Arrival(folder=""), [heard])

    @precondition(lambda self: not self.by_hand and not self.wire.copies)
    @rule()
    def the_place_of_the_copies_is_looked_at_well(self):
        """Long after, and every copy that there is has come."""
        self._mine(state=State.UNSURE).update(ended_at=clock.now() - timedelta(hours=1))
        Source.objects.update(tried_at=clock.now())
        settling.settle()
        Source.objects.update(tried_at=None)

    @precondition(lambda self: self.by_hand)
    @rule()
    def a_person_finds_out(self):
        """And says what is true."""
        for delivery in self._mine(state=State.UNSURE):
            act = settling.do_say_arrived if self.wire.taken[delivery.address] else settling.do_send_again
            act(actor=None, delivery=delivery)

    @invariant()
    def nobody_is_told_twice(self):
        assert not self.told or max(self.told.values()) == 1, "rooms above hear of each person once"
        assert all(count <= 1 for count in self.wire.taken.values())

    @invariant()
    def who_counts_as_told_was_told(self):
        assert all(self.wire.taken[each.address] == 1 for each in self._mine(state=State.SENT))

    @invariant()
    def who_was_told_is_not_to_be_told_again(self):
        waiting = self._mine(state__in=[State.WAITING, State.FAILED])
        assert not any(self.wire.taken[each.address] for each in waiting)

    def teardown(self):
        """When nothing goes wrong any more, everyone is told, but those whom the other side refused."""
        for _ in range(3):
            while not self.by_hand and self.wire.copies:
                following.follow(
                    Arrival(folder=""),
                    [Heard("email", "x", "", b"x", "message/rfc822", native_id=self.wire.copies.pop())],
                )
            delivering.find_cut_off()
            self.a_person_finds_out() if self.by_hand else self.the_place_of_the_copies_is_looked_at_well()
            self.run.refresh_from_db()
            if self.run.state == "stopped":
                do_go_on(actor=None, run=self.run)
            self.work("well")
        self.nobody_is_told_twice()
        left = {each.address: each.state for each in self._mine()}
        assert {address for address, state in left.items() if state == State.FAILED} == self.refused
        assert {state for address, state in left.items() if address not in self.refused} <= {State.SENT}
        self.run.refresh_from_db()
        assert self.run.state == "done"
        sent = self._mine(state=State.SENT)
        assert set(self.told) == set(sent.values_list("person", flat=True))
        assert not sent.filter(told_at=None).exists()


@pytest.mark.parametrize("by_hand", [False, True], ids=["with copies", "by hand"])
def test_no_path_tells_twice_or_forgets(by_hand, tmp_path, monkeypatch):
    monkeypatch.setattr(delivering, "kinds", delivering.kinds)
    monkeypatch.setattr(delivering, "MOST_ATTEMPTS", 1_000)
    machine = type("Machine", (Telling,), {"by_hand": by_hand, "folder": tmp_path})
    chances = settings(
        max_examples=25,
        stateful_step_count=15,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    run_state_machine_as_test(machine, settings=chances)


def test_every_state_leads_somewhere_and_a_step_that_there_is_not_is_refused():
    assert set(MAY_FOLLOW) == set(State.values)
    assert all(MAY_FOLLOW.values())
    with pytest.raises(ValueError, match="no step"):
        move(Delivery.objects.all(), State.UNREACHABLE, State.SENT)
