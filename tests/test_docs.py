"""The docs name everything that there is, and what they show works."""

import re
import shlex
from pathlib import Path

import click
import pytest

from gehoor.channels.registry import cards
from gehoor.cli.main import group
from gehoor.kernel.environment import SETTINGS
from gehoor.kernel.errors import GehoorError

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "ARCHITECTURE.md", *sorted((ROOT / "docs").glob("*.md"))]


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _errors(kind: type[GehoorError]) -> list[type[GehoorError]]:
    return [kind, *(each for child in kind.__subclasses__() for each in _errors(child))]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_documented(setting: object) -> None:
    assert f"`{setting.name}`" in _read("docs/settings.md")


def test_no_setting_is_documented_that_is_not_there() -> None:
    assert set(re.findall(r"`(GEHOOR_[A-Z_]+)`", _read("docs/settings.md"))) == {each.name for each in SETTINGS}


@pytest.mark.parametrize("kind", sorted(cards()))
def test_every_channel_is_documented(kind: str) -> None:
    assert f"`{kind}`" in _read("docs/channels.md")


def test_every_error_code_is_documented_and_its_own() -> None:
    from gehoor.channels import registry

    registry.readers()
    registry.inlets()
    registry.senders()
    codes = [error.code for error in _errors(GehoorError)]
    assert len(codes) == len(set(codes))
    assert [code for code in codes if f"`{code}`" not in _read("docs/errors.md")] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


def _commands(page: Path) -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), re.S)
    lines = [line.split("  #")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith("./run ")]


@pytest.mark.parametrize("line", _commands(ROOT / "README.md"))
def test_every_command_of_the_readme_is_understood(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command and option exists and takes these words; nothing is run."""
    words = shlex.split(line)[1:]
    monkeypatch.chdir(tmp_path)
    command: click.Command = group
    while isinstance(command, click.Group):
        command = command.commands[words.pop(0)]
    for path in (word for word in words if "." in word or word.endswith("/")):
        (tmp_path / path).mkdir() if path.endswith("/") else (tmp_path / path).touch()
    with command.make_context(command.name, words):
        pass
