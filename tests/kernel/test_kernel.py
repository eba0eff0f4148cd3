"""The kernel: ids that sort, keys that do not collide, settings that say what is wrong, a home with secrets."""

import stat
import uuid
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gehoor.kernel import environment
from gehoor.kernel.environment import SETTINGS, Setting
from gehoor.kernel.errors import Damaged, GehoorError, SettingError
from gehoor.kernel.home import Home
from gehoor.kernel.ids import key_of, keyed_hash, new_id
from gehoor.kernel.language import Sentence


def test_ids_are_version_seven_and_differ() -> None:
    ids = [new_id() for _ in range(1_000)]
    assert len(set(ids)) == 1_000
    assert {each.version for each in ids} == {7}
    assert {each.variant for each in ids} == {uuid.RFC_4122}
    assert [each.int >> 80 for each in ids] == sorted(each.int >> 80 for each in ids)


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_a_key_tells_its_parts_apart(one: list[str], other: list[str]) -> None:
    assert (key_of(one) == key_of(other)) == (one == other)


def test_a_trace_needs_the_secret() -> None:
    assert keyed_hash(b"a" * 32, b"item") != keyed_hash(b"b" * 32, b"item")
    assert keyed_hash(b"a" * 32, b"item") == keyed_hash(b"a" * 32, b"item")


@pytest.mark.parametrize(
    ("setting", "wrong"),
    [
        (environment.ADDRESS, "9123"),
        (environment.ADDRESS, "localhost:0"),
        (environment.ADDRESS, "localhost:99999"),
        (environment.DATABASE, "mysql://x/y"),
        (environment.HTTPS, "misschien"),
        (environment.PUBLIC_ADDRESS, "http://gehoor.linde.nl"),
        (environment.PUBLIC_ADDRESS, "gehoor.linde.nl"),
        (environment.PUBLIC_ADDRESS, "https://gehoor.voorbeeld.nl/pad?x"),
        (environment.PUBLIC_ADDRESS, "https://gehoor.voorbeeld.nl:99999"),
        (environment.PUBLIC_ADDRESS, "https://wie@gehoor.voorbeeld.nl"),
        (environment.LANGUAGE, "de"),
        (environment.TIME_ZONE, "Mars/Olympus"),
        (environment.LOG, "luid"),
    ],
)
def test_a_wrong_setting_names_itself_and_hides_its_value(setting: Setting[object], wrong: str) -> None:
    with pytest.raises(SettingError) as caught:
        setting.value({setting.name: wrong})
    assert setting.name in str(caught.value)
    assert wrong not in str(caught.value)


def test_the_public_address_is_kept_without_a_slash_at_its_end() -> None:
    assert environment.PUBLIC_ADDRESS.value({"GEHOOR_PUBLIC_ADDRESS": "https://g.nl:8443/"}) == "https://g.nl:8443"


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_default_is_usable(setting: Setting[object]) -> None:
    setting.value({})


def test_a_secret_stays_and_is_for_the_owner_only(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    assert not home.used
    first = home.secret("tombstones")
    assert home.used
    assert home.secret("tombstones") == first != home.secret("django")
    assert len(bytes.fromhex(first)) == 32
    assert stat.S_IMODE((home.path / "secrets.json").stat().st_mode) == 0o600


def test_an_error_says_what_and_what_to_do() -> None:
    error = Damaged(what="file", why="it is empty")
    assert str(error) == "The file is damaged: it is empty"
    assert isinstance(error, GehoorError)
    assert str(error.advice)
    assert str(Sentence("{count} items", {"count": 3})) == "3 items"
