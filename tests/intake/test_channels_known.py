"""Exports of chats, X, Facebook and reviews: the same twice gives nothing twice, a grown one brings what is new."""

import json
import zipfile
from pathlib import Path

import pytest
from django.urls import reverse
from tests.intake.conftest import listen, seen_by

from gehoor.channels import blog, chat, facebook, mastodon, review, x
from gehoor.channels.base import Wishes
from gehoor.rooms.accounts.roles import Role
from gehoor.rooms.intake.models import Item, Outcome
from gehoor.rooms.intake.own import do_add_own
from gehoor.rooms.intake.retrying import do_try_again
from gehoor.rooms.voices.models import Attachment, Broadcast, Conversation, LaterVersion, Reply, Voice

pytestmark = pytest.mark.django_db

CHAT = """12-03-2026 09:14 - Anja: Ik wacht op mijn geld
12-03-2026 09:21 - De Linde: Ik zoek het uit
"""
MORE = """13-03-2026 16:30 - Anja: Het geld is binnen
13-03-2026 16:31 - De Linde: Fijn!
13-03-2026 18:00 - Anja: Dank
"""
NAME = "WhatsApp-chat met Anja.txt"


def said(model: type[Voice] | type[Reply] | type[Broadcast]) -> list[str]:
    return sorted(model._default_manager.values_list("text", flat=True))


@pytest.mark.parametrize("package", [chat, facebook, mastodon, review, x], ids=lambda package: package.__name__)
def test_every_fixture_twice_gives_nothing_twice(package, post) -> None:
    fixtures = sorted((Path(package.__file__).parent / "fixtures").iterdir())
    paths = [path for path in fixtures if path.name.startswith(("whole", "minimal"))]
    listen(*paths, channel="", mapping={})
    before = (Voice.objects.count(), Reply.objects.count(), Broadcast.objects.count(), Item.objects.count())
    again = listen(*paths, channel="", mapping={})
    assert before[0] + before[2] > 0
    assert not any(again.new.values())
    assert before == (Voice.objects.count(), Reply.objects.count(), Broadcast.objects.count(), Item.objects.count())


@pytest.mark.parametrize("name", [NAME, "WhatsApp-chat met Anja (1).txt"])
def test_a_grown_chat_brings_its_new_turns_into_the_same_conversation(post, name: str) -> None:
    listen(post(NAME, CHAT), channel="", mapping={})
    summary = listen(post(name, CHAT + MORE), channel="", mapping={})
    assert (summary.new["voices"], summary.known["voices"]) == (2, 1)
    assert said(Voice) == ["Dank", "Het geld is binnen", "Ik wacht op mijn geld"]
    assert said(Reply) == ["Fijn!", "Ik zoek het uit"]
    assert Conversation.objects.count() == 1
    assert Reply.objects.get(text="Fijn!").answers == Voice.objects.get(text="Het geld is binnen")


def test_however_a_chat_grows_everything_is_heard_once(post) -> None:
    lines = (CHAT + MORE).splitlines(keepends=True)
    lines[1:1] = ["12-03-2026 09:15 - Anja: al drie weken\n", "12-03-2026 09:16 - Anja: en niemand belt\n"]
    for count in range(1, len(lines) + 1):
        listen(post(NAME, "".join(lines[:count])), channel="", mapping={})
    assert said(Voice) == sorted(
        ["Ik wacht op mijn geld", "al drie weken", "en niemand belt", "Het geld is binnen", "Dank"]
    )
    assert said(Reply) == ["Fijn!", "Ik zoek het uit"]
    assert not any(listen(post(NAME, "".join(lines)), channel="", mapping={}).new.values())
    assert Conversation.objects.count() == 1
    assert not LaterVersion.objects.exists()


def test_what_was_edited_in_a_known_turn_is_kept_as_a_later_version_and_not_doubled(post) -> None:
    first = "12-03-2026 09:14 - Anja: Ik wacht\n"
    listen(post(NAME, first + "12-03-2026 09:15 - Anja: al drie weken\n"), channel="", mapping={})
    listen(
        post(NAME, first + "12-03-2026 09:15 - Anja: al vier weken <Dit bericht is bewerkt>\n"), channel="", mapping={}
    )
    assert said(Voice) == ["Ik wacht\nal drie weken"]
    assert LaterVersion.objects.get().text == "Ik wacht\nal vier weken"


