"""The originals: to save, never to show as pages; and the markup of a mail, made harmless."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from gehoor.kernel.errors import NotFound
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.voices import originals
from gehoor.rooms.voices.actions import access_voice
from gehoor.rooms.voices.mail_markup import MAIL, harmless, html_of
from gehoor.rooms.voices.models import Original, Voice
from gehoor.rooms.voices.serving import as_download, ending


def _saved(voice: Voice, original: Original, what: str) -> HttpResponseBase:
    when = voice.said_at.date().isoformat() if voice.said_at else ""
    parts = filter(None, (what, voice.channel, when, voice.public_id.hex[-6:]))
    return as_download(original, "-".join(parts) + ending(original.media_type))


@may(May.SEE_VOICES, May.SEE_PEOPLE)
@require_safe
def original(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The bytes as they reached us."""
    voice = access_voice(public_id)
    return _saved(voice, voice.original, gettext("original"))


@may(May.SEE_VOICES, May.SEE_PEOPLE)
@require_safe
def later_version(request: HttpRequest, public_id: UUID, pk: int) -> HttpResponseBase:
    """The bytes of the same item as it came in again."""
    voice = access_voice(public_id)
    version = voice.later_versions.select_related("original").filter(pk=pk).first()
    if version is None:
        raise NotFound(what=sentence("later version"))
    return _saved(voice, version.original, gettext("later-version"))


@may(May.SEE_VOICES, May.SEE_PEOPLE)
@require_safe
def attachment(request: HttpRequest, public_id: UUID, pk: int) -> HttpResponseBase:
    """What came along with a voice."""
    found = access_voice(public_id).attachments.select_related("original").filter(pk=pk).first()
    if found is None:
        raise NotFound(what=sentence("attachment"))
    return as_download(found.original, found.name or gettext("attachment") + ending(found.media_type))


@may(May.SEE_VOICES, May.SEE_PEOPLE)
@require_safe
def markup(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The HTML of a mail within our page: nothing in it is fetched, nothing in it runs."""
    voice = access_voice(public_id)
    html = html_of(originals.read(voice.original)) if voice.original.media_type == MAIL else ""
    if not html:
        raise NotFound(what=sentence("markup"))
    carried = f"?{request.GET.urlencode()}" if request.GET else ""
    return render(request, "voices/markup.html", {"voice": voice, "markup": harmless(html), "carried": carried})
