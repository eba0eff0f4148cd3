"""What is looked at before a wording may go out to people.

An objection of severity ``STOP`` has to be solved first; ``LOOK`` asks someone to look once more; ``HINT`` is advice.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings

from gehoor.analysis.blotting import Blot, find
from gehoor.analysis.text import count_words
from gehoor.channels.outgoing import Letterhead
from gehoor.kernel.language import Sentence, sentence
from gehoor.rooms.intake.models import OwnIdentity
from gehoor.rooms.intake.own import DOMAIN
from gehoor.rooms.public.letterhead import current_letterhead
from gehoor.rooms.sending.filling import LANGUAGES, has, text_of, unknown_placeholders
from gehoor.rooms.sending.models import Wording

LONG_WORDS = 400
"""A page and a half of a letter."""
LONG_CALL_MINUTES = 4.0
SPOKEN_WORDS_PER_MINUTE = 130
"""A calm adviser; a usual figure for spoken Dutch is 120 to 160."""
LONGEST_SUBJECT = 78
"""What mail programs show of a subject, and the length RFC 5322 asks lines to keep."""
_SHOUTED = re.compile(r"\b[A-ZÀ-Þ]{3,}(?:\s+[A-ZÀ-Þ]{2,}){2,}\b|!{2,}")
_LINK = re.compile(r"\b(?:https?://|www\.)[^\s<>()\"']+", re.IGNORECASE)
_OTHER_LINK = re.compile(r"\b(?:ftp|file|javascript|data):\S+", re.IGNORECASE)
_PROMISE = re.compile(
    r"\b(?:binnenkort|zo snel mogelijk|zo spoedig mogelijk|op korte termijn|te zijner tijd|"
    r"soon|shortly|as soon as possible|in due course)\b",
    re.IGNORECASE,
)


class Severity(StrEnum):
    """How heavy an objection weighs."""

    STOP = "stop"
    LOOK = "look"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Objection:
    """Something about a wording. ``said`` is shown to people; it holds no personal data of customers. ``href`` is where
    one can do ``act`` about it."""

    code: str
    severity: Severity
    said: Sentence
    href: str = ""
    act: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A text that someone reads, or hears (``spoken``)."""

    text: str
    spoken: bool = False
    subject: bool = False


def check_wording(
    wording: Wording, *, languages: Collection[str] = (), channels: Collection[str] = ()
) -> list[Objection]:
    """What stands against sending this, the heaviest first. ``languages`` and ``channels`` are those of the people who
    get it, empty where that is not known yet."""
    found = [*_lacking(wording, languages, channels), *_no_way_out(channels)]
    letterhead = current_letterhead()
    own = _own_domains(letterhead)
    for part in _parts(wording):
        found += [*_braces(part), *_length(part), *_links(part, own), *_personal(part, letterhead), *_tone(part)]
    unique = {(each.code, str(each.said)): each for each in found}.values()
    return heaviest_first(unique)


def heaviest_first(objections: Iterable[Objection]) -> list[Objection]:
    """The same objections, the heaviest first."""
    return sorted(objections, key=lambda each: list(Severity).index(each.severity))


def stops(objections: Collection[Objection]) -> list[Objection]:
    """Those that have to be solved first."""
    return [each for each in objections if each.severity is Severity.STOP]


def minutes_on_the_phone(points: Collection[str]) -> float:
    """How long it takes to say these."""
    return sum(map(count_words, points)) / SPOKEN_WORDS_PER_MINUTE


def _parts(wording: Wording) -> Iterator[Part]:
    for language in LANGUAGES:
        for field in ("subject", "text", "mail", "letter"):
            if text := str(getattr(wording, f"{field}_{language}")).strip():
                yield Part(text, subject=field == "subject")
        if points := str(getattr(wording, f"points_{language}")).strip():
            yield Part(points, spoken=True)


_LACKING = {
    "nl": sentence("There is no Dutch text, and people who speak Dutch get this."),
    "en": sentence("There is no English text; people who speak English get the Dutch one."),
}
_NO_SUBJECT = {
    "nl": sentence("The Dutch text has no subject."),
    "en": sentence("The English text has no subject."),
}


def _lacking(wording: Wording, languages: Collection[str], channels: Collection[str]) -> Iterator[Objection]:
    if not any(has(wording, language) for language in LANGUAGES):
        yield Objection("empty", Severity.STOP, Sentence(sentence("Nothing is said yet: write the text.")))
        return
    for language in LANGUAGES:
        if has(wording, language):
            if not getattr(wording, f"subject_{language}").strip():
                yield Objection("no_subject", Severity.STOP, Sentence(_NO_SUBJECT[language]))
        elif language in languages or (language == "nl" and not languages):
            severity = Severity.STOP if language == "nl" else Severity.LOOK
            yield Objection("no_language", severity, Sentence(_LACKING[language]))
    if "call" in channels and not any(text_of(wording, language, "call").points for language in LANGUAGES):
        why = sentence("Some people are called, and there are no talking points for the telephone.")
        yield Objection("no_points", Severity.LOOK, Sentence(why))