def test_the_same_chat_as_text_and_in_its_archive_is_known_and_its_photo_is_kept(post, tmp_path: Path) -> None:
    written = CHAT + "14-03-2026 10:00 - Anja: IMG-20260314-WA0001.jpg (bestand bijgevoegd)\nDe factuur\n"
    with zipfile.ZipFile(tmp_path / "WhatsApp-chat met Anja.zip", "w") as archive:
        archive.writestr("IMG-20260314-WA0001.jpg", b"\xff\xd8\xff\xe0 foto")
        archive.writestr(NAME, written)
    listen(tmp_path / "WhatsApp-chat met Anja.zip", channel="", mapping={})
    assert said(Voice) == ["De factuur", "Ik wacht op mijn geld"]
    assert Attachment.objects.get().name == "IMG-20260314-WA0001.jpg"
    assert not any(listen(post(NAME, written), channel="", mapping={}).new.values())


def test_a_chat_of_which_nobody_knows_who_is_us_waits_until_the_setting_says_it(post) -> None:
    summary = listen(post("gesprek.txt", CHAT), channel="", mapping={})
    assert [each.code for each in summary.waiting] == ["who_is_we_needed"]
    page = seen_by(Role.MARKETER).get(reverse("intake:unread")).content.decode()
    assert "De namen erin: Anja, De Linde" in page
    assert summary.waiting[0].names == ("Anja", "De Linde")
    do_add_own(value="De Linde", actor=None)
    do_try_again(item=Item.objects.get(outcome=Outcome.WAITING), wishes=Wishes(), actor=None)
    assert (said(Voice), said(Reply)) == (["Ik wacht op mijn geld"], ["Ik zoek het uit"])


def test_our_own_posts_are_no_voices_once_the_setting_knows_our_handle(post) -> None:
    do_add_own(value="@DeLinde", actor=None)
    listen(Path(x.__file__).parent / "fixtures" / "whole-search.json", channel="", mapping={})
    assert len(said(Voice)) == 2
    assert said(Reply) == ["@anja_klus Wat vervelend, we zoeken het uit."]
    assert said(Broadcast) == ["Wij zijn vandaag tot vijf uur bereikbaar."]
    assert Reply.objects.get().answers == Voice.objects.get(native_id="2001")


def test_a_whole_archive_of_x(post, tmp_path: Path) -> None:
    fixtures = Path(x.__file__).parent / "fixtures"
    with zipfile.ZipFile(tmp_path / "twitter.zip", "w") as archive:
        for name, path in {
            "tweets": "whole-tweets",
            "direct-messages": "whole-direct-messages",
            "account": "account",
            "note-tweet": "note-tweet",
            "ad-engagements": "broken-ad-engagements",
        }.items():
            archive.writestr(f"data/{name}.js", (fixtures / f"{path}.js").read_bytes())
    summary = listen(tmp_path / "twitter.zip", channel="", mapping={})
    assert not summary.refused and not summary.waiting
    assert (Voice.objects.count(), Reply.objects.count(), Broadcast.objects.count()) == (2, 2, 3)
    assert Broadcast.objects.filter(text__endswith="dan de betaling.").exists()


def test_a_review_whose_owner_answers_later_gets_its_reply(post) -> None:
    whole = {
        "reviews": [{"reviewId": "1", "starRating": "ONE", "comment": "Te laat", "createTime": "2026-03-01T10:00:00Z"}]
    }
    listen(post("reviews.json", json.dumps(whole)), channel="", mapping={})
    whole["reviews"][0]["reviewReply"] = {"comment": "Sorry", "updateTime": "2026-03-02T10:00:00Z"}  # type: ignore[assignment]
    listen(post("reviews (1).json", json.dumps(whole)), channel="", mapping={})
    assert Voice.objects.get().score == 1
    assert Reply.objects.get().answers == Voice.objects.get()


def test_a_feed_that_came_cut_off_and_then_in_whole_is_heard_once(post) -> None:
    whole = (Path(blog.__file__).parent / "fixtures" / "whole-feed-rss.xml").read_text()
    cut = whole[: whole.rindex("</item>") - 40]
    first = listen(post("feed.xml", cut), channel="", mapping={})
    assert ([each.code for each in first.refused], first.new["voices"]) == (["feed_cut"], 1)
    assert cut.endswith(bytes(Item.objects.get(code="feed_cut").original.data).decode())
    listen(post("feed.xml", whole), channel="", mapping={})
    assert sum(listen(post("feed.xml", whole), channel="", mapping={}).known.values()) == Voice.objects.count() == 2
