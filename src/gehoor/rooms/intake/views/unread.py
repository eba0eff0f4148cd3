"""What waits or was refused: try again, say which column holds what, or remove."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gehoor.channels.base import Wishes
from gehoor.channels.table.proposal import Preview, preview
from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.intake import queries
from gehoor.rooms.intake.actions import access_unread, do_read_again, do_remove_unread
from gehoor.rooms.intake.forms import MappingForm
from gehoor.rooms.intake.models import Item, Outcome
from gehoor.rooms.intake.retrying import do_try_again
from gehoor.rooms.intake.views.places import places
from gehoor.rooms.intake.watching import UnreadItem
from gehoor.rooms.voices.originals import as_document

PAGE = 25


@may(May.TAKE_IN)
@require_safe
def unread(request: HttpRequest) -> HttpResponse:
    """Everything that waits or was refused, with the reason and what to do."""
    which, items = request.GET.get("which", ""), queries.unread()
    if which in {Outcome.WAITING, Outcome.REFUSED}:
        items = items.filter(outcome=which)
    page = Paginator(items, PAGE).get_page(request.GET.get("page"))
    rows = [UnreadItem.of(item) for item in page.object_list]
    return render(
        request, "intake/unread.html", {"places": places(request), "page": page, "rows": rows, "which": which}
    )


@may(May.TAKE_IN)
@require_POST
def try_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Read it again with what is installed and known now."""
    item = access_unread(pk)
    wishes = Wishes(item.arrival.channel, item.arrival.mapping, item.arrival.take_proposal)
    if not item.item:
        arrival = do_read_again(item=item, wishes=wishes, actor=actor(request))
        return redirect("intake:arrival", public_id=arrival.public_id)
    summary = do_try_again(item=item, wishes=wishes, actor=actor(request))
    if summary.waiting or summary.refused:
        messages.warning(request, gettext("It still cannot be read."))
    else:
        messages.success(request, gettext("It was read."))
    return redirect("intake:unread")


@may(May.TAKE_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def mapping(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which column of a table holds what, with its first rows in sight."""
    item = access_unread(pk)
    shown = _preview(item)
    form = MappingForm(shown, request.POST or None)
    if form.is_valid():
        arrival = do_read_again(item=item, wishes=form.wishes, actor=actor(request))
        return redirect("intake:arrival", public_id=arrival.public_id)
    rows = shown.rows if _may_see_rows(item, actor(request)) else ()
    context = {"form": form, "item": UnreadItem.of(item), "preview": shown, "rows": rows}
    return render(request, "intake/mapping.html", context, status=422 if form.is_bound else 200)


def _preview(item: Item) -> Preview:
    if item.original is None or item.item:
        raise Refused(why=sentence("only a file that was kept whole can be read again"))
    return preview(as_document(item.original, item.file), Wishes(channel=item.arrival.channel))


def _may_see_rows(item: Item, viewer: User) -> bool:
    """The first rows are what customers said: for who may see that, and for who sent them in."""
    return viewer.may(May.SEE_VOICES) or item.arrival.by_id == viewer.pk


@may(May.TAKE_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw it away, after asking."""
    item = access_unread(pk)
    if request.method == "POST":
        do_remove_unread(item=item, actor=actor(request))
        messages.success(request, gettext("Removed."))
        return redirect("intake:unread")
    return render(request, "intake/remove.html", {"item": UnreadItem.of(item)})
