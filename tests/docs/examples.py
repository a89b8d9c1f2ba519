"""Which examples are on a page of the documentation, and what must each do?

Pages are Markdown for MyST. Their fenced blocks say by their language what they are:

* `console`: commands after `$ ` (`> ` continues one), each with what it prints. A `…` stands for
  any characters, alone on its line for any lines. A command with nothing below prints what it
  likes. All must end with 0.
* `{code-block} LANGUAGE` with `:caption: NAME`: a file, written as NAME where commands run.
* `json` after a comment `<!-- réponse : ADDRESS -->`: what is shown is in what the address answers.

A block after a comment `<!-- pas exécuté : WHY -->` is not run; what it asks of `glose` must
exist all the same. A table headed `question | texte | trouve` is asked row by row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

DOCS = Path(__file__).parents[2] / "docs"
_COMMENT = re.compile(r"<!-- (pas exécuté|réponse) : (.+) -->")


@dataclass(frozen=True, slots=True)
class Example:
    """A fenced block: its language, its text, the name of the file it is, where it stands.

    `unrun`: why it is not run; `answers`: the address that answers it.
    """

    language: str
    text: str
    line: int
    caption: str = ""
    unrun: str = ""
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """A command and the lines it prints; None: whatever it prints."""

    text: str
    prints: list[str] | None
    line: int


def pages() -> list[Path]:
    """The pages that are written by hand, in French and in English."""
    folders = ("tutoriel", "guides", "explications", "en", "reference")
    generated = {"commandes", "questions", "remarques", "http", "formats"}
    paths = [DOCS / "index.md"]
    for folder in folders:
        paths += sorted(path for path in (DOCS / folder).glob("*.md") if path.stem not in generated)
    return paths


def _tokens(text: str) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(text)


def examples(text: str) -> Iterator[Example]:
    """Give the fenced blocks of a page in order.

    >>> page = "```{code-block} toml\\n:caption: a.toml\\nx = 1\\n```"
    >>> [example.caption for example in examples(page)]
    ['a.toml']
    """
    answers: dict[str, str] = {}
    for token in _tokens(text):
        if token.type == "html_block":
            comment = _COMMENT.match(token.content.strip())
            answers = {comment[1]: comment[2]} if comment else {}
        elif token.type == "fence":
            yield _example(token, answers)
            answers = {}


def _example(token: Token, texts: dict[str, str]) -> Example:
    language, text, caption = token.info.strip(), token.content, ""
    if language.startswith("{code-block}"):
        language = language.removeprefix("{code-block}").strip()
        while option := re.match(r":(\w+): (.*)\n+", text):
            caption = option[2] if option[1] == "caption" else caption
            text = text[option.end() :]
    unrun, answers = texts.get("pas exécuté", ""), texts.get("réponse", "")
    return Example(language, text, (token.map or [0])[0] + 1, caption, unrun, answers)


def commands(example: Example) -> Iterator[Command]:
    """Give the commands of a console block.

    >>> list(commands(Example("console", "$ echo a\\na\\n", 1)))
    [Command(text='echo a', prints=['a'], line=2)]
    """
    text, prints, at = "", [], 0
    for number, line in enumerate(example.text.splitlines(), example.line + 1):
        if line.startswith("$ "):
            if text:
                yield Command(text, prints or None, at)
            text, prints, at = line[2:], [], number
        elif line.startswith("> ") and not prints:
            text += "\n" + line[2:]
        else:
            prints.append(line)
    if text:
        yield Command(text, prints or None, at)


def rows(text: str) -> Iterator[tuple[str, str, str]]:
    """Give the rows of the tables headed `question | texte | trouve`.

    >>> table = "| question | texte | trouve |\\n|---|---|---|\\n| `a` | b | non |"
    >>> list(rows(table))
    [('a', 'b', 'non')]
    """
    table: list[list[str]] = []
    for token in _tokens(text):
        if token.type == "table_open":
            table = []
        elif token.type == "tr_open":
            table.append([])
        elif token.type == "inline" and table and table[-1] is not None:
            table[-1].append("".join(child.content for child in token.children or ()))
        elif token.type == "table_close" and table[0] == ["question", "texte", "trouve"]:
            yield from ((a, b, c) for a, b, c in table[1:])


def alike(expected: list[str], printed: str) -> bool:
    """Whether the lines shown say what was printed, but for what `…` stands for.

    >>> alike(["a …", "…", "z"], "a b\\nc\\nd\\nz\\n")
    True
    >>> alike(["a"], "a\\nb\\n")
    False
    """
    pattern = ""
    for line in expected:
        if line.strip() == "…":
            pattern += r"(?:[^\n]*\n)*?"
        else:
            pattern += r"[^\n]*?".join(map(re.escape, _spaces(line).rstrip().split("…"))) + "\n"
    lines = "".join(_spaces(line).rstrip() + "\n" for line in printed.splitlines())
    return re.fullmatch(pattern, lines.rstrip("\n") + "\n") is not None


def _spaces(text: str) -> str:
    """Return a text, its no-break spaces made plain: one does not see them."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def contains(expected: object, answer: object) -> bool:
    """Whether what is shown of some JSON is in it; "…" stands for anything.

    >>> contains({"a": ["…"], "b": 1}, {"a": [3], "b": 1, "c": 2})
    True
    """
    if expected == "…":
        return True
    if isinstance(expected, dict):
        return isinstance(answer, dict) and all(
            name in answer and contains(member, answer[name]) for name, member in expected.items()
        )
    if isinstance(expected, list):
        if not isinstance(answer, list):
            return False
        if expected and expected[-1] == "…":
            answer = [*answer[: len(expected) - 1], "…"]
        return len(expected) == len(answer) and all(map(contains, expected, answer))
    return expected == answer
