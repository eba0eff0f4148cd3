"""That the shared pages work: with HTMX, without scripts, without a mouse."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.all_only


def test_htmx_posts_with_the_token_and_shows_the_part(page: Page) -> None:
    page.goto("/specimen/")
    page.get_by_role("button", name="Roep").click()
    expect(page.locator("#echo")).to_have_text("POST gehoord")


def test_an_error_under_htmx_becomes_a_notice_and_leaves_the_page(page: Page) -> None:
    page.goto("/specimen/")
    page.get_by_role("button", name="Weiger").click()
    expect(page.locator("#notices [role=alert]")).to_contain_text("Dit kan niet: dan is er niemand meer")
    expect(page.locator("h1")).to_have_text("Wat klanten vragen")


def test_the_first_tab_leads_past_the_menu_to_the_content(page: Page, sign_in: Callable[[Page, str], None]) -> None:
    sign_in(page, "administrator")
    page.goto("/account/gebruikers/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("main").get_by_role("link").first).to_be_focused()


def test_the_menu_opens_on_a_phone(page: Page, sign_in: Callable[[Page, str], None]) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    sign_in(page, "administrator")
    users = page.locator(".menu-small").get_by_role("link", name="Gebruikers")
    expect(users).to_be_hidden()
    page.locator(".menu-small summary").click()
    users.click()
    expect(page.locator("h1")).to_have_text("Gebruikers")


def test_one_looks_along_in_the_example_with_one_button(page: Page) -> None:
    page.goto("/account/aanmelden/?next=/account/")
    page.get_by_role("button", name="Kijk mee als Joost Bakker").click()
    expect(page.locator("h1")).to_have_text("Joost Bakker")


def test_everything_works_without_scripts(browser: Browser, server: str) -> None:
    context = browser.new_context(base_url=server, java_script_enabled=False)
    page = context.new_page()
    page.goto("/account/aanmelden/?next=/account/gebruikers/")
    page.fill("[name=email]", "administrator@linde.example")
    page.fill("[name=password]", "linde-bloeit-in-juni")
    page.get_by_role("button", name="Aanmelden", exact=True).click()
    page.get_by_role("button", name="English").click()
    expect(page.locator("h1")).to_have_text("Users")
    page.get_by_role("button", name="Nederlands").click()
    page.get_by_role("link", name="Iemand toevoegen").click()
    page.fill("[name=name]", "Kees")
    page.fill("[name=email]", "kees@linde.example")
    page.get_by_label("Manager").check()
    page.get_by_role("button", name="Toevoegen").click()
    assert "/account/uitnodiging/" in page.get_by_label("Link").input_value()
    context.close()


def test_pictures_are_really_drawn(page: Page, sign_in: Callable[[Page, str], None]) -> None:
    sign_in(page, "manager")
    page.goto("/specimen/")
    widths = page.evaluate(
        """async () => {
            const pictures = [...document.querySelectorAll('.chart img')];
            for (const each of pictures) each.loading = 'eager';
            await Promise.all(pictures.map((each) => each.decode()));
            return pictures.map((each) => each.naturalWidth);
        }"""
    )
    assert len(widths) == 5
    assert min(widths) > 200
