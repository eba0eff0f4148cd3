"""Every channel of the design has a card and a page that tells what it is."""

from pathlib import Path

import pytest

import gehoor.channels
from gehoor.channels.registry import card, cards
from gehoor.kernel.errors import NotFound

FOLDER = Path(str(gehoor.channels.__file__)).parent
KINDS = [
    *("letter", "call", "survey", "x", "facebook", "web_archive", "forum"),
    *("blog", "review", "chat", "mystery_visit", "note", "form", "email"),
]
"""The channels of DESIGN.md, section 2."""


@pytest.mark.parametrize("kind", KINDS)
def test_every_channel_of_the_design_has_a_card_named_after_its_folder(kind: str) -> None:
    assert card(kind).kind == kind
    assert (FOLDER / kind / "card.py").exists()


@pytest.mark.parametrize("kind", sorted(cards()))
def test_a_card_names_its_channel_in_both_languages_and_says_where_its_numbers_come_from(kind: str) -> None:
    found = cards()[kind]
    assert found.name_nl
    assert found.name_en
    assert found.basis.endswith(".")
    assert 0 < found.threshold_minutes <= 120
    assert 5 <= found.words_per_minute <= 200


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "email"])
def test_a_channels_page_tells_its_names_and_the_numbers_of_its_card(kind: str) -> None:
    found, page = card(kind), (FOLDER / kind / "README.md").read_text()
    assert f"Before the first word | {found.threshold_minutes:g} minutes" in page
    assert f"Words a minute | {found.words_per_minute:g} " in page
    assert found.name_nl.casefold() in page.casefold()
    assert str(found.basis) in page


def test_the_threshold_of_a_letter_is_higher_than_that_of_a_post() -> None:
    assert card("letter").threshold_minutes > 10 * card("x").threshold_minutes


def test_an_unknown_channel_is_not_found() -> None:
    with pytest.raises(NotFound):
        card("pigeon")
