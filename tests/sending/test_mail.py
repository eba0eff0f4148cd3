"""Mail goes out once, whatever the other side does and whatever is stopped, merged or refused meanwhile."""

from datetime import timedelta

import pytest
from tests.sending.conftest import colleague, merge, run_for, sender, someone, source, states

from gehoor.channels.base import Wishes
from gehoor.kernel import clock
from gehoor.kernel.errors import NotAllowed, Refused
from gehoor.rooms.intake.actions import do_listen
from gehoor.rooms.people import identifying
from gehoor.rooms.people.models import Identity, Preference, PreferenceOf
from gehoor.rooms.sending import told
from gehoor.rooms.sending.delivering import MOST_ATTEMPTS, Desk
from gehoor.rooms.sending.models import Delivery, SenderSettings
from gehoor.rooms.sending.progress import progress
from gehoor.rooms.sending.progress import told as told_persons
from gehoor.rooms.sending.runs import do_go_on, do_stop_run
from gehoor.rooms.sending.settling import do_say_arrived, do_send_again
from gehoor.rooms.voices.models import Reply, Voice

pytestmark = pytest.mark.django_db


def recipients(server):
    return sorted(each for stored in server.stored for each in stored.recipients if each.startswith("klant"))


def go(times=3):
    desk = Desk()
    for _ in range(times):
        desk.once()


@pytest.fixture
def later(monkeypatch):
    """Let time pass for what waits for its next try."""

    def pass_(**span):
        Delivery.objects.exclude(try_after=None).update(try_after=clock.now() - timedelta(seconds=1))
        SenderSettings.objects.update(try_after=None)

    return pass_


def test_everyone_is_told_once_and_it_stands_on_the_dossier(server):
    sender(server)
    people = [someone() for _ in range(3)]
    run = run_for(*people)
    go()
    assert recipients(server) == sorted(Delivery.objects.values_list("address", flat=True))
    assert states(run) == ["sent"] * 3
    run.refresh_from_db()
    assert run.state == "done" and progress(run).told == 3
    identifying.drain(100)
    assert sorted(Reply.objects.values_list("addressing__person", flat=True)) == sorted(people)
    reply = Reply.objects.first()
    assert reply.subject == "Uw bouwdepot gaat sneller" and "Geachte mevrouw De Vries" in reply.text
    assert set(told_persons(run).values_list("pk", flat=True)) == set(people)


def test_a_copy_that_is_heard_later_is_known(server, tmp_path):
    sender(server)
    someone()
    run = run_for(someone())
    go()
    copy = tmp_path / "copy.eml"
    copy.write_bytes(server.stored[0].data)
    before = Reply.objects.count(), Voice.objects.count()
    summary = do_listen(paths=[copy], wishes=Wishes())
    assert (Reply.objects.count(), Voice.objects.count()) == before
    assert summary.known["replies"] == 1
    assert run.deliveries.get().copied_at is not None


def test_a_mail_answers_the_mail_in_which_was_asked(server):
    sender(server)
    person = someone(native_id="vraag-1@example.org")
    voice = Voice.objects.get()
    run_for(person, asked={person: voice.pk})
    go()
    assert server.stored[0].message["In-Reply-To"] == "<vraag-1@example.org>"


def test_an_address_that_is_refused_fails_alone_with_a_reason(server):
    sender(server)
    bad, good = someone(), someone()
    run = run_for(bad, good)
    server.behaviour.answers[run.deliveries.get(person=bad).address] = "550 5.1.1 no such user"
    go()
    assert states(run) == ["failed", "sent"]
    assert "{answer}" in run.deliveries.get(person=bad).reason[0]
    run.refresh_from_db()
    assert run.state == "done"


def test_a_server_that_is_away_pauses_the_mail_and_says_why(server, later):
    made = sender(server)
    run = run_for(someone())
    server.close()
    go()
    made.refresh_from_db()
    assert states(run) == ["waiting"] and made.failures == 1 and made.trouble
    assert made.try_after > clock.now()
    first = made.try_after - clock.now()
    later()
    go()
    made.refresh_from_db()
    assert made.failures == 2 and made.try_after - clock.now() > first


