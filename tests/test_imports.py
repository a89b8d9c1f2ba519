"""Does a command read only the files that it needs?"""

import json
import subprocess
import sys

import pytest

# What reads pages and feeds, and what serves; and a question's own room and libraries.
_MOST = 340
_OTHERS = ("indexer", "webui", "flask", "lxml", "feedparser", "httpcore", "markdown_it", "yaml")
# what compares two words, what writes, and what unpacks
_LATER = ("rapidfuzz", "concurrent", "socket", "zipfile")
_CODE = """
import json, sys, click, glose
glose.main.get_command(click.Context(glose.main), sys.argv[1])
if sys.argv[1] == "search":
    import index.engines.tantivy
print(json.dumps(sorted(sys.modules)))
"""


def imported(command: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", _CODE, command], check=True, capture_output=True, text=True
    )
    names: list[str] = json.loads(done.stdout)
    return names


@pytest.mark.parametrize("command", ["search", "explain", "status", "terms"])
def test_a_question_needs_no_other_room(command: str) -> None:
    names = imported(command)
    assert not [name for name in names if name.partition(".")[0] in (*_OTHERS, *_LATER)]
    assert len(names) <= _MOST


def test_indexing_needs_no_server() -> None:
    assert not [name for name in imported("index") if name.partition(".")[0] in ("webui", "flask")]
