"""Other ways to ask the same: thought up by us, or asked so by a customer."""

from collections.abc import Iterable

from django.db import transaction

from gehoor.kernel.errors import NotAllowed, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.answers.book.rules import check_may_propose, may_edit
from gehoor.rooms.answers.models import Answer, Phrasing
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.voices.models import Voice

PHRASING_LENGTH = 1_000


def plain(text: str) -> str:
    """A phrasing on one line."""
    return " ".join(text.replace("\0", "").split())


def same(one: str, other: str) -> bool:
    """Whether two say the same but for case and space."""
    return plain(one).casefold() == plain(other).casefold()


def do_add_phrasing(*, answer: Answer, text: str, actor: User | None, voice: Voice | None = None) -> Phrasing:
    """One more way to ask it; the one that is there when it is known. Raises Refused for nothing or too much."""
    check_may_propose(actor)
    asked = plain(text)
    if not asked:
        raise Refused(why=sentence("a phrasing needs words"))
    if len(asked) > PHRASING_LENGTH:
        raise Refused(why=sentence("a phrasing is one question, of at most 1,000 characters"))
    with transaction.atomic():
        known = next((each for each in answer.phrasings.filter(removed=False) if same(each.text, asked)), None)
        if known is not None:
            return known
        made = Phrasing.objects.create(answer=answer, text=asked, voice=voice, by=actor)
        do_log(actor=actor, action="answer.add_phrasing", what="answer", public_id=answer.public_id)
    return made


def do_remove_phrasing(*, phrasing: Phrasing, actor: User | None) -> None:
    """Nobody is found by it any more. Who may only propose removes their own."""
    _check_own(phrasing, actor)
    _set(phrasing, True, "answer.remove_phrasing", actor)


def do_restore_phrasing(*, phrasing: Phrasing, actor: User | None) -> None:
    """It counts again."""
    _check_own(phrasing, actor)
    _set(phrasing, False, "answer.restore_phrasing", actor)


def _check_own(phrasing: Phrasing, actor: User | None) -> None:
    check_may_propose(actor)
    if not may_edit(actor) and (actor is None or phrasing.by_id != actor.pk):
        raise NotAllowed()


def _set(phrasing: Phrasing, removed: bool, action: str, actor: User | None) -> None:
    with transaction.atomic():
        if Phrasing.objects.filter(pk=phrasing.pk, removed=not removed).update(removed=removed):
            do_log(actor=actor, action=action, what="answer", public_id=phrasing.answer.public_id)


def phrasings_of(answer: Answer) -> list[Phrasing]:
    """Those that count, in the order in which they came."""
    return list(answer.phrasings.filter(removed=False).select_related("voice", "by").order_by("pk"))


def new_among(texts: Iterable[str], known: Iterable[str]) -> list[str]:
    """Of these the ones that are not known, each once."""
    seen = {plain(each).casefold() for each in known}
    found: list[str] = []
    for each in map(plain, texts):
        if each and each.casefold() not in seen:
            seen.add(each.casefold())
            found.append(each[:PHRASING_LENGTH])
    return found
