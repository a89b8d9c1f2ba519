"""Is all that a process remembers bounded, however many questions it is asked?"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

import index
import indexer
import webui
from index.french import homographs
from index.french.memory import Memory

# What is remembered for ever is of few things: units of measure, sentences of the catalogue, and
# the two tables of names in refusals.toml.
FEW = {
    "index.question.spoken._names",
    "indexer.refused.matching._named",
    "webui.locale.text._pattern",
}


@cache
def _modules() -> list[Any]:
    names = (
        module.name
        for room in (index, indexer, webui)
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}.")
    )
    return [*map(importlib.import_module, names)]


def _caches() -> dict[str, Callable[..., Any]]:
    return {
        f"{module.__name__}.{name}": value
        for module in _modules()
        for name, value in vars(module).items()
        # not isinstance: flask's proxies want a request
        if type(value) is type(_modules) and value.__module__ == module.__name__
    }


def test_what_depends_on_a_question_is_not_remembered_for_ever() -> None:
    endless = {
        name
        for name, function in _caches().items()
        if function.cache_parameters()["maxsize"] is None  # type: ignore[attr-defined]
        and inspect.signature(function).parameters
    }
    assert endless == FEW


def test_participles_are_remembered_of_the_last_questions() -> None:
    for number in range(2_000):
        homographs.forms(frozenset({f"mot{number}"}))
    assert homographs.forms.cache_info().currsize <= 256


@pytest.mark.parametrize("most", [2, 50])
def test_a_memory_holds_two_generations(most: int) -> None:
    class Lengths(Memory[int]):
        size = most

        def compute(self, word: str) -> int:
            return len(word)

    lengths = Lengths()
    for number in range(10 * most):
        assert lengths[f"mot{number}"] == len(f"mot{number}")
        assert len(lengths) + len(lengths._before) <= 2 * most