def test_who_is_put_off_is_tried_later_and_holds_up_nobody(server, later):
    sender(server)
    slow, quick = someone(), someone()
    run = run_for(slow, quick)
    address = run.deliveries.get(person=slow).address
    server.behaviour.answers[address] = "451 later please"
    go()
    later()
    go()
    assert states(run) == ["waiting", "sent"]
    del server.behaviour.answers[address]
    later()
    go()
    assert states(run) == ["sent", "sent"] and len(server.stored) == 2


def test_who_is_always_put_off_fails_in_the_end(server, later):
    sender(server)
    run = run_for(someone())
    server.behaviour.answers[run.deliveries.get().address] = "451 later please"
    for _ in range(MOST_ATTEMPTS):
        later()
        go(1)
    assert states(run) == ["failed"]


def test_a_run_that_is_stopped_stops_and_goes_on(server, monkeypatch):
    from gehoor.channels.email.smtp_line import SmtpLine

    sender(server)
    run = run_for(*(someone() for _ in range(3)))
    send = SmtpLine.send

    def stop_after_it(line, message, ending):
        sent = send(line, message, ending)
        do_stop_run(actor=None, run=run)
        return sent

    with monkeypatch.context() as once:
        once.setattr(SmtpLine, "send", stop_after_it)
        go()
    assert states(run) == ["sent", "waiting", "waiting"] and len(server.stored) == 1
    do_go_on(actor=None, run=run)
    go()
    assert states(run) == ["sent"] * 3 and len(server.stored) == 3


def test_stopped_right_before_the_last_step_nothing_goes_out(server, monkeypatch):
    from gehoor.channels.email.smtp_line import SmtpLine

    sender(server)
    run = run_for(someone())
    send = SmtpLine.send

    def stop_first(line, message, ending):
        return send(line, message, lambda: (do_stop_run(actor=None, run=run), ending()))

    monkeypatch.setattr(SmtpLine, "send", stop_first)
    go()
    assert states(run) == ["waiting"] and server.stored == []


def test_people_who_turned_out_to_be_one_are_told_once(server):
    sender(server)
    one, other = someone(), someone()
    run = run_for(one, other)
    merge(other, one)
    go()
    assert sorted(states(run)) == ["not_wanted", "sent"] and len(server.stored) == 1
    run.refresh_from_db()
    assert run.state == "done"


def test_who_refused_mail_meanwhile_gets_none(server):
    sender(server)
    person = someone()
    run = run_for(person)
    wish = Preference.objects.create(channel="email", wanted=False, how="clicked")
    PreferenceOf.objects.create(preference=wish, identity=Identity.objects.get(person=person))
    go()
    assert states(run) == ["not_wanted"] and server.stored == []


@pytest.mark.parametrize(("drop", "arrived"), [("END", 1), ("LOST", 0)])
def test_without_a_copy_a_person_says_what_became_of_it(server, later, drop, arrived):
    sender(server)
    run = run_for(someone())
    server.behaviour.drop_at = drop
    go()
    later()
    go()
    assert states(run) == ["unsure"] and len(server.stored) == arrived
    delivery = run.deliveries.get()
    with pytest.raises(NotAllowed):
        do_send_again(actor=colleague("adviser"), delivery=delivery)
    if arrived:
        do_say_arrived(actor=colleague("marketer"), delivery=delivery)
    else:
        do_send_again(actor=colleague("marketer"), delivery=delivery)
    later()
    go()
    assert states(run) == ["sent"] and len(server.stored) == 1
    assert Reply.objects.count() == 1
    with pytest.raises(Refused):
        do_send_again(actor=None, delivery=delivery)


def test_a_copy_settles_that_it_arrived(server, later, tmp_path):
    folder = tmp_path / "copies"
    folder.mkdir()
    sender(server, copies=source(folder))
    run = run_for(someone())
    server.behaviour.drop_at = "END"
    go()
    assert states(run) == ["unsure"]
    (folder / "1.eml").write_bytes(server.stored[0].data)
    do_listen(paths=[folder], wishes=Wishes())
    later()
    go()
    assert states(run) == ["sent"] and len(server.stored) == 1
    assert Reply.objects.count() == 1


