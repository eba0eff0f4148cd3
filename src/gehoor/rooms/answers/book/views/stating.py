"""What an entry states: confirming, correcting, adding and striking its facts."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from gehoor.analysis.agreement import FactKind
from gehoor.kernel.errors import NotFound
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.answers.book.access import access_answer, current
from gehoor.rooms.answers.book.actions import Overtaken, do_set_facts
from gehoor.rooms.answers.book.facts import Stated, read_facts
from gehoor.rooms.answers.book.facts_forms import FORMS, FactForm, written
from gehoor.rooms.answers.book.showing import KIND_NAMES, chip
from gehoor.rooms.answers.models import Answer, Version


@may(May.SEE_ANSWERS, May.PROPOSE_ANSWERS)
@require_POST
def confirm(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """All facts are right; or (``keep``) these are and the others were none."""
    answer = access_answer(public_id)
    now = current(answer)
    stated = read_facts(now.facts)
    if "all" in request.POST:
        kept = stated
    else:
        chosen = set(request.POST.getlist("keep"))
        kept = [each for number, each in enumerate(stated) if str(number) in chosen]
    sure = [replace(each, by_person=True) for each in kept]
    return _set(request, answer, now, sure, gettext("Noted what it states."))


def _set(request: HttpRequest, answer: Answer, now: Version, facts: Sequence[Stated], said: str) -> HttpResponse:
    try:
        based_on = int(request.POST.get("based_on", ""))
    except ValueError:
        raise Overtaken() from None
    made = do_set_facts(answer=answer, facts=facts, based_on=based_on, actor=actor(request))
    if made.pk != now.pk:
        undo = reverse("answers:restore", args=[now.public_id])
        messages.success(request, said, extra_tags=f"undo:{undo}")
    return redirect(reverse("answers:answer", args=[answer.public_id]) + "#facts")


@may(May.SEE_ANSWERS, May.PROPOSE_ANSWERS)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """One fact, typed over; or (``soort``) another kind of fact in its place."""
    answer = access_answer(public_id)
    now = current(answer)
    stated = read_facts(now.facts)
    if number >= len(stated):
        raise NotFound(what=sentence("fact"))
    old = stated[number].fact
    kind = _kind(request, old.kind)
    first = written(old, now.text) or {"words": now.text[old.start : old.end], "about": old.about}
    form = FORMS[kind](request.POST or None, text=now.text, initial=first)
    if form.is_valid():
        corrected = Stated(form.fact(old), by_person=True)
        facts = [corrected if at == number else each for at, each in enumerate(stated)]
        return _set(request, answer, now, facts, gettext("Corrected."))
    context = {**_context(form, answer, now, kind), "chip": chip(stated[number], now.text, now.language)}
    return render(request, "answers/book/fact.html", context, status=422 if form.is_bound else 200)


@may(May.SEE_ANSWERS, May.PROPOSE_ANSWERS)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A fact that was not found."""
    answer = access_answer(public_id)
    now = current(answer)
    kind = _kind(request, FactKind.AMOUNT)
    form = FORMS[kind](request.POST or None, text=now.text)
    if form.is_valid():
        facts = [*read_facts(now.facts), Stated(form.fact(), by_person=True)]
        return _set(request, answer, now, facts, gettext("Added."))
    return render(
        request, "answers/book/fact.html", _context(form, answer, now, kind), status=422 if form.is_bound else 200
    )


def _kind(request: HttpRequest, otherwise: FactKind) -> FactKind:
    wanted = request.GET.get("soort", "")
    return FactKind(wanted) if wanted in {str(kind) for kind in FORMS} else otherwise


def _context(form: FactForm, answer: Answer, now: Version, kind: FactKind) -> dict[str, Any]:
    kinds = [{"href": f"?soort={each}", "label": gettext(KIND_NAMES[each]), "current": each == kind} for each in FORMS]
    return {"form": form, "answer": answer, "version": now, "kinds": kinds}
