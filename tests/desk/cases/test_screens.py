"""The list, what moved in it, the page of a case, and every button on it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gehoor.rooms.desk.cases.actions import do_assign, do_note, do_snooze
from gehoor.rooms.desk.cases.acts import note_act
from gehoor.rooms.desk.cases.beginning import do_begin_case
from gehoor.rooms.desk.cases.listing import A_PAGE
from gehoor.rooms.desk.cases.merging import do_merge
from gehoor.rooms.desk.cases.moving import newest_move
from gehoor.rooms.desk.cases.presence import STAYS, do_be_there, there
from gehoor.rooms.desk.cases.states import do_set_state
from gehoor.rooms.desk.models import Case, Presence, State
from gehoor.rooms.people.panels import panels
from gehoor.rooms.privacy.models import AuditEntry

from .conftest import NOW, browser_of, colleague, conversation, look, say, someone, tell, waits

pytestmark = pytest.mark.django_db
DESK = "/balie/"


def page_of(browser, case):
    return browser.get(reverse("desk:case", args=[case.public_id]))


def lines_in(answer):
    return [line.case for line in answer.context["lines"]]


def post(browser, name, *keys, **data):
    return browser.post(reverse(f"desk:{name}", args=keys), data)


@pytest.mark.parametrize(("role", "status"), [("adviser", 200), ("complaints_officer", 200), ("manager", 403)])
def test_only_who_works_at_the_desk_sees_it(role, status):
    case = waits()
    browser = browser_of(colleague(role))
    assert browser.get(DESK).status_code == status
    assert page_of(browser, case).status_code == status


def test_a_stranger_is_asked_who_they_are():
    assert Client().get(DESK).status_code == 302


def test_the_menu_leads_to_the_desk(browser):
    assert b'href="/balie/"' in browser.get("/").content


def test_who_is_due_first_stands_first_and_who_has_no_time_last(browser):
    cases = [waits() for _ in range(3)]
    for case, hours in zip(cases, (5, None, 2), strict=True):
        Case.objects.filter(pk=case.pk).update(due_at=None if hours is None else NOW + timedelta(hours=hours))
    assert lines_in(browser.get(DESK)) == [cases[2], cases[0], cases[1]]


def test_each_view_holds_what_it_says(browser, adviser):
    mine, nobodys, customer, later, solved, spam = (waits() for _ in range(6))
    do_assign(mine, adviser, adviser)
    do_set_state(customer, State.WAITING_CUSTOMER, adviser)
    do_snooze(later, NOW + timedelta(days=1), adviser)
    do_set_state(solved, State.SOLVED, adviser)
    do_set_state(spam, State.SPAM, adviser)
    Case.objects.filter(pk=mine.pk).update(speed="matters", due_at=NOW)
    shown = {
        view: set(lines_in(browser.get(DESK, {"weergave": view})))
        for view in (
            "wachtend",
            "van-mij",
            "van-niemand",
            "spoed",
            "klant",
            "later",
            "opgelost",
            "alles",
            "spam",
            "bestaat-niet",
        )
    }
    assert shown == {
        "wachtend": {mine, nobodys},
        "van-mij": {mine},
        "van-niemand": {nobodys},
        "spoed": {mine},
        "klant": {customer},
        "later": {later},
        "opgelost": {solved},
        "alles": {mine, nobodys, customer, later, solved},
        "spam": {spam},
        "bestaat-niet": {mine, nobodys},
    }


@pytest.mark.parametrize("view", ["wachtend", "alles"])
def test_every_case_stands_on_one_page_of_the_list(browser, view):
    first = say()
    case = do_begin_case(first, None)
    rows = [
        Case(
            voice=first,
            channel="email",
            begun_at=NOW,
            moved=100 + at // 3,
            due_at=NOW + timedelta(minutes=at // 3) if at % 2 else None,
        )
        for at in range(2 * A_PAGE)
    ]
    Case.objects.bulk_create(rows)
    seen, address = [], f"{DESK}?weergave={view}"
    while address:
        answer = browser.get(address)
        seen += lines_in(answer)
        further = answer.context["further"]
        address = f"{DESK}?{further}" if further else ""
    assert len(seen) == len(set(seen)) == 2 * A_PAGE + 1
    assert case in seen


@pytest.mark.parametrize("many", [2, 12])
def test_the_list_asks_the_database_a_fixed_number_of_times(browser, adviser, many, django_assert_max_num_queries):
    for at in range(many):
        case = waits(person=someone(f"Klant {at}"))
        do_be_there(case, colleague(name="Bram Smit"), writing=True)
    with django_assert_max_num_queries(16):
        browser.get(DESK)


@pytest.mark.parametrize("many", [1, 8])
def test_the_page_of_a_case_asks_a_fixed_number_of_times(browser, many, django_assert_max_num_queries):
    thread, person = conversation(), someone()
    case = waits(conversation=thread, person=person, hours=-50)
    for at in range(many):
        say(conversation=thread, person=person, hours=-40 + at)
        tell(conversation=thread, person=person, hours=-39.5 + at)
    look()
    with django_assert_max_num_queries(85):
        page_of(browser, case)


def test_nothing_moved_answers_nothing(browser):
    case = waits()
    answer = browser.get(DESK)
    assert browser.get(f"{answer.context['live']}&zaak={case.public_id}").status_code == 204


def test_what_moved_comes_in_place_and_what_is_new_is_only_told(browser, adviser):
    shown = waits("Mijn depot?")
    address = browser.get(DESK).context["live"]
    do_set_state(shown, State.SOLVED, adviser)
    waits("Nieuwe vraag over mijn rente?")
    answer = browser.get(f"{address}&zaak={shown.public_id}", headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert f'id="case-{shown.public_id}" class="case-line gone" hx-swap-oob="true"' in page
    assert "Nieuwe vraag" not in page
    assert answer.context["others"] == 1
    again = browser.get(f"{answer.context['live']}&zaak={shown.public_id}", headers={"HX-Request": "true"})
    assert again.status_code == 204


def test_what_moved_is_there_for_programs_too(browser, adviser):
    case, number = waits(), newest_move()
    do_set_state(case, State.OPEN, adviser)
    answer = browser.get(f"/balie/sinds/{number - 1}/", {"zaak": str(case.public_id)})
    assert answer.json() == {"number": newest_move(), "moved": [str(case.public_id)], "others": 0}


def test_a_colleague_who_begins_to_write_is_seen_in_the_list(browser):
    case, bram = waits(), colleague(name="Bram Smit")
    address = browser.get(DESK).context["live"] + f"&zaak={case.public_id}"
    do_be_there(case, bram, writing=False)
    looking = browser.get(address, headers={"HX-Request": "true"})
    assert "Bram Smit kijkt" in looking.content.decode()
    do_be_there(case, bram, writing=True)
    address = looking.context["live"] + f"&zaak={case.public_id}"
    assert "Bram Smit schrijft" in browser.get(address, headers={"HX-Request": "true"}).content.decode()


def test_looking_is_told_from_writing_on_the_page_and_ends(browser, adviser):
    case, bram = waits(), colleague(name="Bram Smit")
    post(browser_of(bram), "here", case.public_id, schrijft="1")
    answer = post(browser, "here", case.public_id, schrijft="0")
    assert "Bram Smit schrijft" in answer.content.decode()
    assert Presence.objects.get(user=adviser).writing is False
    post(browser_of(bram), "here", case.public_id, weg="1")
    assert there([case], adviser) == {}
    do_be_there(case, bram, writing=True)
    Presence.objects.filter(user=bram).update(at=NOW - STAYS - timedelta(seconds=1))
    assert there([case], adviser) == {}


def test_the_page_says_that_something_happened_since_it_was_opened(browser, adviser):
    case = waits()
    known = str(case.moved)
    assert "Er is iets gebeurd" not in post(browser, "here", case.public_id, sinds=known).content.decode()
    do_set_state(case, State.OPEN, adviser)
    assert "Er is iets gebeurd" in post(browser, "here", case.public_id, sinds=known).content.decode()


def test_the_page_shows_everything_in_the_order_in_which_it_was_said(browser, adviser):
    thread, person = conversation(), someone()
    say("Dank voor uw bericht van vorig jaar.", conversation=thread, person=person, hours=-99 * 24, kind="remark")
    case = waits("Waar blijft mijn bouwdepot?", conversation=thread, person=person, hours=-9)
    tell("Dat zoeken we uit.", conversation=thread, hours=-8)
    do_note(case, "Belde ook al.", adviser)
    page = page_of(browser, case).content.decode()
    places = [
        page.index(text)
        for text in ("van vorig jaar.", "Waar blijft mijn bouwdepot?</p>", "Dat zoeken", "Belde ook al")
    ]
    assert places == sorted(places)
    assert "Mevrouw De Vries over" in page


def test_opening_a_case_is_a_look_at_the_dossier(browser, adviser):
    person = someone()
    page_of(browser, waits(person=person))
    assert AuditEntry.objects.filter(action="looked", public_id=person.public_id, actor=adviser).count() == 1


def test_a_case_that_was_merged_leads_to_where_it_went_on(browser, adviser):
    first, second = waits(), waits()
    do_merge(second, first, adviser)
    assert page_of(browser, second).url == reverse("desk:case", args=[first.public_id])


BUTTONS = [
    ("take", {"wie": "ik"}),
    ("state", {"staat": "solved"}),
    ("priority", {"urgentie": "4"}),
    ("snooze", {"tot": "morgen"}),
    ("snooze", {"moment": "2026-03-09T09:00"}),
    ("note", {"notitie": "Belde net."}),
    ("word", {"waarover": "het bouwdepot"}),
]


@pytest.mark.parametrize(("name", "data"), BUTTONS)
def test_every_button_does_one_thing_and_offers_to_undo_it(browser, name, data):
    case = waits()
    before = case.acts.count()
    answer = browser.post(reverse(f"desk:{name}", args=[case.public_id]), data, follow=True)
    assert answer.status_code == 200
    assert case.acts.count() > before
    act = (
        case.acts.exclude(kind="state").order_by("-pk").first() if name == "take" else case.acts.order_by("-pk").first()
    )
    undo = reverse("desk:undo", args=[act.public_id])
    assert undo in answer.content.decode()
    assert browser.post(undo, follow=True).status_code == 200
    act.refresh_from_db()
    assert act.undone


@pytest.mark.parametrize(("name", "data"), BUTTONS)
def test_no_button_works_for_who_may_not_answer(name, data):
    case = waits()
    answer = browser_of(colleague("manager")).post(reverse(f"desk:{name}", args=[case.public_id]), data)
    assert answer.status_code == 403
    assert case.acts.count() == 1


@pytest.mark.parametrize("data", [{"tot": "nooit"}, {"moment": "gisteren"}, {"moment": "2026-02-30T09:00"}])
def test_a_moment_that_is_none_is_refused_in_words(browser, data):
    answer = browser.post(reverse("desk:snooze", args=[waits().public_id]), data, follow=True)
    assert "zeg tot wanneer" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "data"),
    [("snooze", {"moment": "2020-01-01T09:00"}), ("note", {"notitie": " "}), ("state", {"staat": "dansen"}),
     ("priority", {"urgentie": "9"}), ("word", {"waarover": "x" * 5000})],
)  # fmt: skip
def test_what_cannot_be_is_said_at_the_case_and_changes_nothing(browser, name, data):
    case = waits()
    before = Case.objects.values().get(pk=case.pk)
    answer = browser.post(reverse(f"desk:{name}", args=[case.public_id]), data, follow=True)
    assert answer.redirect_chain == [(f"/balie/{case.public_id}/", 302)]
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert Case.objects.values().get(pk=case.pk) == before and case.acts.count() == 1


def test_the_next_working_day_after_friday_is_monday(browser):
    from gehoor.kernel.clock import at

    with at(NOW + timedelta(days=3)):
        case = waits()
        browser.post(reverse("desk:snooze", args=[case.public_id]), {"tot": "morgen"})
    case.refresh_from_db()
    assert case.snoozed_until.weekday() == 0


def test_merging_is_shown_before_it_is_done(browser):
    first, second = waits("Mijn depot?", person=someone()), waits("Weer mijn depot?", person=someone("Jan Bakker"))
    answer = browser.post(
        reverse("desk:look_for", args=[first.public_id]),
        {"zaak": f"http://x/balie/{second.public_id}/"},
        follow=True,
    )
    page = answer.content.decode()
    assert "Weer mijn depot?" in page
    assert "twee verschillende mensen" in page
    assert Case.objects.filter(state=State.MERGED).count() == 0
    browser.post(reverse("desk:merge", args=[first.public_id, second.public_id]))
    second.refresh_from_db()
    assert second.merged_into == first


def test_a_case_that_is_not_there_is_said_so(browser):
    case = waits()
    answer = browser.post(reverse("desk:look_for", args=[case.public_id]), {"zaak": "geen adres"}, follow=True)
    assert "geen andere zaak gevonden" in answer.content.decode()


def test_a_voice_that_began_no_case_can_begin_one_by_hand(browser):
    voice = say("Dank u!", kind="compliment")
    browser.post(reverse("desk:begin", args=[voice.public_id]))
    case = Case.objects.get(voice=voice)
    answer = browser.post(reverse("desk:begin", args=[voice.public_id]))
    assert answer.url == reverse("desk:case", args=[case.public_id])


def test_who_was_named_sees_it_in_a_view_until_they_looked(browser, adviser):
    case = waits()
    do_note(case, f"@{adviser.email.split('@')[0]} kijk jij?", colleague(name="Bram Smit"))
    assert lines_in(browser.get(DESK, {"weergave": "genoemd"})) == [case]
    page_of(browser, case)
    assert lines_in(browser.get(DESK, {"weergave": "genoemd"})) == []


def test_the_dossier_shows_what_this_person_waits_for(adviser):
    person = someone()
    waits(person=person)
    html = next(panel for panel in panels(adviser) if panel.name == "cases").render(person.pk)
    assert "Waar blijft mijn bouwdepot?" in html
    assert not any(panel.name == "cases" for panel in panels(colleague("privacy_officer")))


def test_a_note_moves_the_case_for_everyone_who_watches(adviser):
    case = waits()
    before = newest_move()
    note_act(case, "draft", by=adviser)
    assert newest_move() == before + 1
