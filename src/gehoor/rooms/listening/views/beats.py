"""Beats: the page says that someone is there, reading."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from gehoor.kernel.errors import NotFound
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.listening.actions import do_listen
from gehoor.rooms.listening.showing import read_shown, shown_now
from gehoor.rooms.listening.views.reading import seconds_in
from gehoor.rooms.voices.models import Voice


@may(May.LISTEN)
@require_POST
def beat(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Count a beat of a page that shows this voice. Without ``shown``: the page is new, and gets its word."""
    voice = Voice.objects.filter(public_id=public_id).values_list("pk", flat=True).first()
    if voice is None:
        raise NotFound(what=sentence("voice"))
    given = request.POST.get("shown", "")
    if not given:
        return JsonResponse({"shown": shown_now(listener=actor(request), voice=voice)})
    shown = read_shown(given, listener=actor(request), voice=voice)
    do_listen(actor=actor(request), shown=shown, seconds=seconds_in(request) or 0.0)
    return HttpResponse(status=204)
