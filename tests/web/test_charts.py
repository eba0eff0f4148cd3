"""Pictures: asked for by a hash, drawn without the network, kept within bounds."""

import os
import socket
import time
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.template import engines
from django.test import Client
from django.utils import translation
from tests.web.conftest import MakeUser

from gehoor.rooms.accounts.roles import Role
from gehoor.web.charts import draw, pictures, warm
from gehoor.web.charts.asked import Asked, Column
from gehoor.web.charts.house import SHADES, SIZES
from gehoor.web.charts.pictures import keep, prune
from gehoor.web.charts.scatter import scatter

MONTHS = [
    {"month": f"2025-{m:02d}", "n": n, "low": n - 1, "high": n + 2} for m, n in ((1, 4), (2, 9), (3, None)) if n
] + [{"month": "2025-03", "n": None, "low": None, "high": None}]
NEEDS = [
    {"name": "Bouwdepot", "voices": 140, "customer_minutes": 21_840},
    {"name": "De app", "voices": 412, "customer_minutes": 1_240},
    {"name": "Niets", "voices": 0, "customer_minutes": 0},
]


def _render(source: str, **context: object) -> str:
    with translation.override("nl"):
        return engines["django"].from_string(source).render(context)


SOURCES = {
    "bars": "{% trend_chart months title='T' y='n' label='Stemmen' %}",
    "line": "{% trend_chart months title='T' y='n' label='Stemmen' low='low' high='high' line=True half=True %}",
    "scatter": "{% scatter_chart needs title='T' %}",
    "names": "{% bar_chart needs title='T' y='customer_minutes' label='Tijd' unit='minutes' %}",
    "multiples": "{% multiples_chart months title='T' y='n' label='Stemmen' by='month' %}",
}


def _pictures(shown: str) -> list[str]:
    return [part.split(".svg")[0] for part in shown.split("/beelden/")[1:]]


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_every_picture_is_drawn_for_light_dark_desk_and_phone(source: str) -> None:
    addresses = _pictures(_render(source, months=MONTHS, needs=NEEDS))
    assert len(set(addresses)) == 4
    for address in addresses:
        drawn = draw(address)
        assert drawn is not None
        assert ElementTree.fromstring(drawn).tag.endswith("svg")
        assert b"http://" not in drawn.replace(b"http://www.w3.org/", b"")


def test_the_table_beside_it_says_unknown_for_what_is_unknown() -> None:
    shown = _render(SOURCES["bars"], months=MONTHS)
    assert "februari 2025" in shown
    assert '<td class="number">onbekend</td>' in shown
    assert "Hoogste: 9 in februari 2025; laagste: 4 in januari 2025." in shown


def test_long_times_are_said_in_hours() -> None:
    assert "364 uur" in _render(SOURCES["names"], needs=NEEDS)


def test_nothing_to_draw_is_said() -> None:
    assert "Nog niets om te tekenen." in _render(SOURCES["bars"], months=[])


def test_heavy_is_told_from_loud_by_the_average_time_of_a_voice() -> None:
    rows = tuple({"name": n["name"], "v": float(n["voices"]), "m": float(n["customer_minutes"])} for n in NEEDS)  # type: ignore[arg-type]
    asked = Asked("scatter", rows, Column("v", "Stemmen"), Column("m", "Tijd", "minutes"))
    points: list[dict[str, Any]] = scatter(asked, SHADES["light"], SIZES["wide"])["layer"][1]["data"]["values"]
    assert [point["tone"] for point in points] == ["weighty", "loud"]


def test_drawing_opens_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a picture asked the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    warm()


def test_an_address_tells_nothing_and_what_is_not_an_address_is_no_file() -> None:
    key = keep(Asked("bars", ({"name": "Mevrouw De Vries", "n": 1.0},), Column("name", "Wat"), Column("n", "N")))
    assert len(key) == 40
    assert set(key) <= set("0123456789abcdef")
    assert draw(f"{'0' * 40}-light-wide") is None
    assert draw("../../secrets") is None
    assert draw(f"{key}-light-wide/../x") is None


def test_the_same_question_is_kept_once_and_old_ones_go(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "_KEPT_FILES", 5)
    column = Column("n", "N")
    for number in range(9):
        asked = Asked("bars", ({"n": float(number)},), column, column)
        assert keep(asked) == keep(asked)
    folder = own_home / "pictures"
    assert len(list(folder.iterdir())) == 5
    prune(now=time.time() + 8 * 86_400)
    assert not list(folder.iterdir())
    assert os.path.isdir(folder)


def test_pictures_are_for_colleagues_only(make_user: MakeUser, client: Client) -> None:
    address = _pictures(_render(SOURCES["bars"], months=MONTHS))[0]
    assert client.get(f"/beelden/{address}.svg").status_code == 302
    client.force_login(make_user(Role.MANAGER))
    response = client.get(f"/beelden/{address}.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert "immutable" in response["Cache-Control"]
    assert client.get(f"/beelden/{'0' * 40}-light-wide.svg").status_code == 404
