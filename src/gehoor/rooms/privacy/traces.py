"""Erased bytes leave the disk: SQLite's write-ahead log holds old pages until it is cut off."""

import logging

from django.db import connection, transaction

from gehoor.rooms.privacy.rights import Subject

log = logging.getLogger(__name__)


def forget(_: Subject) -> None:
    """Cut the write-ahead log off, as soon as the erasing is committed."""
    if connection.vendor == "sqlite":
        transaction.on_commit(_cut_off)


def _cut_off() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = cursor.fetchone()[0]
    if busy:
        log.warning("The write-ahead log is in use; what was erased leaves the disk at the next checkpoint.")
