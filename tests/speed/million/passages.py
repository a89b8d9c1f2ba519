"""Which passages do all the engines index, and which questions are they asked?

Written once in a folder: `N.jsonl`, canonical JSON Lines for Glose, and `N.tsv`, the same passages
for the others, a line each: id, number of the article, kind, time in seconds, month, rubric,
author, title, heading and text between tabs.

Up to the size of the corpus they are its own. Beyond it, articles go on under other names: of each
passage the first half, then the second half of another one, and in two of five an invented word,
so that the dictionary grows as a real one does.
"""

from __future__ import annotations

import json
import lzma
import random
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import orjson

_SYLLABLES = (
    "ba",
    "cor",
    "di",
    "fel",
    "gan",
    "lu",
    "mo",
    "nir",
    "pos",
    "ra",
    "sil",
    "ta",
    "vu",
    "zo",
)
_COMMON = (
    *("de la", "il y a", "et de", "que la", "dans le", "et le", "à la", "il est", "ce qui"),
    *("qui est", "est pas", "pour la", "sur le", "de ce", "et la", "je ne", "que je", "dans la"),
    *("par le", "est le", "tout ce", "les plus"),
)
_SENTENCES = (
    "c’est bien le genre de question que posent tous les lecteurs du journal",
    "le roi demande à la reine si les portes du château sont encore ouvertes",
    "pour créer une table il faut indiquer le nom de chaque colonne et son type",
    "je ne sais pas pourquoi les hommes partent toujours avant la fin de la nuit",
    "la base de données contient les valeurs que vous avez saisies dans le formulaire",
)


def write(corpus: Path, passages: int, folder: Path) -> tuple[Path, Path]:
    """Write so many passages of a corpus, at least; return the two files, made once."""
    lines, table = folder / f"{passages}.jsonl", folder / f"{passages}.tsv"
    if table.exists():
        return lines, table
    part = table.with_suffix(".part")
    with lines.open("wb") as all_lines, part.open("w", encoding="utf-8") as rows:
        remaining = passages
        for number, article in enumerate(_articles(corpus)):
            if remaining <= 0:
                break
            all_lines.write(orjson.dumps(article) + b"\n")
            remaining -= len(article["sections"]) + len(article["comments"])
            rows.writelines("\t".join(row) + "\n" for row in _rows(number, article))
    part.rename(table)
    return lines, table


def _articles(corpus: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(corpus) if corpus.suffix == ".xz" else corpus.open("rb") as file:
        own = [orjson.loads(line) for line in file]
    yield from own
    texts = [passage["text"] for article in own for passage in _passages(article)]
    chance = random.Random(21)
    for copy in count(1):
        for article in own:
            article_copy = orjson.loads(orjson.dumps(article))
            article_copy |= {"id": f"{article['id']}-{copy}", "url": None}
            for passage in _passages(article_copy):
                passage["text"] = _mixed(passage["text"], chance.choice(texts), chance)
            yield article_copy


def _mixed(text: str, other_text: str, chance: random.Random) -> str:
    words, other_words = text.split(" "), other_text.split(" ")
    mixed = words[: len(words) // 2 + 1] + other_words[len(other_words) // 2 :]
    if chance.random() < 0.4:
        mixed.append("".join(chance.choices(_SYLLABLES, k=4)))
    return " ".join(mixed)


def _passages(article: dict[str, Any]) -> list[dict[str, Any]]:
    return [*article["sections"], *article["comments"]]


def _rows(number: int, article: dict[str, Any]) -> Iterator[list[str]]:
    published = article["datePublished"]
    for place, passage in enumerate(_passages(article)):
        comment = place >= len(article["sections"])
        date = (passage.get("datePublished") if comment else None) or published
        yield [
            f"{number}-{place}",
            str(number),
            "comment" if comment else "section",
            str(int(datetime.fromisoformat(date).timestamp())),
            date[:7],
            " ".join(article["articleSection"][:1]),
            passage.get("author") or " ".join(article["author"][:1]),
            *(
                " ".join((text or "").split())
                for text in (article["headline"], passage.get("headline"))
            ),
            " ".join(passage["text"].split()),
        ]


def questions(queries: Path, limit: int) -> dict[str, list[str]]:
    """The words of each question, by class, `most` of each."""
    all_questions: dict[str, list[str]] = json.loads(queries.read_text("utf-8"))
    common, middling = all_questions["high"][:limit], all_questions["mid"][:limit]
    return {
        "common word": common,
        "middling word": middling,
        "three words": all_questions["and3"][:limit],
        "two words": [" ".join(words.split()[:2]) for words in all_questions["and3"][:limit]],
        "either of two": all_questions["or2"][:limit],
        "phrase": all_questions["phrase"][:limit],
        "phrase of common words": list(_COMMON[:limit]),
        "prefix": [word.rstrip("*") for word in all_questions["prefix"][:limit]],
        "fuzzy": middling,
        "date and order": common,
        "facets": common,
        "sentence": list(_SENTENCES[:limit]),
    }
