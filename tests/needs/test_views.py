"""The screens: for whom, in how many queries, and what they say."""

import uuid

import pytest
from django.urls import reverse
from django.utils import translation

from gehoor.rooms.accounts.roles import ALLOWED, May, Role
from gehoor.rooms.needs.decisions import do_merge, do_rename, do_set_aside
from gehoor.rooms.needs.guesses import compared, do_guess
from gehoor.rooms.needs.listing import ranked
from gehoor.rooms.needs.models import AskNeed, Decision, Guess, Need
from gehoor.web import words

from .conftest import colleague, hear

pytestmark = pytest.mark.django_db

LIST = "/behoeften/"


@pytest.fixture
def broad(heard):
    return list(Need.objects.filter(generation=heard, level=1).order_by("pk"))


@pytest.fixture
def looking(client, marketer):
    """The marketer, who passed the question over."""
    Guess.objects.create(guesser=marketer, position=0)
    client.force_login(marketer)
    return client


def addresses(need, ask, decision):
    """Every address of the room, with whether it is a post."""
    one = [need.public_id]
    return [
        (reverse("needs:needs"), False, May.SEE_NEEDS),
        (reverse("needs:aside"), False, May.SEE_NEEDS),
        (reverse("needs:need", args=one), False, May.SEE_NEEDS),
        (reverse("needs:guess"), True, May.SEE_NEEDS),
        (reverse("needs:rename", args=one), True, May.DECIDE_NEEDS),
        (reverse("needs:merge", args=one), True, May.DECIDE_NEEDS),
        (reverse("needs:set_aside", args=one), True, May.DECIDE_NEEDS),
        (reverse("needs:take_back", args=one), True, May.DECIDE_NEEDS),
        (reverse("needs:move", args=[ask.public_id]), False, May.DECIDE_NEEDS),
        (reverse("needs:undo", args=[decision.public_id]), True, May.DECIDE_NEEDS),
    ]


@pytest.fixture
def everywhere(broad, marketer):
    decision = do_rename(need=broad[0], name="Bouwdepot", actor=marketer)
    return addresses(broad[0], AskNeed.objects.first().ask, decision)


def test_a_stranger_is_sent_to_the_door(client, everywhere):
    for address, post, _ in everywhere:
        response = client.post(address) if post else client.get(address)
        assert response.status_code == 302
        assert "next=" in response["Location"]


@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_do_what_the_table_says(client, everywhere, role):
    client.force_login(colleague(role))
    decided = Decision.objects.count()
    for address, post, right in everywhere:
        allowed = right in ALLOWED[role] and May.SEE_NEEDS in ALLOWED[role]
        if post and allowed:
            continue
        response = client.post(address) if post else client.get(address)
        assert response.status_code == (200 if allowed else 403), address
    assert Decision.objects.count() == decided


def test_addresses_that_lead_nowhere(looking, heard):
    nobody = uuid.UUID("0190b3f0-0000-7000-8000-000000000000")
    assert looking.get(reverse("needs:need", args=[nobody])).status_code == 404
    assert looking.get(reverse("needs:move", args=[nobody])).status_code == 404
    assert looking.post(reverse("needs:undo", args=[nobody])).status_code == 404


def test_before_anything_was_heard_the_list_says_what_belongs_there(client, marketer):
    client.force_login(marketer)
    assert "Hier staat waar klanten op wachten" in client.get(LIST).text
    hear("Waar blijft mijn geld?")
    assert "wordt nu uitgezocht" in client.get(LIST).text
    assert client.get(LIST + "opzij/").status_code == 200


def test_whoever_never_looked_is_asked_first(client, marketer, heard):
    client.force_login(marketer)
    assert "Waar denkt u dat klanten op wachten?" in client.get(LIST).text
    response = client.post(
        LIST + "vooraf/", {"first": "lange wachttijd bij de klantenservice", "second": ""}, follow=True
    )
    assert "lange wachttijd bij de klantenservice" in response.text
    assert Guess.objects.filter(guesser=marketer).count() == 1
    assert client.post(LIST + "vooraf/", {"first": "nog een keer"}).status_code == 409


def test_the_question_may_be_passed_over(client, marketer, heard):
    client.force_login(marketer)
    response = client.post(LIST + "vooraf/", {"first": "wordt niet bewaard", "skip": "1"}, follow=True)
    assert Guess.objects.get(guesser=marketer).text == ""
    assert "wordt niet bewaard" not in response.text


def test_a_guess_stands_beside_what_was_found_and_what_was_not_found_is_said(marketer, heard):
    do_guess(guesser=marketer, texts=["trage uitbetaling bouwdepot", "inlogproblemen", "vakantiehuisjes in Drenthe"])
    found = compared(marketer, heard, ranked(heard, heard.default_level))
    assert "bouwdepot" in found[0].found[0].name
    assert any("inlog" in row.name or "app" in row.name for row in found[1].found), [row.name for row in found[1].found]
    assert found[2].found == []


