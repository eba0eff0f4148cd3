"""Taking entries in from a file. The same file twice changes nothing; what people changed since is not overwritten."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from gehoor.kernel.errors import Refused
from gehoor.kernel.ids import key_of, new_id
from gehoor.kernel.language import Sentence, sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.answers.book.actions import do_propose, do_save
from gehoor.rooms.answers.book.content import Content, as_fields, check_content, content_of
from gehoor.rooms.answers.book.facts import Stated, facts_after, write_facts
from gehoor.rooms.answers.book.phrasing import new_among
from gehoor.rooms.answers.book.reading.incoming import Incoming, Read, Unread
from gehoor.rooms.answers.book.rules import check_may_edit
from gehoor.rooms.answers.models import Answer, Audience, Phrasing, State, Version
from gehoor.rooms.privacy.audit import do_log

IMPORTED, AGAIN = "imported", "imported again"
_AT_ONCE = 400


@dataclass(slots=True)
class Summary:
    """What became of a file. ``changed`` hold at once; ``proposed`` wait, since people changed the entry since;
    ``twice`` are new entries that ask in the same words what another one asks, each with that one."""

    new: int = 0
    known: int = 0
    changed: int = 0
    proposed: list[UUID] = field(default_factory=list)
    twice: list[tuple[UUID, UUID]] = field(default_factory=list)
    phrasings: int = 0
    unknown_owners: int = 0
    unread: list[Unread] = field(default_factory=list)

    @property
    def items(self) -> int:
        """Everything in the file."""
        return self.new + self.known + self.changed + len(self.proposed) + len(self.unread)

    def document(self) -> dict[str, Any]:
        """As JSON; ``docs/json.md`` describes it."""
        return {
            "new": self.new,
            "known": self.known,
            "changed": self.changed,
            "proposed": [str(each) for each in self.proposed],
            "twice": [{"new": str(new), "other": str(other)} for new, other in self.twice],
            "phrasings": self.phrasings,
            "unread": [{"place": each.place, "reason": str(each.reason)} for each in self.unread],
            "unknown_owners": self.unknown_owners,
            "items": self.items,
        }


@dataclass(frozen=True, slots=True)
class Wishes:
    """What who imports says of entries of which the file does not say it. ``source`` names where they come from: the
    same source again changes its entries, another one adds its own."""

    source: str
    language: str = "nl"
    state: str = State.NOT_VALIDATED
    audience: str = Audience.ADVISERS


def do_import(*, found: Iterable[Read], wishes: Wishes, actor: User | None) -> Summary:
    """Take in what a file says, a part at a time; what cannot be read is listed, and the rest goes on."""
    check_may_edit(actor)
    if not wishes.source.strip():
        raise Refused(why=sentence("a name for where the answers come from is missing"))
    summary, asked = Summary(), _Asked()
    people = _People()
    rows = iter(found)
    while some := list(islice(rows, _AT_ONCE)):
        summary.unread.extend(each for each in some if isinstance(each, Unread))
        with transaction.atomic():
            new = _take([each for each in some if isinstance(each, Incoming)], wishes, actor, people, summary)
            summary.twice.extend(asked.also(new))
    summary.unknown_owners = len(people.unknown)
    do_log(actor=actor, action="answer.import", what="book")
    return summary


class _People:
    """Colleagues by mail address and by name."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}
        self.unknown: set[str] = set()
        for pk, email, name in User.objects.order_by("-pk").values_list("pk", "email", "name"):
            self._known[name.casefold()] = pk
            self._known[email.casefold()] = pk

    def named(self, written: str) -> int | None:
        """Who that is; None when nobody is named or known."""
        plain = written.strip().casefold()
        found = self._known.get(plain) if plain else None
        if plain and found is None:
            self.unknown.add(plain)
        return found


class _Asked:
    """What the book asked before the import, and asks since, by its words."""

    def __init__(self) -> None:
        rows = Answer.objects.exclude(current=None).exclude(current__state=State.ARCHIVED).order_by("-pk")
        self._first = {_words(text): found for found, text in rows.values_list("public_id", "current__question")}

    def also(self, new: Iterable[Answer]) -> Iterator[tuple[UUID, UUID]]:
        """Those of the new entries of which the words stand there already, with where."""
        for each in new:
            first = self._first.setdefault(_words(each.current.question if each.current else ""), each.public_id)
            if first != each.public_id:
                yield each.public_id, first


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


@dataclass(frozen=True, slots=True)
class _Row:
    incoming: Incoming
    key: str
    answer: Answer | None


def _take(some: list[Incoming], wishes: Wishes, actor: User | None, people: _People, summary: Summary) -> list[Answer]:
    """The new entries."""
    rows = list(_matched(some, wishes.source[:200]))
    known = [row.answer.pk for row in rows if row.answer is not None]
    last = _last_imported(known)
    phrasings = _phrasings(known)
    made: list[tuple[_Row, Content]] = []
    for row in rows:
        try:
            if row.answer is None:
                made.append((row, check_content(_content(row.incoming, _beginning(wishes), people))))
            else:
                _again(row, last.get(row.answer.pk), actor, people, summary)
                summary.phrasings += _more_phrasings(row.answer, row.incoming, phrasings.get(row.answer.pk, []), actor)
        except Refused as refused:
            reason = Sentence(refused.text, refused.fields)
            summary.unread.append(Unread(row.incoming.place, reason))
    return _add(made, wishes, actor, summary)


