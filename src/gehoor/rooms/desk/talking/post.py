"""Takes out the few mails that these pages need: a link to one's own data, an answer in a chat that nobody looks at.

They stand in a table, so that no page waits for a mail server. Each goes out at most once: it is marked before the last
step, and found so by someone who is not just sending it, it is given up. A lost link is asked for again; a chat keeps
its answer.
"""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Literal
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from gehoor.channels.base import Identity
from gehoor.channels.outgoing import Addressee, Carrier, Line, Outgoing
from gehoor.channels.registry import senders as kinds
from gehoor.kernel.clock import now
from gehoor.kernel.errors import CannotDeliver, CannotReach, DeliveryUnsure
from gehoor.kernel.ids import key_of
from gehoor.rooms.desk.models import ChatLine, Invitation, OwnDataLink, Post, PostKind
from gehoor.rooms.desk.talking.own_data import do_make_link, identity_to_tell, new_token
from gehoor.rooms.people.salutation import salutation
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.public.letterhead import current_letterhead
from gehoor.rooms.public.showing import in_language
from gehoor.rooms.sending.models import SenderSettings
from gehoor.rooms.sending.senders import senders

AT_ONCE = 50
MOST_ATTEMPTS = 8
KEPT_FOR = timedelta(days=2)
_FORGET_EVERY_SECONDS = 3600.0
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 10.0, 1800.0


def mail_sender() -> tuple[SenderSettings, Carrier] | None:
    """By which mail goes out: the first that is set up."""
    for kept in senders().filter(channel="email"):
        kind = kinds().get(kept.kind)
        if isinstance(kind, Carrier):
            return kept, kind
    return None


class Postman:
    """One worker's round. ``goes_on`` is asked between two mails."""

    def __init__(self, goes_on: Callable[[], bool] = lambda: True) -> None:
        self._goes_on = goes_on
        self._forgot = float("-inf")

    def once(self) -> int:
        """Send all that is due; says how much was done."""
        Post.objects.filter(ending=True).delete()
        if time.monotonic() - self._forgot > _FORGET_EVERY_SECONDS:
            do_forget_old()
            self._forgot = time.monotonic()
        rows = Post.objects.filter(due_at__lte=now()).order_by("due_at", "pk")[:AT_ONCE]
        due = [post for post in rows if _letter(post) is not None]
        found = mail_sender() if due else None
        return self._send(due, *found) if found is not None else 0

    def _send(self, due: Sequence[Post], sender: SenderSettings, carrier: Carrier) -> int:
        """Each is looked at again right before: one mail may have said what stood in another."""
        done, tried = 0, due[0]
        try:
            with carrier.open({**sender.settings, **sender.secret}, current_letterhead()) as line:
                for post in due:
                    if not self._goes_on():
                        break
                    tried, letter = post, _letter(post)
                    if letter is not None:
                        done += _send_one(line, post, letter)
        except CannotReach:
            _try_later(tried)
        return done


class _Letter:
    """A mail with what has to be written down before it goes."""

    def __init__(self, message: Outgoing, before: Callable[[], object], also: Sequence[int] = ()) -> None:
        self.message, self.before, self.also = message, before, also


def _send_one(line: Line, post: Post, letter: _Letter) -> int:
    """Send one mail. Raises CannotReach when the other side is to be left alone."""
    with suppress(CannotDeliver, DeliveryUnsure):
        line.send(letter.message, lambda: _end(post, letter))
    Post.objects.filter(pk__in=[post.pk, *letter.also]).delete()
    return 1


def _end(post: Post, letter: _Letter) -> None:
    """Right before the last step: from now on it is not sent again."""
    with transaction.atomic():
        letter.before()
        Post.objects.filter(pk__in=[post.pk, *letter.also]).update(ending=True)


def _try_later(post: Post) -> None:
    attempts = post.attempts + 1
    if attempts >= MOST_ATTEMPTS or post.at < now() - KEPT_FOR:
        post.delete()
        return
    pause = min(_FIRST_PAUSE_SECONDS * 2.0**post.attempts, _LONGEST_PAUSE_SECONDS)
    later = {"attempts": attempts, "due_at": now() + timedelta(seconds=pause), "ending": False}
    Post.objects.filter(pk=post.pk).update(**later)


def _letter(post: Post) -> _Letter | None:
    """What is to be sent; None when nothing is, and then the row goes."""
    with translation.override(post.language):
        made = _own_data(post) if post.kind == PostKind.OWN_DATA else _chat(post)
    if made is None or post.at < now() - KEPT_FOR:
        Post.objects.filter(pk=post.pk).delete()
        return None
    return made


def _own_data(post: Post) -> _Letter | None:
    identity = identity_to_tell(post.address)
    if identity is None:
        return None
    token = new_token()
    path = in_language(reverse("talking:own_data_open", args=[token]), post.language)
    text = gettext(
        "Someone, probably you, asked to see what we keep of you.\n\n"
        "With this link you see it. It works once, until tomorrow this time:\n\n%(link)s\n\n"
        "Did you not ask for this? Then you need not do anything; nobody sees anything."
    ) % {"link": urljoin(post.base or settings.PUBLIC_ADDRESS, path)}
    shown = Identity("email", identity.shown)
    name = identity.person.name if identity.person else ""
    message = _message(post, gettext("What we keep of you"), text, shown, name if "@" not in name else "")
    return _Letter(message, lambda: do_make_link(identity=identity, token=token))


def _chat(post: Post) -> _Letter | None:
    """All answers in this chat that the customer has not read, in one mail."""
    first = ChatLine.objects.select_related("chat").filter(post=post).first()
    if first is None:
        return None
    chat = first.chat
    rows = chat.said.filter(number__gt=chat.read, post__isnull=False).select_related("reply", "post").order_by("number")
    unread = [row for row in rows if row.reply is not None]
    if first.number <= chat.read or not unread:
        return None
    text = gettext("You asked us something in the chat on our site. This is our answer:\n\n%(answer)s") % {
        "answer": "\n\n".join(row.reply.text for row in unread if row.reply)
    }
    message = _message(post, gettext("Our answer to your chat"), text, Identity("email", post.address), chat.name)
    also = [row.post.pk for row in unread]

    def before() -> None:
        do_log(actor=None, action="chat.mail", what="chat", public_id=chat.public_id)

    return _Letter(message, before, also)


def _message(post: Post, subject: str, text: str, address: Identity, name: str) -> Outgoing:
    language: Literal["nl", "en"] = "en" if post.language == "en" else "nl"
    return Outgoing(
        key=key_of(["post", post.pk, post.at.isoformat()]).hex()[:32],
        to=Addressee(name, address),
        subject=subject,
        text=f"{salutation(name, language)},\n\n{text}",
        language=language,
        dated=timezone.localdate(),
        by="machine" if post.kind == PostKind.OWN_DATA else "person",
    )


def do_forget_old() -> None:
    """What is kept for a time only goes when that is over."""
    Post.objects.filter(at__lt=now() - KEPT_FOR).delete()
    OwnDataLink.objects.filter(asked_at__lt=now() - timedelta(days=31)).delete()
    Invitation.objects.filter(asked_at__lt=now() - timedelta(days=2 * 365), declined_at=None).delete()
