"""A consistent copy of a home in one file, and back.

The database is copied first, by its own means, while it runs; then the originals and vectors, which are only ever
added to. A file that an erasure removed in between is left out.
"""

import gzip
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from gehoor import __version__
from gehoor.kernel import environment
from gehoor.kernel.clock import now
from gehoor.kernel.errors import Damaged, PartMissing, Refused
from gehoor.kernel.home import Home
from gehoor.kernel.language import sentence

FOLDERS = ("originals", "vectors", "incoming")
FILES = ("secrets.json", "example.json")
MANIFEST = "gehoor.json"
DUMP = "gehoor.dump"


@dataclass(frozen=True, slots=True)
class Copy:
    """What a copy holds."""

    files: int
    bytes: int
    database: str


def make_copy(home: Home, file: Path) -> Copy:
    """Write a copy of a home; the file appears only when it is whole."""
    half = file.with_name(f".{file.name}.{os.getpid()}.new")
    count = 0
    try:
        with tempfile.TemporaryDirectory() as folder, tarfile.open(half, "w:gz", compresslevel=4) as tar:
            database = _copy_database(home, Path(folder))
            _add_manifest(tar, database.name)
            tar.add(database, database.name)
            for path in _kept(home):
                count += _add(tar, path, home.path)
        half.chmod(0o600)
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)
    return Copy(count + 1, file.stat().st_size, "postgresql" if database.name == DUMP else "sqlite")


def _kept(home: Home) -> Iterator[Path]:
    yield from (path for name in FILES if (path := home.path / name).exists())
    for name in FOLDERS:
        yield from sorted(path for path in (home.path / name).rglob("*") if path.is_file())


def _add(tar: tarfile.TarFile, path: Path, base: Path) -> int:
    try:
        tar.add(path, str(path.relative_to(base)))
    except FileNotFoundError:
        return 0
    return 1


def _add_manifest(tar: tarfile.TarFile, database: str) -> None:
    data = json.dumps({"gehoor": __version__, "at": now().isoformat(), "database": database}).encode()
    info = tarfile.TarInfo(MANIFEST)
    info.size = len(data)
    tar.addfile(info, io.BytesIO(data))


def _copy_database(home: Home, folder: Path) -> Path:
    if environment.DATABASE.value():
        _postgresql("pg_dump", "--format=custom", "--no-owner", f"--file={folder / DUMP}")
        return folder / DUMP
    copy = folder / home.database.name
    with closing(sqlite3.connect(home.database)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def _postgresql(program: str, *arguments: str) -> None:
    if shutil.which(program) is None:
        raise PartMissing(part=program, how="apt-get install postgresql-client")
    # S603: the program and its arguments are ours; the address goes by the environment, where no one else reads it.
    done = subprocess.run([program, *arguments], env=_address(), capture_output=True)  # noqa: S603
    if done.returncode:
        raise Refused(why=sentence("the database did not take part; see its own log"))


def _address() -> dict[str, str]:
    parts = urlsplit(environment.DATABASE.value())
    given = {
        "PGHOST": parts.hostname or "",
        "PGPORT": str(parts.port or ""),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": unquote(parts.path.lstrip("/")),
    }
    return {**os.environ, **{name: value for name, value in given.items() if value}}


def put_back(home: Home, file: Path) -> Copy:
    """Put a copy back. Raises Refused when the home is in use, Damaged when the file is no whole copy."""
    if home.used or home.database.exists():
        raise Refused(why=sentence("this home is not empty; set GEHOOR_HOME to a new folder"))
    home.path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.path.parent) as folder:
        new = Path(folder) / "home"
        database = _unpack(file, new)
        _put_back_database(new, database)
        count = sum(path.is_file() for path in new.rglob("*"))
        if home.path.exists():
            home.path.rmdir()
        new.rename(home.path)
    return Copy(count, file.stat().st_size, "postgresql" if database == DUMP else "sqlite")


def _unpack(file: Path, new: Path) -> str:
    try:
        with tarfile.open(file, "r:gz") as tar:
            tar.extractall(new, filter="data")
        manifest = json.loads((new / MANIFEST).read_text(encoding="utf-8"))
        (new / MANIFEST).unlink()
        return str(manifest["database"])
    except (tarfile.TarError, gzip.BadGzipFile, EOFError, OSError, ValueError, KeyError) as error:
        why = sentence("it is no copy that backup made, or only part of one")
        raise Damaged(what=sentence("copy"), why=why) from error


def _put_back_database(new: Path, database: str) -> None:
    on_postgresql = bool(environment.DATABASE.value())
    if on_postgresql != (database == DUMP):
        raise Refused(why=sentence("the copy was made of the other kind of database; set GEHOOR_DATABASE to match"))
    if on_postgresql:
        name = _address()["PGDATABASE"]
        _postgresql("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={name}", str(new / DUMP))
        (new / DUMP).unlink()
