"""``migrate``, quick for a database in which nothing stands yet.

Step by step, Django builds every model of every moment of our history, which takes half a minute of processor time. A
new database gets the tables of today at once instead, in one transaction, and all steps are noted as done. What a step
does besides to the database itself (a ``RunPython``) is done too, unless it is marked ``elidable``: those put rows
right, and there are none yet.
"""

from typing import Any

from django.apps import apps
from django.core.management.commands import migrate
from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.operations.special import RunPython

_OURS = "gehoor_"


class Command(migrate.Command):
    """Bring the database to the tables of today."""

    def handle(self, *args: Any, **options: Any) -> None:
        """As Django does, after a new database was filled at once."""
        connection = connections[options["database"]]
        if not any((options["app_label"], options["plan"], options["check_unapplied"], options["fake"])):
            make_new(connection)
        super().handle(*args, **options)


def make_new(connection: BaseDatabaseWrapper) -> bool:
    """Make every table in a database that has none; says whether it had none."""
    connection.prepare_database()
    executor = MigrationExecutor(connection)
    if executor.recorder.applied_migrations() or _tables(connection) - {"django_migrations"}:
        return False
    plan = [migration for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    executor.recorder.ensure_schema()
    with connection.schema_editor() as editor:
        for config in apps.get_app_configs():
            for model in router.get_migratable_models(config, connection.alias, include_auto_created=False):
                if model._meta.can_migrate(connection):
                    editor.create_model(model)
        for migration in plan:
            _run_code(migration, editor)
            executor.recorder.record_applied(migration.app_label, migration.name)
    return True


def _tables(connection: BaseDatabaseWrapper) -> set[str]:
    return set(connection.introspection.table_names())


def _run_code(migration: Migration, editor: BaseDatabaseSchemaEditor) -> None:
    if not migration.app_label.startswith(_OURS):
        return
    for operation in migration.operations:
        if isinstance(operation, RunPython) and not operation.elidable:
            operation.code(apps, editor)  # type: ignore[arg-type]  # the models of today
