"""What holds for every test."""

from hypothesis import settings

# How long an example takes says more of what else the machine does, and of patterns compiled at first use, than of us.
settings.register_profile("gehoor", deadline=None)
settings.load_profile("gehoor")
