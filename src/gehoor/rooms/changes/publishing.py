"""What we tell everyone: what was asked, what we did or why not, and whether it helped. Nothing about anyone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.cache import cache
from django.db import transaction

from gehoor.analysis.blotting import Blot, find
from gehoor.kernel.errors import NotFound, Refused
from gehoor.kernel.ids import key_of
from gehoor.kernel.language import Sentence, sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.changes.asked import asked_for
from gehoor.rooms.changes.log import standings
from gehoor.rooms.changes.measuring import Outcomes, measure
from gehoor.rooms.changes.models import Change, Published
from gehoor.rooms.changes.standing import Stage
from gehoor.rooms.privacy.audit import do_log

TITLE_LENGTH, TEXT_LENGTH = 200, 4_000
FEW = 5
"""Fewer people than this are never counted out loud: who asked could be recognised."""
_KEPT_SECONDS = 600
_SOMEBODY = {Blot.EMAIL, Blot.PHONE, Blot.ACCOUNT, Blot.NUMBER, Blot.ADDRESS}

STAGE_SENTENCES: Mapping[str, str] = {
    Stage.ASKED: sentence("Nothing was decided about this yet."),
    Stage.LATER: sentence("We look at this again later."),
    Stage.NO: sentence("We decided not to do this."),
    Stage.YES: sentence("We are going to do this."),
    Stage.DOING: sentence("We are working on this."),
    Stage.DONE: sentence("This is done."),
}
HELPED_SENTENCES: Mapping[str, str] = {
    Outcomes.HELPED: sentence("It helped: since then fewer people have to ask for it."),
    Outcomes.WORSE: sentence("It did not help yet: since then more people ask for it. We are looking at it again."),
    Outcomes.NO_EFFECT: sentence("It made no difference yet: as many people ask for it as before."),
    Outcomes.CANNOT_TELL: sentence("Whether it helped, we cannot tell from what people say since."),
    Outcomes.TOO_EARLY: sentence("It is too early to tell whether it helps."),
}


@dataclass(frozen=True, slots=True)
class Text:
    """What is said to everyone. The English may be empty: the Dutch is shown then."""

    title_nl: str
    text_nl: str
    day: date
    title_en: str = ""
    text_en: str = ""
    place: int = 100


def check_text(said: Text) -> Text:
    """The same, tidied; raises Refused when it cannot be."""
    titles = [" ".join(title.split()) for title in (said.title_nl, said.title_en)]
    texts = [text.strip() for text in (said.text_nl, said.text_en)]
    if not titles[0] or not texts[0]:
        raise Refused(why=sentence("a title and a text in Dutch are needed"))
    if max(map(len, titles)) > TITLE_LENGTH or max(map(len, texts)) > TEXT_LENGTH:
        raise Refused(why=sentence("the title or the text is too long"))
    if bool(titles[1]) != bool(texts[1]):
        raise Refused(why=sentence("the English needs both a title and a text"))
    return Text(titles[0], texts[0], said.day, titles[1], texts[1], said.place)


def looks_personal(text: str) -> list[str]:
    """What in a text looks like an address, a number or an account of somebody: to be looked at by a person."""
    found = (text[each.start : each.end] for each in find(text) if each.what in _SOMEBODY)
    return list(dict.fromkeys(found))[:5]


def do_publish(*, change: Change, said: Text, actor: User) -> Published:
    """Put a text about a change on the public page, in the place of the one before. Raises Refused."""
    said = check_text(said)
    persons = asked_for([change.pk])[change.pk].persons
    with transaction.atomic():
        before = published_of(change)
        if before is not None:
            Published.objects.filter(pk=before.pk).update(withdrawn=True)
        made = Published.objects.create(
            change=change,
            title_nl=said.title_nl,
            title_en=said.title_en,
            text_nl=said.text_nl,
            text_en=said.text_en,
            day=said.day,
            place=said.place,
            asked_by=persons or None,
            replaces=before,
            by=actor,
        )
        do_log(actor=actor, action="change.publish", what="change", public_id=change.public_id)
    return made


def do_withdraw(*, published: Published, actor: User) -> None:
    """Take a text off the public page. Raises Refused when it is off already."""
    with transaction.atomic():
        if not Published.objects.filter(pk=published.pk, withdrawn=False).update(withdrawn=True):
            raise Refused(why=sentence("it is not on the page any more"))
        do_log(actor=actor, action="change.withdraw", what="change", public_id=published.change.public_id)


def do_undo_publishing(*, published: Published, actor: User) -> None:
    """Take back what was done last with a text: withdrawing it, or publishing it (the one before comes back)."""
    with transaction.atomic():
        now = Published.objects.select_for_update().get(pk=published.pk)
        others = Published.objects.filter(change=now.change_id, withdrawn=False).exclude(pk=now.pk)
        if now.withdrawn and others.exists():
            raise Refused(why=sentence("another text was published since"))
        Published.objects.filter(pk=now.pk).update(withdrawn=not now.withdrawn)
        if not now.withdrawn and now.replaces_id is not None:
            Published.objects.filter(pk=now.replaces_id).update(withdrawn=False)
        do_log(actor=actor, action="change.undo_publish", what="change", public_id=published.change.public_id)


def published_of(change: Change) -> Published | None:
    """The text about a change that is on the page now."""
    return Published.objects.filter(change=change, withdrawn=False).select_related("by").order_by("-pk").first()


def access_published(public_id: UUID) -> Published:
    """One text, also one that was withdrawn; raises NotFound."""
    found = Published.objects.select_related("change").filter(public_id=public_id).first()
    if found is None:
        raise NotFound(what=sentence("text"))
    return found


def people_in_words(persons: int | None) -> Sentence:
    """How many people asked, as it may be said to everyone: rounded, and fewer than five not counted out."""
    if not persons:
        return Sentence(sentence("Customers asked for this."))
    if persons < FEW:
        return Sentence(sentence("A few customers asked for this."))
    return Sentence(sentence("About {count} customers asked for this."), {"count": rounded(persons)})


def rounded(persons: int) -> int:
    """To fives below fifty, to tens below two hundred, to fifties beyond."""
    step = 5 if persons < 50 else 10 if persons < 200 else 50
    return max(FEW, step * round(persons / step))


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry of the public page. ``language`` is that of the text: not the page's where no English was written."""

    title: str
    paragraphs: tuple[str, ...]
    language: str
    day: date
    asked: Sentence
    stage: Sentence
    helped: Sentence | None


