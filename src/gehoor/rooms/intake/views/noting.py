"""Writing down what somebody said, in ten seconds."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from gehoor.kernel.errors import Refused
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.intake.note_form import NoteForm
from gehoor.rooms.intake.noting import do_note
from gehoor.rooms.voices.models import Voice

SHOWN = 5


@may(May.NOTE, May.SEE_VOICES)
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest) -> HttpResponse:
    """One field, and what may be added to it; those that were written last stand below."""
    user = actor(request)
    form = NoteForm(request.POST or None, initial={"place": request.session.get("note_place", "counter")})
    if form.is_valid():
        try:
            made = do_note(**form.cleaned_data, actor=user)
        except Refused as refused:
            form.add_error(None, gettext(str(refused.fields["why"])).capitalize() + ".")
        else:
            request.session["note_place"] = form.cleaned_data["place"]
            messages.success(request, gettext("Heard. It is among the voices now."))
            return redirect(f"{reverse('notes:note')}?last={made.public_id}")
    mine = Voice.objects.filter(channel="note", items__arrival__by=user).order_by("-id")
    context = {"form": form, "voices": mine[:SHOWN]}
    return render(request, "intake/note.html", context, status=422 if form.is_bound else 200)
