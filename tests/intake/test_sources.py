"""Sources bring what they get, each item once; how they are doing is seen; and what was not heard counts."""

import threading
import time
from datetime import date, timedelta

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gehoor.kernel.errors import CannotReach, Refused
from gehoor.rooms.accounts.roles import ALLOWED, May, Role
from gehoor.rooms.intake import bringing, sources
from gehoor.rooms.intake.given import SettingsUnusable
from gehoor.rooms.intake.health import health_of, healths
from gehoor.rooms.intake.models import Arrival, Item, NotHeard, Source
from gehoor.rooms.intake.not_heard import ColumnsMissing, RowNotUsable, do_import_not_heard, do_tell_not_heard, totals
from gehoor.rooms.privacy.models import AuditEntry
from gehoor.rooms.voices.models import Voice

from .conftest import mail, seen_by

pytestmark = pytest.mark.django_db(transaction=True)
TAKERS = [role for role in Role if May.TAKE_IN in ALLOWED[role]]
OTHERS = [role for role in Role if role not in TAKERS]


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "scanner"
    place.mkdir()
    return place


def watched(folder, **more):
    given = {"folder": str(folder), "still": "0", **more}
    return sources.do_add_source(kind="folder", name="Scanner", channel="email", given=given, actor=None)


def hear_once(source):
    return bringing.hear(source, lambda: True, once=True)


def test_what_is_put_in_a_folder_becomes_voices_once(folder):
    source = watched(folder)
    (folder / "een.eml").write_text(mail(1))
    (folder / "twee.eml").write_text(mail(2, "Wanneer belt u terug?"))
    assert hear_once(source).new["voices"] == 2
    source.refresh_from_db()
    assert source.heard_at is not None
    assert source.cursor
    assert hear_once(source).items == 0
    (folder / "drie.eml").write_text(mail(3, "Dank voor de hulp."))
    assert hear_once(source).new["voices"] == 1
    arrival = Arrival.objects.get()
    assert (arrival.source, arrival.name, arrival.counts["voices"]["new"]) == (source, "Scanner", 3)


def test_when_the_cursor_was_lost_nothing_doubles(folder):
    source = watched(folder)
    (folder / "een.eml").write_text(mail(1))
    hear_once(source)
    Source.objects.update(cursor="")
    source.refresh_from_db()
    assert hear_once(source).known["voices"] == 1
    assert Voice.objects.count() == 1


def test_a_folder_that_is_gone_is_trouble_with_what_to_do_and_no_trouble_when_it_is_back(folder):
    source = watched(folder)
    folder.rmdir()
    with pytest.raises(CannotReach):
        hear_once(source)
    list(bringing.hear_all_once())
    (health,) = healths(sources.sources())
    assert health.state == "trouble"
    assert health.reason is not None
    assert health.advice is not None
    folder.mkdir()
    list(bringing.hear_all_once())
    (health,) = healths(sources.sources())
    assert health.state == "well"


def test_what_went_wrong_ends_before_what_to_do_begins(folder):
    source = watched(folder)
    folder.rmdir()
    list(bringing.hear_all_once())
    page = seen_by(Role.MARKETER).get(reverse("intake:source", args=[source.public_id])).content.decode()
    assert "niet gekoppeld.</strong>" in page


def test_the_worker_hears_beside_its_other_work_and_stops_when_paused(folder):
    source = watched(folder)
    bringers = bringing.Bringers()
    try:
        bringers.look()
        (folder / "een.eml").write_text(mail(1))
        assert _soon(lambda: _voices() == 1)
        sources.do_pause(source=source, paused=True, actor=None)
        bringers.look()
        (folder / "twee.eml").write_text(mail(2))
        time.sleep(3)
        assert _voices() == 1
        sources.do_pause(source=source, paused=False, actor=None)
        bringers.look()
        assert _soon(lambda: _voices() == 2)
    finally:
        bringers.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("source")]


def _voices():
    """How many there are; the threads of one process share a database in memory, which locks whole tables."""
    try:
        return Voice.objects.count()
    except OperationalError:
        time.sleep(0.2)
        return Voice.objects.count()


def _soon(happens, seconds=20):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if happens():
            return True
        time.sleep(0.1)
    return False


def test_a_password_that_is_not_given_again_stays():
    given = {"host": "mail.delinde.nl", "user": "klacht", "password": "geheim"}
    source = sources.do_add_source(kind="imap", name="Klachten", channel="", given=given, actor=None)
    assert (source.channel, "password" in source.settings) == ("email", False)
    again = {"host": "post.delinde.nl", "user": "klacht", "password": ""}
    sources.do_change_source(source=source, name="Klachten", channel="", given=again, actor=None)
    source.refresh_from_db()
    assert (source.secret["password"], source.settings["host"]) == ("geheim", "post.delinde.nl")


