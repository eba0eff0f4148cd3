"""Transcripts: the customer's words are the voice, the adviser's the reply, and every word keeps its time."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.channels.base import Direction, Document, Heard, Outcome, Wishes
from gehoor.channels.call import reader
from gehoor.channels.call.reader import READER
from gehoor.channels.call.roles import Role, person_named, role_named
from gehoor.channels.call.transcripts import LARGEST
from gehoor.channels.registry import reader_for
from gehoor.kernel.errors import CannotRead, Damaged, TooLarge

FIXTURES = Path(reader.__file__).parent / "fixtures"


def document(data: bytes | str, name: str) -> Document:
    held = data.encode() if isinstance(data, str) else data
    return Document(name, len(held), lambda: BytesIO(held))


def outcomes(data: bytes | str, name: str) -> list[Outcome]:
    return list(READER.read(document(data, name), Wishes()))


def sides(data: bytes | str, name: str) -> tuple[str, str]:
    """What the customer says, and what the adviser does."""
    heard = [each for each in outcomes(data, name) if isinstance(each, Heard)]
    said = {each.direction: each.text for each in heard}
    return said.get(Direction.FROM_CUSTOMER, ""), said.get(Direction.TO_CUSTOMER, "")


def fixture(name: str) -> tuple[Heard, Heard]:
    voice, reply = outcomes((FIXTURES / name).read_bytes(), name)
    assert isinstance(voice, Heard) and isinstance(reply, Heard)
    return voice, reply


def timed(heard: Heard) -> list[tuple[str, float | None, float | None]]:
    assert heard.transcription is not None
    return [(heard.text[word.start : word.end], word.begins, word.ends) for word in heard.transcription.words]


WHOLE = sorted(path.name for path in FIXTURES.iterdir() if path.name.startswith(("whole", "minimal")))


@pytest.mark.parametrize("name", WHOLE)
def test_the_adviser_answers_the_customer_in_one_conversation_and_both_share_the_original(name: str) -> None:
    voice, reply = fixture(name)
    assert (voice.direction, reply.direction) == (Direction.FROM_CUSTOMER, Direction.TO_CUSTOMER)
    assert reply.thread == (voice.native_id,)
    assert reply.conversation == voice.conversation != ""
    assert reply.native_id != voice.native_id
    assert voice.id_is_global
    assert reply.original == voice.original == (FIXTURES / name).read_bytes()


@pytest.mark.parametrize("name", WHOLE)
def test_the_same_transcript_under_another_name_has_the_same_id(name: str) -> None:
    data = (FIXTURES / name).read_bytes()
    first, *_ = outcomes(data, name)
    other, *_ = outcomes(data, f"map/kopie-{name}")
    assert isinstance(first, Heard) and isinstance(other, Heard)
    assert first.native_id == other.native_id != ""


def test_webvtt_takes_voice_tags_and_leaves_notes_styles_and_markup() -> None:
    voice, reply = fixture("whole-voices.vtt")
    assert timed(voice) == [
        ("Ik wacht al drie weken op de uitbetaling van mijn bouwdepot.", 4.2, 9.0),
        ("De aannemer & ik worden er moe van.", 9.1, 11.0),
        ("Graag, dank u wel.", 15.5, 17.0),
    ]
    assert voice.text.count("\n") == 1
    assert "notitie" not in voice.text + reply.text
    assert voice.duration_seconds == 17.0
    assert (voice.author, reply.adviser) == ("Mevrouw Jansen", "Karin")


def test_subrip_in_an_old_encoding_with_names_before_the_words() -> None:
    voice, reply = fixture("whole-latin.srt")
    assert "caféhouders" in voice.text
    assert reply.text == "Uw risicoklasse is nog niet opnieuw bekeken, dat doen we op verzoek."
    assert timed(reply)[0][1:] == (4.5, 8.25)


def test_contact_lens_takes_roles_by_participant_and_leaves_the_menu_out() -> None:
    voice, reply = fixture("whole-contact-lens.json")
    assert voice.text == "Over de boete bij oversluiten, die klopt niet.\nIk wil het op papier hebben."
    assert "opgenomen" not in reply.text
    assert voice.duration_seconds == 21.5
    assert voice.conversation == "0f1e2d3c-0000-4000-8000-000000000001"


def test_genesys_counts_from_the_start_of_the_call_and_gives_each_word() -> None:
    voice, reply = fixture("whole-genesys.json")
    assert timed(voice)[:2] == [("ik", 3.0, 3.2), ("verhuis", 3.2, pytest.approx(3.8))]
    assert reply.text.splitlines()[0] == "Met De Linde, goedemorgen."
    assert voice.transcription is not None
    assert voice.transcription.words[3].confidence == 0.5
    assert [each.value for each in voice.identities] == ["+31612345678"]
    assert voice.said_at is not None
    assert voice.said_at.isoformat() == "2026-03-14T09:15:01+00:00"


def test_a_typed_transcript_keeps_lines_that_go_on_and_the_times_that_stand_there() -> None:
    voice, _ = fixture("whole-typed.txt")
    assert voice.text == "Ik kan niet inloggen in de app. Al sinds gisteren niet.\nEen wit scherm, verder niets."
    assert [begins for _, begins, _ in timed(voice)] == [6.0, 18.0]


def test_every_word_stands_where_it_is_said_to_stand() -> None:
    for name in WHOLE:
        for heard in fixture(name):
            assert heard.transcription is not None
            places = [(word.start, word.end) for word in heard.transcription.words]
            assert places == sorted(places)
            assert all(heard.text[start:end].strip() == heard.text[start:end] != "" for start, end in places)


@pytest.mark.parametrize("names", [("Klant", "Adviseur"), ("Caller 1", "AGENT"), ("Beller", "Medewerker (Ans)")])
def test_roles_by_what_speakers_are_called(names: tuple[str, str]) -> None:
    customer, adviser = names
    text = f"{adviser}: Dag.\n{customer}: Ik wil verhuizen.\n{adviser}: Dat kan."
    assert sides(text, "a.txt") == ("Ik wil verhuizen.", "Dag.\nDat kan.")


def test_roles_by_what_is_said_where_names_say_nothing() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Anna>Met Anna, waarmee kan ik u helpen?\n\n"
    text += "00:03.000 --> 00:05.000\n<v Bert>Mijn pas is stuk.\n"
    assert sides(text, "a.vtt") == ("Mijn pas is stuk.", "Met Anna, waarmee kan ik u helpen?")


def test_where_nobody_knows_who_is_who_all_words_are_the_voice() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:03.000\n<v S1>Het regent.\n\n00:03.000 --> 00:05.000\n<v S2>Mijn pas is stuk.\n"
    assert sides(text, "a.vtt") == ("Het regent.\nMijn pas is stuk.", "")


def test_words_without_a_name_are_the_voice_where_there_are_no_names() -> None:
    assert sides("1\n00:00:01,000 --> 00:00:02,000\nHallo?\n", "a.srt") == ("Hallo?", "")


def test_a_line_with_a_colon_is_no_speaker() -> None:
    text = "Klant: Mijn adres is nieuw.\nAdres: Dorpsstraat 1\nAdviseur: Genoteerd.\nKlant: Dank."
    assert sides(text, "a.txt")[0] == "Mijn adres is nieuw. Adres: Dorpsstraat 1\nDank."


def test_names_of_roles_and_of_people() -> None:
    assert role_named("MEDEWERKER 2") is Role.ADVISER
    assert role_named("Jan de Vries") is Role.UNKNOWN
    assert person_named("medewerker (Karin)") == "Karin"
    assert person_named("Spreker 1") == person_named("CUSTOMER") == ""


@pytest.mark.parametrize("name", WHOLE)
def test_its_own_transcripts_come_to_this_reader(name: str) -> None:
    assert reader_for(document((FIXTURES / name).read_bytes(), name), Wishes()) is READER


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.json", '{"Channel": "CHAT", "Transcript": [{"ParticipantId": "x", "ParticipantRole": "CUSTOMER"}]}'),
        ("a.json", '{"mediaType": "message", "transcripts": [{"phrases": []}]}'),
        ("a.json", '[{"tekst": "hallo", "datum": "2026-01-01"}]'),
        ("a.txt", "Geachte mevrouw,\nBetreft: mijn klacht.\nHoogachtend, een klant"),
        ("a.txt", "[14-03-2026, 10:15:02] Piet: hoi\n[14-03-2026, 10:15:09] Klaas: dag"),
    ],
)
def test_what_is_no_call_is_left_to_others(name: str, data: str) -> None:
    assert READER.recognise(document(data, name), Wishes()).confidence == 0


def test_a_transcript_of_100_megabytes_is_refused_before_it_is_read() -> None:
    with pytest.raises(TooLarge):
        list(READER.read(Document("a.vtt", 100 << 20, lambda: BytesIO(b"WEBVTT")), Wishes()))
    lying = Document("a.vtt", 10, lambda: BytesIO(b"WEBVTT\n\n" + b"x" * LARGEST))
    with pytest.raises(TooLarge):
        list(READER.read(lying, Wishes()))


@pytest.mark.parametrize("opens", ['{"Transcript": [', '{"a":', "["])
def test_json_nested_100_000_deep_is_damaged(opens: str) -> None:
    with pytest.raises(Damaged):
        outcomes(opens * 100_000, "a.json")


def test_json_of_the_right_shape_with_wrong_values_gives_what_makes_sense() -> None:
    turns = [7, None, {"Content": 5}, {"Content": "Ja.", "BeginOffsetMillis": "x", "EndOffsetMillis": 1e400}]
    turns.append({"Content": "Nee.", "BeginOffsetMillis": -5, "ParticipantId": ["x"]})
    held = {"Transcript": turns, "Participants": {"a": 1}, "ConversationCharacteristics": [1]}
    assert sides(json.dumps(held), "a.json") == ("Ja. Nee.", "")


SEEDS = [
    (path.name, path.read_bytes()) for path in sorted(FIXTURES.iterdir()) if path.suffix in {".vtt", ".srt", ".txt"}
]
SEEDS += [(path.name, path.read_bytes()) for path in sorted(FIXTURES.glob("whole*.json"))]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SEEDS), st.integers(0, 3000), st.binary(max_size=12), st.booleans())
def test_mutated_and_cut_transcripts_give_only_what_the_contract_knows(
    seed: tuple[str, bytes], place: int, new: bytes, cut: bool
) -> None:
    name, data = seed
    place %= len(data) + 1
    check_reads(name, data[:place] + new + (b"" if cut else data[place + len(new) :]))


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["a.vtt", "a.srt", "a.txt", "a.json"]),
    st.text(alphabet="Klant: <v.A>-\n0123:,[]{}\"'é\0", max_size=300),
)
def test_any_text_gives_only_what_the_contract_knows(name: str, text: str) -> None:
    check_reads(name, text.encode())


def check_reads(name: str, data: bytes) -> None:
    try:
        found = outcomes(data, name)
    except CannotRead:
        return
    for each in found:
        if isinstance(each, Heard):
            assert "\0" not in each.text
            each.text.encode()
            timed(each)