@pytest.mark.parametrize("how", ["looked well", "a later one came"])
def test_no_copy_settles_that_it_did_not_arrive(server, later, tmp_path, how):
    made = sender(server, copies=source(tmp_path))
    run = run_for(someone(), someone())
    server.behaviour.drop_at = "LOST"
    go()
    assert states(run) == ["unsure", "waiting"]
    later()
    go()
    assert states(run) == ["unsure", "sent"]
    unsure, sent = run.deliveries.order_by("id")
    ended = clock.now() - timedelta(minutes=5)
    Delivery.objects.filter(pk=unsure.pk).update(ended_at=ended)
    go()
    assert states(run)[0] == "unsure"
    SenderSettings.objects.update(copy_minutes=30 if how == "a later one came" else 4)
    just_now = clock.now() - timedelta(seconds=2)
    type(made.heard_in).objects.update(tried_at=clock.now(), heard_at=just_now)
    go()
    assert states(run)[0] == "unsure", "it still brings what waits there"
    type(made.heard_in).objects.update(heard_at=just_now - timedelta(minutes=1))
    if how == "a later one came":
        go()
        assert states(run)[0] == "unsure", "half an hour is not over"
        Delivery.objects.filter(pk=sent.pk).update(copied_at=clock.now())
    go()
    assert states(run) == ["sent", "sent"]
    assert len(server.stored) == 2
    assert server.stored[1].message["Message-ID"] == f"<{unsure.native_id.split()[0]}>"


def test_a_source_in_trouble_settles_nothing(server, later, tmp_path):
    made = sender(server, copies=source(tmp_path))
    run = run_for(someone())
    server.behaviour.drop_at = "LOST"
    go()
    Delivery.objects.update(ended_at=clock.now() - timedelta(hours=5))
    type(made.heard_in).objects.update(tried_at=clock.now(), trouble=["x", "y", {}])
    later()
    go()
    assert states(run) == ["unsure"]


def test_what_was_cut_off_at_its_end_is_unsure_and_what_waited_is_sent(server, later):
    sender(server)
    run = run_for(someone(), someone())
    cut = run.deliveries.order_by("id").first()
    Delivery.objects.filter(pk=cut.pk).update(
        state="ending", native_id="x@y klant@delinde.example", ended_at=clock.now()
    )
    go()
    assert states(run) == ["unsure", "sent"] and len(server.stored) == 1


def test_a_report_that_it_came_back_makes_it_fail(server, tmp_path):
    sender(server)
    run = run_for(someone())
    went_back = []
    told.on_not_told(lambda run, persons: went_back.extend(persons))
    go()
    delivery = run.deliveries.get()
    bounce = (
        "From: MAILER-DAEMON@example.org\r\nTo: klant@delinde.example\r\nSubject: Undelivered Mail\r\n"
        "Message-ID: <b1@example.org>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
        f"--b\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; {delivery.address}\r\n"
        "Action: failed\r\nStatus: 5.1.1\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{delivery.native_id.split()[0]}>\r\n--b--\r\n"
    )
    path = tmp_path / "bounce.eml"
    path.write_text(bounce.replace("Action: failed", "Action: delayed").replace("b1@", "b0@"))
    do_listen(paths=[path], wishes=Wishes())
    assert states(run) == ["sent"]
    path.write_text(bounce)
    do_listen(paths=[path], wishes=Wishes())
    assert states(run) == ["failed"] and went_back == [delivery.person_id]


def test_not_more_goes_out_a_minute_than_was_set(server, monkeypatch):
    from gehoor.rooms.sending import delivering

    class Clock:
        now = 100.0

        def monotonic(self):
            return self.now

        def sleep(self, seconds):
            self.now += seconds

    hand = Clock()
    monkeypatch.setattr(delivering, "time", hand)
    sender(server, per_minute=30)
    run = run_for(*(someone() for _ in range(5)))
    go()
    assert states(run) == ["sent"] * 5
    assert hand.now - 100 == pytest.approx(8.0, abs=0.5)
