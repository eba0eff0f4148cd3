"""Gives bytes to a browser: originals only to save, since what came from outside is never a page of ours; pictures that
we drew of a scan, and recordings as far as it asks for them.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO, TypeVar

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

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


_SHOWN = {**_HEADERS, "Cache-Control": "private, no-cache"}
"""A browser may hold it, and asks each time whether it is still good and its reader still one of us."""
_BLOCK = 64 * 1024
_RANGE = re.compile(r"bytes=(\d*)-(\d*)$")

Response = TypeVar("Response", bound=HttpResponseBase)


def tag_of(sha256: bytes, *more: int) -> str:
    """The mark by which a browser asks whether what it holds is still good: it follows from the content alone."""
    return '"' + "-".join([sha256.hex()[:32], *map(str, more)]) + '"'


def holds(request: HttpRequest, tag: str) -> bool:
    """Whether the browser has this already."""
    given = request.headers.get("If-None-Match", "")
    return tag in {each.strip().removeprefix("W/") for each in given.split(",")}


def not_changed(tag: str) -> HttpResponse:
    """What the browser holds is still good."""
    return _with_headers(HttpResponse(status=304), tag)


def as_picture(image: bytes, tag: str) -> HttpResponse:
    """A picture that we drew ourselves."""
    return _with_headers(HttpResponse(image, content_type="image/png"), tag)


def as_sound(request: HttpRequest, original: Original, media_type: str, tag: str) -> HttpResponseBase:
    """A recording, or the part of it that is asked for (RFC 9110, one range). ``media_type`` is our own finding."""
    span = _span(request, original.size, tag)
    if span is None:
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{original.size}"
        return _with_headers(refused, tag)
    first, last = span
    part = (first, last) != (0, original.size - 1)
    stream = originals.as_document(original, "").open()
    response = StreamingHttpResponse(
        _Part(stream, first, last - first + 1), status=206 if part else 200, content_type=media_type
    )
    response["Content-Length"] = str(last - first + 1)
    response["Accept-Ranges"] = "bytes"
    if part:
        response["Content-Range"] = f"bytes {first}-{last}/{original.size}"
    return _with_headers(response, tag)


def _with_headers(response: Response, tag: str) -> Response:
    for header, value in {**_SHOWN, "ETag": tag}.items():
        response[header] = value
    return response


def _span(request: HttpRequest, size: int, tag: str) -> tuple[int, int] | None:
    """The first and last byte asked for; all of them where no one range is; None where there are no such bytes."""
    asked = _RANGE.match(request.headers.get("Range", "").strip())
    if asked is None or asked.groups() == ("", "") or request.headers.get("If-Range", tag) != tag:
        return 0, size - 1
    first, last = asked.groups()
    if not first:
        return (max(0, size - int(last)), size - 1) if int(last) else None
    end = min(int(last), size - 1) if last else size - 1
    return (int(first), end) if int(first) <= end else None


class _Part:
    """Some bytes of a stream, a block at a time; closes it when the response is done."""

    def __init__(self, stream: BinaryIO, first: int, length: int) -> None:
        self._stream = stream
        self._left = length
        stream.seek(first)

    def __iter__(self) -> Iterator[bytes]:
        while self._left > 0 and (block := self._stream.read(min(_BLOCK, self._left))):
            self._left -= len(block)
            yield block

    def close(self) -> None:
        """Called by the server."""
        self._stream.close()
