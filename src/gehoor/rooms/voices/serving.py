"""Gives original bytes to a browser so that it can only save them: what came from outside is never a page of ours."""

from django.http import FileResponse

from gehoor.rooms.voices import originals
from gehoor.rooms.voices.models import Original

_TEXT = "text/plain; charset=utf-8"
_BYTES = "application/octet-stream"
_ENDINGS = {
    "message/rfc822": ".eml",
    "application/json": ".json",
    "text/csv": ".csv",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "audio/wav": ".wav",
    "image/png": ".png",
    "image/jpeg": ".jpg",
}
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


def as_download(original: Original, name: str) -> FileResponse:
    """An original as a file to save, never to show. ``name`` is what the browser proposes to call it."""
    stream = originals.as_document(original, name).open()
    kind = _TEXT if original.media_type.lower() in {"text/plain", "text/csv", "message/rfc822"} else _BYTES
    response = FileResponse(stream, as_attachment=True, filename=_safe(name), content_type=kind)
    for header, value in _HEADERS.items():
        response[header] = value
    return response


def ending(media_type: str) -> str:
    """How a file of this media type is called at its end; ``.bin`` when that is not sure."""
    return _ENDINGS.get(media_type.lower().split(";")[0].strip(), ".bin")


def _safe(name: str) -> str:
    """A file name without path or control signs."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(sign for sign in last if sign.isprintable()).strip(". ")[:150] or "gehoor"
