"""The screens of hours and of times: who may open them, what they say, what they refuse."""

from datetime import timedelta

import pytest
from django.urls import reverse

from gehoor.kernel import clock
from gehoor.rooms.desk.clocks.hours import current_hours, current_version
from gehoor.rooms.desk.clocks.keeping import keep
from gehoor.rooms.desk.clocks.times import times
from gehoor.rooms.desk.models import Hours

from .conftest import answer, at, become, case_of, colleague, reply, say, seen_by, talk

pytestmark = pytest.mark.django_db
HOURS, TIMES = "/balie/tijden/uren/", "/balie/tijden/"
ROLES = ["adviser", "marketer", "manager", "answer_editor", "complaints_officer", "privacy_officer", "administrator"]


def given(browser):
    """What the form would send as it stands."""
    form = browser.get(HOURS).context["form"]
    sent = {}
    for field in form:
        value = field.value()
        if value is None:
            continue
        sent[field.html_name] = value if isinstance(value, list) else str(value)
    return sent


@pytest.fixture
def administrator(db):
    return seen_by(colleague("administrator"))


def test_saving_the_form_as_it_stands_makes_no_version(administrator):
    assert administrator.post(HOURS, given(administrator)).status_code == 302
    assert Hours.objects.count() == 0


def test_lunch_a_closed_day_a_worked_holiday_and_an_aim_are_kept(administrator):
    sent = given(administrator)
    sent |= {"day0_0_1": "12:30", "day0_1_0": "13:00", "day0_1_1": "17:30", "day5_0_0": "18:00", "day5_0_1": "00:00"}
    sent |= {"closed": "24-12-2026\n2026-12-31\n", "aim_first": "4", "aim_next": "", "aim_resolution": "0,5"}
    sent["free"] = [name for name in sent["free"] if name != "Good Friday"]
    administrator.post(HOURS, sent, headers={"Accept-Language": "nl"})
    version = current_version()
    assert version.hours.week[0] == ((540, 750), (780, 1050))
    assert version.hours.week[5] == ((1080, 1440),)
    assert sorted(day.isoformat() for day in version.hours.closed) == ["2026-12-24", "2026-12-31"]
    assert version.hours.worked == {"Good Friday"}
    assert version.aims == {"first": 240, "resolution": 30}
    assert given(administrator)["closed"] == "24-12-2026\n31-12-2026"


@pytest.mark.parametrize(
    "wrong",
    [
        {"day0_0_0": ""},
        {"day0_0_0": "18:00"},
        {"day0_1_0": "12:00", "day0_1_1": "18:00"},
        {"closed": "kerstavond"},
        {"closed": "31-02-2026"},
        {"aim_first": "0"},
        {"day0_0_0": "halfnegen"},
        {f"day{day}_0_{end}": "" for day in range(5) for end in range(2)},
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(administrator, wrong):
    answered = administrator.post(HOURS, given(administrator) | wrong)
    assert answered.status_code == 422
    assert answered.context["form"].errors
    assert Hours.objects.count() == 0


def test_a_version_is_taken_back_and_stands_again_from_the_screen(administrator):
    administrator.post(HOURS, given(administrator) | {"day4_0_1": "12:00"})
    made = Hours.objects.get()
    assert current_hours().week[4] == ((540, 720),)
    page = administrator.get(HOURS).content.decode()
    undo, restore = (reverse(f"desk:{name}_hours", args=[made.public_id]) for name in ("undo", "restore"))
    assert undo in page
    administrator.post(undo)
    assert current_hours().week[4] == ((540, 1050),)
    assert restore in administrator.get(HOURS).content.decode()
    administrator.post(restore)
    assert current_hours().week[4] == ((540, 720),)
    assert (
        administrator.post(reverse("desk:undo_hours", args=["01890000-0000-7000-8000-000000000000"])).status_code == 404
    )


@pytest.mark.parametrize("role", ROLES)
def test_hours_are_for_who_sets_the_desk_and_times_for_who_may_see_them(role):
    browser = seen_by(colleague(role))
    assert browser.get(HOURS).status_code == (200 if role == "administrator" else 403)
    sees = role in {"adviser", "marketer", "manager", "complaints_officer"}
    assert browser.get(TIMES).status_code == (200 if sees else 403)


def test_a_stranger_is_asked_who_they_are(client):
    assert client.get(HOURS).status_code == client.get(TIMES).status_code == 302


def test_nothing_known_is_said_to_be_unknown():
    page = seen_by(colleague("manager")).get(TIMES)
    assert page.context["times"].first.median is None
    assert "onbekend" in page.content.decode()


def spent(minutes, day=0, channel="email"):
    conversation = talk(channel)
    say(at(day, 9), conversation=conversation, channel=channel)
    reply(at(day, 9) + timedelta(minutes=minutes), conversation=conversation, channel=channel)


def test_times_say_the_middle_one_and_the_slowest_tenth_of_how_many():
    for minutes in (10, 20, 30, 40, 400):
        spent(minutes)
    for _ in range(4):
        spent(5, channel="letter")
    waits = case_of(say(at(1, 9)))
    keep(waits)
    with clock.at(at(2, 9)):
        found = times(90)
    email, letter = found.channels
    assert (email.name, email.count, email.waiting, email.median, email.worst) == ("email", 5, 1, 30, 400)
    assert email.in_time == 1.0
    assert (letter.count, letter.median, letter.worst) == (4, None, None)
    assert (found.first.count, found.first.median) == (9, 10)
    assert found.months == [{"month": "2026-11", "median": 10, "low": 5, "high": 40}]


def test_next_answers_and_solutions_are_read_from_the_clocks():
    for number in range(5):
        case = case_of(say(at(0, 9)), say(at(1, 9)))
        answer(case, at(0, 10))
        answer(case, at(1, 9, 10 * number))
        become(case, "solved", at(1, 10))
        keep(case)
    open_ = case_of(say(at(0, 9)))
    keep(open_)
    with clock.at(at(2, 9)):
        found = times(30)
    assert (found.next.count, found.next.median, found.next.waiting) == (5, 20, 0)
    assert (found.resolution.count, found.resolution.median, found.resolution.waiting) == (5, 570, 1)


def test_a_period_outside_the_choices_is_the_usual_one():
    browser = seen_by(colleague("manager"))
    assert browser.get(TIMES, {"dagen": "365"}).context["times"].days == 365
    assert browser.get(TIMES, {"dagen": "9999999"}).context["times"].days == 90


@pytest.mark.parametrize("many", [1, 30])
def test_times_take_a_fixed_number_of_queries(django_assert_max_num_queries, many):
    browser = seen_by(colleague("manager"))
    for number in range(many):
        spent(number)
        keep(case_of(say(at(1, 9))))
    with clock.at(at(2, 9)), django_assert_max_num_queries(26):
        assert browser.get(TIMES).status_code == 200
