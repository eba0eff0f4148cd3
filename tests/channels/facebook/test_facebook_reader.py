"""What Facebook gives: its broken text mended once, conversations by turns, posts and what was written under them."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.channels.base import Document, Heard, Identity, NothingSaid, Outcome, Wishes
from gehoor.channels.facebook import reader
from gehoor.channels.facebook.mending import is_broken, mended
from gehoor.channels.facebook.reader import NOTHING_IN_IT, READER
from gehoor.channels.registry import reader_for
from gehoor.kernel.errors import CannotRead

FIXTURES = Path(reader.__file__).parent / "fixtures"
Said = tuple[str, str]


def document(data: bytes | str, name: str = "message_1.json") -> Document:
    held = data.encode() if isinstance(data, str) else data
    return Document(name, len(held), lambda: io.BytesIO(held))


def fixture(name: str, wishes: Wishes | None = None) -> list[Outcome]:
    return list(READER.read(document((FIXTURES / name).read_bytes(), name), wishes or Wishes()))


def heard(found: list[Outcome]) -> list[Heard]:
    return [each for each in found if isinstance(each, Heard)]


def said(found: list[Outcome]) -> list[Said]:
    return [(each.direction.value, each.text) for each in heard(found)]


def as_facebook_writes(value: object) -> str:
    return json.dumps(json.loads(json.dumps(value, ensure_ascii=False).encode().decode("latin-1")))


class TestMending:
    @given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
    def test_what_facebook_breaks_is_mended(self, text: str) -> None:
        data = as_facebook_writes({"a": text})
        assert mended(json.loads(data)) == {"a": text} or text.isascii()

    @given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
    def test_it_is_mended_once_and_only_where_it_is_broken(self, text: str) -> None:
        twice = as_facebook_writes(json.loads(as_facebook_writes({"a": text})))
        assert mended(json.loads(twice)) == json.loads(as_facebook_writes({"a": text}))

    @pytest.mark.parametrize(
        ("data", "broken"),
        [
            ('{"a": "\\u00c3\\u00a9"}', True),
            ('{"a": "é"}', False),
            ('{"a": "\\u20ac"}', False),
            ('{"a": "\\\\u20ac \\u00c3\\u00a9"}', True),
            ('{"a": "abc"}', True),
        ],
    )
    def test_a_file_is_broken_when_it_is_ascii_and_escapes_bytes_only(self, data: str, broken: bool) -> None:
        assert is_broken(document(data)) is broken

    def test_a_sign_on_the_edge_of_two_pieces_is_seen(self) -> None:
        for shift in range(8):
            data = '"' + "a" * ((1 << 20) - shift) + '\\u20ac"'
            assert not is_broken(document(data))

    def test_text_of_a_proper_file_stays_as_it_is(self) -> None:
        assert said(fixture("minimal-proper.json")) == [("voice", "Staat er nu echt Ã© in jullie brief?")]


class TestThreads:
    def test_a_conversation_is_told_from_its_beginning_a_turn_at_a_time(self) -> None:
        found = fixture("whole-message_1.json")
        assert said(found) == [
            ("voice", "Hallo\nIk wacht al drie weken op mijn bouwdepot…"),
            ("reply", "Beste Zoë, het geld is onderweg: € 12.000."),
            ("voice", "Dank u 😀"),
        ]
        first = heard(found)[0]
        assert (first.channel, first.author) == ("facebook", "Zoë Jansen")
        assert first.said_at == datetime(2026, 3, 1, 9, tzinfo=UTC) and first.identities == ()
        assert len({each.conversation for each in heard(found)}) == 1

    def test_it_is_known_again_in_another_file_of_the_same_conversation(self) -> None:
        whole = json.loads((FIXTURES / "whole-message_1.json").read_text())
        grown = {
            **whole,
            "messages": [
                {"sender_name": "Zo\u00c3\u00ab Jansen", "timestamp_ms": 1782359500000, "content": "Nog iets"},
                *whole["messages"],
            ],
        }
        before = heard(fixture("whole-message_1.json"))
        after = heard(list(READER.read(document(json.dumps(grown), "inbox/zoe/message_2.json"), Wishes())))
        assert [each.native_id for each in after][:3] == [each.native_id for each in before]
        assert all(each.id_is_global for each in after) and after[3].conversation == before[0].conversation

    def test_instagram_is_a_chat(self) -> None:
        data = (FIXTURES / "whole-message_1.json").read_bytes()
        found = heard(
            list(READER.read(document(data, "instagram-delinde.zip/messages/inbox/zoe/message_1.json"), Wishes()))
        )
        assert {each.channel for each in found} == {"chat"}

    def test_between_names_of_which_none_is_known_it_waits(self) -> None:
        data = json.dumps({"messages": [{"sender_name": name, "timestamp_ms": 1579294140000 + at, "content": "Dag"}
                                        for at, name in enumerate(("Jan", "Piet"))]})  # fmt: skip
        it = document(data)
        assert reader_for(it, Wishes()) is READER
        with pytest.raises(CannotRead) as told:
            list(READER.read(it, Wishes()))
        assert told.value.code == "who_is_we_needed"
        wishes = Wishes(mapping={"ours": "Piet"})
        assert reader_for(it, wishes) is READER
        assert sorted(said(list(READER.read(it, wishes)))) == [("reply", "Dag"), ("voice", "Dag")]

    @pytest.mark.parametrize("text", ["Zoë sent an attachment.", "Liked a message", "Reacted ❤ to your message "])
    def test_words_of_the_program_say_nothing(self, text: str) -> None:
        data = json.dumps({"messages": [{"sender_name": "A", "timestamp_ms": 1, "content": text}], "title": "A"})
        assert heard(list(READER.read(document(data), Wishes()))) == []


class TestActivity:
    def test_own_posts_are_broadcasts(self) -> None:
        found = fixture("whole-your_posts_1.json")
        assert said(found) == [("broadcast", "Onze cliëntendag is op 3 mei.")]
        assert isinstance(found[1], NothingSaid)

    def test_comments_are_replies_unless_under_ones_own_post(self) -> None:
        assert said(fixture("whole-comments.json")) == [
            ("reply", "Wat vervelend Zoë, we bellen u."),
            ("broadcast", "Aanmelden kan nog!"),
        ]

    def test_what_others_wrote_to_us_is_a_voice(self) -> None:
        assert said(fixture("whole-timeline.json")) == [("voice", "Drie weken wachten, onbehoorlijk!")]

    def test_the_same_words_twice_count_twice_and_are_known_again(self) -> None:
        post = {"timestamp": 1772355600, "data": [{"post": "Dag"}]}
        twice = heard(list(READER.read(document(json.dumps([post, post]), "your_posts_1.json"), Wishes())))
        once = heard(list(READER.read(document(json.dumps(post), "your_posts_2.json"), Wishes())))
        assert len({each.native_id for each in twice}) == 2 and once[0].native_id == twice[0].native_id

    def test_other_parts_of_a_download_say_nothing_and_keep_nothing_of_anyone(self) -> None:
        it = document('{"ip": "203.0.113.9"}', "facebook-x.zip/security_and_login_information/ip.json")
        assert reader_for(it, Wishes()) is READER
        (only,) = READER.read(it, Wishes())
        assert isinstance(only, NothingSaid) and only.reason == NOTHING_IN_IT and b"203" not in only.original


class TestGraph:
    def test_a_page_speaks_to_everyone_and_answers_and_people_write_under_it(self) -> None:
        found = heard(fixture("whole-graph.json"))
        assert [(each.native_id, each.direction.value, each.thread) for each in found] == [
            ("100_200", "broadcast", ()),
            ("200_1", "voice", ("100_200",)),
            ("200_2", "reply", ("100_200", "200_1")),
            ("100_201", "voice", ()),
        ]
        assert found[1].identities == (Identity("handle", "555", "facebook"),) and found[2].identities == ()
        assert b"comments" not in found[0].original

    def test_an_error_instead_of_posts_says_so(self) -> None:
        with pytest.raises(CannotRead) as told:
            fixture("broken-graph-error.json")
        assert told.value.code == "facebook_api_refused"


class TestBadInput:
    @settings(max_examples=80, deadline=None)
    @given(st.sampled_from(sorted(path.name for path in FIXTURES.iterdir())), st.data())
    def test_a_mutated_fixture_stays_within_the_contract(self, name: str, data: st.DataObject) -> None:
        whole = bytearray((FIXTURES / name).read_bytes())
        for _ in range(data.draw(st.integers(1, 8))):
            at = data.draw(st.integers(0, len(whole) - 1))
            whole[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
        it = document(bytes(whole), name)
        assert 0 <= READER.recognise(it, Wishes()).confidence <= 1
        try:
            found = list(READER.read(it, Wishes(mapping={"ours": "Hypotheekhuis De Linde"})))
        except CannotRead:
            return
        for each in found:
            assert each.position and each.original
            if isinstance(each, Heard):
                each.text.encode()
                assert "\0" not in each.text

    @pytest.mark.parametrize("data", ['[{"text": "a"}]', '{"messages": []}', "[]", '{"data": []}', "tekst"])
    def test_other_json_is_not_its_own(self, data: str) -> None:
        assert READER.recognise(document(data, "a.json"), Wishes()).confidence == 0

    def test_deep_and_large(self) -> None:
        deep = '{"messages":' + '[{"sender_name":' * 50_000
        assert not heard(list(READER.read(document(deep), Wishes())))
        whole = '{"title":"A","participants":[{"name":"A"},{"name":"B"}],"messages":['
        whole += json.dumps({"sender_name": "A", "timestamp_ms": 1, "content": "x" * 5_000_000})
        whole += ',{"sender_name":"A","timestamp_ms":2,"content":"Hallo"}]}'
        assert said(list(READER.read(document(whole), Wishes()))) == [("voice", "Hallo")]
