"""Settings as typed environment variables, each declared once, with its default and its meaning.

``docs/settings.md`` lists them; a test compares the two. A wrong value raises :class:`SettingError` at start.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from gehoor.kernel.errors import SettingError
from gehoor.kernel.language import LANGUAGES, sentence

Value = TypeVar("Value")


def _text(raw: str) -> str:
    return raw


def _flag(raw: str) -> bool:
    if raw.lower() in {"1", "yes", "true", "on"}:
        return True
    if raw.lower() in {"0", "no", "false", "off", ""}:
        return False
    raise ValueError(sentence("it takes yes or no"))


def _language(raw: str) -> str:
    if raw not in LANGUAGES:
        raise ValueError(sentence("it takes nl or en"))
    return raw


def _time_zone(raw: str) -> str:
    if raw not in available_timezones():
        raise ValueError(sentence("it takes a name of the tz database, such as Europe/Amsterdam"))
    return raw


def _address(raw: str) -> tuple[str, int]:
    host, separator, port = raw.rpartition(":")
    if not separator or not port.isdigit() or not 0 < int(port) < 65_536:
        raise ValueError(sentence("it takes host:port, such as 127.0.0.1:8000"))
    return host, int(port)


def _database(raw: str) -> str:
    if raw and urlsplit(raw).scheme not in {"postgresql", "postgres"}:
        raise ValueError(sentence("it takes postgresql://user:password@host/name, or nothing for SQLite"))
    return raw


def _public_address(raw: str) -> str:
    try:
        parts = urlsplit(raw)
        has_place = bool(parts.hostname) and parts.port != 0
    except ValueError:
        has_place = False
    if raw and not (has_place and re.fullmatch(r"https://[A-Za-z0-9.:\[\]-]+/?", raw)):
        raise ValueError(sentence("it takes https:// and a host name, such as https://gehoor.voorbeeld.nl, or nothing"))
    return raw.rstrip("/")


def _sites(raw: str) -> tuple[str, ...]:
    sites = tuple(site.rstrip("/") for site in _names(raw))
    if not all(re.fullmatch(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?", site) for site in sites):
        raise ValueError(sentence("it takes addresses such as https://www.voorbeeld.nl, with commas between them"))
    return sites


def _names(raw: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in raw.split(",") if name.strip())


def _folder(raw: str) -> Path | None:
    return Path(raw).expanduser().resolve() if raw else None


def _spoken(raw: str) -> str:
    if not re.fullmatch("[a-z]{2,3}", raw):
        raise ValueError(sentence("it takes the code of a language, such as nl"))
    return raw


def _side(raw: str) -> str:
    if raw not in {"left", "right", ""}:
        raise ValueError(sentence("it takes left, right or nothing"))
    return raw


def _level(raw: str) -> str:
    if raw not in {"debug", "info", "warning", "error"}:
        raise ValueError(sentence("it takes debug, info, warning or error"))
    return raw


@dataclass(frozen=True, slots=True)
class Setting(Generic[Value]):
    """One environment variable: its name, how its text becomes a value, and what it is when unset."""

    name: str
    parse: Callable[[str], Value]
    default: str
    meaning: str

    def value(self, environment: Mapping[str, str] | None = None) -> Value:
        """Its value now. Raises :class:`SettingError`; the value itself never stands in the error."""
        raw = (os.environ if environment is None else environment).get(self.name, self.default).strip()
        try:
            return self.parse(raw)
        except ValueError as error:
            raise SettingError(name=self.name, why=str(error)) from None


HOME = Setting("GEHOOR_HOME", _folder, "", sentence("the one folder that holds everything"))
DATABASE = Setting("GEHOOR_DATABASE", _database, "", sentence("a PostgreSQL address; empty is SQLite in the home"))
ADDRESS = Setting("GEHOOR_ADDRESS", _address, "127.0.0.1:8000", sentence("where the web application listens"))
HOSTS = Setting("GEHOOR_HOSTS", _names, "localhost,127.0.0.1", sentence("host names it answers to, with commas"))
HTTPS = Setting("GEHOOR_HTTPS", _flag, "no", sentence("whether people reach it over https only"))
PUBLIC_ADDRESS = Setting(
    "GEHOOR_PUBLIC_ADDRESS", _public_address, "", sentence("where customers reach it, for links in mail; empty is none")
)
CHAT_SITES = Setting(
    "GEHOOR_CHAT_SITES", _sites, "", sentence("the sites of our own that show the chat, with commas; empty is none")
)
LANGUAGE = Setting("GEHOOR_LANGUAGE", _language, "nl", sentence("the language of someone who has not chosen one"))
TIME_ZONE = Setting("GEHOOR_TIME_ZONE", _time_zone, "Europe/Amsterdam", sentence("the time zone that screens show"))
TEACHER = Setting("GEHOOR_TEACHER", _text, "", sentence("a folder or server of embeddings; empty is the one built in"))
JUDGE = Setting("GEHOOR_JUDGE", _text, "", sentence("a chat server for a second opinion on answers; empty is none"))
JUDGE_KEY = Setting("GEHOOR_JUDGE_KEY", _text, "", sentence("the key of that chat server"))
SPEECH_MODEL = Setting("GEHOOR_SPEECH_MODEL", _folder, "", sentence("a folder with a Whisper model; empty is none"))
SPEECH_LANGUAGE = Setting("GEHOOR_SPEECH_LANGUAGE", _spoken, "nl", sentence("the language of recordings"))
CUSTOMER_SIDE = Setting("GEHOOR_CUSTOMER_SIDE", _side, "", sentence("the customer's side of a recording in stereo"))
LOG = Setting("GEHOOR_LOG", _level, "warning", sentence("how much the log says"))

SETTINGS: tuple[Setting[Any], ...] = (
    HOME,
    DATABASE,
    ADDRESS,
    HOSTS,
    HTTPS,
    PUBLIC_ADDRESS,
    CHAT_SITES,
    LANGUAGE,
    TIME_ZONE,
    TEACHER,
    JUDGE,
    JUDGE_KEY,
    SPEECH_MODEL,
    SPEECH_LANGUAGE,
    CUSTOMER_SIDE,
    LOG,
)


def check_all() -> None:
    """Parse every setting; raises :class:`SettingError` for the first that is wrong."""
    for setting in SETTINGS:
        setting.value()
