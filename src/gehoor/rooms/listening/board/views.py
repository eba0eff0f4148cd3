"""The screens of the board letter."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from gehoor.kernel.errors import NotFound
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.listening.board.actions import (
    access_by_code,
    access_letter,
    do_begin_stack,
    do_blot_also,
    do_choose_figure,
    do_choose_passage,
    do_draw_again,
    do_remove_letter,
    do_write_letter,
    letters,
)
from gehoor.rooms.listening.board.counting import figures_for
from gehoor.rooms.listening.board.forms import LetterForm
from gehoor.rooms.listening.board.page import page_of, printed
from gehoor.rooms.listening.board.quoting import passages
from gehoor.rooms.listening.models.board import BoardLetter, Figure

_FIGURES = {
    Figure.MINUTES: sentence("What customers spent, beside what we listened"),
    Figure.UNHEARD: sentence("What was heard by none of us"),
    Figure.PAPER: sentence("Letters that none of us read"),
}


@may(May.LISTEN)
def board(request: HttpRequest) -> HttpResponse:
    """The letters there are, and a new one."""
    form = LetterForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _to(do_write_letter(actor=actor(request), **form.asked()))
    context = {"form": form, "letters": letters()[:50]}
    return render(request, "listening/board.html", context, status=422 if form.is_bound else 200)


def _to(letter: BoardLetter) -> HttpResponse:
    return redirect("listening:board_letter", letter.public_id)


@may(May.LISTEN)
@require_safe
def letter(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One letter as it will be printed, and what can be chosen about it."""
    one = access_letter(actor=actor(request), public_id=public_id)
    context = {
        "letter": one,
        "page": page_of(one),
        "address": _stack_address(request, one),
        "figures": [(each, _FIGURES[each]) for each in figures_for(one.figures)],
        "also": ", ".join(one.also_blotted),
    }
    return render(request, "listening/board_letter.html", context)


def _stack_address(request: HttpRequest, one: BoardLetter) -> str:
    path = reverse("listening:board_stack", args=[one.code])
    return settings.PUBLIC_ADDRESS + path if settings.PUBLIC_ADDRESS else request.build_absolute_uri(path)


@may(May.LISTEN)
@require_safe
def pdf(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The page to print."""
    one = access_letter(actor=actor(request), public_id=public_id)
    response = HttpResponse(printed(one, _stack_address(request, one)), content_type="application/pdf")
    name = gettext("board-letter")
    response["Content-Disposition"] = f'attachment; filename="{name}-{one.held_on:%Y-%m-%d}.pdf"'
    return response


@may(May.LISTEN)
@require_safe
def passage(request: HttpRequest, public_id: UUID, position: int) -> HttpResponse:
    """Which part of this voice is quoted."""
    one = access_letter(actor=actor(request), public_id=public_id)
    quote = one.quotes.select_related("voice").filter(position=position).first()
    if quote is None:
        raise NotFound(what=sentence("quote"))
    text = quote.voice.text
    choices = [(start, " ".join(text[start:end].split())) for start, end in passages(text)]
    context = {"letter": one, "quote": quote, "choices": choices}
    return render(request, "listening/board_passage.html", context)


@may(May.LISTEN)
@require_POST
def change(request: HttpRequest, public_id: UUID, what: str) -> HttpResponse:
    """One thing about a letter otherwise: its figure, its voices, a passage, or what is blotted out."""
    one = access_letter(actor=actor(request), public_id=public_id)
    given = request.POST
    if what == "figure" and given.get("figure") in Figure.values:
        do_choose_figure(actor=actor(request), letter=one, figure=Figure(given["figure"]))
    elif what == "draw":
        do_draw_again(actor=actor(request), letter=one)
    elif what == "passage":
        do_choose_passage(
            actor=actor(request), letter=one, position=_number(given.get("position")), start=_number(given.get("start"))
        )
    elif what == "blot":
        do_blot_also(actor=actor(request), letter=one, words=given.get("words", "")[:2_000].split(","))
    else:
        raise NotFound(what=sentence("choice"))
    return _to(one)


def _number(given: str | None) -> int:
    return int(given) if given and given.isascii() and given.isdigit() and len(given) < 10 else -1


@may(May.LISTEN)
def stack(request: HttpRequest, code: str) -> HttpResponse:
    """What the link on the page leads to: the same ten minutes for everyone."""
    one = access_by_code(actor=actor(request), code=code)
    if request.method == "POST":
        session = do_begin_stack(actor=actor(request), letter=one)
        return redirect("listening:session", session.public_id)
    return render(request, "listening/board_stack.html", {"letter": one})


@may(May.LISTEN)
@require_POST
def remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put a letter away, with a way back."""
    one = access_letter(actor=actor(request), public_id=public_id)
    do_remove_letter(actor=actor(request), letter=one)
    undo = reverse("listening:board_restore", args=[one.public_id])
    messages.success(request, gettext("The board letter was put away."), extra_tags=f"undo:{undo}")
    return redirect("listening:board")


@may(May.LISTEN)
@require_POST
def restore(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a letter back."""
    one = access_letter(actor=actor(request), public_id=public_id, removed=True)
    do_remove_letter(actor=actor(request), letter=one, removed=False)
    return _to(one)
