"""Who of the speakers is the customer and who the adviser: by what they are called, else by what they say."""

import re
from collections.abc import Iterable, Mapping
from enum import Enum

from gehoor.channels.call.talk import Turn


class Role(Enum):
    """Whose words these are."""

    CUSTOMER = "customer"
    ADVISER = "adviser"
    SYSTEM = "system"
    """A menu, a waiting queue: nobody."""
    UNKNOWN = "unknown"


_NAMES = {
    Role.CUSTOMER: "klant beller cliënt client bellende inbeller consument relatie lid huurder patiënt deelnemer "
    "customer caller external consumer guest member contact enduser",
    Role.ADVISER: "adviseur medewerker medewerkster agent internal adviser advisor employee operator representative "
    "rep callcenter klantenservice klantcontact behandelaar collega support organisatie",
    Role.SYSTEM: "system systeem ivr acd menu bot custombot voicebot keuzemenu workflow voicemail",
}
_ROLES = {name: role for role, names in _NAMES.items() for name in names.split()}
_NOBODY = frozenset({"spreker", "speaker", "unknown", "onbekend", "left", "right", "links", "rechts"})
_LETTERS = re.compile(r"[^\W\d_]+")
_CUES = re.compile(
    r"waarmee kan ik (?:u|je|jou)|wat kan ik voor (?:u|je) (?:doen|betekenen)|(?:u|je) spreekt met"
    r"|kan ik (?:u|je) (?:verder |nog |ergens |anders )*(?:mee )?(?:helpen|van dienst zijn)"
    r"|mag ik (?:van u )?(?:uw|je) (?:klantnummer|geboortedatum|postcode|naam|gegevens|polisnummer|telefoonnummer)"
    r"|ik verbind u (?:even )?door|(?:ik ga|ga ik) het (?:even )?voor u"
    r"|een (?:ogenblik|moment)(?:je)? ?,? (?:alstublieft|geduld)"
    r"|bedankt voor (?:uw|het) (?:bellen|geduld|wachten)|kan ik u even in de wacht|dit gesprek (?:kan|wordt)"
    r"|how (?:can|may) i (?:help|assist)|(?:you are|you're) (?:speaking|talking) (?:to|with)"
    r"|thank you for (?:calling|holding)"
    r"|anything else i can|(?:may|can) i have your (?:name|account|number|customer|date)|i will put you through",
    re.IGNORECASE,
)  # fmt: skip


def role_named(name: str) -> Role:
    """What a speaker's name says: ``Klant 1``, ``AGENT``, ``medewerker (Karin)``."""
    return next((_ROLES[word] for word in _LETTERS.findall(name.casefold()) if word in _ROLES), Role.UNKNOWN)


def person_named(name: str) -> str:
    """A person's own name in a speaker's: ``Karin`` of ``medewerker (Karin)``; "" for none, or a number."""
    letters = _LETTERS.findall(name)
    if any(sign.isdigit() for sign in name) or any(word.casefold() in _NOBODY for word in letters):
        return ""
    kept = [word for word in re.findall(r"[^\W\d_][^\s:()\[\]]*", name) if word.casefold() not in _ROLES]
    return " ".join(kept)


def cues(texts: Iterable[str]) -> int:
    """How often something is said that only the organisation's own people say."""
    return sum(len(_CUES.findall(text)) for text in texts)


def roles_of(turns: Iterable[Turn], given: Mapping[str, str]) -> dict[str, Role]:
    """The role of every speaker. ``given`` is what the source says that each is."""
    said: dict[str, list[str]] = {}
    for turn in turns:
        said.setdefault(turn.speaker, []).append(turn.text)
    roles = {speaker: role_named(given.get(speaker, speaker)) for speaker in said}
    unknown = [speaker for speaker in said if speaker and roles[speaker] is Role.UNKNOWN]
    known = set(roles.values())
    counted = {speaker: cues(said[speaker]) for speaker in unknown}
    if Role.CUSTOMER in known and Role.ADVISER not in known:
        return roles | dict.fromkeys(unknown, Role.ADVISER)
    if Role.ADVISER in known or _tells_apart(counted):
        return roles | {each: Role.ADVISER if count else Role.CUSTOMER for each, count in counted.items()}
    return roles


def _tells_apart(counted: Mapping[str, int]) -> bool:
    return any(counted.values()) and not all(counted.values())
