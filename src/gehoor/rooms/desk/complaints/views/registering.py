"""Taking a complaint into the register, or saying that it is none."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from gehoor.kernel.errors import Refused
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.saying import said
from gehoor.rooms.desk.complaints import actions
from gehoor.rooms.desk.complaints.forms import LineForm
from gehoor.rooms.desk.complaints.views.door import HANDLE
from gehoor.rooms.voices.actions import access_voice


@may(*HANDLE)
@require_POST
def register(request: HttpRequest, voice: UUID) -> HttpResponse:
    """Take one voice into the register."""
    made = actions.do_register(access_voice(voice), actor(request))
    messages.success(request, gettext("Registered."))
    return redirect("desk:complaint", made.public_id)


@may(*HANDLE)
@require_POST
def register_all(request: HttpRequest) -> HttpResponse:
    """Take everything that is proposed into the register."""
    count = actions.do_register_all(actor(request))
    told = ngettext("%(count)s complaint registered.", "%(count)s complaints registered.", count)
    messages.success(request, told % {"count": count})
    return redirect("desk:complaints")


@may(*HANDLE)
@require_POST
def pass_(request: HttpRequest, voice: UUID) -> HttpResponse:
    """This voice is no complaint for the register."""
    found = access_voice(voice)
    actions.do_pass(found, actor(request))
    href = reverse("desk:unpass_complaint", args=[found.public_id])
    messages.success(request, gettext("Not proposed any more."), extra_tags=f"undo:{href}")
    return redirect("desk:proposed_complaints")


@may(*HANDLE)
@require_POST
def unpass(request: HttpRequest, voice: UUID) -> HttpResponse:
    """Propose it again."""
    actions.do_undo_pass(access_voice(voice), actor(request))
    messages.success(request, gettext("Proposed again."))
    return redirect("desk:proposed_complaints")


@may(*HANDLE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Register a complaint that stands in no voice here."""
    form = LineForm(request.POST) if request.method == "POST" else LineForm(initial={"official": True})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.do_register_by_hand(form.entry(), actor(request))
        except Refused as refused:
            form.add_error(None, said(refused))
        else:
            messages.success(request, gettext("Registered."))
            return redirect("desk:complaint", made.public_id)
    return render(request, "desk/complaints/add.html", {"form": form}, status=422 if form.is_bound else 200)
