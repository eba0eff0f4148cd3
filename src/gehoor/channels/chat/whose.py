"""Who of those in a chat is the organisation: by what people said, by settings, and by what the export itself shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from gehoor.channels.base import Identity, Wishes
from gehoor.channels.call.roles import Role, role_named
from gehoor.channels.chat.errors import OursNotThere, WhoIsWeNeeded
from gehoor.channels.chat.message import Message, Sort
from gehoor.channels.chat.phrases import is_encryption_notice
from gehoor.channels.table.cells import phones

MOST_NAMES = 10_000
"""Names in one chat that are told apart."""


@dataclass(slots=True)
class Names:
    """Gathers who speaks as the messages pass."""

    spoke: dict[str, int] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    """Of whom the export says that "you" deleted a message."""
    title: str = ""
    """The name of the chat, where a line of the program shows it."""

    def add(self, message: Message) -> None:
        """One more message."""
        if message.sort is Sort.SYSTEM and message.author and not self.title and is_encryption_notice(message.text):
            self.title = message.author
        if message.sort is Sort.DELETED_BY_US:
            self.deleted.add(message.author)
        if message.author and message.sort is not Sort.SYSTEM and len(self.spoke) < MOST_NAMES:
            self.spoke[message.author] = self.spoke.get(message.author, 0) + 1


def identity_of(author: str) -> Identity | None:
    """The telephone number by which someone without a name stands in a chat. A bare name is no identity."""
    found = phones(author.lstrip("~ ")) if any(map(str.isdecimal, author)) else ()
    return found[0] if found else None


def ours(names: Names, wishes: Wishes, title: str, network: str) -> frozenset[str]:
    """The names that are ours; possibly none when the chat holds the customer's words only.

    Raises :class:`WhoIsWeNeeded` when nothing says, OursNotThere when the name that was said does not occur either.
    """
    spoke = list(names.spoke)
    if not spoke:
        return frozenset()
    for found in (_said(spoke, wishes.mapping), _own(spoke, wishes, network), names.deleted & set(spoke)):
        if found:
            return frozenset(found)
    decided = _by_title(spoke, title or names.title)
    if decided is None:
        decided = _by_number(spoke)
    if decided is None:
        decided = _by_role(spoke)
    if decided is None:
        talkative = sorted(spoke, key=lambda each: -names.spoke[each])
        raise OursNotThere(talkative) if wishes.mapping.get("ours") else WhoIsWeNeeded(talkative)
    return frozenset(decided)


def _said(spoke: Iterable[str], mapping: Mapping[str, str]) -> set[str]:
    """By ``ours=NAME``, or several names with ``+`` between them."""
    wanted = mapping.get("ours", "")
    parts = {part.strip() for part in (wanted, *wanted.split("+")) if part.strip()}
    named = {_plain(part) for part in parts} - {""}
    return {each for each in spoke if each in parts or _plain(each) in named}


def _own(spoke: Iterable[str], wishes: Wishes, network: str) -> set[str]:
    """By the settings: a number or name of ours."""
    found = set()
    for each in spoke:
        number = identity_of(each)
        if wishes.is_own(Identity("handle", each, network)) or (number is not None and wishes.is_own(number)):
            found.add(each)
    return found


def _by_title(spoke: list[str], title: str) -> set[str] | None:
    """A chat of two bears the name of the other, so whoever else speaks in it is ours."""
    others = [each for each in spoke if _plain(each) != _plain(title)]
    return set(others) if title and len(others) < len(spoke) <= 2 else None


def _by_number(spoke: list[str]) -> set[str] | None:
    """Who exports never stands in it as a bare number: beside numbers, the only name is ours."""
    named = [each for each in spoke if identity_of(each) is None]
    if not named:
        return set()
    return set(named) if len(named) == 1 < len(spoke) else None


def _by_role(spoke: list[str]) -> set[str] | None:
    """What is called after an adviser's role ("Klantenservice ...") is ours."""
    found = {each for each in spoke if role_named(each) is Role.ADVISER}
    return found if 0 < len(found) < len(spoke) else None


def _plain(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))
