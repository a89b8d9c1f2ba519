"""Are the patterns that wait for their first use patterns?"""

import pkgutil
import re
import subprocess
import sys
from datetime import UTC, datetime
from importlib import import_module

import pytest

import index.french
import index.question
from index import engines
from index.answering.searching import search
from index.french import patterns
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


def test_it_is_a_pattern_and_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "_patterns", [])
    with pytest.raises(AttributeError):
        getattr(late("a"), "matches")  # noqa: B009
    with pytest.raises(re.error):
        late("(").match("a")


def test_those_that_wait_are_compiled_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    compile_at_once = re.compile
    monkeypatch.setattr(patterns, "_patterns", [])
    monkeypatch.setattr(patterns, "_tables", [])
    used, waiting = late("used"), late("waiting")
    assert used.search("used")
    monkeypatch.setattr(
        re, "compile", lambda pattern, flags: compiled.append(pattern) or compile_at_once(pattern)
    )
    for _ in range(2):
        patterns.prepare()
    assert waiting.search("waiting")
    assert compiled == ["waiting"]


def test_none_waits_once_all_are_compiled() -> None:
    patterns.prepare()
    assert [name for name, pattern in LATE if type(pattern) is not Pattern] == []


def test_questions_add_none() -> None:
    patterns.prepare()
    reader = engines.open(":memory:").reader()
    for question in (
        "le chat",
        '"le chat"~3',
        "chat* OU -chien",
        "auteur:zoé date:2020",
        "mai 2020",
    ):
        search(reader, question, now=datetime(2025, 6, 1, tzinfo=UTC))
    assert patterns._patterns == []


def test_what_serves_loads_nothing_for_an_answer() -> None:
    # letters that a library reads, slips and beginnings of words: what a command goes without
    script = """
import sys
from index import french
from index.french import spotting
from index.question.vocabulary import likeness
french.prepare()
before = {*sys.modules}
assert french.plain("Œuvre ª") == "OEuvre a"
assert likeness.distance("serveur", "sevreur") == 1
assert spotting.beginnings("oeil")
print({*sys.modules} - before)
"""
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (answer.stdout, answer.stderr) == ("set()\n", "")


def test_tables_are_made_before_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    monkeypatch.setattr(patterns, "_tables", [])
    table = patterns.late_table(lambda: calls.append("table") or {"a": 1})
    assert calls == []
    patterns.prepare()
    assert (table()["a"], calls) == (1, ["table"])
