"""The pages of a letter, to take apart or put together."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from gehoor.kernel.errors import NotFound
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.intake.resplitting import do_join_letters, do_split_letter, neighbours, pages_of, place_of
from gehoor.rooms.voices.actions import access_voice


@may(May.SEE_VOICES, May.CORRECT)
@require_safe
def letter(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Every page, and between them where another letter may begin."""
    voice = access_voice(public_id)
    count = pages_of(voice)
    if not count:
        raise NotFound(what=sentence("scan"))
    context = {
        "voice": voice,
        "pages": range(1, count + 1),
        "neighbours": [(each, place_of(each) < place_of(voice)) for each in neighbours(voice)],
    }
    return render(request, "intake/letter.html", context)


@may(May.SEE_VOICES, May.CORRECT)
@require_POST
def split(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Another letter begins with a page."""
    page = request.POST.get("page", "")
    do_split_letter(
        voice=access_voice(public_id), before_page=int(page) if page.isdecimal() else 0, actor=actor(request)
    )
    messages.success(request, gettext("Taken apart. Both letters are read anew and appear one after the other."))
    return redirect("voices:search")


@may(May.SEE_VOICES, May.CORRECT)
@require_POST
def join(request: HttpRequest, public_id: UUID, other: UUID) -> HttpResponse:
    """Two letters are one."""
    do_join_letters(voice=access_voice(public_id), other=access_voice(other), actor=actor(request))
    messages.success(request, gettext("Put together. The letter is read anew and appears when that is done."))
    return redirect("voices:search")
