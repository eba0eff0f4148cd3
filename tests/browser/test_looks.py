"""How the shared pages look, and whether everyone can use them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.all_only

Look = Callable[[Page, str], None]
Check = Callable[[Page], None]


def test_every_component_is_accessible_and_fits_on_a_phone(
    page: Page, sign_in: Callable[[Page, str], None], look: Look, check_axe: Check
) -> None:
    sign_in(page, "marketer")
    page.goto("/specimen/")
    look(page, "components")
    check_axe(page)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/account/", "own"),
        ("/account/gebruikers/", "users"),
        ("/account/gebruikers/nieuw/", "add-user"),
        ("/nergens/", "404"),
    ],
)
def test_pages_of_an_administrator(
    page: Page, sign_in: Callable[[Page, str], None], look: Look, check_axe: Check, path: str, name: str
) -> None:
    sign_in(page, "administrator")
    page.goto(path)
    look(page, name)
    check_axe(page)


def test_the_way_in(page: Page, look: Look, check_axe: Check) -> None:
    page.goto("/account/aanmelden/")
    look(page, "sign-in")
    check_axe(page)
