"""Every mail says how to get no more of them, and whoever follows that gets none."""

import re
from urllib.parse import urlsplit

import pytest
from tests.sending.conftest import PUBLIC_ADDRESS, run_for, sender, someone, states

from gehoor.rooms.people.models import Identity, Preference
from gehoor.rooms.sending.delivering import Desk
from gehoor.rooms.sending.runs import do_make_run, do_start_run, objections

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def hosts(settings):
    settings.ALLOWED_HOSTS = ["gehoor.delinde.example"]


def link_in(stored):
    mail = stored.message
    (link,) = re.findall(r"<(.*?)>", mail["List-Unsubscribe"])
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link.startswith(f"{PUBLIC_ADDRESS}/")
    for kind in ("plain", "html"):
        assert link.partition("?")[0] in mail.get_body((kind,)).get_content()
    return link


def follow(client, link):
    """As a mail program does it for its reader (RFC 8058)."""
    parts = urlsplit(link)
    return client.post(
        f"{parts.path}?{parts.query}",
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
        headers={"host": parts.netloc},
    )


def test_the_link_in_a_mail_states_the_wish_and_the_next_run_spares_this_person(server, client):
    sender(server)
    one, other = someone(), someone()
    run_for(one, other)
    Desk().once()
    stored = {each.recipients[0]: each for each in server.stored}
    leaver = Identity.objects.get(person=one)
    assert follow(client, link_in(stored[leaver.shown])).status_code == 200
    wish = Preference.objects.get()
    assert (wish.channel, wish.wanted, wish.how, wish.holders.get().identity) == ("email", False, "clicked", leaver)
    assert states(run_for(one, other)) == ["not_wanted", "waiting"]
    Desk().once()
    assert [each.recipients[0] for each in server.stored].count(leaver.shown) == 1
    assert len(server.stored) == 3


def test_who_follows_the_link_after_the_next_run_was_planned_is_spared_too(server, client):
    sender(server)
    one, other = someone(), someone()
    first = run_for(one, other)
    planned = do_make_run(actor=None, name="Nog iets", wording=first.wording, persons=[one, other])
    Desk().once()
    links = {each.recipients[0]: link_in(each) for each in server.stored}
    follow(client, links[Identity.objects.get(person=one).shown])
    assert states(planned) == ["waiting", "waiting"]
    do_start_run(actor=None, run=planned)
    Desk().once()
    assert states(planned) == ["not_wanted", "sent"] and len(server.stored) == 3


def test_the_page_behind_the_link_opens_in_the_language_of_the_mail(server, client):
    sender(server)
    run = run_for(someone())
    run.deliveries.update(language="en")
    Desk().once()
    answer = client.get(
        link_in(server.stored[0]).removeprefix(PUBLIC_ADDRESS), headers={"host": "gehoor.delinde.example"}
    )
    assert answer.status_code == 200 and answer.headers["Content-Language"] == "en"
    assert not Preference.objects.exists(), "looking says nothing"


def test_without_a_public_address_mail_goes_out_without_a_link_and_the_check_says_so(server, settings):
    sender(server)
    assert "no_unsubscribe" not in {each.code for each in objections(run_for(someone()))}
    Desk().once()
    settings.PUBLIC_ADDRESS = ""
    run = run_for(someone(), start=False)
    assert run.state == "ready"
    assert ("no_unsubscribe", "hint") in {(each.code, each.severity) for each in objections(run)}
    do_start_run(actor=None, run=run)
    Desk().once()
    assert [bool(each.message["List-Unsubscribe"]) for each in server.stored] == [True, False]
