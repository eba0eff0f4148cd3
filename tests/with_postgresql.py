"""Runs a command beside a PostgreSQL server of its own, which it makes before and removes after.

    python tests/with_postgresql.py COMMAND...

The server listens on a socket in a temporary folder only. As root it runs as the user postgres, since PostgreSQL
refuses root. Without PostgreSQL on the machine it says so and runs nothing: exit status 0 then, 3 with CI=true.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    beside = shutil.which("initdb")
    return Path(beside).parent if beside else None


def _as_postgres(command: list[str]) -> None:
    if os.getuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")


def main() -> int:
    """Run the command; returns its exit status."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # else the server would outlive us
    programs = _programs()
    if programs is None:
        print("PostgreSQL is not installed (apt-get install postgresql): its tests were left out.", file=sys.stderr)
        return 3 if os.environ.get("CI") == "true" else 0
    folder = Path(tempfile.mkdtemp(prefix="gehoor-pg-"))
    if os.getuid() == 0:
        os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
    data = folder / "data"
    try:
        _as_postgres([str(programs / "initdb"), "-D", str(data), "-U", "gehoor", "-E", "UTF8", "--locale=C.UTF-8"])
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off -c max_connections=60"
        control = str(programs / "pg_ctl")
        _as_postgres([control, "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start"])
        try:
            address = f"postgresql://gehoor@{quote(str(folder), safe='')}/postgres"
            return subprocess.run(sys.argv[1:], env={**os.environ, "GEHOOR_DATABASE": address}).returncode
        finally:
            _as_postgres([control, "-D", str(data), "-m", "immediate", "-w", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