_NO_LINK = sentence(
    "The mails carry no link to ask for no more of them, since the setting GEHOOR_PUBLIC_ADDRESS is empty."
)


def _no_way_out(channels: Collection[str]) -> Iterator[Objection]:
    if "email" in channels and not settings.PUBLIC_ADDRESS:
        yield Objection("no_unsubscribe", Severity.HINT, Sentence(_NO_LINK))


def _braces(part: Part) -> Iterator[Objection]:
    for name in unknown_placeholders(part.text):
        why = sentence("{what} cannot be filled in. Between braces can stand: aanhef, naam, salutation, name.")
        yield Objection("unknown_placeholder", Severity.STOP, Sentence(why, {"what": name[:60]}))


def _length(part: Part) -> Iterator[Objection]:
    words = count_words(part.text)
    if part.spoken and (minutes := words / SPOKEN_WORDS_PER_MINUTE) > LONG_CALL_MINUTES:
        why = sentence("Saying the talking points takes some {minutes} minutes; people stop listening sooner.")
        yield Objection("long_call", Severity.LOOK, Sentence(why, {"minutes": round(minutes)}))
    elif not part.spoken and words > LONG_WORDS:
        why = sentence("This is long: {words} words in one text. More than {most} are seldom read to the end.")
        yield Objection("long", Severity.LOOK, Sentence(why, {"words": words, "most": LONG_WORDS}))


def _links(part: Part, own: Collection[str]) -> Iterator[Objection]:
    if _OTHER_LINK.search(part.text):
        yield Objection(
            "link", Severity.STOP, Sentence(sentence("There is a link in it that is no page of a website."))
        )
    for found in _LINK.findall(part.text):
        address = found if "://" in found else f"http://{found}"
        host = (urlsplit(address).hostname or "").lower()
        if not address.lower().startswith("https://"):
            why = sentence("The link to {host} does not begin with https://, so it is not safe to follow.")
            yield Objection("link_not_https", Severity.STOP, Sentence(why, {"host": host}))
        if not any(host == domain or host.endswith(f".{domain}") for domain in own):
            why = sentence("The link to {host} does not lead to our own website. People are right to distrust that.")
            yield Objection("link_elsewhere", Severity.LOOK, Sentence(why, {"host": host}))


def _own_domains(letterhead: Letterhead) -> set[str]:
    website = letterhead.website.strip().lower()
    host = urlsplit(website if "://" in website else f"//{website}").hostname or ""
    domains = {host.removeprefix("www."), letterhead.email.lower().rpartition("@")[2]}
    return (domains | set(OwnIdentity.objects.filter(kind=DOMAIN).values_list("value", flat=True))) - {""}


_PERSONAL = sentence("Something in it looks like the data of one person ({what}), and everyone gets this text.")


_KINDS = {
    Blot.EMAIL: sentence("an e-mail address"),
    Blot.ACCOUNT: sentence("an account number"),
    Blot.PHONE: sentence("a telephone number"),
}


def _personal(part: Part, letterhead: Letterhead) -> Iterator[Objection]:
    text = _LINK.sub(" ", part.text)
    found = {each.what for each in find(text) if not _is_ours(text[each.start : each.end], each.what, letterhead)}
    for what, name in _KINDS.items():
        if what in found:
            yield Objection("personal_data", Severity.LOOK, Sentence(_PERSONAL, {"what": name}))


def _is_ours(said: str, what: Blot, letterhead: Letterhead) -> bool:
    domain = letterhead.email.lower().rpartition("@")[2]
    if what is Blot.EMAIL:
        return bool(domain) and said.lower().endswith(f"@{domain}")
    return what is Blot.PHONE and _national(said) == _national(letterhead.phone)


def _national(number: str) -> str:
    """The digits without the country code of the Netherlands and leading zeros."""
    digits = "".join(filter(str.isdigit, number)).lstrip("0")
    return digits.removeprefix("31") if len(digits) > 9 else digits


def _tone(part: Part) -> Iterator[Objection]:
    if _SHOUTED.search(part.text):
        why = sentence("Capitals in a row and double exclamation marks read as shouting.")
        yield Objection("shouting", Severity.LOOK, Sentence(why))
    if part.subject and len(part.text) > LONGEST_SUBJECT:
        why = sentence("The subject is long; much of it is cut off on a telephone.")
        yield Objection("long_subject", Severity.HINT, Sentence(why))
    if found := _PROMISE.search(part.text):
        why = sentence("“{what}” promises something without a date. Say when, or say that you do not know.")
        yield Objection("no_date", Severity.HINT, Sentence(why, {"what": found[0]}))
