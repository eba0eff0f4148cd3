"""Keeping and giving back original bytes."""

import hashlib
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.db.models import ManyToOneRel

from gehoor.channels.base import Document
from gehoor.kernel.ids import content_hash, new_id
from gehoor.rooms.voices import rows
from gehoor.rooms.voices.models import Original

UNKNOWN_TYPE = "application/octet-stream"
LARGEST_IN_DATABASE = 256 * 1024
_BLOCK = 1024 * 1024


def keep(originals: Iterable[tuple[bytes, str]]) -> Mapping[bytes, int]:
    """Keep bytes with their media types; equal bytes once. Gives primary keys by SHA-256."""
    wanted = {content_hash(data): (data, media_type) for data, media_type in originals}
    known = _known(list(wanted))
    new = [digest for digest in wanted if digest not in known]
    made = dict(zip(new, rows.next_ids(Original, len(new)), strict=True))
    rows.insert(Original, (_row(pk, digest, *wanted[digest]) for digest, pk in made.items()))
    return {**known, **made}


def _known(digests: list[bytes]) -> dict[bytes, int]:
    return dict(rows.known_keys(Original, "sha256", digests, "id"))


def _row(pk: int, digest: bytes, data: bytes, media_type: str) -> dict[str, object]:
    inside = len(data) <= LARGEST_IN_DATABASE
    if not inside:
        _write(digest, data)
    kept = data if inside else None
    return {"id": pk, "sha256": digest, "media_type": media_type[:100], "size": len(data), "data": kept}


def _path(digest: bytes) -> Path:
    name = digest.hex()
    return settings.HOME.folder(f"originals/{name[:2]}") / name


def _write(digest: bytes, data: bytes) -> None:
    path = _path(digest)
    if path.exists() and path.stat().st_size == len(data):
        return
    half = path.with_suffix(".new")
    half.write_bytes(data)
    half.replace(path)


def keep_whole(document: Document) -> Original:
    """Keep a whole document, however large, holding a bounded part of it in memory."""
    if document.size <= LARGEST_IN_DATABASE:
        with document.open() as stream:
            data = stream.read()
        return Original.objects.get(pk=keep([(data, UNKNOWN_TYPE)])[content_hash(data)])
    half = settings.HOME.folder("originals") / f"{new_id()}.new"
    digest = hashlib.sha256()
    with document.open() as stream, half.open("wb") as copy:
        while block := stream.read(_BLOCK):
            digest.update(block)
            copy.write(block)
    size = half.stat().st_size
    half.replace(_path(digest.digest()))
    original, _ = Original.objects.get_or_create(
        sha256=digest.digest(), defaults={"media_type": UNKNOWN_TYPE, "size": size}
    )
    return original


def as_document(original: Original, name: str) -> Document:
    """An original as a document, to be read again."""
    if original.data is not None:
        data = bytes(original.data)
        return Document(name=name, size=len(data), open=lambda: BytesIO(data))
    path = _path(bytes(original.sha256))
    return Document(name=name, size=original.size, open=lambda: path.open("rb"), path=path)


def read(original: Original) -> bytes:
    """The bytes as they reached us."""
    return bytes(original.data) if original.data is not None else _path(bytes(original.sha256)).read_bytes()


def delete_unused(candidates: set[int]) -> None:
    """Originals are shared by equal items; delete only those that nothing points to any more."""
    for relation in Original._meta.get_fields(include_hidden=True):
        if not candidates:
            return
        if isinstance(relation, ManyToOneRel):
            manager, name = relation.related_model._default_manager, relation.field.name
            candidates = candidates - set(manager.filter(**{f"{name}__in": candidates}).values_list(name, flat=True))
    unused = Original.objects.filter(id__in=candidates)
    files = [bytes(digest) for digest in unused.filter(data=None).values_list("sha256", flat=True)]
    unused.delete()
    for digest in files:
        _path(digest).unlink(missing_ok=True)
