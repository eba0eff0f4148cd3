"""The screens: how far it is, stopping, what is unsure, letters, calls, the words, and senders."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.people.conftest import hear, identify, tell
from tests.sending.conftest import TEXTS, by_paper, colleague, run_for, sender, someone, states

from gehoor.channels.registry import senders as kinds
from gehoor.kernel import clock
from gehoor.rooms.sending.calling import do_claim
from gehoor.rooms.sending.delivering import Desk
from gehoor.rooms.sending.models import CallTry, Delivery, PrintJob, SenderSettings
from gehoor.rooms.voices.models import Voice

pytestmark = pytest.mark.django_db
needs_letters = pytest.mark.skipif("print" not in kinds(), reason="no sender of letters")


def seen_by(*roles):
    client = Client()
    client.force_login(colleague(*roles))
    return client


def page(client, name, *args, status=200):
    response = client.get(reverse(f"sending:{name}", args=args))
    assert response.status_code == status
    return response.content.decode()


def press(client, name, /, *args, **data):
    response = client.post(reverse(f"sending:{name}", args=args), data, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_of_a_run_says_how_far_it_is_and_stops_it(server):
    sender(server)
    run = run_for(someone(), someone("call"), start=False)
    client = seen_by("marketer")
    assert "0 van 2" in page(client, "run", run.public_id)
    press(client, "start", run.public_id)
    Desk().once()
    shown = page(client, "run", run.public_id)
    assert "1 van 2" in shown and "Stoppen" in shown
    press(client, "stop", run.public_id)
    run.refresh_from_db()
    assert run.state == "stopped"
    assert "Hervatten" in page(client, "run", run.public_id)
    press(client, "go_on", run.public_id)
    assert "Bouwdepot" in page(client, "runs")


def test_the_page_costs_the_same_for_many_as_for_few(server, django_assert_max_num_queries):
    sender(server)
    run = run_for(*(someone() for _ in range(6)), someone("call"))
    client = seen_by("marketer")
    with django_assert_max_num_queries(25):
        page(client, "run", run.public_id)


def test_what_is_unsure_is_explained_and_settled_by_hand(server):
    sender(server)
    run = run_for(someone())
    server.behaviour.drop_at = "END"
    Desk().once()
    client, delivery = seen_by("marketer"), run.deliveries.get()
    shown = page(client, "run", run.public_id)
    assert "Toch aangekomen" in shown and "Opnieuw sturen" in shown and "alleen een mens" in shown
    assert delivery.address in page(client, "people", run.public_id, "onzeker")
    press(client, "arrived", run.public_id, delivery.public_id)
    assert states(run) == ["sent"]


def test_trouble_with_the_server_stands_on_the_page_with_its_remedy(server):
    sender(server)
    run = run_for(someone())
    server.close()
    Desk().once()
    shown = page(seen_by("marketer"), "run", run.public_id)
    assert "probeert het vanzelf opnieuw" in shown


def test_who_failed_is_reached_in_another_way(server):
    sender(server)
    person = someone()
    run = run_for(person)
    delivery = run.deliveries.get()
    server.behaviour.answers[delivery.address] = "550 5.1.1 no"
    Desk().once()
    client = seen_by("marketer")
    assert delivery.address in page(client, "people", run.public_id, "mislukt")
    shown = page(client, "otherwise", run.public_id, delivery.public_id)
    assert "Per e-mail" in shown
    choice = shown.split('value="email-')[1].split('"')[0]
    server.behaviour.answers.clear()
    press(client, "otherwise", run.public_id, delivery.public_id, choice=f"email-{choice}")
    Desk().once()
    assert states(run) == ["sent"]
    delivery.refresh_from_db()
    assert delivery.round == 1


@needs_letters
def test_letters_are_printed_downloaded_and_posted(server):
    run = run_for(someone(), someone())
    by_paper(run)
    client = seen_by("marketer")
    shown = page(client, "run", run.public_id)
    number = shown.split('name="number" value="')[1].split('"')[0]
    for _ in range(2):
        press(client, "print", run.public_id, number=number)
    job = PrintJob.objects.get()
    got = client.get(reverse("sending:job_document", args=[job.public_id]))
    assert got.content.startswith(b"%PDF") and got["Content-Disposition"].startswith("attachment")
    press(client, "posted", job.public_id)
    assert states(run) == ["sent", "sent"]
    client.post(reverse("sending:posted", args=[job.public_id]) + "?back")
    press(client, "take_back_job", job.public_id)
    assert states(run) == ["waiting", "waiting"]


def test_an_adviser_calls_and_a_colleague_sees_it(server):
    run = run_for(someone("call"), someone("call"))
    first, _ = run.deliveries.order_by("id")
    anneke, wim = seen_by("adviser"), seen_by("adviser")
    assert first.address in page(anneke, "calls", run.public_id)
    shown = press(anneke, "claim", run.public_id, first.public_id)
    assert "binnen drie dagen" in shown and "Waar blijft mijn bouwdepot" in shown
    assert "is aan het bellen" in page(wim, "calls", run.public_id)
    press(wim, "claim", run.public_id, first.public_id)
    first.refresh_from_db()
    press(anneke, "note_call", run.public_id, first.public_id, outcome="told")
    assert states(run) == ["sent", "waiting"]
    press(anneke, "undo_call", CallTry.objects.get().public_id)
    assert states(run) == ["waiting", "waiting"]


def test_calling_back_needs_a_time(server):
    run = run_for(someone("call"))
    delivery, adviser = run.deliveries.get(), colleague("adviser")
    client = Client()
    client.force_login(adviser)
    do_claim(actor=adviser, delivery=delivery)
    response = client.post(
        reverse("sending:note_call", args=[run.public_id, delivery.public_id]), {"outcome": "call_back", "call_at": ""}
    )
    assert response.status_code == 422
    press(client, "note_call", run.public_id, delivery.public_id, outcome="call_back", call_at="2030-01-02T10:00")
    assert Delivery.objects.get().try_after > clock.now()


def test_the_words_are_checked_and_shown_in_each_form(server):
    run = run_for(someone(), start=False)
    client = seen_by("marketer")
    assert "Geachte mevrouw De Vries" in page(client, "wording", run.public_id)
    press(client, "wording", run.public_id, **TEXTS | {"text_nl": "Beste {klant}, het is klaar!!"})
    shown = page(client, "wording", run.public_id)
    assert "{klant}" in shown and "schreeuwen" in shown
    run.refresh_from_db()
    assert run.state == "draft"
    assert "moet eerst" in press(client, "start", run.public_id) or run.state == "draft"
    press(client, "wording", run.public_id, **TEXTS)
    run.refresh_from_db()
    assert run.state == "ready"


@needs_letters
def test_the_letter_can_be_seen_as_it_is_printed():
    run = run_for(someone(), start=False)
    got = seen_by("marketer").get(reverse("sending:letter", args=[run.public_id, "nl"]))
    assert got.content.startswith(b"%PDF")


def test_a_sender_is_added_tried_changed_and_removed(server):
    client = seen_by("administrator")
    assert "Afzenders" in page(client, "senders")
    given = {
        "name": "Post",
        "set_host": "127.0.0.1",
        "set_port": str(server.port),
        "set_security": "none",
        "set_from_address": "klant@delinde.example",
        "copy_minutes": "15",
        "per_minute": "60",
    }
    press(client, "add_sender", "smtp", **given)
    made = SenderSettings.objects.get()
    press(client, "check_sender", made.public_id)
    press(client, "try_sender", made.public_id, to="ik@delinde.example")
    assert [each.recipients for each in server.stored] == [("ik@delinde.example",)]
    assert "Geen; alleen voor een server" in page(client, "sender", made.public_id)
    page(client, "change_sender", made.public_id)
    press(client, "change_sender", made.public_id, **given | {"per_minute": "30"})
    server.close()
    shown = press(client, "check_sender", made.public_id)
    assert "onder die naam en poort" in shown or "in de problemen" in page(client, "senders")
    press(client, "remove_sender", made.public_id)
    assert SenderSettings.objects.get().removed
    assert SenderSettings.objects.get().settings == {}


def test_a_sender_without_what_it_needs_is_refused_with_the_reason(server):
    client = seen_by("administrator")
    response = client.post(reverse("sending:add_sender", args=["smtp"]), {"name": "Post"})
    assert response.status_code == 422 and not SenderSettings.objects.exists()


def test_who_calls_sees_what_was_said_since_it_was_asked(server):
    person = someone("call", text="Mijn naam staat fout.", day=1)
    asked = Voice.objects.get(attribution__person=person)
    kind, number, _ = asked.identities[0]
    hear((kind, number), channel="letter", text="De naam staat nu goed, dank u.", day=20)
    tell((kind, number), text="Wij hebben uw naam veranderd.", adviser="Anneke", day=10)
    identify()
    run = run_for(person, asked={person: asked.pk})
    shown = page(seen_by("adviser"), "call", run.public_id, run.deliveries.get().public_id)
    assert (
        shown.index("Mijn naam staat fout.") < shown.index("De naam staat nu goed") < shown.index("Wij hebben uw naam")
    )
    other = someone("call", day=3)
    run = run_for(other, asked={other: Voice.objects.get(attribution__person=other).pk})
    assert "Wat er sindsdien" not in page(seen_by("adviser"), "call", run.public_id, run.deliveries.get().public_id)
