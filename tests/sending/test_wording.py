"""What may not go out, what to look at once more, and how a text is filled."""

import pytest
from tests.sending.conftest import HEAD, run_for, sender, someone, wording

from gehoor.kernel.errors import NotAllowed, Refused
from gehoor.rooms.public.letterhead import do_set_letterhead
from gehoor.rooms.sending.checking import check_wording
from gehoor.rooms.sending.models import Delivery, RunState
from gehoor.rooms.sending.outgoing import outgoing
from gehoor.rooms.sending.runs import do_add_to_run, do_make_run, do_remove_run, do_start_run, do_word

from .conftest import colleague

pytestmark = pytest.mark.django_db


def codes(languages=("nl",), channels=("email",), **texts):
    do_set_letterhead(letterhead=HEAD, actor=None)
    return [each.code for each in check_wording(wording(**texts), languages=languages, channels=channels)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("Beste {klant}", "unknown_placeholder"),
        ("Beste {aanhef", "unknown_placeholder"),
        ("woord " * 500, "long"),
        ("Zie http://www.delinde.example/x", "link_not_https"),
        ("Zie https://www.elders.example/x", "link_elsewhere"),
        ("Zie www.delinde.example", "link_not_https"),
        ("Klik javascript:alert(1)", "link"),
        ("Mail naar jan@prive.example", "personal_data"),
        ("Naar NL91 ABNA 0417 1643 00", "personal_data"),
        ("Bel 06-12345678", "personal_data"),
        ("DIT IS ECHT KLAAR", "shouting"),
        ("Klaar!!", "shouting"),
        ("U hoort binnenkort meer.", "no_date"),
    ],
)
def test_each_objection_is_found(text, code):
    assert code in codes(text_nl=text)


def test_what_is_well_has_none():
    text = (
        "{aanhef},\n\nZie https://www.delinde.example/bouwdepot. Bel ons op 030-1234567 of mail klant@delinde.example."
    )
    assert codes(text_nl=text) == []
    assert codes(text_nl="In 2025 betaalden wij 1.250 nota’s, in 2026 al 3.400.") == []


def test_a_language_that_is_lacking_stops_dutch_and_warns_of_english():
    english = {"subject_en": "Your deposit", "text_en": "It is faster."}
    assert codes(subject_nl="", text_nl="", **english) == ["no_language"]
    assert codes(languages=("nl", "en")) == ["no_language"]
    assert codes(languages=("nl", "en"), **english) == []
    assert codes(subject_nl="") == ["no_subject"]
    assert codes(channels=("call",), points_nl="") == ["no_points"]


def test_nothing_goes_out_while_something_has_to_be_solved():
    run = run_for(someone(), start=False)
    do_word(actor=None, wording=run.wording, texts={"text_nl": "Beste {klant}"})
    run.refresh_from_db()
    assert run.state == RunState.DRAFT
    with pytest.raises(Refused):
        do_start_run(actor=None, run=run)
    do_word(actor=None, wording=run.wording, texts={"text_nl": "Het is klaar."})
    run.refresh_from_db()
    assert run.state == RunState.READY
    with pytest.raises(NotAllowed):
        do_start_run(actor=colleague("adviser"), run=run)
    do_start_run(actor=colleague("marketer"), run=run)
    with pytest.raises(Refused):
        do_word(actor=None, wording=run.wording, texts={"text_nl": "Anders."})


@pytest.mark.parametrize(
    ("name", "language", "begins"),
    [
        ("Mevrouw J. de Vries", "nl", "Geachte mevrouw De Vries,"),
        ("", "nl", "Geachte heer, mevrouw,"),
        ("Mevrouw J. de Vries", "en", "Dear Ms de Vries,"),
    ],
)
def test_each_person_is_greeted_in_the_own_language(name, language, begins):
    run = run_for(someone(), start=False)
    do_word(
        actor=None, wording=run.wording, texts={"text_nl": "Het is klaar.", "subject_en": "Ready", "text_en": "It is."}
    )
    Delivery.objects.update(name=name, language=language)
    delivery = run.deliveries.select_related("run__wording").get()
    greeted = outgoing(delivery).text.split("\n")[0]
    assert greeted.lower() == begins.lower() or (language == "en" and greeted.startswith("Dear "))


def test_the_key_stays_until_it_is_planned_anew():
    run = run_for(someone(), start=False)
    delivery = run.deliveries.get()
    assert outgoing(delivery).key == outgoing(run.deliveries.get()).key
    delivery.round += 1
    assert outgoing(delivery).key != outgoing(run.deliveries.get()).key


def test_a_person_is_in_a_run_once_and_more_can_be_added(server):
    sender(server)
    one, other = someone(), someone()
    run = run_for(one, one)
    assert do_add_to_run(actor=None, run=run, persons=[one, other]) == 1
    assert run.deliveries.count() == 2


def test_a_run_needs_someone_to_tell_and_can_be_thrown_away_before_it_begins():
    with pytest.raises(Refused):
        do_make_run(actor=None, name="Leeg", wording=wording(), persons=[])
    run = run_for(someone(), start=False)
    do_remove_run(actor=None, run=run)
    assert not Delivery.objects.exists()
