"""Posts to what was heard: who speaks, whom one of ours answers, and by what a post is known again.

A post of ours is a reply when it answers one person: whom it quotes or replies to, else the customer who spoke last
before it, else the one who opened the topic. One that opens a topic, or answers nobody, is said to everyone.
"""

from collections.abc import Iterator

from gehoor.channels.base import Direction, Heard, Identity, NothingSaid, Outcome, Wishes
from gehoor.channels.forum.post import Post, Topic
from gehoor.channels.pages.handles import handle_on, is_our_name
from gehoor.kernel.language import sentence

CHANNEL = "forum"
_OTHERS = frozenset({"", "web_archive", "blog"})
"""What whoever sends in a page or archive may have called it: its posts are a forum's all the same."""
EMPTY = sentence("The post holds no words.")


def channel_of(wishes: Wishes) -> str:
    """The channel of a post."""
    return CHANNEL if wishes.channel in _OTHERS else wishes.channel


class Telling:
    """Tells the posts of topics, one page after the other."""

    def __init__(self, topic: Topic, wishes: Wishes, scope: str) -> None:
        self._topic = topic
        self._wishes = wishes
        self._scope = scope
        self._names: dict[str, str] = {post.number: post.account for post in topic.posts}
        self._known = {post.number: post.known_as for post in topic.posts}
        self._last = ""
        self._last_number = ""

    def outcomes(self) -> Iterator[Outcome]:
        """One for every post."""
        for post in self._topic.posts:
            if not (post.text or post.quoted):
                yield NothingSaid(post.position, post.original, post.media_type, EMPTY)
                continue
            yield self._heard(post)

    def _heard(self, post: Post) -> Heard:
        ours = is_our_name(self._topic.site, post.account, self._wishes)
        answered, number = self._answered(post) if ours else ("", "")
        if not ours:
            self._last, self._last_number = post.account, post.number
        thread = tuple(map(self._native, post.answers)) or ((self._native(number),) if number else ())
        return Heard(
            channel=channel_of(self._wishes),
            text=post.text,
            position=post.position,
            original=post.original,
            media_type=post.media_type,
            direction=self._direction(ours=ours, answered=answered),
            said_at=post.said_at,
            author=post.author,
            identities=handle_on(CHANNEL, self._topic.site, post.account),
            recipients=self._recipients(answered),
            adviser=post.author if ours else "",
            subject=self._topic.title,
            quoted=post.quoted,
            signature=post.signature,
            native_id=self._native(post.number) if post.number else "",
            id_is_global=bool(self._topic.site or post.known_as),
            scope="" if self._topic.site or post.known_as else self._scope,
            thread=thread,
            conversation=self._topic.key,
        )

    @staticmethod
    def _direction(*, ours: bool, answered: str) -> Direction:
        if not ours:
            return Direction.FROM_CUSTOMER
        return Direction.TO_CUSTOMER if answered else Direction.TO_EVERYONE

    def _answered(self, post: Post) -> tuple[str, str]:
        """The account that a post of ours answers, and the post; two times nothing when it speaks to everyone."""
        if post.begins:
            return "", ""
        for number in post.answers:
            if self._is_customer(name := self._names.get(number, "")):
                return name, number
        for name in post.quotes:
            if self._is_customer(name):
                return name, self._last_of(name, post)
        if self._last:
            return self._last, self._last_number
        return (self._topic.begun_by, "") if self._is_customer(self._topic.begun_by) else ("", "")

    def _last_of(self, name: str, before: Post) -> str:
        found = ""
        for post in self._topic.posts:
            if post is before:
                break
            if post.account == name:
                found = post.number
        return found

    def _is_customer(self, name: str) -> bool:
        return bool(name) and not is_our_name(self._topic.site, name, self._wishes)

    def _recipients(self, name: str) -> tuple[Identity, ...]:
        return handle_on(CHANNEL, self._topic.site, name)

    def _native(self, number: str) -> str:
        if known := self._known.get(number):
            return known
        return f"{self._topic.site}/{number}" if self._topic.site else number
