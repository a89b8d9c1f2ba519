"""Does a command read only the files that it needs?"""

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

import glose

# What reads pages and feeds, and what serves; and a question's own room and libraries.
_MOST = 344
_OTHERS = ("indexer", "webui", "flask", "lxml", "feedparser", "httpcore", "markdown_it", "yaml")
# what compares two words, what writes, and what unpacks
_LATER = ("rapidfuzz", "concurrent", "socket", "zipfile", "shutil", "tempfile", "difflib")
# a dataclass takes a millisecond to make, nine times what a named tuple does
_DATACLASSES = 11
_CODE = """
import json, sys, click, glose
glose.main.get_command(click.Context(glose.main), sys.argv[1])
if sys.argv[1] == "search":
    import index.engines.tantivy
print(json.dumps(sorted(sys.modules)))
"""
# What a command has read and compiled once it has answered, on the last line of the errors.
_ANSWERED = """
import json, re, sys
compiled = []
compile = re.compile
def counted(pattern, flags=0):
    if sys._getframe(1).f_globals["__name__"] == "index.french.patterns":
        compiled.append(str(pattern))
    return compile(pattern, flags)
re.compile = counted
import glose
try:
    glose.main(sys.argv[1:])
except SystemExit as end:
    assert not end.code
from dataclasses import is_dataclass
made = [
    value.__qualname__
    for name, module in list(sys.modules.items())
    if name.startswith("index.")
    for value in vars(module).values()
    if isinstance(value, type) and value.__module__ == name and is_dataclass(value)
]
print(json.dumps([sorted(sys.modules), compiled, made]), file=sys.stderr)
"""


def imported(command: str) -> list[str]:
    process = subprocess.run(
        [sys.executable, "-c", _CODE, command], check=True, capture_output=True, text=True
    )
    names: list[str] = json.loads(process.stdout)
    return names


def run_and_trace(*arguments: str) -> tuple[str, list[str], list[str], list[str]]:
    """What a command prints, the modules it imported, our patterns it compiled, our dataclasses."""
    process = subprocess.run(
        [sys.executable, "-c", _ANSWERED, *arguments], check=True, capture_output=True, text=True
    )
    return process.stdout, *json.loads(process.stderr.splitlines()[-1])


@pytest.fixture(scope="module")
def location(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder: Path = tmp_path_factory.mktemp("imports")
    lines = [
        {
            "id": f"a:{number}",
            "headline": f"Article {number}",
            "sections": [{"text": f"Les avions de la ville numéro {number}."}],
        }
        for number in range(3)
    ]
    source = folder / "articles.jsonl"
    source.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    code = "import glose; glose.main()"
    subprocess.run(
        [sys.executable, "-c", code, "index", str(source), "--index", str(folder / "index")],
        check=True,
        capture_output=True,
    )
    return str(folder / "index")


@pytest.mark.parametrize("command", ["search", "explain", "status", "terms"])
def test_a_question_needs_no_other_room(command: str) -> None:
    names = imported(command)
    assert not [name for name in names if name.partition(".")[0] in (*_OTHERS, *_LATER)]
    assert len(names) <= _MOST


@pytest.mark.parametrize("command", ["backup", "export", "index", "verify", "watch"])
def test_what_asks_no_question_needs_no_server_and_no_answers(command: str) -> None:
    names = imported(command)
    assert not [name for name in names if name.partition(".")[0] in ("webui", "flask")]
    assert not [name for name in names if name.startswith("index.answering")]
    # what reads pages of HTML, and files of YAML, is read with the first of them
    assert not {"indexer.html.page", "indexer.html.finder", "yaml"} & {*names}
    # and what talks to sites when there is one to talk to
    assert not {"httpcore", "http.client", "ssl"} & {*names}


def test_the_lexicon_is_read_when_a_word_first_wants_it() -> None:
    code = "from index.french import stemming; print(stemming.complete.cache_info().currsize)"
    process = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )
    assert process.stdout == "0\n"


def test_an_answer_needs_no_other_room(location: str) -> None:
    output, names, patterns, dataclasses = run_and_trace("search", "avion", "--index", location)
    assert output.startswith("3 articles, 3 passages")
    assert not [name for name in names if name.partition(".")[0] in (*_OTHERS, *_LATER[1:])]
    assert "index.doors.explaining" not in names
    # of the hundred and more by which French is read, those that these few words need
    assert patterns
    assert len(patterns) <= 30
    assert len(dataclasses) <= _DATACLASSES


def test_an_article_is_read_without_long_patterns(location: str, tmp_path: Path) -> None:
    """One of all measures, three times over, had 12,403 characters, for two words in a thousand."""
    article = {"id": "a:9", "headline": "Soir", "sections": [{"text": "Il pleut sur la ville."}]}
    path = tmp_path / "soir.jsonl"
    path.write_text(json.dumps(article))
    output, _, patterns, _ = run_and_trace("index", str(path), "--index", str(tmp_path / "index"))
    assert "1 article" in output
    assert patterns
    assert sum(map(len, patterns)) < 5_000


def test_the_json_of_an_answer_needs_no_server(location: str) -> None:
    output, names, *_ = run_and_trace("search", "avion", "--json", "--index", location)
    assert json.loads(output)["totals"]["passages"] == 3
    assert not [name for name in names if name.partition(".")[0] in ("flask", "jinja2", "werkzeug")]


def test_the_state_of_an_index_reads_no_french(location: str) -> None:
    output, names, patterns, _ = run_and_trace("status", "--index", location)
    assert "Articles : 3" in output
    assert not [name for name in names if name.partition(".")[0] in (*_OTHERS, *_LATER)]
    assert not [name for name in names if name.startswith("index.answering")]
    assert len(patterns) <= 1


def test_help_needs_no_index_and_no_command() -> None:
    output, names, patterns, _ = run_and_trace("--help")
    assert "  search      Chercher QUESTION" in output
    assert not [name for name in names if name.partition(".")[0] in (*_OTHERS, "whoosh", "tantivy")]
    assert not [name for name in names if name.startswith(("index.engines", "index.french"))]
    assert not patterns


def test_the_list_of_commands_says_what_each_says() -> None:
    context = click.Context(glose.main)
    for name, (_, summary) in glose._DECLARED.items():
        command = glose.main.get_command(context, name)
        assert command is not None
        assert not command.hidden
        assert command.get_short_help_str(1000) == summary