def test_the_list_shows_three_counts_with_ranks_and_denominators(looking, broad, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        page = looking.get(LIST).text
    for need in broad:
        assert str(need) in page
        assert reverse("needs:need", args=[need.public_id]) in page
    assert "rang 1" in page
    assert "6 januari 2025 t/m 2 juli 2025" in page
    assert "Luid tegen gewichtig" in page


@pytest.mark.parametrize("query", ["?level=2&order=voices", "?order=persons", "?level=99&order=x", "?level=abc"])
def test_the_list_by_level_and_order(looking, heard, query, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        assert looking.get(LIST + query).status_code == 200


def test_the_list_is_in_the_order_asked(looking, broad):
    page = looking.get(LIST + "?order=voices").text
    names = sorted(broad, key=lambda need: -need.voices)
    assert page.index(f">{names[0]}</a>") < page.index(f">{names[-1]}</a>")


def test_one_need_tells_everything(looking, marketer, broad, django_assert_max_num_queries):
    need = next(each for each in broad if "bouwdepot" in str(each))
    do_rename(need=need, name="Sneller geld uit het bouwdepot", actor=marketer)
    with django_assert_max_num_queries(26):
        page = looking.get(reverse("needs:need", args=[need.public_id])).text
    assert "Sneller geld uit het bouwdepot" in page
    assert "van 60" in page
    assert "In hun eigen woorden" in page
    assert "aannemer" in page
    assert words.channel_name("letter") in page
    assert "heel tevreden" in page, "the counter-voice"
    assert marketer.name in page
    assert "Maak ongedaan" in page
    assert 'href="/stemmen/' in page
    finer = need.children.first()
    assert str(finer) in page
    below = looking.get(reverse("needs:need", args=[finer.public_id])).text
    assert reverse("needs:need", args=[need.public_id]) in below


def test_a_merged_need_leads_to_the_one_that_stands_for_it(looking, marketer, broad):
    do_merge(need=broad[0], into=broad[1], actor=marketer)
    response = looking.get(reverse("needs:need", args=[broad[0].public_id]))
    assert response.status_code == 302
    assert response["Location"] == reverse("needs:need", args=[broad[1].public_id])


def test_who_may_not_decide_sees_no_buttons(client, broad):
    adviser = colleague("adviser")
    client.force_login(adviser)
    page = client.get(reverse("needs:need", args=[broad[0].public_id])).text
    assert "Samenvoegen" not in page
    assert "verplaatsen" not in page


def test_deciding_from_the_screen_and_undoing_it(looking, broad):
    one, other = broad[:2]
    address = reverse("needs:rename", args=[one.public_id])
    assert "Hernoemd." in looking.post(address, {"name": "Bouwdepot"}, follow=True).text
    assert "200 tekens" in looking.post(address, {"name": "x" * 300}, follow=True).text
    merge = reverse("needs:merge", args=[one.public_id])
    assert "Kies" in looking.post(merge, {"into": ""}, follow=True).text
    assert "Samengevoegd." in looking.post(merge, {"into": other.public_id}, follow=True).text
    undo = reverse("needs:undo", args=[Decision.objects.get(kind="merge").public_id])
    assert "Ongedaan gemaakt." in looking.post(undo, follow=True).text
    assert looking.post(undo).status_code == 409
    one.refresh_from_db()
    assert one.merged_into is None
    aside = reverse("needs:set_aside", args=[one.public_id])
    assert "Opzijgezet" in looking.post(aside, follow=True).text
    assert "Bouwdepot" in looking.get(LIST + "opzij/").text
    assert ">Bouwdepot</a>" not in looking.get(LIST).text
    assert "Teruggenomen" in looking.post(reverse("needs:take_back", args=[one.public_id]), follow=True).text


def test_a_passage_is_moved_from_the_screen(looking, broad):
    one, other = broad[:2]
    ask = AskNeed.objects.filter(need__parent=one).first().ask
    address = reverse("needs:move", args=[ask.public_id])
    assert str(other) in looking.get(address).text
    assert looking.post(address, {"into": ""}).status_code == 422
    assert looking.post(address, {"into": str(other.public_id)}, follow=True).status_code == 200
    assert AskNeed.objects.get(ask=ask).need.parent == other
    assert looking.get(address + "?level=2").status_code == 200


def test_everything_is_said_in_english_too(looking, marketer, broad):
    do_set_aside(need=broad[0], actor=marketer)
    marketer.language = "en"
    marketer.save()
    assert "What people are waiting for" in looking.get(LIST).text
    assert "In their own words" in looking.get(reverse("needs:need", args=[broad[1].public_id])).text


def test_names_of_decisions_are_translated():
    with translation.override("nl"):
        assert translation.gettext("Renamed to “{name}”") != "Renamed to “{name}”"
