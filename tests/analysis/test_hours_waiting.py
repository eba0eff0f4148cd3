"""The three clocks of a case, from its log alone."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gehoor.analysis.hours import WorkingHours, standard_hours
from gehoor.analysis.hours.acknowledging import only_acknowledges
from gehoor.analysis.hours.waiting import Kind, Moment, What, clocks

ALWAYS = WorkingHours(week=(((0, 1440),),) * 7, holidays=False)
HOURS = standard_hours()


def at(hour, minute=0, day=24):
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def log(*said):
    return [Moment(moment, what) for what, moment in said]


def of(kind, found):
    return [each for each in found if each.kind is kind]


def test_the_first_clock_ends_with_the_first_answer_and_the_next_runs_from_the_next_voice():
    found = clocks(
        log(
            (What.VOICE, at(9)),
            (What.VOICE, at(9, 30)),
            (What.ANSWER, at(10)),
            (What.ANSWER, at(10, 5)),
            (What.VOICE, at(11)),
            (What.VOICE, at(11, 30)),
            (What.ANSWER, at(12)),
        )
    )
    first, resolution, following = found
    assert (first.kind, first.began_at, first.ended_at, first.spent(HOURS)) == (Kind.FIRST, at(9), at(10), 60)
    assert (following.kind, following.began_at, following.ended_at) == (Kind.NEXT, at(11), at(12))
    assert (resolution.kind, resolution.began_at, resolution.runs_since) == (Kind.RESOLUTION, at(9), at(9))


def test_nothing_runs_before_the_customer_said_something():
    assert clocks(log((What.ANSWER, at(8)), (What.SOLVED, at(9)))) == []


def test_waiting_on_the_customer_does_not_count_and_their_voice_lets_time_go_on():
    found = clocks(
        log(
            (What.VOICE, at(9)),
            (What.ANSWER, at(10)),
            (What.PAUSE, at(10)),
            (What.VOICE, at(14)),
            (What.SOLVED, at(15)),
        )
    )
    (resolution,) = of(Kind.RESOLUTION, found)
    assert resolution.spent(HOURS) == 120
    assert resolution.ended_at == at(15)
    (following,) = of(Kind.NEXT, found)
    assert following.paused_at == at(15) and following.ended_at is None


def test_going_on_by_our_own_hand_counts_again():
    (resolution,) = of(
        Kind.RESOLUTION,
        clocks(log((What.VOICE, at(9)), (What.PAUSE, at(10)), (What.GO_ON, at(12)), (What.SOLVED, at(13)))),
    )
    assert resolution.spent(HOURS) == 120


def test_solved_without_an_answer_is_no_answer():
    first, resolution = clocks(log((What.VOICE, at(9)), (What.SOLVED, at(10))))
    assert first.ended_at is None and first.paused_at == at(10)
    assert resolution.ended_at == at(10) and resolution.paused_at is None


def test_what_was_opened_again_was_not_solved_and_the_time_between_does_not_count():
    log_ = log((What.VOICE, at(9)), (What.SOLVED, at(10)), (What.VOICE, at(14)), (What.SOLVED, at(14, 30)))
    (resolution,) = of(Kind.RESOLUTION, clocks(log_))
    assert resolution.ended_at == at(14, 30) and resolution.spent(HOURS) == 90
    (running,) = of(Kind.RESOLUTION, clocks(log_[:3]))
    assert running.ended_at is None and running.runs_since == at(14)


def test_closing_after_solving_moves_nothing():
    solved = log((What.VOICE, at(9)), (What.SOLVED, at(10)))
    assert clocks(solved) == clocks([*solved, Moment(at(16), What.SOLVED)])


def test_an_answer_at_the_moment_of_the_voice_answers_it():
    first, _ = clocks(log((What.ANSWER, at(9)), (What.VOICE, at(9))))
    assert first.ended_at == at(9) and first.spent(HOURS) == 0


def test_it_is_due_when_the_aim_is_spent_whatever_was_paused():
    (resolution,) = of(
        Kind.RESOLUTION, clocks(log((What.VOICE, at(9)), (What.PAUSE, at(10)), (What.VOICE, at(10, day=25))))
    )
    assert resolution.due_at(HOURS, 120) == at(11, day=25)
    assert resolution.due_at(HOURS, 30) == at(9, 30)
    (paused,) = of(Kind.RESOLUTION, clocks(log((What.VOICE, at(9)), (What.PAUSE, at(10)))))
    assert paused.due_at(HOURS, 120) is None


def test_what_ended_in_time_says_when_it_was_due():
    first, _ = clocks(log((What.VOICE, at(9)), (What.ANSWER, at(10))))
    assert first.due_at(HOURS, 120) == at(11)


logs = st.lists(
    st.tuples(st.integers(0, 5_000), st.sampled_from(What)).map(
        lambda pair: Moment(at(0) + timedelta(minutes=pair[0]), pair[1])
    ),
    max_size=25,
    unique_by=lambda moment: moment.at,
)
END = at(0) + timedelta(minutes=6_000)


@given(logs)
def test_the_clocks_are_those_of_a_walk_minute_by_minute(log_):
    """Each clock by itself, with nothing but a flag for whether time counts and the voices that wait."""
    minutes = {moment.at: moment.what for moment in log_}
    counts = heard = answered = False
    waits, spent = 0, {Kind.FIRST: 0, Kind.NEXT: 0, Kind.RESOLUTION: 0}
    for minute in range(6_000):
        what = minutes.get(at(0) + timedelta(minutes=minute))
        if what is What.VOICE:
            counts = heard = True
            waits += 1
        elif what is What.GO_ON:
            counts = heard
        elif what in {What.PAUSE, What.SOLVED}:
            counts = False
        elif what is What.ANSWER and heard:
            answered, waits = True, 0
        if counts:
            spent[Kind.RESOLUTION] += 1
        if counts and waits:
            spent[Kind.NEXT if answered else Kind.FIRST] += 1
    found = clocks(log_)
    for kind in Kind:
        total = sum(
            each.spent(ALWAYS) + (ALWAYS.between(each.runs_since, END) if each.runs_since else 0)
            for each in of(kind, found)
        )
        assert total == spent[kind], kind


@given(logs)
def test_at_most_one_voice_waits_at_a_time_and_every_part_lies_after_the_one_before(log_):
    found = clocks(log_)
    assert sum(each.ended_at is None for each in found if each.kind is not Kind.RESOLUTION) <= 1
    assert len(of(Kind.RESOLUTION, found)) == len(of(Kind.FIRST, found)) <= 1
    for each in found:
        marks = [mark for part in each.parts for mark in part if mark is not None]
        assert marks == sorted(marks)
        assert (each.runs_since is not None) + (each.paused_at is not None) + (each.ended_at is not None) == 1


def test_an_acknowledgement_is_told_from_an_answer():
    for said in (
        "Wij hebben uw bericht in goede orde ontvangen. U hoort binnen twee werkdagen van ons.",
        "Bedankt voor uw e-mail. Wij streven ernaar binnen 3 werkdagen te reageren.",
        "Thank you for your message. We aim to reply within two working days.",
    ):
        assert only_acknowledges(said), said
    for said in (
        "Wij hebben uw factuur ontvangen en het bedrag van € 1.200 vandaag overgemaakt.",
        "Bedankt voor uw e-mail. De boete is 3 procent van wat u te veel aflost.",
        "Thank you for your message. The deposit was paid this morning.",
    ):
        assert not only_acknowledges(said), said
