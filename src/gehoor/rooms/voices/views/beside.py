"""What a voice was made out of, to look at and to hear: whoever may read it may see its scan and hear its sound."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from gehoor.kernel.errors import NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.voices.actions import access_voice
from gehoor.rooms.voices.models import Voice
from gehoor.rooms.voices.rendering import page_image
from gehoor.rooms.voices.scans import USUAL, WIDTHS
from gehoor.rooms.voices.serving import as_picture, as_sound, holds, not_changed, tag_of
from gehoor.rooms.voices.sounds import sound_of


@may(May.SEE_VOICES)
@require_safe
def scan(request: HttpRequest, public_id: UUID, page: int) -> HttpResponse:
    """A page of the scan as a picture that we drew, in one of a few widths (``?breed=``)."""
    digest = Voice.objects.filter(public_id=public_id).values_list("original__sha256", flat=True).first()
    if digest is None:
        raise NotFound(what=sentence("voice"))
    width = _width(request.GET.get("breed", str(USUAL)))
    tag = tag_of(bytes(digest), page, width)
    if holds(request, tag):
        return not_changed(tag)
    try:
        image = page_image(access_voice(public_id).original, page, width)
    except Refused:
        raise NotFound(what=sentence("page")) from None
    return as_picture(image, tag)


def _width(given: str) -> int:
    if given not in map(str, WIDTHS):
        raise NotFound(what=sentence("width of a page"))
    return int(given)


@may(May.SEE_VOICES)
@require_safe
def sound(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The recording of a voice, or a part of it."""
    found = sound_of(access_voice(public_id))
    if found is None:
        raise NotFound(what=sentence("recording"))
    tag = tag_of(bytes(found.original.sha256))
    if holds(request, tag):
        return not_changed(tag)
    return as_sound(request, found.original, found.media_type, tag)
