"""A teacher elsewhere: any server that speaks the OpenAI embeddings API, at an address the organisation gave."""

import json
from collections.abc import Sequence
from functools import cached_property
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import numpy as np

from gehoor.analysis.embedding.e5 import Floats
from gehoor.analysis.embedding.teacher import embed_distinct, normalised
from gehoor.kernel.errors import GehoorError, SettingError
from gehoor.kernel.language import sentence

_AT_ONCE = 64
_PATIENCE = 120.0
"""Seconds that one request of ``_AT_ONCE`` texts may take."""


class TeacherFailed(GehoorError):
    """The embeddings server did not give what was asked."""

    code = "teacher_failed"
    text = sentence("The embeddings server did not answer as it should: {why}")
    remedy = sentence("See that the server runs and that its address, model and key are right; then try again.")
    retry_helps = True


class ServerTeacher:
    """POSTs texts to ``address``/embeddings. ``address`` ends before ``/embeddings``, as in http://localhost:8000/v1."""

    def __init__(self, address: str, model: str, key: str = "") -> None:
        if urlsplit(address).scheme not in ("http", "https"):
            raise SettingError(
                name="GEHOOR_TEACHER", why=sentence("the address does not begin with http:// or https://")
            )
        self._address = address.rstrip("/") + "/embeddings"
        self._model = model
        self._key = key
        self.name = f"server-{urlsplit(address).netloc.rpartition('@')[2]}-{model}"

    @cached_property
    def dimensions(self) -> int:
        return int(self._ask(["gehoor"]).shape[1])

    def embed(self, texts: Sequence[str]) -> Floats:
        """See :class:`Teacher`. Raises TeacherFailed."""
        return embed_distinct(texts, self._embed, lambda: self.dimensions)

    def _embed(self, texts: Sequence[str]) -> Floats:
        parts = [self._ask(texts[start : start + _AT_ONCE]) for start in range(0, len(texts), _AT_ONCE)]
        return normalised(np.concatenate(parts))

    def _ask(self, texts: Sequence[str]) -> Floats:
        body = json.dumps({"model": self._model, "input": list(texts)}).encode()
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {self._key}"} if self._key else {})
        request = Request(self._address, data=body, headers=headers, method="POST")  # noqa: S310 -- scheme checked
        try:
            with urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310 -- scheme checked
                return _vectors(json.load(answer), len(texts))
        except HTTPError as error:
            error.close()
            raise TeacherFailed(why=f"HTTP {error.code}") from error
        except (OSError, HTTPException, ValueError) as error:
            raise TeacherFailed(why=type(error).__name__) from error


def _vectors(answer: Any, n: int) -> Floats:
    """The vectors of one answer, in the order asked. Raises TeacherFailed on any other shape."""
    try:
        rows = sorted(answer["data"], key=lambda item: int(item["index"]))
        vectors = np.array([item["embedding"] for item in rows], np.float32)
    except (KeyError, TypeError, ValueError) as error:
        raise TeacherFailed(why=sentence("not the shape of an embeddings answer")) from error
    if vectors.ndim != 2 or len(vectors) != n or not np.isfinite(vectors).all():
        raise TeacherFailed(why=sentence("another number of vectors than of texts, or no numbers"))
    return vectors
