"""Correcting what was read from a scan or a recording, right where it stands."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.request import QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from gehoor.kernel.errors import NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.voices.actions import access_voice
from gehoor.rooms.voices.correcting import Said, do_correct_text, do_restore_text, newest_of
from gehoor.rooms.voices.made_out import Asked
from gehoor.rooms.voices.marking import PLACE
from gehoor.rooms.voices.models import Reply, Transcription, Voice

WORD, PASSAGE = "woord", "passage"


def asked_of(query: QueryDict) -> Asked | None:
    """Which word or passage the address asks to correct."""
    for name, what in ((WORD, "word"), (PASSAGE, "passage")):
        if (given := query.get(name, "")).isdecimal() and len(given) < 7:
            return what, int(given)
    return None


def here(request: HttpRequest) -> str:
    """This page, without what it asks to correct."""
    left = {name: value for name, value in request.GET.items() if name not in {WORD, PASSAGE, PLACE}}
    return request.path + (f"?{urlencode(left)}" if left else "")


def _access_said(voice: Voice, public_id: str) -> Said:
    """The voice itself, or a reply that was made out of the same recording."""
    if public_id == str(voice.public_id):
        return voice
    for reply in Reply.objects.filter(answers=voice, original=voice.original_id):
        if str(reply.public_id) == public_id:
            return reply
    raise NotFound(what=sentence("voice"))


def _number(request: HttpRequest, name: str) -> int:
    given = request.POST.get(name, "")
    if not given.isdecimal() or len(given) > 12:
        raise Refused(why=sentence("the text has no such passage"))
    return int(given)


def _back(request: HttpRequest, voice: Voice) -> str:
    given = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(given, allowed_hosts=None) and given.startswith("/")
    passage = request.POST.get("passage", "")
    place = f"#p{passage}" if passage.isdecimal() else ""
    return (given.split("#")[0] if own else reverse("voices:voice", args=[voice.public_id])) + place


@may(May.SEE_VOICES, May.CORRECT)
@require_POST
def correct_text(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put the corrected words in the place of what was read."""
    voice = access_voice(public_id)
    said = _access_said(voice, request.POST.get("said", ""))
    before = _number(request, "version")
    version = do_correct_text(
        said=said,
        start=_number(request, "start"),
        end=_number(request, "end"),
        text=request.POST.get("text", ""),
        actor=actor(request),
        seen=before,
    )
    if version.pk != before:
        undo = reverse("voices:restore_text", args=[public_id, before])
        messages.success(request, gettext("The text is corrected."), extra_tags=f"undo:{undo}")
    return redirect(_back(request, voice))


@may(May.SEE_VOICES, May.CORRECT)
@require_POST
def restore_text(request: HttpRequest, public_id: UUID, version: int) -> HttpResponse:
    """Have an earlier version stand again."""
    voice = access_voice(public_id)
    wanted = Transcription.objects.filter(pk=version).select_related("voice", "reply").first()
    whose = wanted.voice or wanted.reply if wanted else None
    if whose is None:
        raise NotFound(what=sentence("version of the text"))
    said = _access_said(voice, str(whose.public_id))
    before = newest_of(said)
    now = do_restore_text(said=said, version=version, actor=actor(request))
    if before is not None and now.pk != before.pk:
        undo = reverse("voices:restore_text", args=[public_id, before.pk])
        messages.success(request, gettext("The earlier text stands again."), extra_tags=f"undo:{undo}")
    return redirect(_back(request, voice))
