"""Which questions show what the language can do, on the articles the index really holds?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.french import COMMON, fold, tokens
from index.record import About

_LONG = re.compile(r"[^\W\d_]{5,}")


def examples(latest: Sequence[About]) -> tuple[str, ...]:
    """Up to six questions made from the latest articles; none when there are none.

    >>> examples([About("a", "Sora : des artistes en colère", categories=("IA",))])
    ('artistes colère', 'dans:commentaires artistes', 'rubrique:IA')
    """
    if not latest:
        return ()
    words = [_words(about.title) for about in latest]
    plain = next((title_words for title_words in words if len(title_words) > 1), words[0])
    questions = []
    if plain:
        questions.append(" ".join(plain[:2]))
    if quoted := next((phrase for about in latest if (phrase := _quoted(about))), None):
        questions.append(f"« {quoted} »")
    if other_words := next(
        (title_words for title_words in words if title_words and title_words is not plain), plain
    ):
        questions.append(f"dans:commentaires {other_words[0]}")
    if category := next((category for about in latest for category in about.categories), None):
        questions.append(_field("rubrique", category))
    if author := next((author for about in latest for author in about.authors), None):
        questions.append(_field("auteur", author))
    if len(words) > 2 and words[2] and latest[-1].published:
        questions.append(f"{words[2][0]} depuis:{latest[-1].published[:7]}")
    return tuple(dict.fromkeys(questions))


def _words(title: str) -> list[str]:
    """Its long words, the longest first; those that texts are read to hold, and no tag's.

    >>> _words("man lune : lune permet de lire l’état de la LUNE rousse, et Rousse encore rousse")
    ['permet', 'rousse', 'encore']
    """
    spellings = (title[token.start : token.end] for token in tokens(title))
    long_words = [word for word in spellings if _LONG.fullmatch(word) and fold(word) not in COMMON]
    word_by_fold: dict[str, str] = {}
    for word in long_words:
        word_by_fold.setdefault(fold(word), word)
    return sorted(word_by_fold.values(), key=len, reverse=True)


def _quoted(about: About) -> str | None:
    for text in (about.title, about.standfirst or ""):
        if match := re.search(r"[«“\"]\s*([^»”\"]{4,40}?)\s*[»”\"]", text):
            return " ".join(match[1].split())
    return None


def _field(name: str, value: str) -> str:
    return f'{name}:"{value}"' if " " in value else f"{name}:{value}"
