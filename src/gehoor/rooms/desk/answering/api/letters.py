"""Answers on paper: what waits is printed together, and counts when it is in the post."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.interface import REFUSES, caller, needs
from gehoor.rooms.desk.answering.api.shapes import DoneLettersTold, LettersTold
from gehoor.rooms.desk.answering.letters import do_post_letters, do_print_letters, printed, stack, waiting
from gehoor.rooms.privacy.audit import do_log_fetch

SENDS = needs("desk:send", "desk:read", "people:read")
_PAPER = {
    "responses": REFUSES["responses"]
    | {
        200: {
            "description": "OK",
            "content": {"application/pdf": {"schema": {"type": "string", "contentMediaType": "application/pdf"}}},
        }
    }
}

router = Router()


@router.get(
    "/desk/letters", auth=needs("desk:read"), response=LettersTold, summary=sentence("Letters to be printed and posted")
)
def letters(request: HttpRequest) -> dict[str, Any]:
    return {"waiting": waiting().count(), "printed": printed().count()}


@router.post(
    "/desk/letters/print",
    auth=SENDS,
    response=DoneLettersTold,
    summary=sentence("Take the letters that wait, to be printed"),
)
def print_letters(request: HttpRequest) -> dict[str, Any]:
    return {"done": do_print_letters(caller(request).user)}


@router.get(
    "/desk/letters/stack",
    auth=SENDS,
    openapi_extra=_PAPER,
    summary=sentence("The letters that were taken to be printed, as one PDF"),
)
def letter_stack(request: HttpRequest) -> HttpResponse:
    do_log_fetch(caller(request), action="fetch_cases")
    return HttpResponse(stack(), content_type="application/pdf")


@router.post(
    "/desk/letters/posted",
    auth=SENDS,
    response=DoneLettersTold,
    summary=sentence("Say that all letters that were printed are in the post"),
)
def post_letters(request: HttpRequest) -> dict[str, Any]:
    return {"done": do_post_letters(caller(request).user)}
