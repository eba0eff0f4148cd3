"""Archives, pages and feeds through intake: nothing twice, of what grew only what is new, what was found on screen."""

import gzip

import pytest
from django.test import Client
from django.urls import reverse
from tests.channels.pages.reading import fixture
from tests.channels.web_archive.archives import members, post

from gehoor.channels.base import Wishes
from gehoor.cli.hear import show
from gehoor.kernel.home import Home
from gehoor.rooms.accounts.models import User
from gehoor.rooms.intake.actions import do_listen
from gehoor.rooms.intake.models import Arrival
from gehoor.rooms.intake.own import do_add_own
from gehoor.rooms.intake.watching import progress_of
from gehoor.rooms.voices.models import Broadcast, Conversation, Reply, Voice

pytestmark = pytest.mark.django_db
ARCHIVE = "whole-archive.warc.gz"


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = Home(tmp_path / "home")
    settings.HOME.path.mkdir()


@pytest.fixture
def take_in(tmp_path):
    def take(name, data):
        path = tmp_path / name
        path.write_bytes(data)
        return do_listen(paths=[path], wishes=Wishes())

    return take


def test_the_same_archive_twice_gives_nothing_twice(take_in) -> None:
    first = take_in("hyves.warc.gz", fixture("web_archive", ARCHIVE))
    again = take_in("hyves.warc.gz", fixture("web_archive", ARCHIVE))
    renamed = take_in("kopie.warc", gzip.decompress(fixture("web_archive", ARCHIVE)))
    assert first.new["voices"] == 14
    assert [each.new["voices"] for each in (again, renamed)] == [0, 0]
    assert [each.known["voices"] for each in (again, renamed)] == [14, 14]
    assert Voice.objects.count() == 14


def test_an_archive_that_grew_brings_only_what_is_new(take_in) -> None:
    take_in("forum.warc.gz", members(post(1), post(2)))
    grown = take_in("forum.warc.gz", members(post(1), post(2), post(3)))
    assert (grown.new["voices"], grown.known["voices"]) == (1, 2)
    assert Conversation.objects.count() == 1


def test_ours_is_a_reply_to_one_and_else_said_to_all(take_in) -> None:
    for name in ("delinde", "@DeLinde_Webcare", "rob1975"):
        do_add_own(value=name, actor=None)
    take_in("hyves.warc.gz", fixture("web_archive", ARCHIVE))
    assert set(Reply.objects.values_list("native_id", flat=True)) >= {
        "hyves/krabbel/7781455",
        "hyves/krabbel/7781203",
        "forum.woonlasten.example/2003",
    }
    assert set(Broadcast.objects.values_list("native_id", flat=True)) == {"hyves/blog/31200456", "hyves/www/5550012"}
    assert not Voice.objects.filter(author__in=["De Linde", "DeLinde_Webcare", "Rob"]).exists()


def test_the_screen_of_the_arrival_tells_what_was_found_by_site(take_in) -> None:
    take_in("hyves.warc.gz", fixture("web_archive", ARCHIVE))
    client = Client()
    client.force_login(User.objects.make(email="a@delinde.nl", name="A", roles=["administrator"], password=None))
    page = client.get(reverse("intake:arrival", args=[Arrival.objects.get().public_id])).content.decode()
    text = " ".join(page.split())
    assert (
        "hyves.nl: gehoorde pagina&#x27;s 2, zonder stem 1, afbeeldingen 0, doorverwijzingen 1, fouten 1, afgekapt 0, "
        "eerder gezien 1" in text
    )
    assert "Een pagina waarop niemand iets zegt." in text


def test_what_an_archive_held_adds_up_and_its_account_is_no_item(take_in, capsys) -> None:
    for _ in range(2):
        summary = take_in("hyves.warc.gz", fixture("web_archive", ARCHIVE))
        arrival = Arrival.objects.latest("pk")
        progress = progress_of(arrival, User(roles=["administrator"]))
        assert progress.nothing_said == len(summary.nothing_said)
        assert progress.nothing_said == sum(times for _, times in progress.silent) + progress.silent_otherwise
        kept = sum(each.new + each.known for each in progress.kept)
        assert progress.items == kept + progress.nothing_said + progress.waiting + progress.refused
        sites = {str(account.values["site"]): account.values for _, account in summary.accounts}
        assert (sites["hyves.nl"]["heard"], sites["hyves.nl"]["silent"]) == (2, 1)
        capsys.readouterr()
        show(summary, 1.0)
        assert "hyves.nl: gehoorde pagina's 2, zonder stem 1" in " ".join(capsys.readouterr().out.split())
    first = progress_of(Arrival.objects.earliest("pk"), User(roles=["administrator"]))
    assert len(first.accounts) == len(sites)
    assert first.silent_otherwise == 0


def test_a_cut_archive_says_so_and_keeps_what_it_gave(take_in) -> None:
    summary = take_in("forum.warc.gz", gzip.compress((post(1) + post(2)) * 30)[:-20])
    assert summary.new["voices"] == 2
    assert {each.code for each in summary.refused} == {"damaged"} | {
        each.code for each in summary.refused if each.code == "record_broken"
    }


def test_a_page_and_its_feed_are_heard_once_and_the_fuller_text_is_kept_beside(take_in) -> None:
    take_in("feed.xml", fixture("blog", "whole-feed-rss.xml"))
    summary = take_in("artikel.html", fixture("blog", "whole-wordpress.html"))
    assert (summary.new["voices"], summary.known["voices"]) == (3, 1)
    article = Voice.objects.get(native_id="kleingelukinkampen.example/2023/06/vijf-maanden-wachten")
    assert article.later_versions.count() == 1
