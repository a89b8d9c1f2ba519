"""Questions made to cost, and an invented index to ask them of.

    python trial_hostile.py INDEX [QUESTIONS [SEED [MINUTES]]]

asks an index that many of them, for so long at most, and says which took most of the processor,
in seconds.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import accumulate, islice

from index import engines
from index.answering import FACETS, searching
from index.question.synonyms import BUNDLED
from index.record import About, Record
from index.results import Results

NOW = datetime(2026, 11, 28, tzinfo=UTC)
# Words as frequent as French has them, most frequent first; the others are invented.
_SAID = (
    "de la le et les des en un une du que qui est dans il pour pas au sur ce plus par je se ne son "
    "avec ou mais on sa ont cette comme tout nous ses fait être aux si leur elle même faire sans "
    "peut bien ces avait sont très après était encore aussi autre temps vous mon dire ils"
)
COMMON = _SAID.split()
_BEGINNINGS = "b c d f g j l m n p r s t v ch gr tr pl qu"
_VOWELS = "a e i o u é ai ou au eau oi an on in"
_ENDINGS = " s t r l tion ment eur euse age iste able ique té es er ez ent"


def vocabulary(count: int, seed: int = 20) -> list[str]:
    """The common words, and so many more."""
    chance, words = random.Random(seed), dict.fromkeys(COMMON)
    beginnings, vowels, endings = _BEGINNINGS.split(), _VOWELS.split(), _ENDINGS.split(" ")
    while len(words) < count:
        syllables = (
            chance.choice(beginnings) + chance.choice(vowels)
            for _ in range(chance.choice((1, 2, 2, 3, 3)))
        )
        words.setdefault("".join(syllables) + chance.choice(endings))
    return list(words)


def articles(passages: int, words: Sequence[str], seed: int = 20) -> Iterator[list[Record]]:
    """Articles of some thirty passages, whose words are as frequent as Zipf says."""
    chance = random.Random(seed)
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(1, len(words) + 1)))

    def text(count: int) -> str:
        return " ".join(chance.choices(words, cum_weights=weights, k=count))

    for number in range(-(-passages // 30)):
        about = About(f"z:{number}", text(8), categories=(words[number % 23 + 60],))
        day = f"{2006 + number % 20}-{number % 12 + 1:02}-15T10:00:00+01:00"
        when = {"start": day, "end": day, "precision": "minute"}
        yield [
            Record(f"{about.id}#lead", "lead", about, 0, about.title, "", **when),
            *(
                Record(
                    f"{about.id}#{n}", "section" if n < 4 else "comment", about, n, "",
                    text(chance.randint(8, 160)), anchor=f"p-{n}", author=words[n % 40], **when,
                )
                for n in range(1, 30)
            ),
        ]  # fmt: skip


def questions(words: Sequence[str], seed: int = 20) -> Iterator[tuple[str, str]]:
    """Every kind of question that costs, of an index's words, most frequent first; no end.

    Each with the name of its kind.
    """
    chance = random.Random(seed)
    common, middling = words[:40], words[40:2000]

    def pick(count: int, among: Sequence[str] = common) -> list[str]:
        return chance.choices(among, k=count)

    def many(sign: str) -> str:
        return sign.join(pick(chance.randint(4, 30), chance.choice((common, middling))))

    def quotes() -> list[str]:
        return [f'"{" ".join(pick(chance.randint(2, 12)))}"' for _ in range(chance.randint(1, 16))]

    def letters(of: str) -> str:
        return "".join(chance.choices(of, k=512))

    def slip(word: str) -> str:
        at = chance.randrange(len(word))
        return word[:at] + chance.choice("abcxyz") + word[at:]

    kinds: dict[str, Callable[[], str]] = {
        "near_quote": lambda: f'"{many(" ")}"~{chance.randint(1, 60)}',
        "near_quotes": lambda: " ".join(f"{quote}~{chance.randint(2, 10)}" for quote in quotes()),
        "near_words": lambda: many(f" PRES/{chance.randint(1, 10)} "),
        "quotes": lambda: " ".join(quotes()),
        "or_quotes": lambda: " OU ".join(quotes()),
        "not_quotes": lambda: " ".join("-" + quote for quote in quotes()),
        "or_words": lambda: many(" OU "),
        "words": lambda: many(" "),
        "required_words": lambda: many(" +"),
        "excluded_words": lambda: many(" -"),
        "hyphens": lambda: many("-"),
        "glued": lambda: many(" ")[: chance.randint(100, 512)].replace(" ", ""),
        "short_prefixes": lambda: " ".join(
            word[: chance.randint(1, 3)] + "*" for word in pick(8, middling)
        ),
        "or_prefixes": lambda: " OU ".join(word[:2] + "*" for word in pick(8, middling)),
        "patterns": lambda: " ".join(
            f"{word[:2]}*{chance.choice('aeiou?')}*" for word in pick(8, middling)
        ),
        "quoted_prefix": lambda: f'"{" ".join(pick(3))} {chance.choice(middling)[:2]}*"',
        "quoted_prefixes": lambda: " ".join(
            f'"{chance.choice(common)} {word[:2]}*"' for word in pick(8, middling)
        ),
        "fuzzy": lambda: " ".join(
            f"{slip(word)}~{chance.choice('12')}" for word in pick(12, middling)
        ),
        "slips": lambda: " ".join(slip(word) for word in pick(30, middling)),
        "glued_slips": lambda: " ".join(
            slip(word) + second_word
            for word in pick(20)
            for second_word in pick(1, middling)
        ),
        "letters": lambda: letters("abcdefghijklmnopqrstuvwxyz"),
        "letters_apart": lambda: letters("abcdefghijklmnopqrstuvwxyz     "),
        "signs": lambda: letters("ab*?~\"-+()=:/ '’«»@#OU"),
        "alphabets": lambda: "".join(chr(chance.randrange(32, 0x3000)) for _ in range(512)),
        "brackets": lambda: "(" * 12 + f"-({many(' OU ')}) " + f"-({many(' ')})" + ")" * 12,
        "fields": lambda: " ".join(f"{field}:{word}" for field, word in zip(
            chance.choices(("titre", "texte", "intertitre", "auteur", "chapeau"), k=16), pick(16),
            strict=True,
        )),
        "dates": lambda: f"date:{chance.randint(1900, 2010)}..2030 OU {many(' OU ')}",
        "stars": lambda: "*a* " + many("* "),
    }  # fmt: skip
    names = [*kinds]
    while True:
        kind = chance.choice(names)
        yield kind, kinds[kind]()[:600]


def ask(reader: engines.Reader, question: str) -> tuple[float, Results]:
    """Seconds of the processor that a question takes, and its answer with all a page has."""
    began = time.process_time()
    results = searching.search(
        reader, question, now=NOW, synonyms=BUNDLED, facets=tuple(FACETS), places=True
    )
    return time.process_time() - began, results


def main(location: str, count: int = 20_000, seed: int = 20, minutes: int = 10_000) -> None:
    reader = engines.open(location, former=True).reader()
    words = [word for word, _ in reader.words("text", "", 5000)]
    durations: list[tuple[float, str, str]] = []
    until = time.monotonic() + 60 * minutes
    for kind, question in islice(questions(words, seed), count):
        durations.append((ask(reader, question)[0], kind, question))
        if len(durations) % 100 == 0:
            print(figures(durations), flush=True)
        if time.monotonic() > until:
            break
    durations.sort(reverse=True)
    print(figures(durations))
    for seconds, kind, question in durations[:20]:
        print(f"{seconds:7.2f} {kind:16} {question[:120]!r}")


def figures(durations: Sequence[tuple[float, str, str]]) -> str:
    """How many questions were asked, and the seconds that they took."""
    seconds = sorted(duration for duration, _, _ in durations)
    count, worst = len(seconds), seconds[-1]
    mean, p99 = sum(seconds) / count, seconds[count * 99 // 100]
    return f"{count} questions: {mean:.3f} s each, p99 {p99:.2f}, worst {worst:.2f}"


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:5]))
