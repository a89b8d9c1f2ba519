"""Which questions were judged, over which articles?

Two kinds of folder are read. BEIR's: `corpus.jsonl` (`_id`, `title`, `text`), `queries.jsonl`
(`_id`, `text`) and `qrels.tsv` or `qrels/test.tsv` (question, document, grade, under a header);
a document becomes an article with its title and one section, and it is articles that are
ranked. Or the same questions and grades over articles of the canonical format, with a
`pack.toml` that names their file and what is ranked:

    corpus = "articles.jsonl"
    level = "passage"        # or "article"
"""

from __future__ import annotations

import json
import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from indexer.article import Article, Section
from indexer.canonical import JsonFormat
from indexer.pipeline import sources
from indexer.reporting import Skipped

_QRELS = ("qrels.tsv", "qrels/test.tsv")
_SEED = 20250701


class JudgementsUnreadable(Exception):
    """A folder is not what it should be; the message says which file, and where."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `kind` is what it tests, in a pack that says so."""

    id: str
    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class JudgementSet:
    """Questions with the grades of what answers them, and the articles they are asked of.

    judged: question id → document id → grade (0 is judged irrelevant). A document is an
    article's id, or a record's when `passages`. Every question has a relevant document.
    """

    name: str
    questions: tuple[Question, ...]
    judged: dict[str, dict[str, int]]
    corpus: Path
    beir: bool
    passages: bool = False

    def articles(self) -> Iterator[Article]:
        """The articles, read as one goes. Raises JudgementsUnreadable."""
        if self.beir:
            for line, document in _lines(self.corpus):
                yield _article(self.corpus, line, document)
            return
        for outcome in sources.read_file(self.corpus, forced=JsonFormat()):
            if isinstance(outcome, Skipped):
                raise JudgementsUnreadable(str(outcome))
            if isinstance(outcome, Article):
                yield outcome

    def sample(self, count: int | None) -> JudgementSet:
        """The same with `count` questions at most, always the same ones, in their order."""
        if count is None or count >= len(self.questions):
            return self
        places = random.Random(_SEED).sample(range(len(self.questions)), count)
        return replace(self, questions=tuple(self.questions[place] for place in sorted(places)))


def read(folder: Path) -> JudgementSet:
    """The judgements of a folder. Raises JudgementsUnreadable."""
    pack = folder / "pack.toml"
    beir, passages, corpus = True, False, folder / "corpus.jsonl"
    if pack.is_file():
        beir = False
        corpus, passages = _corpus_of(pack)
    if not corpus.is_file():
        raise JudgementsUnreadable(f"{folder} : il manque {corpus.name}")
    grades = next((folder / name for name in _QRELS if (folder / name).is_file()), None)
    if grades is None:
        raise JudgementsUnreadable(f"{folder} : il manque qrels.tsv (ou qrels/test.tsv)")
    judged = _judged(grades)
    queries_path = folder / "queries.jsonl"
    if not queries_path.is_file():
        raise JudgementsUnreadable(f"{folder} : il manque queries.jsonl")
    questions = [
        Question(
            _text(queries_path, line, members, "_id"),
            _text(queries_path, line, members, "text"),
            str(members.get("kind", "")),
        )
        for line, members in _lines(queries_path)
    ]
    judged_questions = tuple(
        question
        for question in questions
        if any(g > 0 for g in judged.get(question.id, {}).values())
    )
    if not judged_questions:
        raise JudgementsUnreadable(f"{folder} : aucune question n’a de réponse jugée bonne")
    return JudgementSet(folder.resolve().name, judged_questions, judged, corpus, beir, passages)


def _corpus_of(pack: Path) -> tuple[Path, bool]:
    try:
        settings = tomllib.loads(pack.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise JudgementsUnreadable(f"{pack} : {error}") from error
    corpus, level = settings.get("corpus"), settings.get("level", "article")
    if not isinstance(corpus, str) or level not in ("article", "passage"):
        raise JudgementsUnreadable(
            f'{pack} : il faut corpus = "un fichier" et level = "article" ou "passage"'
        )
    return pack.parent / corpus, level == "passage"


def _judged(path: Path) -> dict[str, dict[str, int]]:
    judged: dict[str, dict[str, int]] = {}
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            cells = line.rstrip("\n").split("\t")
            if number == 1 or not line.strip():
                continue
            try:
                question, document, grade = cells
                judged.setdefault(question, {})[document] = int(grade)
            except ValueError as error:
                raise JudgementsUnreadable(
                    f"{path}, ligne {number} : il faut question, document et note entière, "
                    "séparés par des tabulations"
                ) from error
    return judged


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                members = json.loads(line)
            except ValueError as error:
                raise JudgementsUnreadable(f"{path}, ligne {number} : {error}") from error
            if not isinstance(members, dict):
                raise JudgementsUnreadable(f"{path}, ligne {number} : ce n’est pas un objet JSON")
            yield number, members


def _text(path: Path, line: int, members: dict[str, Any], name: str) -> str:
    value = members.get(name)
    if not isinstance(value, str):
        raise JudgementsUnreadable(f"{path}, ligne {line} : il manque « {name} »")
    return value


def _article(path: Path, line: int, document: dict[str, Any]) -> Article:
    """A document as an article with its title and one section."""
    title = document.get("title") or ""
    body = _text(path, line, document, "text")
    return Article(_text(path, line, document, "_id"), str(title), sections=(Section(None, body),))
