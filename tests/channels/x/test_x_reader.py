"""The archive of X and answers of its interface: posts, replies and broadcasts, each once."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.channels.base import Direction, Document, Heard, Identity, NothingSaid, Outcome, Unreadable, Wishes
from gehoor.channels.registry import reader_for
from gehoor.channels.x import reader
from gehoor.channels.x.archive import NOTHING_IN_IT, WITH_ITS_POST
from gehoor.channels.x.post import PASSED_ON
from gehoor.channels.x.reader import READER
from gehoor.kernel.errors import CannotRead

FIXTURES = Path(reader.__file__).parent / "fixtures"
OURS = Wishes(is_own=lambda identity: identity.value.lower() == "@delinde")


def document(data: bytes | str, name: str, **beside: bytes | str) -> Document:
    held = data.encode() if isinstance(data, str) else data
    others = {each.replace("_", "-") + ".js": document(what, f"{each}.js") for each, what in beside.items()}
    return Document(name, len(held), lambda: io.BytesIO(held), beside=lambda: others)


def archived(part: str, *items: object) -> str:
    return f"window.YTD.{part}.part0 = {json.dumps(items)}"


ACCOUNT = archived("account", {"account": {"username": "delinde", "accountId": "77", "accountDisplayName": "De Linde"}})


def fixture(name: str, wishes: Wishes = OURS) -> list[Outcome]:
    return list(READER.read(document((FIXTURES / name).read_bytes(), name, account=ACCOUNT), wishes))


def heard(found: list[Outcome]) -> list[Heard]:
    return [each for each in found if isinstance(each, Heard)]


def tweet(number: int, text: str = "Hallo", **more: str) -> dict[str, dict[str, str]]:
    return {"tweet": {"id_str": str(number), "full_text": text, "created_at": "Sun Mar 01 10:00:00 +0000 2026", **more}}


class TestArchive:
    def test_own_posts_are_broadcasts_and_what_answers_a_person_is_a_reply(self) -> None:
        found = heard(fixture("whole-tweets.js"))
        assert [(each.native_id, each.direction) for each in found] == [
            ("1001", Direction.TO_EVERYONE),
            ("1002", Direction.TO_CUSTOMER),
            ("1003", Direction.TO_EVERYONE),
            ("1005", Direction.TO_EVERYONE),
        ]
        assert found[0].text == "Onze app ligt eruit. Wij werken eraan & houden u op de hoogte."
        assert found[0].said_at == datetime(2026, 3, 1, 10, tzinfo=UTC)
        assert (found[1].recipients, found[1].thread) == ((Identity("handle", "@anja_klus", "x"),), ("900",))
        assert found[2].thread == ("1001",)

    def test_what_passes_on_anothers_words_says_nothing(self) -> None:
        assert [each.reason for each in fixture("whole-tweets.js") if isinstance(each, NothingSaid)] == [PASSED_ON]

    def test_a_long_post_is_whole_and_told_once(self) -> None:
        notes = (FIXTURES / "note-tweet.js").read_text()
        posts = (FIXTURES / "whole-tweets.js").read_text()
        found = heard(list(READER.read(document(posts, "tweets.js", note_tweet=notes), OURS)))
        assert found[-1].text.endswith("eerst de factuur, dan de controle, dan de betaling.")
        (only,) = READER.read(document(notes, "note-tweet.js", tweets=posts), OURS)
        assert isinstance(only, NothingSaid) and only.reason == WITH_ITS_POST

    def test_without_the_file_of_the_account_a_thread_of_ones_own_counts_as_answering(self) -> None:
        data = archived("tweets", tweet(1, in_reply_to_screen_name="delinde", in_reply_to_user_id_str="77"))
        (one,) = heard(list(READER.read(document(data, "tweets.js"), OURS)))
        assert one.direction is Direction.TO_CUSTOMER
        (same,) = heard(list(READER.read(document(data, "tweets.js", account=ACCOUNT), OURS)))
        assert same.direction is Direction.TO_EVERYONE

    def test_direct_messages_are_voices_and_replies_in_one_conversation(self) -> None:
        found = heard(fixture("whole-direct-messages.js"))
        assert [(each.direction.value, each.conversation) for each in found] == [
            ("voice", "dm-55-77"),
            ("reply", "dm-55-77"),
            ("voice", "dm-66-77"),
        ]
        alone = list(
            READER.read(document((FIXTURES / "whole-direct-messages.js").read_bytes(), "direct-messages.js"), OURS)
        )
        assert [each.direction for each in heard(alone)] == [each.direction for each in found]

    def test_messages_of_which_nobody_knows_who_is_us_wait(self) -> None:
        data = archived("direct_messages", {"dmConversation": {"conversationId": "1-2", "messages": [
            {"messageCreate": {"id": "5", "senderId": "1", "text": "Hallo"}}]}})  # fmt: skip
        with pytest.raises(CannotRead) as told:
            list(READER.read(document(data, "direct-messages.js"), OURS))
        assert told.value.code == "x_account_needed" and told.value.retry_helps

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("twitter-2026.zip/data/manifest.js", b'window.__THAR_CONFIG = {"userInfo": {"userName": "delinde"}}'),
            ("twitter-2026.zip/Your archive.html", b"<html><body>archive</body></html>"),
            ("data/tweets_media/1234567-AbC_d-9.jpg", b"\xff\xd8\xff\xe0 a picture"),
            ("twitter-2026-11-01-ab12.zip/assets/js/main.js", b"const a = 1;"),
        ],
    )
    def test_what_an_archive_brings_to_be_looked_at_says_nothing(self, name: str, data: bytes) -> None:
        brought = document(data, name)
        assert READER.recognise(brought, Wishes()).confidence > 0.9
        (only,) = READER.read(brought, Wishes())
        assert isinstance(only, NothingSaid) and only.reason == NOTHING_IN_IT
        assert b"delinde" not in only.original

    @pytest.mark.parametrize("name", ["brieven/1234567-AbC.jpg", "assets/images/brief.png", "archive.html"])
    def test_what_is_of_no_archive_is_left_to_others(self, name: str) -> None:
        brought = document(b"abc", name)
        assert READER.recognise(brought, Wishes()).confidence == 0

    def test_other_parts_say_nothing_and_keep_nothing_of_anyone(self) -> None:
        data = archived("ip_audit", {"ipAudit": {"loginIp": "203.0.113.9"}})
        it = document(data, "data/ip-audit.js")
        assert reader_for(it, Wishes()) is READER
        (only,) = READER.read(it, Wishes())
        assert isinstance(only, NothingSaid) and only.reason == NOTHING_IN_IT
        assert b"203.0.113.9" not in only.original

    def test_parts_and_old_names(self) -> None:
        for name, part in (
            ("tweet.js", "tweet"),
            ("tweets-part1.js", "tweets"),
            ("community-tweet.js", "community_tweet"),
        ):
            data = archived(part, tweet(1)).replace("part0", "part12")
            assert [each.native_id for each in heard(list(READER.read(document(data, name), OURS)))] == ["1"]

    def test_other_javascript_is_not_its_own(self) -> None:
        assert READER.recognise(document("window.location = [1]", "a.js"), Wishes()).confidence == 0


class TestAnswers:
    def test_posts_of_a_page(self) -> None:
        found = heard(fixture("whole-search.json"))
        assert [(each.native_id, each.direction.value) for each in found] == [
            ("2001", "voice"),
            ("2002", "reply"),
            ("2003", "voice"),
            ("2005", "broadcast"),
        ]
        assert found[0].identities == (Identity("handle", "@anja_klus", "x"),) == found[1].recipients
        assert (found[1].thread, found[1].identities) == (("2001",), ())
        assert found[2].text.endswith("Wie helpt?") and found[2].quoted == "Onze app ligt eruit."
        assert found[2].author == "Bert"

    def test_without_our_handle_in_the_settings_everything_is_a_voice(self) -> None:
        assert {each.direction for each in heard(fixture("whole-search.json", Wishes()))} == {Direction.FROM_CUSTOMER}

    @pytest.mark.parametrize("shape", ["lines", "array", "whole", "after each other"])
    def test_pages_that_were_saved_together(self, shape: str) -> None:
        lines = (FIXTURES / "whole-lines.jsonl").read_text().splitlines()
        data = {
            "lines": "\n".join(lines),
            "array": f"[{','.join(lines)}]",
            "whole": lines[0],
            "after each other": "".join(json.dumps(json.loads(each), indent=2) for each in lines),
        }[shape]
        found = heard(list(READER.read(document(data, "pagina.json"), OURS)))
        assert [each.native_id for each in found][:4] == ["2001", "2002", "2003", "2005"]
        assert len(found) == (4 if shape == "whole" else 5)

    def test_posts_by_themselves_with_their_author_inside(self) -> None:
        posts = [
            {"id": "1", "text": "a", "author_id": "5", "author": {"id": "5", "username": "jan", "name": "Jan"}},
            {"id_str": "2", "full_text": "b &lt;3", "created_at": "Sun Mar 01 10:00:00 +0000 2026",
             "user": {"id_str": "6", "screen_name": "piet", "name": "Piet"}, "in_reply_to_screen_name": "delinde"},
        ]  # fmt: skip
        for data in (json.dumps(posts), "\n".join(map(json.dumps, posts))):
            one, two = heard(list(READER.read(document(data, "posts.json"), OURS)))
            assert (one.identities[0].value, two.identities[0].value) == ("@jan", "@piet")
            assert (two.text, two.said_at) == ("b <3", datetime(2026, 3, 1, 10, tzinfo=UTC))

    def test_an_edited_post_has_the_id_of_its_first_version(self) -> None:
        data = json.dumps({"data": [{"id": "9", "text": "b", "edit_history_tweet_ids": ["8", "9"], "author_id": "1"}]})
        assert heard(list(READER.read(document(data, "a.json"), OURS)))[0].native_id == "8"

    def test_an_error_instead_of_posts_says_so(self) -> None:
        unauthorised = {"title": "Unauthorized", "type": "https://api.twitter.com/2/problems/not-authorized"}
        for data in ((FIXTURES / "broken-refused.json").read_text(), json.dumps(unauthorised)):
            it = document(data, "a.json")
            assert reader_for(it, Wishes()) is READER
            with pytest.raises(CannotRead) as told:
                list(READER.read(it, OURS))
            assert told.value.code == "x_api_refused"

    def test_other_json_is_not_its_own(self) -> None:
        for data in ('[{"text": "a", "id": 1}]', '{"data": [{"text": "a"}]}', "[]", '{"messages": []}'):
            assert READER.recognise(document(data, "a.json"), Wishes()).confidence == 0


class TestBadInput:
    @settings(max_examples=80, deadline=None)
    @given(st.sampled_from(sorted(path.name for path in FIXTURES.iterdir())), st.data())
    def test_a_mutated_fixture_stays_within_the_contract(self, name: str, data: st.DataObject) -> None:
        whole = bytearray((FIXTURES / name).read_bytes())
        for _ in range(data.draw(st.integers(1, 8))):
            at = data.draw(st.integers(0, len(whole) - 1))
            whole[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
        it = document(
            bytes(whole), name, account=data.draw(st.sampled_from([ACCOUNT, "window.YTD.account.part0 = [{"]))
        )
        assert 0 <= READER.recognise(it, Wishes()).confidence <= 1
        try:
            found = list(READER.read(it, OURS))
        except CannotRead:
            return
        for each in found:
            assert each.position and each.original
            if isinstance(each, Heard):
                each.text.encode()
                assert "\0" not in each.text

    def test_a_broken_post_among_good_ones(self) -> None:
        data = archived(
            "tweets", tweet(1), {"tweet": {"full_text": "zonder id"}}, 3, tweet(4, "x" * 5_000_000), tweet(5)
        )
        found = list(READER.read(document(data, "tweets.js"), OURS))
        assert [type(each) for each in found] == [Heard, Unreadable, Unreadable, Unreadable, Heard]
        assert [each.error.code for each in found if isinstance(each, Unreadable)] == [
            "damaged",
            "damaged",
            "too_large",
        ]

    def test_a_file_that_is_cut_off_gives_what_came_before(self) -> None:
        whole = archived("tweets", tweet(1), tweet(2), tweet(3))
        found = list(READER.read(document(whole[: whole.index('"3"')], "tweets.js"), OURS))
        assert [type(each) for each in found] == [Heard, Heard, Unreadable]

    def test_an_empty_part(self) -> None:
        with pytest.raises(CannotRead):
            list(READER.read(document("window.YTD.tweets.part0 = []", "tweets.js"), OURS))
