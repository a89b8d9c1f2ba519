"""Settings shared by all the tests."""

from hypothesis import settings

# the machines that run these are of every speed: no example has a deadline
settings.register_profile("glose", deadline=None)
settings.load_profile("glose")

# a program that grows questions by coverage, not a test: see `make fuzz`
collect_ignore = ["index/fuzz.py"]
