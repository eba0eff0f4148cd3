"""What is written about board letters."""

import secrets
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from gehoor.kernel import clock
from gehoor.kernel.errors import NotAllowed, NotFound, Refused
from gehoor.kernel.language import LANGUAGES, sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.listening.actions import SEEDS
from gehoor.rooms.listening.appointments import do_begin
from gehoor.rooms.listening.board.counting import count, figures_for
from gehoor.rooms.listening.board.quoting import VOICES, draw_three, passages
from gehoor.rooms.listening.models import Appointment, Arrangement, DrawnBy, Pool, Session
from gehoor.rooms.listening.models.board import BoardLetter, BoardQuote, Figure
from gehoor.rooms.privacy.audit import do_log

STACK_MINUTES = 10
_MOST_WORDS = 40


def letters() -> QuerySet[BoardLetter]:
    """Every letter that was not removed, the newest first."""
    return BoardLetter.objects.filter(removed=False).order_by("-held_on", "-id")


def access_letter(*, actor: User, public_id: UUID, removed: bool = False) -> BoardLetter:
    """A letter, for everyone who may listen. Raises NotFound."""
    _check(actor)
    found = BoardLetter.objects.filter(public_id=public_id, removed=removed).first()
    if found is None:
        raise NotFound(what=sentence("board letter"))
    return found


def access_by_code(*, actor: User, code: str) -> BoardLetter:
    """The letter with this short address, as someone types it from paper. Raises NotFound."""
    _check(actor)
    found = BoardLetter.objects.filter(code=code.lower(), removed=False).first()
    if found is None:
        raise NotFound(what=sentence("board letter"))
    return found


def _check(actor: User) -> None:
    if not actor.may(May.LISTEN):
        raise NotAllowed()


def do_write_letter(
    *,
    actor: User,
    meeting: str,
    held_on: date,
    since: date,
    until: date,
    language: str,
    figure: Figure = Figure.MINUTES,
    seed: int | None = None,
) -> BoardLetter:
    """Count, and draw three voices. Raises Refused when the period holds no three voices that can be quoted."""
    _check(actor)
    if language not in LANGUAGES:
        raise Refused(why=sentence("choose Dutch or English"))
    if until < since:
        raise Refused(why=sentence("the period ends before it begins"))
    figures = count(since, until)
    letter = BoardLetter(
        meeting=" ".join(meeting.split())[:120],
        held_on=held_on,
        language=language,
        since=since,
        until=until,
        figure=figure if figure in figures_for(figures) else Figure.MINUTES,
        figures=figures,
        seed=secrets.randbelow(SEEDS) if seed is None else seed,
        by=actor,
    )
    with transaction.atomic():
        letter.stack = _lay_ready(actor)
        _draw(letter)
        do_log(actor=actor, action="board_letter.write", what="board_letter", public_id=letter.public_id)
    return letter


def _draw(letter: BoardLetter) -> None:
    drawn = draw_three(letter)
    if len(drawn.quotes) < VOICES:
        raise Refused(why=sentence("in this period there are no three voices long enough to quote; take a longer one"))
    letter.drawn_from, letter.drawn_minutes = drawn.drawn_from, drawn.minutes
    letter.save()
    letter.quotes.all().delete()
    BoardQuote.objects.bulk_create(
        BoardQuote(letter=letter, voice_id=voice, position=position, start=start, end=end)
        for position, (voice, start, end) in enumerate(drawn.quotes, start=1)
    )


def _lay_ready(actor: User) -> Appointment:
    """Ten minutes for whoever comes by the link; it is on nobody's calendar."""
    found = Appointment.objects.create(organiser=actor, seed=secrets.randbelow(SEEDS))
    now = clock.now()
    Arrangement.objects.create(
        appointment=found,
        number=0,
        starts_at=now,
        minutes=STACK_MINUTES,
        drawn_by=DrawnBy.MINUTES,
        pool=Pool.UNHEARD,
        together=True,
        actor=actor,
        at=now,
    )
    return found


def do_begin_stack(*, actor: User, letter: BoardLetter) -> Session:
    """The ten minutes behind the link: the same voices for everyone, one's own sitting, however often one comes."""
    _check(actor)
    with transaction.atomic():
        if letter.stack is None:
            letter.stack = _lay_ready(actor)
            letter.save(update_fields=["stack"])
        return do_begin(actor=actor, appointment=letter.stack)


def do_draw_again(*, actor: User, letter: BoardLetter) -> None:
    """Draw three others, and count that it was done: the letter says so."""
    _check(actor)
    with transaction.atomic():
        letter.seed, letter.draws = secrets.randbelow(SEEDS), letter.draws + 1
        _draw(letter)
        do_log(actor=actor, action="board_letter.draw", what="board_letter", public_id=letter.public_id)


def do_choose_figure(*, actor: User, letter: BoardLetter, figure: Figure) -> None:
    """Another of the figures large."""
    _check(actor)
    if figure not in figures_for(letter.figures):
        raise Refused(why=sentence("there is nothing to say with that figure in this period"))
    with transaction.atomic():
        letter.figure = figure
        letter.save(update_fields=["figure"])
        do_log(actor=actor, action="board_letter.figure", what="board_letter", public_id=letter.public_id)


def do_choose_passage(*, actor: User, letter: BoardLetter, position: int, start: int) -> None:
    """Another passage of the same voice, by where it begins. Raises NotFound."""
    _check(actor)
    quote = letter.quotes.select_related("voice").filter(position=position).first()
    if quote is None:
        raise NotFound(what=sentence("quote"))
    ends = dict(passages(quote.voice.text))
    if start not in ends:
        raise NotFound(what=sentence("passage"))
    with transaction.atomic():
        quote.start, quote.end = start, ends[start]
        quote.save(update_fields=["start", "end"])
        do_log(actor=actor, action="board_letter.passage", what="board_letter", public_id=letter.public_id)


def do_blot_also(*, actor: User, letter: BoardLetter, words: Sequence[str]) -> None:
    """Blot these words out too; they replace those that were given before."""
    _check(actor)
    with transaction.atomic():
        kept = [" ".join(word.split())[:100] for word in words]
        letter.also_blotted = [word for word in dict.fromkeys(kept) if word][:_MOST_WORDS]
        letter.save(update_fields=["also_blotted"])
        do_log(actor=actor, action="board_letter.blot", what="board_letter", public_id=letter.public_id)


def do_remove_letter(*, actor: User, letter: BoardLetter, removed: bool = True) -> None:
    """Put it away, or take it back."""
    _check(actor)
    with transaction.atomic():
        letter.removed = removed
        letter.save(update_fields=["removed"])
        action = "board_letter.remove" if removed else "board_letter.restore"
        do_log(actor=actor, action=action, what="board_letter", public_id=letter.public_id)
