"""A post and its topic, whatever forum they stood on."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Post:
    """One post. ``number`` is the forum's own id of it, ``answers`` the ids of posts that it quotes or replies to.

    ``account`` is the name of the account, "" of a guest; ``quotes`` the names of those whom it quotes.
    """

    number: str
    author: str
    account: str
    said_at: datetime | None
    text: str
    quoted: str
    signature: str
    original: bytes
    media_type: str
    position: str
    quotes: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    begins: bool = False
    """Whether it is the first of its topic."""
    known_as: str = ""
    """By what it is known everywhere, where its number alone does not say that."""


@dataclass(frozen=True, slots=True)
class Topic:
    """Posts of one topic, in their order: a page of it, or all. ``site`` is the forum's host, "" when unknown."""

    site: str
    key: str
    title: str
    posts: tuple[Post, ...]
    begun_by: str = ""
    """The account that opened the topic, where it is told."""