def shown(published: Published, language: str, stage: Stage, outcome: Outcomes | None) -> Shown:
    """One text as everyone sees it."""
    english = language == "en" and bool(published.text_en)
    text = published.text_en if english else published.text_nl
    return Shown(
        title=published.title_en if english else published.title_nl,
        paragraphs=tuple(part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()),
        language="en" if english else "nl",
        day=published.day,
        asked=people_in_words(published.asked_by),
        stage=Sentence(STAGE_SENTENCES[stage]),
        helped=None if outcome is None else Sentence(HELPED_SENTENCES[outcome]),
    )


def anything_published() -> bool:
    """Whether there is anything on the public page."""
    return Published.objects.filter(withdrawn=False, change__removed=False).exists()


def said_to_everyone(language: str) -> list[Shown]:
    """The public page, in order. Worked out anew at most every ten minutes while nothing was published."""
    live = Published.objects.filter(withdrawn=False, change__removed=False).values_list("pk", flat=True)
    key = f"gehoor.public.did.{key_of([language, *map(str, sorted(live))]).hex()}"
    found: list[tuple[object, ...]] | None = cache.get(key)
    if found is None:
        found = _everything()
        cache.set(key, found, _KEPT_SECONDS)
    return [shown(published, language, stage, outcome) for published, stage, outcome in found]  # type: ignore[arg-type]


def _everything() -> list[tuple[object, ...]]:
    rows = list(
        Published.objects.filter(withdrawn=False, change__removed=False)
        .select_related("change")
        .order_by("place", "-day", "-pk")
    )
    how_far = standings([row.change_id for row in rows])
    return [(row, how_far[row.change_id].stage, _outcome(row.change, how_far[row.change_id].stage)) for row in rows]


def _outcome(change: Change, stage: Stage) -> Outcomes | None:
    """Whether it helped, where that can be asked at all."""
    found = measure(change) if stage is Stage.DONE else None
    return None if found is None else found.outcome


def preview(change: Change, said: Text, language: str) -> Shown:
    """How it would look, before it is published."""
    said = check_text(said)
    stage = standings([change.pk])[change.pk].stage
    row = Published(
        change=change,
        title_nl=said.title_nl,
        title_en=said.title_en,
        text_nl=said.text_nl,
        text_en=said.text_en,
        day=said.day,
        asked_by=asked_for([change.pk])[change.pk].persons or None,
    )
    return shown(row, language, stage, _outcome(change, stage))
