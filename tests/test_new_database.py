"""A new database is filled at once: it is the same as one that went through every step."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.all_only
ROOT = Path(__file__).parents[1]
TOLD = """
import json, django
django.setup()
from django.core.management import call_command
from django.core.management.commands import migrate as steps
from django.db import connection
call_command({command}, verbosity=0)
with connection.cursor() as cursor:
    if connection.vendor == "sqlite":
        cursor.execute("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
        rows = [(kind, name, table) for kind, name, table, sql in cursor.fetchall()]
    found = {{}}
    for table in sorted(connection.introspection.table_names(cursor)):
        columns = connection.introspection.get_table_description(cursor, table)
        found[table] = {{
            "columns": sorted((c.name, str(c.type_code), c.null_ok) for c in columns),
            "constraints": sorted(
                json.dumps({{k: str(v) for k, v in one.items() if k not in ("definition", "orders")}}, sort_keys=True)
                for one in connection.introspection.get_constraints(cursor, table).values()
            ),
        }}
    cursor.execute("SELECT app, name FROM django_migrations")
    applied = sorted(cursor.fetchall())
print(json.dumps([found, rows if connection.vendor == "sqlite" else [], applied], sort_keys=True))
"""


def told(home, command):
    settings = {**os.environ, "GEHOOR_HOME": str(home), "GEHOOR_DATABASE": ""}
    settings |= {"PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "gehoor.settings"}
    program = [sys.executable, "-c", TOLD.format(command=command)]
    done = subprocess.run(program, env=settings, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found, objects, applied = json.loads(done.stdout)
    return found, sorted(map(tuple, objects)), applied


def test_a_new_database_is_as_one_that_went_through_every_step(tmp_path):
    at_once = told(tmp_path / "new", '"migrate"')
    step_by_step = told(tmp_path / "old", "steps.Command()")
    assert len(at_once[0]) > 100
    assert at_once[2] == step_by_step[2]
    assert at_once[0] == step_by_step[0]
    assert {each[1] for each in at_once[1]} == {each[1] for each in step_by_step[1]}
