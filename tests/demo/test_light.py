"""The light channels of the example: read by the readers of their formats, as what they are, on any day."""

import re
from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest
from tests.demo.test_delivered import identify

from gehoor.analysis.weight import minutes
from gehoor.channels.base import Wishes
from gehoor.demo.decided import OUTAGE
from gehoor.demo.files import MAPPING, everything, lines_of, make_files, moment_of, people
from gehoor.demo.light.making import make_light
from gehoor.kernel.home import Home
from gehoor.rooms.intake.actions import do_listen
from gehoor.rooms.intake.own import do_add_own
from gehoor.rooms.voices.models import Broadcast, Reply, Voice
from gehoor.rooms.voices.weight import standard_table

TODAY = date(2026, 11, 22)
TELLING = ("x", "facebook", "reviews", "forum", "blog", "whatsapp", "hyves")
LINES = {name: list(lines_of(f"{name}.jsonl")) for name in (*TELLING, "x-own")}
POSTS = [line for line in LINES["x"] if "passes_on" not in line]
HEARD = {
    "x": (163, 32, 35),
    "facebook": (20, 2, 8),
    "review": (16, 11, 0),
    "forum": (20, 0, 0),
    "blog": (6, 0, 0),
    "chat": (8, 6, 0),
    "web_archive": (5, 0, 1),
}
"""How many voices, replies and broadcasts each channel holds."""


NAMED = {"facebook": "facebook", "reviews": "review", "forum": "forum", "blog": "blog"}


def said_about(subject):
    """``(channel, line)`` of everything that was written to be about this, wherever it was said."""
    lines = [("x", line) for line in POSTS]
    lines += [(channel, line) for name, channel in NAMED.items() for line in LINES[name]]
    lines += [(said.line["channel"], said.line) for said in everything(TODAY)]
    return [each for each in lines if each[1].get("about") == subject]


def minutes_of(said):
    """Customer minutes of ``(channel, line)``, under the standard table."""
    known = [(line.get("duration"), line.get("waited")) for _, line in said]
    return minutes(
        standard_table(),
        [channel for channel, _ in said],
        np.array([len(line["text"].split()) for _, line in said]),
        np.array([np.nan if lasted is None else lasted for lasted, _ in known]),
        np.array([np.nan if waited is None else waited for _, waited in known]),
    ).sum()


@pytest.fixture
def home(tmp_path, settings):
    settings.HOME = Home(tmp_path / "home")
    settings.HOME.path.mkdir()


@pytest.fixture
def ours(home, db):
    do_add_own(value="@delinde", actor=None)


def listened(folder, channel, today=TODAY):
    return do_listen(paths=[make_light(folder, today)[channel]], wishes=Wishes(channel))


def counted():
    return Voice.objects.count(), Reply.objects.count(), Broadcast.objects.count()


class TestWhatWasSaid:
    def test_no_two_customers_say_the_same_also_not_in_a_letter(self):
        texts = [line["text"] for name in TELLING for line in LINES[name] if line["text"]]
        texts += [said.line["text"] for said in everything(TODAY)]
        assert [text for text, times in Counter(texts).items() if times > 1] == []

    def test_the_outage_is_loud(self):
        outage = [
            line for line in POSTS if line.get("about") == "storing" and OUTAGE[1] <= line["days_ago"] <= OUTAGE[0]
        ]
        assert len(outage) >= 130
        assert len({line.get("handle", line.get("person")) for line in POSTS}) >= 120
        assert sum(len(line["text"].split()) for line in outage) / len(outage) < 15

    def test_a_handle_is_of_one_person_and_could_be_one(self):
        known = {person["handle"].lstrip("@") for person in people().values() if person["handle"]}
        strangers = {line["handle"]: line["name"] for line in LINES["x"] if "handle" in line}
        assert not known & strangers.keys()
        assert all(strangers[line["handle"]] == line["name"] for line in LINES["x"] if "handle" in line)
        assert [each for each in known | strangers.keys() if not re.fullmatch(r"\w{4,20}", each)] == []

    def test_nobody_answers_or_passes_on_what_was_not_said_yet(self):
        posts = {line["id"]: line for line in (*LINES["x"], *LINES["x-own"])}
        pairs = [
            (line, posts[line[how]])
            for line in posts.values()
            for how in ("answers", "quotes", "passes_on")
            if how in line
        ]
        assert len(pairs) > 50
        assert [a["id"] for a, b in pairs if moment_of(a, TODAY) <= moment_of(b, TODAY)] == []

    def test_the_building_deposit_weighs_some_ten_times_more_than_all_posts_about_the_outage(self):
        deposit, outage = said_about("bouwdepot"), said_about("storing")
        on_x = [each for each in outage if each[0] == "x"]
        assert len(on_x) > len(deposit)
        assert 9 < minutes_of(deposit) / minutes_of(on_x) < 12
        assert minutes_of(deposit) / minutes_of(outage) > 6


class TestAsTheyCome:
    @pytest.mark.parametrize("channel", HEARD)
    def test_everything_is_read_and_a_second_time_nothing_is_added(self, tmp_path, ours, channel):
        for _ in range(2):
            summary = listened(tmp_path, channel)
            assert (summary.waiting, summary.refused) == ([], [])
            assert counted() == HEARD[channel]
        assert set(Voice.objects.values_list("channel", flat=True)) == {channel}

    def test_on_another_day_the_posts_are_other_ones_so_many_days_later(self, tmp_path, ours):
        listened(tmp_path / "one", "x")
        listened(tmp_path / "other", "x", TODAY + timedelta(days=3))
        first, later = Voice.objects.filter(text__startswith="HIJ DOET HET").order_by("said_at")
        assert later.said_at - first.said_at == timedelta(days=3)
        assert first.native_id < later.native_id
        assert first.said_at == moment_of(next(line for line in POSTS if line["text"] == first.text), TODAY)

    def test_a_fill_that_is_taken_up_again_the_next_day_brings_the_same(self, tmp_path, ours):
        for later in range(2):
            listened(tmp_path, "x", TODAY + timedelta(days=later))
        assert counted() == HEARD["x"]

    def test_what_de_linde_answers_goes_to_who_said_it(self, tmp_path, ours):
        listened(tmp_path, "x")
        reply = Reply.objects.get(text__startswith="@haast_hanna Wat vervelend")
        assert reply.answers.text.startswith("Makelaar heeft het huis")
        assert [value for _, value, _ in reply.recipients] == ["@haast_hanna"]

    def test_what_is_quoted_stands_beside_what_is_said(self, tmp_path, ours):
        listened(tmp_path, "x")
        assert Voice.objects.get(text="ballonnen???? @delinde").quoted == "Wij zijn er weer! 🎈🎈🎈"

    def test_a_letter_a_call_and_a_post_become_one_person(self, tmp_path, ours):
        tables = make_files(tmp_path / "tables", TODAY)
        for channel in ("letter", "call", "x"):
            do_listen(paths=[tables[channel]], wishes=Wishes(channel, MAPPING))
        for channel in ("x", "chat"):
            listened(tmp_path / "light", channel)
        identify_all()
        letters = ("a0050", "b0004", "a0026", "a0042", "d0101", "d0102", "d0103", "d0104", "d0105", "d0106")
        for letter in letters:
            assert {"letter", "call", "x"} <= channels_of_who_wrote(letter)
        assert "chat" in channels_of_who_wrote("b0004")


def identify_all():
    for _ in range(20):
        identify()


def channels_of_who_wrote(letter):
    person = Voice.objects.get(native_id=letter).attribution.person
    return set(Voice.objects.filter(attribution__person=person).values_list("channel", flat=True))
