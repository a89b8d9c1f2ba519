"""Settings and the order of all the tests, the steps of some work counted, a real OpenSearch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from cProfile import Profile

import pytest
from hypothesis import settings

from tests.opensearch_node import Node, shared, stop_what_is_left

# the machines that run these are of every speed: no example has a deadline
settings.register_profile("glose", deadline=None)
settings.load_profile("glose")

# a program that grows questions by coverage, not a test: see `make fuzz`
collect_ignore = ["index/question/fuzz.py", "speed/million", "webui/load"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files of long tests first, then those of many: what is short fills the end of a run.

    Each process takes a file at a time (`--no-loadscope-reorder`): by number alone, the few tests
    of Firefox, and those that kill a node, would begin last and leave the other processes idle.
    """
    sizes = Counter(item.path for item in items)
    long_files = {
        item.path
        for item in items
        if item.get_closest_marker("slow") or item.get_closest_marker("browser")
    }
    items.sort(key=lambda item: (item.path not in long_files, -sizes[item.path]))


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput"):
        # where they share one: see `node`
        factory: pytest.TempPathFactory = session.config._tmp_path_factory  # type: ignore[attr-defined]
        stop_what_is_left(factory.getbasetemp() / "opensearch")


Steps = Callable[[Callable[[], object]], int]


@pytest.fixture
def steps() -> Steps:
    """How many calls some work makes, of Python's functions and of C's: the same on any machine.

    A time says as much of what else the machine does; a count of calls does not.
    """

    def count(work: Callable[[], object]) -> int:
        # in C: counting in Python takes longer than most of the work
        profile = Profile()
        profile.runcall(work)
        return sum(entry.callcount for entry in profile.getstats())

    return count


@pytest.fixture
def in_proportion(steps: Steps) -> Callable[[Callable[[int], Callable[[], object]], int], None]:
    """Asserts that work on twice as much makes about twice as many steps, and not four times.

    It is given how to prepare the work for a size, and the smaller size. The bound is close to
    two, so that a small size, which takes less, shows as small a part that grows as the square.
    The work is done once before: what it imports and remembers would hide that part in the first
    count. What one call does in C counts as one.
    """

    def check(prepare: Callable[[int], Callable[[], object]], size: int) -> None:
        warm_up, single, double = (prepare(times * size) for times in (1, 1, 2))
        warm_up()
        fewer = steps(single)
        assert steps(double) <= 2.3 * fewer

    return check


@contextmanager
def _no_suggestions() -> Iterator[None]:
    from index.answering.asking import Asking

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Asking, "corrections", lambda *_: ())
        patch.setattr(Asking, "nearby", lambda *_, **__: ())
        patch.setattr(Asking, "foreseen", lambda *_: None)
        yield


@pytest.fixture(scope="session")
def no_suggestions() -> Callable[[], AbstractContextManager[None]]:
    """Searches that offer nothing in place of what they do not find, as long as the block lasts.

    In an index of a few records everything is rare, and two thirds of a search are suggestions.
    """
    return _no_suggestions


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Node]:
    """A real OpenSearch of one node; skips where none can be started."""
    base = tmp_path_factory.getbasetemp()
    # the processes of one run have a directory each, in one that they share
    with shared((base if worker_id == "master" else base.parent) / "opensearch") as running:
        yield running
