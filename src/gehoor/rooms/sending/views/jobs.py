"""Print jobs: making them, downloading them, and saying that they are in the post."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from gehoor.kernel.errors import CannotDeliver, Refused
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.accounts.saying import said
from gehoor.rooms.sending import jobs
from gehoor.rooms.sending.runs import access_run
from gehoor.rooms.sending.views.senders import pdf


@may(May.TELL, May.SEE_PEOPLE)
@require_POST
def make(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put the letters that wait in one print job; pressed twice it is the same one."""
    given = request.POST.get("number", "")
    number = int(given) if given.isdecimal() and len(given) < 6 else None
    try:
        job = jobs.do_print(actor=actor(request), run=access_run(public_id), number=number)
    except Refused as refused:
        messages.error(request, said(refused))
    else:
        messages.success(request, gettext("Print job %(number)s is ready to download.") % {"number": job.number})
    return redirect("sending:run", public_id=public_id)


@may(May.TELL, May.SEE_PEOPLE)
@require_safe
def download(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The letters, to print."""
    job = jobs.access_job(public_id)
    try:
        return pdf(jobs.document(job), gettext("letters-%(number)s") % {"number": job.number})
    except (Refused, CannotDeliver) as error:
        messages.error(request, said(error))
        return redirect("sending:run", public_id=job.run.public_id)


@may(May.TELL)
@require_POST
def posted(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """It is in the post; with ``back`` it is not after all."""
    job, back = jobs.access_job(public_id), "back" in request.GET
    try:
        if back:
            jobs.do_undo_post(actor=actor(request), job=job)
            messages.success(request, gettext("Undone."))
        else:
            count = jobs.do_post(actor=actor(request), job=job)
            undo = reverse("sending:posted", args=[public_id]) + "?back"
            said_so = gettext("%(count)s customers count as told.") % {"count": count}
            messages.success(request, said_so, extra_tags=f"undo:{undo}")
    except Refused as refused:
        messages.error(request, said(refused))
    return redirect("sending:run", public_id=job.run.public_id)


@may(May.TELL)
@require_POST
def take_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Its letters wait again."""
    job = jobs.access_job(public_id)
    try:
        jobs.do_take_back_job(actor=actor(request), job=job)
    except Refused as refused:
        messages.error(request, said(refused))
    else:
        messages.success(
            request, gettext("Taken back. Its letters wait for a new print job; throw away what was printed.")
        )
    return redirect("sending:run", public_id=job.run.public_id)