def _matched(some: list[Incoming], source: str) -> Iterator[_Row]:
    """Each with the entry that it is, where the book has it: by our own id, else by the file's key or question."""
    own = Answer.objects.select_related("current").in_bulk(
        [each.own for each in some if each.own], field_name="public_id"
    )
    keys = [_key(each) for each in some]
    rows = Answer.objects.select_related("current").filter(source=source, source_id__in=keys)
    sourced = {each.source_id: each for each in rows}
    for each, key in zip(some, keys, strict=True):
        found = own.get(each.own) if each.own else None
        yield _Row(each, key, found or sourced.get(key))


def _key(said: Incoming) -> str:
    return said.key or (str(said.own) if said.own else key_of([said.question.casefold()]).hex()[:32])


def _last_imported(answers: list[int]) -> dict[int, Version]:
    """What the last import said of each, by entry; a proposal that was declined too."""
    newest = Version.objects.filter(answer__in=answers, imported=True).values("answer").annotate(last=Max("pk"))
    found = Version.objects.filter(pk__in=[row["last"] for row in newest])
    return {each.answer_id: each for each in found}


def _phrasings(answers: list[int]) -> dict[int, list[str]]:
    """Those that were removed too: they do not come back."""
    found: dict[int, list[str]] = {}
    for answer, text in Phrasing.objects.filter(answer__in=answers).values_list("answer_id", "text"):
        found.setdefault(answer, []).append(text)
    return found


def _beginning(wishes: Wishes) -> Content:
    return Content("", "", language=wishes.language, state=wishes.state, audience=wishes.audience)


def _content(said: Incoming, before: Content, people: _People) -> Content:
    """What was there before, with what the file says in its place."""
    named: Mapping[str, object] = {
        "forms": said.forms,
        "language": said.language,
        "subject": said.subject,
        "state": said.state,
        "audience": said.audience,
    }
    content = replace(before, question=said.question, text=said.text)
    content = replace(content, **{name: value for name, value in named.items() if value is not None})  # type: ignore[arg-type]
    if said.owner is not None:
        content = replace(content, owner=people.named(said.owner))
    return replace(
        content,
        valid_from=said.valid_from if said.valid_from or said.says_days else before.valid_from,
        valid_to=said.valid_to if said.valid_to or said.says_days else before.valid_to,
        review_on=said.review_on if said.review_on or said.says_days else before.review_on,
    )


def _again(row: _Row, last: Version | None, actor: User | None, people: _People, summary: Summary) -> None:
    """An entry that is there. What the file says otherwise than at the last import holds, or is proposed where people
    changed the entry since."""
    answer = row.answer
    if answer is None or answer.current is None:
        return
    now = content_of(answer.current)
    reference = content_of(last) if last is not None else now
    if check_content(_content(row.incoming, reference, people)) == reference:
        summary.known += 1
        return
    wanted = check_content(_content(row.incoming, now, people))
    if wanted == now:
        summary.known += 1
    elif last is not None and last.pk == answer.current.pk:
        made = do_save(
            answer=answer, content=wanted, based_on=answer.current.number, actor=actor, why=AGAIN, imported=True
        )
        answer.current = made
        summary.changed += 1
    else:
        do_propose(answer=answer, content=wanted, actor=actor, why=AGAIN, imported=True)
        summary.proposed.append(answer.public_id)


def _more_phrasings(answer: Answer, said: Incoming, known: list[str], actor: User | None) -> int:
    new = new_among(said.phrasings, known)
    Phrasing.objects.bulk_create([Phrasing(answer=answer, text=text, by=actor) for text in new])
    return len(new)


def _add(made: list[tuple[_Row, Content]], wishes: Wishes, actor: User | None, summary: Summary) -> list[Answer]:
    """New entries, together."""
    answers = [
        Answer(public_id=row.incoming.own or new_id(), source=wishes.source[:200], source_id=row.key, by=actor)
        for row, _ in made
    ]
    Answer.objects.bulk_create(answers)
    versions = [
        Version(
            answer=answer,
            number=1,
            by=actor,
            imported=True,
            why=IMPORTED,
            facts=write_facts(_facts(row.incoming, content)),
            **as_fields(content),
        )
        for answer, (row, content) in zip(answers, made, strict=True)
    ]
    Version.objects.bulk_create(versions)
    for answer, version in zip(answers, versions, strict=True):
        answer.current = version
    Answer.objects.bulk_update(answers, ["current"], batch_size=200)
    phrasings = [
        Phrasing(answer=answer, text=text, by=actor)
        for answer, (row, _) in zip(answers, made, strict=True)
        for text in row.incoming.phrasings
    ]
    Phrasing.objects.bulk_create(phrasings)
    summary.new += len(answers)
    summary.phrasings += len(phrasings)
    return answers


def _facts(said: Incoming, content: Content) -> list[Stated]:
    """What people confirmed where the file came from, and what is found in the text besides."""
    found = facts_after(content.question, content.text)
    places = [(each.fact.start, each.fact.end) for each in said.facts]
    fresh = [each for each in found if not any(a < each.fact.end and each.fact.start < b for a, b in places)]
    fits = [each for each in said.facts if 0 <= each.fact.start < each.fact.end <= len(content.text)]
    return [*fits, *fresh]
