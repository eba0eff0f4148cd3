"""Files that were sent in to be imported, kept until who sent them has said how to read them; at most a day."""

import json
import shutil
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from uuid import UUID

from django.conf import settings

from gehoor.channels.base import Document
from gehoor.kernel.errors import NotFound
from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User

_A_DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class Upload:
    """A file, and who sent it."""

    public_id: UUID
    document: Document


def _folder() -> Path:
    return Path(settings.HOME.folder("incoming")) / "answers"


def do_keep_upload(*, name: str, pieces: Iterable[bytes], actor: User) -> Upload:
    """Keep the file; what stands here for more than a day goes."""
    _sweep()
    made = new_id()
    folder = _folder() / str(made)
    folder.mkdir(parents=True)
    with (folder / "file").open("wb") as file:
        for piece in pieces:
            file.write(piece)
    (folder / "about.json").write_text(json.dumps({"name": name[:200], "by": actor.pk}), encoding="utf-8")
    return access_upload(made, actor)


def access_upload(public_id: UUID, actor: User) -> Upload:
    """A file that this user sent in; raises NotFound."""
    folder = _folder() / str(public_id)
    try:
        about: Mapping[str, object] = json.loads((folder / "about.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise NotFound(what=sentence("file")) from None
    if about.get("by") != actor.pk:
        raise NotFound(what=sentence("file"))
    path = folder / "file"
    return Upload(public_id, document_at(path, str(about["name"])))


def document_at(path: Path, name: str = "") -> Document:
    """A file as readers want it."""
    return Document(name or path.name, path.stat().st_size, lambda: path.open("rb"))


def document_of(name: str, data: bytes) -> Document:
    """Bytes as readers want them."""
    return Document(name, len(data), lambda: BytesIO(data))


def do_drop_upload(upload: Upload) -> None:
    """It was read, or is not wanted."""
    shutil.rmtree(_folder() / str(upload.public_id), ignore_errors=True)


def _sweep() -> None:
    folder = _folder()
    old = time.time() - _A_DAY
    for each in folder.iterdir() if folder.exists() else ():
        if each.stat().st_mtime < old:
            shutil.rmtree(each, ignore_errors=True)