def test_a_change_of_settings_begins_anew(folder, tmp_path):
    source = watched(folder)
    other = tmp_path / "andere"
    other.mkdir()
    (other / "een.eml").write_text(mail(1))
    sources.do_change_source(
        source=source, name="Andere", channel="email", given={"folder": str(other), "still": "0"}, actor=None
    )
    assert source.cursor == ""
    assert hear_once(source).new["voices"] == 1


@pytest.mark.parametrize(
    ("kind", "channel", "given"),
    [
        ("folder", "email", {}),
        ("folder", "nergens", {"folder": "/tmp"}),
        ("folder", "email", {"folder": "/tmp", "kleur": "rood"}),
        ("duif", "email", {"folder": "/tmp"}),
        ("folder", "email", {"folder": "scanner"}),
        ("forum", "", {"address": "https://forum.example.org", "sort": "phpbb"}),
        ("forum", "", {"address": "https://forum.example.org https://ander.example.org"}),
        ("forum", "", {"address": "http://forum.example.org", "key": "geheim"}),
        ("blog_feeds", "", {"feeds": "https://blog.example.org/feed", "rest": "vaak"}),
        ("imap", "", {"host": "mail.delinde.nl", "user": "klacht", "password": "geheim", "security": "none"}),
        ("x", "", {"token": "geheim"}),
        ("facebook", "", {"token": "geheim", "page": "De Linde"}),
    ],
)
def test_a_source_that_cannot_work_is_refused(kind, channel, given):
    with pytest.raises(Refused):
        sources.do_add_source(kind=kind, name="X", channel=channel, given=given, actor=None)
    assert not Source.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/feed",
        "127.1",
        "http://2130706433/",
        "https://10.1.2.3/feed",
        "https://[::1]/",
        "http://localhost:8000/feed",
        "https://printer.localhost",
        "https://169.254.169.254/latest",
        "ftp://blog.example.org/feed",
        "https://jan:geheim@blog.example.org/feed",
        "https://blog.example.org:22/feed",
    ],
)
@pytest.mark.parametrize("kind", ["blog_feeds", "forum"])
def test_an_address_that_is_never_fetched_is_refused_when_it_is_filled_in(kind, address):
    field = {"blog_feeds": "feeds", "forum": "address"}[kind]
    given = {field: address} | ({"sort": "feed"} if kind == "forum" else {})
    with pytest.raises(SettingsUnusable):
        sources.do_add_source(kind=kind, name="X", channel="", given=given, actor=None)
    page = seen_by(Role.MARKETER).post(
        reverse("intake:add_source", args=[kind]),
        {"name": "X", "set_sort": "feed", **{f"set_{name}": value for name, value in given.items()}},
    )
    assert (page.status_code, Source.objects.count()) == (422, 0)
    assert "kan zo niet worden beluisterd" in page.content.decode()


def test_settings_that_were_good_cannot_be_changed_into_ones_that_never_work():
    source = sources.do_add_source(
        kind="blog_feeds", name="Blogs", channel="", given={"feeds": "blog.example.org"}, actor=None
    )
    with pytest.raises(SettingsUnusable):
        sources.do_change_source(source=source, name="", channel="", given={"feeds": "10.0.0.1"}, actor=None)
    source.refresh_from_db()
    assert source.settings["feeds"] == "blog.example.org"


def test_a_source_that_falls_silent_against_its_habit_is_told(folder):
    source = watched(folder)
    Source.objects.update(tried_at=timezone.now())
    (folder / "een.eml").write_text(mail(1))
    hear_once(source)
    arrival, item = Arrival.objects.get(), Item.objects.get()
    for back in range(5, 40):
        copy = Item(key=back.to_bytes(32, "big"), arrival=arrival, outcome="voice", file="x", item=str(back))
        copy.save()
        Item.objects.filter(pk=copy.pk).update(at=timezone.now() - timedelta(days=back))
    assert healths(sources.sources())[0].state == "well"
    Item.objects.filter(pk=item.pk).update(at=timezone.now() - timedelta(days=5))
    (health,) = healths(sources.sources())
    assert health.state == "silent"
    assert health.silence.last == timezone.localdate() - timedelta(days=5)
    client = seen_by(Role.MARKETER)
    assert "Scanner" in client.get(reverse("today:today")).content.decode()


def addresses(source):
    return [
        reverse("intake:sources"),
        reverse("intake:source", args=[source.public_id]),
        reverse("intake:add_source", args=["folder"]),
        reverse("intake:change_source", args=[source.public_id]),
        reverse("intake:remove_source", args=[source.public_id]),
        reverse("intake:not_heard"),
    ]


def test_strangers_and_other_roles_come_nowhere(folder):
    source = watched(folder)
    for address in addresses(source):
        assert reverse("accounts:sign_in") in Client().get(address).headers["Location"]
        for role in OTHERS:
            assert seen_by(role).get(address).status_code == 403
        for role in TAKERS:
            assert seen_by(role).get(address).status_code == 200
    for role in OTHERS:
        assert seen_by(role).post(reverse("intake:pause_source", args=[source.public_id])).status_code == 403


