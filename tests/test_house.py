"""The tree, the imports and the relations are as ARCHITECTURE.md says."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "gehoor"
ROOMS = [
    *("accounts", "privacy", "voices", "intake", "public", "people", "sending"),
    *("needs", "answers", "desk", "listening", "changes", "today"),
]
"""From the ground up."""


def _parts() -> list[str]:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    return [name.rstrip("/") for row in rows for name in re.findall(r"`([^`]+/)`", row)]


def test_every_part_of_the_page_stands_in_the_tree() -> None:
    assert [part for part in _parts() if not (SOURCE / part).exists()] == []


def test_every_part_of_the_tree_stands_on_the_page() -> None:
    listed = set(_parts())
    stand_alone = {"__init__.py", "__main__.py", "settings.py", "py.typed"}
    found = {path.name for path in SOURCE.iterdir() if not path.name.startswith(("__pycache__", "."))} - {"rooms"}
    found |= {f"rooms/{path.name}" for path in (SOURCE / "rooms").iterdir() if (path / "apps.py").exists()}
    assert found - listed - stand_alone == set()


def _room(model: type[Model]) -> str:
    return model.__module__.split(".")[2]


def _models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("gehoor.rooms.")]


@pytest.mark.parametrize("model", _models(), ids=lambda model: model.__name__)
def test_relations_only_point_down(model: type[Model]) -> None:
    height = ROOMS.index(_room(model))
    upward = [
        field.name
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and field.related_model is not None
        and field.related_model.__module__.startswith("gehoor.rooms.")
        and ROOMS.index(_room(field.related_model)) > height
    ]
    assert upward == []


@pytest.mark.parametrize("part", ["kernel", "channels", "analysis"])
def test_what_lies_below_the_rooms_imports_without_django(part: str) -> None:
    script = (
        "import sys, pkgutil, importlib\n"
        "sys.modules['django'] = None\n"
        f"import gehoor.{part} as part\n"
        "for found in pkgutil.walk_packages(part.__path__, part.__name__ + '.'):\n"
        "    importlib.import_module(found.name)\n"
    )
    environment = {"PYTHONPATH": str(SOURCE.parent), "PATH": "/usr/bin:/bin"}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_command_starts_without_what_only_some_need() -> None:
    """The routes for programs, and what computes: each takes as long to load as everything else together."""
    heavy = ("ninja", "scipy.stats", "scipy.cluster", "scipy.special", "onnxruntime")
    code = f"import sys, django; django.setup(); print([name for name in {heavy!r} if name in sys.modules])"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "gehoor.settings"}
    started = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert started.stdout.strip() == "[]"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_channel_has_a_name_and_a_page(language: str) -> None:
    from gehoor.channels.registry import cards

    assert cards()
    for kind, card in cards().items():
        assert getattr(card, f"name_{language}")
        assert (SOURCE / "channels" / kind / "README.md").read_text(encoding="utf-8").strip()


def test_migrations_are_complete(db: None) -> None:
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
