"""Settings shared by all the tests."""

import os

from hypothesis import settings

# the machines that run these are of every speed: no example has a deadline
settings.register_profile("glose", deadline=None)
settings.load_profile("glose")

# a program that grows questions by coverage, not a test: see `make fuzz`
collect_ignore = ["index/fuzz.py"]

# kills, full disks and cut powers take minutes and want strace: `make trials`
if "GLOSE_TRIALS" not in os.environ:
    collect_ignore.append("trials")
