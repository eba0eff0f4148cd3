"""Screens: the register of processing, and the audit trail."""

import csv

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.privacy.forms import TrailForm
from gehoor.rooms.privacy.places import places
from gehoor.rooms.privacy.register import Entry
from gehoor.rooms.privacy.register import register as all_entries
from gehoor.rooms.privacy.trail import entries, lines

PAGE = 50
TITLES = (sentence("Room"), sentence("Table"), sentence("What for"), sentence("Kept"), sentence("Fields"))


@may(May.SEE_PRIVACY)
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """What is kept about people, what for and how long."""
    found = all_entries()
    shown = [entry for entry in found if entry.about_people]
    context = {"entries": shown, "others": len(found) - len(shown), "places": places(actor(request))}
    return render(request, "privacy/register.html", context)


def _row(entry: Entry) -> list[str]:
    fields = "; ".join(f"{gettext(datum.value)}: {', '.join(names)}" for datum, names in entry.fields)
    return [entry.room, entry.table, gettext(entry.declaration.purpose), gettext(entry.declaration.kept), fields]


@may(May.SEE_PRIVACY)
@require_POST
def export_register(request: HttpRequest) -> HttpResponse:
    """The register as a table for a spreadsheet."""
    do_log(actor=actor(request), action="export_register", what="register")
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="register.csv"'
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    writer.writerow([gettext(title) for title in TITLES])
    writer.writerows(_row(entry) for entry in all_entries())
    return response


@may(May.SEE_PRIVACY)
@never_cache
@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """Who did what, and who looked at whom."""
    form = TrailForm(request.GET)
    question = form.question()
    page = Paginator(entries(question), PAGE).get_page(request.GET.get("page"))
    found = list(lines(page, actor(request)))
    about = next((line.thing for line in found if line.thing), None) if question.about else None
    context = {"form": form, "page": page, "lines": found, "about": about, "of_one": question.about is not None}
    return render(request, "privacy/trail.html", context)
