"""Is every word of a text read that may answer, when only a few of them are?"""

from __future__ import annotations

import json
import lzma
import random
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query

from index import french
from index.answering import matching
from index.french import homographs, stemming
from index.french.folding import plain
from index.french.spotting import Spotter
from tests.conftest import Steps
from tests.index.french.test_stemming import APART, TOGETHER
from tests.shared import SHARED

ENDINGS = """
s e es ee ees er ez ait aient ions ement ements ant ante antes eaux eau aux ale trice
drice teur deuse euse eure ienne iens enne elle el aine iere ieres ier gere chere aise oise ive if
ie ies ue ues que it is i a ai as ons ont era eront yaux eux ation eee
"""
roots = st.one_of(
    st.sampled_from(sorted(stemming.complete().by_heart)),
    st.sampled_from(TOGETHER.replace("|", " ").split() + APART.replace("|", " ").split()),
    st.text("aeiouybcdghlmnrstv", min_size=1, max_size=7),
)
words = st.builds(
    lambda root, cut, ending: root[:cut] + ending,
    roots, st.integers(1, 12), st.sampled_from(["", *ENDINGS.split()]),
)  # fmt: skip


# a chunk is read for each term it answers to, and texts say the same words
answered = cache(french.answered)


@given(words)
def test_a_word_begins_as_its_stem_says(word: str) -> None:
    assert word.startswith(tuple(stemming.beginnings(stemming.stem(word))))


def test_every_irregular_word_begins_as_its_stem_says() -> None:
    assert len(stemming.complete().by_heart) > 1_000
    for word in filter(str.isalpha, stemming.complete().by_heart):
        for form in (word, word + "s"):
            assert form.startswith(tuple(stemming.beginnings(stemming.stem(form)))), form


def missed(text: str, terms: frozenset[str]) -> list[str]:
    """The words of a text that answer to a term and are not read."""
    spotter = Spotter.of(terms)
    if spotter is None:
        return []
    spotted_words = list(spotter.words(text))
    assert spotted_words == sorted(spotted_words)
    assert all(text[at : at + len(word)] == word for at, word in spotted_words)
    # a text that holds one of these is read whole: what stands beside it says whether it answers
    verbs = homographs.forms(terms)
    chunks = {
        at: word
        for at, word in _chunks(text)
        if not terms.isdisjoint(answered(word))
        and not any(form in plain(word).casefold() for form in verbs)
    }
    spotted_words = [(at, word) for at, word in spotted_words if spotter.possible(word)]
    return [word for at, word in chunks.items() if (at, word) not in spotted_words]


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for chunk in text.split():
        at = text.index(chunk, at)
        yield at, chunk
        at += len(chunk)


def test_the_words_of_several_terms_are_looked_for_together() -> None:
    terms = ("maison", "jardin", "rouge", "voiture", "porte", "reine", "oeuvre")
    spotter = Spotter.of(terms)
    assert spotter is not None
    text = "L’Œuvre de la reine : un œil au jardin, oeuvres d’une Maiiison où rien ne bouge."
    words = ["L’Œuvre", "reine", "jardin,", "oeuvres", "Maiiison"]
    assert [word for _, word in spotter.words(text)] == words


def test_looking_for_words_is_soon_ready(steps: Steps) -> None:
    """A pattern of bare letters: with all their accents it took 2,715 steps, and 1,016 for one."""
    assert steps(lambda: Spotter({"supp", "obte", "refe"})) < 1_650
    assert steps(lambda: Spotter({"chev"})) < 550


WORDS = """l’œil yeux Cœur, cœurs d'ÉTÉ marché Journaux, « actrice», (lecteur·rice·s) tous·tes
abonné(e)s étudiant.e.s élu-e-s red-team R&D S.N.C.F. aujourd'hui quelqu’un O'Brien N’Golo M’Bappé
#BalanceTonPorc @Jean.Dupont https://lemonde.fr/red-team?a=b C++ .NET node.js snake_case GPT-4o
XXIème XIXe 1er 10h38 3,5€ 50% n°4 🎉 coopé\u00adrative e\u0301te\u0301 ﬁnance ²fois MÉTÉO peut-être
con*ard mdrrrr militantEs lecteurices BalanceTonPorc Киев ½ préfet¹ 1998² [i]four[/i] L123-4
ceux-elles acteur-rice-s tou-te-s main-d'œuvre a--b
4×4 ᴘᴀʀɪs PM2,5 A320-200 2001/09/11 +33.1.44.55.66.77 12bis maintenant voilà
<b>gras</b> esclava[ge] "mot,mot" main-d'œuvre etc… vit-il? 𝐟emme ‘cité’ va-t’en Æschne ex-æquo"""
SIGNS = ["\u00ad", "\u200b", "\u200d", "\u0301", "\u00a0", *"œ·(/-'’._"]
pieces = st.sampled_from([*WORDS.split(), *SIGNS, "le", "chat", "parlait", "É", "ç"])
texts = st.lists(st.tuples(pieces, st.sampled_from(["", " ", " ", "\n"])), max_size=25).map(
    lambda pairs: "".join(piece + space for piece, space in pairs)
)


