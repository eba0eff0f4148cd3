"""The full-text index of each database: one class an engine, the dialect in one place.

The index stands on ``Understanding.lemmas`` and follows it by itself: by triggers on SQLite, as an expression index on
PostgreSQL. So whatever changes or erases an understanding changes the index with it.
"""

from abc import ABC, abstractmethod
from typing import Any

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from gehoor.rooms.voices.search.query import Query, Term

TABLE = "gehoor_voices_understanding"


class Engine(ABC):
    """A full-text index."""

    create: tuple[str, ...]
    drop: tuple[str, ...]

    @abstractmethod
    def match_sql(self, query: Query) -> tuple[str, list[Any]]:
        """SQL that selects the primary keys of matching voices, and its parameters. The query has wanted terms."""

    @abstractmethod
    def forget(self) -> None:
        """After an erasure: leave no trace of what was deleted in the index or its pages."""


class SqliteEngine(Engine):
    """FTS5 over the understanding table."""

    create = (
        f"CREATE VIRTUAL TABLE gehoor_voices_index USING fts5(lemmas, content='{TABLE}', content_rowid='voice_id', "
        'tokenize="unicode61 remove_diacritics 2")',
        f"CREATE TRIGGER gehoor_voices_index_in AFTER INSERT ON {TABLE} BEGIN "
        "INSERT INTO gehoor_voices_index(rowid, lemmas) VALUES (new.voice_id, new.lemmas); END",
        f"CREATE TRIGGER gehoor_voices_index_out AFTER DELETE ON {TABLE} BEGIN "
        "INSERT INTO gehoor_voices_index(gehoor_voices_index, rowid, lemmas) "
        "VALUES ('delete', old.voice_id, old.lemmas); END",
        f"CREATE TRIGGER gehoor_voices_index_on AFTER UPDATE OF lemmas ON {TABLE} BEGIN "
        "INSERT INTO gehoor_voices_index(gehoor_voices_index, rowid, lemmas) "
        "VALUES ('delete', old.voice_id, old.lemmas); "
        "INSERT INTO gehoor_voices_index(rowid, lemmas) VALUES (new.voice_id, new.lemmas); END",
    )
    drop = (
        "DROP TRIGGER gehoor_voices_index_in",
        "DROP TRIGGER gehoor_voices_index_out",
        "DROP TRIGGER gehoor_voices_index_on",
        "DROP TABLE gehoor_voices_index",
    )

    @staticmethod
    def _term(term: Term) -> str:
        star = " *" if term.prefix else ""
        return "(" + " OR ".join(f'"{word}"{star}' for word in term.stands_for) + ")"

    def match_sql(self, query: Query) -> tuple[str, list[Any]]:
        wanted = " AND ".join(map(self._term, query.wanted))
        unwanted = "".join(f" NOT {self._term(term)}" for term in query.unwanted)
        return "SELECT rowid FROM gehoor_voices_index WHERE gehoor_voices_index MATCH %s", [f"({wanted}){unwanted}"]

    def forget(self) -> None:
        """Merge the index into one segment without what was deleted, then empty the write-ahead log."""
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO gehoor_voices_index(gehoor_voices_index) VALUES ('optimize')")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class PostgresqlEngine(Engine):
    """A GIN index over the lemmas, in the ``simple`` configuration: the lemmas are already ours."""

    create = (
        f"CREATE INDEX gehoor_voices_index ON {TABLE} USING gin (to_tsvector('simple', lemmas))",
        "CREATE INDEX gehoor_voices_newest ON gehoor_voices_voice (said_at DESC NULLS LAST, id DESC)",
    )
    drop = ("DROP INDEX gehoor_voices_index", "DROP INDEX gehoor_voices_newest")

    @staticmethod
    def _term(term: Term) -> str:
        star = ":*" if term.prefix else ""
        return "(" + " | ".join(f"'{word}'{star}" for word in term.stands_for) + ")"

    def match_sql(self, query: Query) -> tuple[str, list[Any]]:
        parts = [*map(self._term, query.wanted), *(f"!{self._term(term)}" for term in query.unwanted)]
        sql = f"SELECT voice_id FROM {TABLE} WHERE to_tsvector('simple', lemmas) @@ to_tsquery('simple', %s)"
        return sql, [" & ".join(parts)]

    def forget(self) -> None:
        """Dead rows hold old text until they are vacuumed."""
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")


def engine() -> Engine:
    """The engine of the database in use."""
    return PostgresqlEngine() if connection.vendor == "postgresql" else SqliteEngine()


def create_index(_: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """For the migration."""
    for statement in engine().create:
        editor.execute(statement)


def drop_index(_: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """For the migration, backwards."""
    for statement in engine().drop:
        editor.execute(statement)
