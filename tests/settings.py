"""The settings for tests: as in real life, in a home of their own that goes with the process."""

import atexit
import os
import shutil
import tempfile

if "GEHOOR_HOME" not in os.environ or os.environ.get("PYTEST_XDIST_WORKER"):
    os.environ["GEHOOR_HOME"] = _home = tempfile.mkdtemp(prefix="gehoor-test-")
    atexit.register(shutil.rmtree, _home, ignore_errors=True)

from gehoor.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
