"""The book from a file, and as a file."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from gehoor.kernel.errors import CannotRead, NotFound
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.answers.book.exporting import MEDIA_TYPES, Kind, exported
from gehoor.rooms.answers.book.forms import ImportForm, UploadForm
from gehoor.rooms.answers.book.importing import Summary, Wishes, do_import
from gehoor.rooms.answers.book.listing import in_order
from gehoor.rooms.answers.book.reading.files import Format, format_of, read_file
from gehoor.rooms.answers.book.reading.incoming import Incoming, Unread
from gehoor.rooms.answers.book.reading.tables import Preview, preview
from gehoor.rooms.answers.book.uploads import Upload, access_upload, do_drop_upload, do_keep_upload
from gehoor.rooms.answers.models import Answer, Audience, State
from gehoor.rooms.privacy.audit import do_log

COLUMN_NAMES: dict[str, str] = {
    "question": sentence("The question"),
    "answer": sentence("The answer"),
    "id": sentence("Its number in the source"),
    "phrasings": sentence("Asked otherwise"),
    "subject": sentence("Subject"),
    "language": sentence("Language"),
    "state": sentence("How far it is"),
    "audience": sentence("For whom"),
    "owner": sentence("Who looks after it"),
    "valid_from": sentence("Holds from"),
    "valid_to": sentence("Holds up to and including"),
    "review_on": sentence("Look at it again on"),
    "letter_nl": sentence("By letter, in Dutch"),
    "letter_en": sentence("By letter, in English"),
    "mail_nl": sentence("By mail, in Dutch"),
    "mail_en": sentence("By mail, in English"),
    "phone_nl": sentence("On the phone, in Dutch"),
    "phone_en": sentence("On the phone, in English"),
    "post_nl": sentence("In a post, in Dutch"),
    "post_en": sentence("In a post, in English"),
}
_SHOWN = 5
_UNREAD_SHOWN = 50


@may(May.SEE_ANSWERS, May.EDIT_ANSWERS)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Send a file in; nothing is taken in yet."""
    form = UploadForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        kept = do_keep_upload(name=file.name or "", pieces=file.chunks(), actor=actor(request))
        try:
            format_of(kept.document)
        except CannotRead as error:
            do_drop_upload(kept)
            form.add_error("file", _why(error))
        else:
            return redirect("answers:take_in", kept.public_id)
    return render(request, "answers/book/upload.html", {"form": form}, status=422 if form.is_bound else 200)


def _why(error: CannotRead) -> str:
    return gettext(error.text).format_map({name: gettext(str(each)) for name, each in error.fields.items()})


@may(May.SEE_ANSWERS, May.EDIT_ANSWERS)
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How it will be read, with the first entries; then taking it in."""
    kept = access_upload(public_id, actor(request))
    table = _table(kept)
    columns = table.columns if table else ()
    fields = COLUMN_NAMES if table else {}
    first = {
        "source": kept.document.name,
        "language": "nl",
        "state": State.NOT_VALIDATED,
        "audience": Audience.ADVISERS,
    }
    proposed = {f"column_{field}": column for field, column in (table.mapping.items() if table else ())}
    form = ImportForm(request.POST or None, initial={**first, **proposed}, columns=columns, fields=fields)
    context: dict[str, Any] = {"form": form, "upload": kept, "table": table}
    if form.is_valid():
        return _taken_in(request, kept, form)
    if not table:
        context["rows"], context["unread"] = _beginning(kept)
    return render(request, "answers/book/take_in.html", context, status=422 if form.is_bound else 200)


def _table(kept: Upload) -> Preview | None:
    return preview(kept.document) if format_of(kept.document) is Format.TABLE else None


def _beginning(kept: Upload) -> tuple[list[Incoming], list[Unread]]:
    found = list(read_file(kept.document))
    rows = [each for each in found if isinstance(each, Incoming)]
    return rows[:_SHOWN], [each for each in found if isinstance(each, Unread)][:_SHOWN]


def _taken_in(request: HttpRequest, kept: Upload, form: ImportForm) -> HttpResponse:
    said = form.cleaned_data
    wishes = Wishes(said["source"], said["language"], said["state"], said["audience"])
    summary = do_import(found=read_file(kept.document, form.mapping()), wishes=wishes, actor=actor(request))
    do_drop_upload(kept)
    messages.success(request, _told(summary))
    if not summary.unread and not summary.proposed and not summary.twice:
        return redirect("answers:book")
    twice = summary.twice[:_UNREAD_SHOWN]
    ids = {*summary.proposed, *(each for pair in twice for each in pair)}
    named = Answer.objects.select_related("current").in_bulk(list(ids), field_name="public_id")
    context = {
        "summary": summary,
        "unread": summary.unread[:_UNREAD_SHOWN],
        "proposed": [named[each] for each in summary.proposed],
        "twice": [(named[new], named[other]) for new, other in twice],
    }
    return render(request, "answers/book/taken_in.html", context)


def _told(summary: Summary) -> str:
    """What became of the file, in a line."""
    counts = (
        ngettext("%(n)s new answer", "%(n)s new answers", summary.new) % {"n": summary.new},
        gettext("%(n)s changed") % {"n": summary.changed},
        gettext("%(n)s known already") % {"n": summary.known},
    )
    return f"{', '.join(counts)}."


@may(May.SEE_ANSWERS)
@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The book as a file, the archived entries left out."""
    if kind not in set(Kind):
        raise NotFound(what=sentence("page"))
    do_log(actor=actor(request), action="answer.export", what="book")
    pieces: Iterator[str] = exported(in_order(), Kind(kind), get_language() or "nl")
    response = StreamingHttpResponse((piece.encode() for piece in pieces), content_type=MEDIA_TYPES[Kind(kind)])
    name = f"{gettext('answers')}-{timezone.localdate():%Y-%m-%d}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
