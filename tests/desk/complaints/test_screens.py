"""The screens of the register: who sees what, and that each button does what it says."""

from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.urls import reverse
from tests.desk.cases.conftest import NOW, browser_of, colleague, waits
from tests.desk.complaints.conftest import complain, later

from gehoor.rooms.desk.complaints.actions import do_register, do_register_by_hand
from gehoor.rooms.desk.complaints.drawing_up import Entry
from gehoor.rooms.desk.complaints.panel import beside_case
from gehoor.rooms.desk.models import Complaint

pytestmark = pytest.mark.django_db


def post(desk, name, complaint, /, **given):
    return desk.post(reverse(f"desk:{name}", args=[complaint.public_id]), given)


def test_the_register_begins_with_what_is_proposed_and_one_click_takes_it_all(desk):
    complain()
    complain("Ik ben boos over de rente.")
    page = desk.get(reverse("desk:complaints")).content.decode()
    assert "Ik ben boos over de rente." in page
    desk.post(reverse("desk:register_complaints"))
    assert Complaint.objects.count() == 2
    page = desk.get(reverse("desk:complaints")).content.decode()
    assert "28 april 2026" in page and "Jan Bos" in page


def test_the_last_day_is_shown_from_the_first_day_on(desk, officer):
    complaint = do_register(complain(), officer)
    page = desk.get(reverse("desk:complaint", args=[complaint.public_id])).content.decode()
    assert "28 april 2026" in page and "56 " in page
    with later(58):
        assert "2 dagen" in desk.get(reverse("desk:complaint", args=[complaint.public_id])).content.decode()


def test_handling_from_the_page_and_undoing_it(desk, officer):
    complaint = do_register(complain(), officer)
    post(desk, "acknowledge_complaint", complaint)
    assert Complaint.objects.get().acknowledged_at == NOW
    assert post(desk, "answer_complaint", complaint, outcome="upheld").status_code == 422
    post(desk, "answer_complaint", complaint, outcome="upheld", handling="Hersteld")
    post(desk, "learn_complaint", complaint, cause="Te lang gewacht", lesson="Sneller bellen")
    kept = Complaint.objects.get()
    assert (kept.outcome, kept.cause, kept.lesson) == ("upheld", "Te lang gewacht", "Sneller bellen")
    assert "Te lang gewacht" in desk.get(reverse("desk:complaint", args=[complaint.public_id])).content.decode()
    post(desk, "undo_complaint", complaint)
    post(desk, "undo_complaint", complaint)
    assert (Complaint.objects.get().cause, Complaint.objects.get().outcome) == ("", "")


def test_correcting_keeps_what_was_not_touched(desk, officer):
    complaint = do_register(complain(), officer)
    page = desk.get(reverse("desk:complaint", args=[complaint.public_id]))
    form = page.context["correcting"]
    given = {each.html_name: each.value() for each in form}
    given["received_at"] = "2026-03-03T09:30"
    given["address"] = "Dorpsstraat 1, 1234 AB Dorp"
    post(desk, "correct_complaint", complaint, **{key: value for key, value in given.items() if value})
    kept = Complaint.objects.get()
    assert kept.address == "Dorpsstraat 1, 1234 AB Dorp" and kept.name == "Jan Bos" and kept.official


def test_removing_from_the_page_leaves_the_line_in_the_list(desk, officer):
    complaint = do_register(complain(), officer)
    post(desk, "remove_complaint", complaint, why="Dubbel")
    page = desk.get(reverse("desk:complaints")).content.decode()
    assert f"/{complaint.public_id}/" in page and "<s>" in page


def test_one_is_registered_that_stands_in_no_voice(desk):
    given = {"name": "Mevr. Pot", "received_at": "2026-03-02T10:00", "about": "Aan de balie gezegd", "official": "on"}
    desk.post(reverse("desk:add_complaint"), given)
    made = Complaint.objects.get()
    assert made.voice is None and made.final_by.isoformat() == "2026-04-27"
    assert desk.post(reverse("desk:add_complaint"), given | {"received_at": "2027-01-01T10:00"}).status_code == 422


def test_managers_see_figures_and_nothing_of_anyone(officer):
    complaint = do_register(complain(), officer)
    manager = browser_of(colleague("manager", name="Karel"))
    for href in (reverse("desk:complaints"), reverse("desk:complaint", args=[complaint.public_id])):
        assert manager.get(href).status_code == 403
    assert manager.get(reverse("desk:export_complaints", args=["csv"])).status_code == 403
    page = manager.get(reverse("desk:complaint_figures")).content.decode()
    assert "Jan Bos" not in page and "2026" in page


def test_advisers_see_beside_a_case_that_it_stands_in_the_register(officer):
    case = waits("Ik wacht al weken!", kind="complaint")
    adviser = colleague("adviser")
    assert "/voorgesteld/" not in beside_case(case, adviser)
    assert reverse("desk:register_complaint", args=[case.voice.public_id]) in beside_case(case, officer)
    do_register(case.voice, officer)
    assert "28 april 2026" in beside_case(case, adviser)
    assert beside_case(waits("Hoe laat bent u open?"), officer) == ""


def test_the_list_filters_by_stand_outcome_cause_and_year(desk, officer):
    old = do_register_by_hand(Entry(NOW - timedelta(days=400), "Van vorig jaar"), officer)
    new = do_register_by_hand(Entry(NOW, "Van nu"), officer)

    def shown(query):
        return [row.complaint for row in desk.get(f"{reverse('desk:complaints')}?{query}").context["rows"]]

    assert shown("jaar=2025") == [old] and shown("jaar=2026") == [new]
    assert shown("stand=soon") == [old] and shown("stand=open") == [new, old]
    assert shown("uitkomst=upheld") == [] and shown("oorzaak=none&jaar=2026") == [new]


def test_a_longer_register_asks_no_more_of_the_database(desk, officer, django_assert_max_num_queries):
    for number in range(60):
        do_register_by_hand(Entry(NOW - timedelta(minutes=number), f"Klacht {number}"), officer)
    with django_assert_max_num_queries(14):
        first = desk.get(reverse("desk:complaints"))
    second = desk.get(reverse("desk:complaints") + first.context["further"])
    lines = [row.complaint.pk for page in (first, second) for row in page.context["rows"]]
    assert len(lines) == len(set(lines)) == 60


def test_the_file_is_for_who_keeps_the_register(desk, officer):
    do_register(complain(), officer)
    answer = desk.get(reverse("desk:export_complaints", args=["csv"]))
    written = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert written.startswith("id,ontvangen,naam,") and "Jan Bos" in written and ",nee," in written
    assert desk.get(reverse("desk:export_complaints", args=["exe"])).status_code == 404


def test_the_command_lists_and_writes_the_register(officer, tmp_path, monkeypatch):
    from gehoor.cli import complaints as command

    monkeypatch.setattr(command, "open_to_read", lambda: None)
    do_register(complain(), officer)
    told = CliRunner().invoke(command.complaints, ["--json"])
    assert told.exit_code == 0 and '"final_answer_by": "2026-04-28"' in told.output
    target = tmp_path / "klachten.csv"
    assert CliRunner().invoke(command.complaints, ["--export", str(target)]).exit_code == 0
    assert "Jan Bos" in target.read_text()
    assert CliRunner().invoke(command.complaints, ["--export", str(tmp_path / "x.doc")]).exit_code == 2
