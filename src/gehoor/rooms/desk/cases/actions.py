"""What people do with a case besides answering: take it, say how urgent it is, put it off, word it, note something."""

import re
from collections import Counter
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from gehoor.kernel.clock import now
from gehoor.kernel.errors import NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.cases.acts import hold, in_turn, note_act
from gehoor.rooms.desk.cases.states import check_may_answer, do_set_state
from gehoor.rooms.desk.models import WAITS_FOR_US, Act, Case, Mention, Priority, State
from gehoor.rooms.privacy.audit import do_log

LONGEST_NOTE = 10_000
_MENTION = re.compile(r"(?<![\w@])@([\w.'-]+)")


def access_act(public_id: UUID) -> Act:
    """One act; raises NotFound."""
    try:
        return Act.objects.select_related("case", "by").get(public_id=public_id)
    except Act.DoesNotExist:
        raise NotFound(what=sentence("act")) from None


def colleagues() -> list[User]:
    """Everyone who works at the desk, by name."""
    return [user for user in User.objects.filter(is_active=True).order_by("name", "pk") if user.may(May.ANSWER)]


def access_colleague(public_id: str) -> User:
    """Someone who works at the desk; raises NotFound."""
    found = next((user for user in colleagues() if str(user.public_id) == public_id), None)
    if found is None:
        raise NotFound(what=sentence("colleague"))
    return found


def do_assign(case: Case, who: User | None, actor: User) -> Act | None:
    """Give a case to a colleague, or to nobody; None where it was so already. A new case is open from then on."""
    if who is not None and not who.may(May.ANSWER):
        raise Refused(why=sentence("this colleague does not work at the desk"))
    with in_turn():
        act = _change(case, "assign", "assignee", who, actor)
        if act is not None and who is not None and case.state == State.NEW:
            do_set_state(case, State.OPEN, actor)
    return act


def do_set_priority(case: Case, priority: int, actor: User) -> Act | None:
    """Say how urgent a case is; None where it was so already."""
    if priority not in Priority.values:
        raise Refused(why=sentence("there is no such priority"))
    return _change(case, "priority", "priority", priority, actor)


def do_snooze(case: Case, until: datetime | None, actor: User) -> Act | None:
    """Put a case off until a moment that is to come, after which it is back by itself; None: it is back now."""
    if until is not None and until <= now():
        raise Refused(why=sentence("that moment is over; choose one that is still to come"))
    if until is not None and case.state not in WAITS_FOR_US:
        raise Refused(why=sentence("nobody waits for us in this case, so there is nothing to put off"))
    return _change(case, "snooze", "snoozed_until", until, actor)


def do_word(case: Case, about: str, actor: User) -> Act | None:
    """Say in other words what a case is about; None where these were the words already."""
    about = " ".join(about.split())
    if not about:
        raise Refused(why=sentence("say in a few words what it is about"))
    if len(about) > 200:
        raise Refused(why=sentence("at most 200 characters"))
    return _change(case, "about", "about", about, actor)


def do_note(case: Case, text: str, actor: User) -> Act:
    """Keep a private note, which the customer never sees and which is no answer. Colleagues who are named in it with
    an @ are told."""
    check_may_answer(actor)
    text = text.strip()
    if not text:
        raise Refused(why=sentence("the note is empty"))
    if len(text) > LONGEST_NOTE:
        raise Refused(why=sentence("a note has at most 10,000 characters"))
    with in_turn():
        hold(case)
        act = note_act(case, "note", by=actor, text=text)
        named = [each for each in named_in(text, colleagues()) if each != actor]
        Mention.objects.bulk_create([Mention(act=act, user=user) for user in named])
        do_log(actor=actor, action="case.note", what="case", public_id=case.public_id)
    return act


def named_in(text: str, users: list[User]) -> list[User]:
    """Whom a note names: by first name where only one is called so, by the name written as one word, or by the part of
    the mail address before the @."""
    wanted = {each.casefold().strip(".'-") for each in _MENTION.findall(text)}
    firsts = Counter(_first(user) for user in users)
    return [user for user in users if wanted & _calls(user) or (firsts[_first(user)] == 1 and _first(user) in wanted)]


def _first(user: User) -> str:
    return next(iter(user.name.casefold().split()), "")


def _calls(user: User) -> set[str]:
    name = user.name.casefold()
    return {name.replace(" ", ""), name.replace(" ", "."), name.replace(" ", "-"), user.email.split("@")[0].casefold()}


def _change(case: Case, kind: str, field: str, value: Any, actor: User) -> Act | None:
    check_may_answer(actor)
    with in_turn():
        hold(case)
        was = getattr(case, field)
        if was == value:
            return None
        setattr(case, field, value)
        case.save(update_fields=[field])
        act = note_act(case, kind, by=actor, values={"was": as_value(was), "is": as_value(value)})
        do_log(actor=actor, action=f"case.{kind}", what="case", public_id=case.public_id)
    return act


def as_value(value: Any) -> str | int | None:
    """What stands in the log for a field's value: a colleague by public id, a moment as ISO in UTC."""
    if isinstance(value, User):
        return str(value.public_id)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value  # type: ignore[no-any-return]


def from_value(field: str, value: Any) -> Any:
    """The field's value as it stood in the log; a colleague who is gone is nobody."""
    if value is None:
        return None
    if field == "assignee":
        return User.objects.filter(public_id=value).first()
    if field == "snoozed_until":
        return datetime.fromisoformat(value)
    return value
