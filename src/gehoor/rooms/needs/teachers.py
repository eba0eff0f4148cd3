"""The teacher that the setting names, made once a process."""

import os
from functools import lru_cache
from pathlib import Path

from gehoor.analysis.embedding.server import ServerTeacher
from gehoor.analysis.embedding.teacher import E5Teacher, FolderTeacher, Teacher
from gehoor.kernel import environment


def the_teacher() -> Teacher:
    """The organisation's teacher. Raises SettingError, PartMissing."""
    return _made(environment.TEACHER.value())


@lru_cache(maxsize=1)
def _made(setting: str) -> Teacher:
    """Nothing: the bundled one. An address with the model's name after a ``#``: a server. Anything else: a folder."""
    if not setting:
        return E5Teacher(threads=os.cpu_count() or 1)
    if setting.startswith(("http://", "https://")):
        address, _, model = setting.partition("#")
        return ServerTeacher(address, model)
    return FolderTeacher(Path(setting).expanduser())
