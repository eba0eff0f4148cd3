"""The one folder that holds everything, and what stands where in it."""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from gehoor.kernel import environment

_SOURCE = Path(__file__).resolve().parents[3]


def _base() -> Path:
    """A checkout keeps its homes beside itself; an installed package in the user's own data folder."""
    if (_SOURCE / "pyproject.toml").exists():
        return _SOURCE
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local/share")) / "gehoor"


@dataclass(frozen=True, slots=True)
class Home:
    """Paths inside one ``GEHOOR_HOME``. The folder is made when first asked for."""

    path: Path

    @property
    def database(self) -> Path:
        return self.path / "gehoor.sqlite3"

    @property
    def used(self) -> bool:
        """Whether anything was ever kept here."""
        return (self.path / "secrets.json").exists()

    def folder(self, name: str) -> Path:
        """A folder of its own inside the home, made when it is not there yet."""
        folder = self.path / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def secret(self, name: str) -> str:
        """A secret of 256 bits, made the first time and kept in ``secrets.json``, readable by the owner only."""
        self.path.mkdir(parents=True, exist_ok=True)
        file = self.path / "secrets.json"
        kept: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
        if name not in kept:
            kept[name] = secrets.token_hex(32)
            new = file.with_suffix(f".{os.getpid()}.new")
            new.touch(mode=0o600)
            new.write_text(json.dumps(kept, indent=1))
            new.replace(file)
        return kept[name]


def own_home() -> Home:
    """The organisation's home: ``GEHOOR_HOME``, else ``home`` in the base folder."""
    return Home(environment.HOME.value() or _base() / "home")


def example_home() -> Home:
    """The example organisation's home: ``GEHOOR_HOME`` when that is set, else a folder of its own."""
    return Home(environment.HOME.value() or _base() / "home-example")
