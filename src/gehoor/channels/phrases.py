"""What stands around every text that goes out, in the language of the customer, who need not read ours.

The screens are translated where they are shown; these words leave the house and are chosen by each message's own
language, so both languages stand here beside each other.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal

from babel.dates import format_date

CustomerLanguage = Literal["nl", "en"]

CLOSING: Mapping[CustomerLanguage, str] = MappingProxyType({"nl": "Met vriendelijke groet,", "en": "Kind regards,"})
ASKING: Mapping[CustomerLanguage, str] = MappingProxyType(
    {
        "nl": "Hebben wij u geholpen? Vertel het ons in een paar woorden:",
        "en": "Did we help you? Tell us in a few words:",
    }
)
"""Stands before a link that works once."""

_LOCALES: Mapping[CustomerLanguage, str] = MappingProxyType({"nl": "nl_NL", "en": "en_GB"})


def day_in_words(day: date, language: CustomerLanguage) -> str:
    """ "12 maart 2026", "12 March 2026"."""
    return format_date(day, "d MMMM y", locale=_LOCALES[language])
