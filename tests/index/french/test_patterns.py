"""Are the patterns that wait for their first use patterns?"""

import pkgutil
import re
from importlib import import_module

import pytest

import index.french
import index.question
from index.french.patterns import Pattern, late

LATE = [
    (f"{module.name}.{name}", pattern)
    for room in (index.french, index.question)
    for module in pkgutil.iter_modules(room.__path__, f"{room.__name__}.")
    for name, pattern in vars(import_module(module.name)).items()
    if isinstance(pattern, Pattern)
]


def test_there_are_some() -> None:
    assert len(LATE) > 100


@pytest.mark.parametrize(("name", "pattern"), LATE)
def test_each_can_be_compiled(name: str, pattern: Pattern) -> None:
    assert re.compile(pattern.pattern, pattern.flags), name


def test_it_is_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = []
    compile_at_once = re.compile

    def compile_and_count(pattern: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(pattern)
        return compile_at_once(pattern, flags)

    monkeypatch.setattr(re, "compile", compile_and_count)
    digits = late(r"\d+")
    assert not compiled
    match = digits.search("le 12")
    assert match
    assert (match[0], digits.sub("_", "le 12"), compiled) == ("12", "le _", [r"\d+"])


def test_it_is_a_pattern_and_nothing_more() -> None:
    with pytest.raises(AttributeError):
        getattr(late("a"), "matches")  # noqa: B009
    with pytest.raises(re.error):
        late("(").match("a")