@pytest.mark.parametrize(
    "word", ["œœ", "œœufs", "Æœœ", "chœœur", "œŒuvre", "cæeecum", "œeeuvre", "ooœuvre", "caaæcum"]
)
def test_two_ligatures_in_a_row_are_two_pieces(word: str) -> None:
    for term in french.answered(word):
        assert missed(word, frozenset({term})) == [], term


@given(text=texts, chance=st.randoms(use_true_random=False))
def test_no_word_that_answers_is_missed(text: str, chance: random.Random) -> None:
    terms = [term for chunk in text.split() for term in answered(chunk)]
    sought_terms = frozenset(chance.sample(terms, min(len(terms), chance.randint(1, 3))))
    assert missed(text, sought_terms) == []


def test_no_word_that_answers_is_missed_in_real_passages() -> None:
    path = SHARED / "corpus" / "passages_100k.jsonl.xz"
    if not path.exists():
        pytest.skip(f"no corpus at {path}: set GLOSE_SHARED")
    chance, spotted = random.Random(7), 0
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in islice(lines, 150):
            article = json.loads(line)
            for passage in article["sections"] + article["comments"]:
                text = passage["text"]
                terms = [term for chunk in text.split() for term in answered(chunk)]
                sought_terms = frozenset(chance.sample(terms, min(len(terms), 3)))
                assert missed(text, sought_terms) == []
                spotted += Spotter.of(sought_terms) is not None
    assert spotted > 200


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (["cheval"], ["Chevaux,", "(ou", "ex-cheval", "un·e"]),
        (["œil"], ["yeux.", "(ou", "ex-cheval", "un·e"]),
        (["2"], ["(ou", "2", "ex-cheval", "un·e"]),
    ],
)
def test_only_what_may_answer_is_read(terms: Sequence[str], expected: list[str]) -> None:
    spotter = Spotter.of(map(plain, terms))
    assert spotter is not None
    text = "Chevaux, des yeux. (ou 2 lunes) un ex-cheval dort, un·e autre vient."
    assert [word for _, word in spotter.words(text)] == expected


@pytest.mark.parametrize(
    ("text", "infinitive", "verb"),
    [
        ("Que vit-il ?", "voir", "vit"),
        ("Où lit-on ?", "lire", "lit"),
        ("Il dort.", "dormir", "dort"),
    ],
)
def test_a_verb_is_spotted_by_its_subject(text: str, infinitive: str, verb: str) -> None:
    sought_terms = matching.matcher(query.Term("stem", french.stem(infinitive)))
    marked = [text[start:end] for start, end in matching.marks(text, sought_terms, "text")]
    assert marked == [verb]


@pytest.mark.parametrize("terms", [["a"], ["etre", "faire", "pouvoir", "vouloir"]], ids=str)
def test_words_that_begin_in_too_many_ways_are_looked_for_everywhere(terms: list[str]) -> None:
    assert Spotter.of(terms) is None


# A word of letters has the beginning in one piece; of other words, the letters alone tell.
POSSIBLE = """
savoir : savoir s’savoir, (savons) SAURA sus sachant | savant savonnette salade Savoie
chat : chats Chaat l’chat qu’chats, pacha·te chaTS | tacha chalet tchac
militants : militants militantEs militant·e·s MilitantES | militant militer Militantisme
actrice : actrice acteurices acteurICE acteur·rice l’actrice | acteur action actuelle cratie
""".strip().splitlines()


@pytest.mark.parametrize("row", POSSIBLE, ids=lambda row: row.split(" : ")[0])
def test_a_mere_word_begins_as_a_term_does(row: str) -> None:
    term, possible, impossible = re.split(" : | \\| ", row)
    spotter = Spotter.of({term})
    assert spotter is not None
    assert [word for word in possible.split() if not spotter.possible(word)] == []
    assert [word for word in impossible.split() if spotter.possible(word)] == []


def test_words_that_cannot_answer_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read_chunks: list[str] = []
    answer_chunk = french.answered

    def count_chunk(chunk: str) -> tuple[str, ...]:
        read_chunks.append(chunk)
        return answer_chunk(chunk)

    monkeypatch.setattr(french, "answered", count_chunk)
    text = "Le 3-4 mai, 12 % d’ex-chats et de sous-marins, chev·al·aux ; le sous-cheval n°7bis."
    sought_terms = matching.matcher(query.Term("stem", "cheval"))
    assert [text[start:end] for start, end in matching.marks(text, sought_terms, "text")] == [
        "cheval"
    ]
    # letters that are not those of the word, however many signs there are
    assert not {"3-4", "12", "d’ex-chats", "sous-marins,"} & {*read_chunks}
    assert {"chev·al·aux", "sous-cheval"} <= {*read_chunks}


@pytest.mark.parametrize(
    ("form", "marked"),
    [
        ("=31", ["trente-et-un"]),
        ("=31j", ["trente-et-un jours"]),
        ("=30", []),
        ("=1", []),
        ("=1000000€", ["un million d’euros"]),
        ("=80", ["quatre-\nvingts"]),
        ("=12h25", ["midi vingt-cinq"]),
    ],
)
def test_a_number_in_words_is_marked_whole(form: str, marked: list[str]) -> None:
    text = "Les trente-et-un jours, un million d’euros, quatre-\nvingts, à midi vingt-cinq."
    sought_terms = matching.matcher(query.Term("variants", form))
    spans = matching.marks(text, sought_terms, "text")
    assert [text[start:end] for start, end in spans] == marked
