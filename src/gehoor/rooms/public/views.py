"""Screens: the public pages, and the letterhead for those who set it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gehoor.kernel.errors import Refused
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.intake.views.places import places
from gehoor.rooms.public.forms import LetterheadForm
from gehoor.rooms.public.letterhead import (
    access_version,
    current_letterhead,
    do_set_letterhead,
    do_undo_letterhead,
    newest,
)
from gehoor.rooms.public.pages import published_pages
from gehoor.rooms.public.showing import for_everyone, in_language, show


@for_everyone()
@require_safe
def pages(request: HttpRequest) -> HttpResponse:
    """What there is to read for everyone."""
    language = get_language() or ""
    listed = [
        {"title": page.title, "intro": page.intro, "href": in_language(page.address(), language)}
        for page in published_pages()
    ]
    return show(request, "public/pages.html", {"pages": listed})


@may(May.SET_SENDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def letterhead(request: HttpRequest) -> HttpResponse:
    """Who we are on everything that goes out."""
    version = newest()
    form = LetterheadForm(request.POST) if request.method == "POST" else LetterheadForm.of(current_letterhead())
    if form.is_bound and form.is_valid():
        try:
            kept = do_set_letterhead(letterhead=form.letterhead(), actor=actor(request))
        except Refused as refused:
            form.add_error(None, gettext(str(refused.fields["why"])).capitalize() + ".")
        else:
            undo = reverse("public:undo_letterhead", args=[kept.public_id])
            tags = f"undo:{undo}" if version else ""
            messages.success(request, gettext("This is who we are from now on."), extra_tags=tags)
            return redirect("public:letterhead")
    context = {"form": form, "places": places(request), "version": version, "shown": version and version.plain()}
    return render(request, "public/letterhead.html", context, status=422 if form.is_bound else 200)


@may(May.SET_SENDERS)
@require_POST
def undo_letterhead(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Back to the version before."""
    do_undo_letterhead(version=access_version(public_id), actor=actor(request))
    messages.success(request, gettext("The letterhead from before counts again."))
    return redirect("public:letterhead")