def test_on_screen_a_source_is_added_paused_and_removed(folder):
    client = seen_by(Role.MARKETER)
    sent = {"name": "Brieven", "channel": "letter", "set_folder": str(folder), "set_still": "3"}
    where = client.post(reverse("intake:add_source", args=["folder"]), sent).headers["Location"]
    source = Source.objects.get()
    assert (source.settings["folder"], source.settings["still"], source.channel) == (str(folder), "3", "letter")
    assert str(folder) in client.get(where).content.decode()
    client.post(reverse("intake:pause_source", args=[source.public_id]), {"paused": "yes"})
    source.refresh_from_db()
    assert source.paused
    client.post(reverse("intake:remove_source", args=[source.public_id]))
    assert client.get(where).status_code == 404
    assert {"source.add", "source.pause", "source.remove"} <= set(AuditEntry.objects.values_list("action", flat=True))


def test_a_secret_stands_on_no_screen(folder):
    source = watched(folder)
    Source.objects.update(secret={"password": "zeergeheim"})
    client = seen_by(Role.MARKETER)
    for address in addresses(source):
        assert "zeergeheim" not in client.get(address).content.decode()


def test_how_a_source_is_doing_takes_a_fixed_number_of_queries(folder, django_assert_max_num_queries):
    for _ in range(5):
        watched(folder)
    with django_assert_max_num_queries(3):
        assert len(healths(sources.sources())) == 5
    with django_assert_max_num_queries(8):
        health_of(Source.objects.first())


class TestNotHeard:
    def tell(self, **more):
        given = {"what": "calls", "since": date(2026, 3, 1), "until": date(2026, 3, 31), "count": 40, "actor": None}
        return do_tell_not_heard(**{**given, **more})

    def test_it_counts_and_unknown_minutes_stay_unknown(self):
        self.tell()
        self.tell(what="letters", count=7, waited_minutes=30.0)
        calls, letters = totals()
        assert (calls.count, calls.minutes, calls.untold) == (40, None, 1)
        assert (letters.count, letters.minutes) == (7, 30.0)

    def test_the_same_period_again_replaces_it(self):
        self.tell()
        self.tell(count=50)
        assert [each.count for each in totals()] == [50]

    def test_only_periods_that_end_within_the_time_count(self):
        self.tell()
        assert totals(since=date(2026, 4, 1)) == []
        assert totals(since=date(2026, 3, 31))[0].count == 40

    @pytest.mark.parametrize("wrong", [{"what": "duiven"}, {"until": date(2026, 1, 1)}, {"count": -1}])
    def test_what_cannot_be_is_refused(self, wrong):
        with pytest.raises(Refused):
            self.tell(**wrong)
        assert not NotHeard.objects.exists()

    @pytest.mark.parametrize("table", [
        "wat;van;tot;aantal;minuten\ntelefoontjes;1-3-2026;31-3-2026;1.200;95,5\nbrieven;2026-03-01;2026-03-31;12;\n",
        "what,since,until,count,waited_minutes\ncalls,2026-03-01,2026-03-31,1200,95.5\nletters,2026-03-01,2026-03-31,12,\n",
    ])  # fmt: skip
    def test_a_table_is_taken_in(self, table):
        assert do_import_not_heard(data=table.encode(), actor=None) == 2
        assert [(each.what, each.count, each.minutes) for each in totals()] == [
            ("calls", 1200, 95.5),
            ("letters", 12, None),
        ]

    @pytest.mark.parametrize(
        ("table", "error"),
        [
            ("", ColumnsMissing),
            ("wat;aantal\nbrieven;3", ColumnsMissing),
            ("wat;van;tot;aantal\nbrieven;gisteren;vandaag;3", RowNotUsable),
            ("wat;van;tot;aantal\nbrieven;1-3-2026;2-3-2026;3\nduiven;1-3-2026;2-3-2026;3", RowNotUsable),
            ("\x00\xff", ColumnsMissing),
        ],
    )
    def test_a_table_that_cannot_be_used_leaves_nothing_behind(self, table, error):
        with pytest.raises(error):
            do_import_not_heard(data=table.encode("latin-1"), actor=None)
        assert not NotHeard.objects.exists()

    def test_on_screen_it_is_entered_undone_and_stands_on_today(self):
        client = seen_by(Role.MARKETER)
        sent = {"what": "calls", "since": "2026-03-01", "until": "2026-03-31", "count": "312", "waited_minutes": "90"}
        assert client.post(reverse("intake:not_heard"), sent).status_code == 302
        Voice.objects.create(channel="letter", text="Dag", file="x", item="1", words=1, original=_original())
        assert "312" in client.get(reverse("today:today")).content.decode()
        entry = NotHeard.objects.get()
        client.post(reverse("intake:remove_not_heard", args=[entry.public_id]))
        assert totals() == []
        client.post(reverse("intake:remove_not_heard", args=[entry.public_id]) + "?back")
        assert totals()[0].count == 312


def _original():
    from gehoor.rooms.voices.models import Original

    return Original.objects.create(sha256=b"x" * 32, media_type="text/plain", size=3, data=b"Dag")
