"""Does French keep its promises whatever is thrown at it: offsets, one tongue, bounds?"""

from __future__ import annotations

import itertools
import tracemalloc
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from index import french

PIECES = """
L’avion d'aujourd’hui prud’homme O'Reilly red-team abonné·e·s lecteur(rice)s tou.te.s est-ce
150 000 000€ 3,5 10h38 10:38 h € M€ n° 1er XXIe v3.14.2 C++ .NET node.js R&D @Jean_Michel
#BalanceTonPorc https://next.ink/1/titre-article jean@exemple.fr 👍 🇫🇷 ❤️ S.N.C.F. cœur Œdipe İ ß ﬁn
e\u0301 \u00ad \u200b \ufeff \ud800 … « » ? 06 12 34 56 78 l' ' - . _ 東京 Москва ½ ™ 1ᵉʳ
développeurs/développeuses
1\u00ad2 mars mai 2024 million XX\u0301e siècle A 7 AB CD -5 °C $ US$100 1'234,5
"""

texts = st.one_of(
    st.text(),
    st.lists(st.sampled_from(PIECES.split()), max_size=12).map(" ".join),
    st.lists(st.sampled_from(PIECES.split()), max_size=6).map("".join),
    st.text(alphabet="aàeéœ '’-·.()/1 20,€@#\u0301\u00ad\u00a0👍\ud83d", max_size=40),
)
words = st.text(alphabet="abcdefgzéèêëàâçïîôöùûüœæÉÈÀÇÔŒß", min_size=1, max_size=14)
quick = settings(max_examples=300, deadline=None)


@pytest.mark.parametrize("prefix", ["", "C", "CA", "US", "us"])
@pytest.mark.parametrize("sign", "$€£¥")
@pytest.mark.parametrize("gap", ["", " "])
def test_whatever_stands_before_a_currency_it_is_an_amount(
    prefix: str, sign: str, gap: str
) -> None:
    # C$ is a dollar of its own; of C£, the letter may be a slip
    for amount in ("10", "1 000", "3,5M", "1,5 million"):
        text = f"Coût : {prefix}{sign}{gap}{amount}."
        assert len(french.read(text).exact.split()) == len(french.tokens(text))
    if not gap:
        assert any(
            variant.form.startswith(f"10{sign}")
            for token in french.tokens(f"{prefix}{sign}10")
            for variant in token.variants
        )


@quick
@given(texts)
@example("👍")
@example("150 000 👍 €")
@example("l' 1 234 567,50 €")
@example("a" * 700 + "\u0301.b")
@example("cœur\ud800é")
@example("cœur\u00adé")
def test_tokens_and_reading_hold_the_same_terms(text: str) -> None:
    tokens, reading = french.tokens(text), french.read(text)
    variants = [variant for token in tokens for variant in token.variants]
    assert reading.exact.split(" ") == [token.exact for token in tokens] or not tokens
    assert reading.stem.split(" ") == [token.stem for token in tokens] or not tokens
    forms = sorted(variant.form for variant in variants)
    stems = sorted(variant.stem for variant in variants if variant.stem)
    for term in " ".join(reading).split(" "):
        assert len(term.encode()) <= 255  # a lone surrogate would not encode
        assert term.split() in ([term], [])
        assert "\u00ad" not in term
    assert sorted(reading.variants.split(" ")) == forms or not variants
    assert sorted(reading.variant_stems.split(" ")) == stems or not stems


@quick
@given(texts)
def test_offsets_stay_in_order_and_inside_the_text(text: str) -> None:
    before = 0
    for token in french.tokens(text):
        assert before <= token.start < token.end <= len(text)
        before = token.start
        for variant in token.variants:
            assert 0 <= variant.start < variant.end <= len(text)
        assert token.rule in french.RULES


@quick
@given(texts)
@example("À")
@example("cœur né")
def test_composed_and_decomposed_texts_read_the_same(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert french.read(composed) == french.read(decomposed)


@pytest.mark.parametrize(
    "text",
    [
        "la société[1] dit",
        "la société¹ dit",
        "la société<sup>1</sup> dit",
        "l’été[a]",
        "la socié-\nté ferme",
        "la SOCIÉ-\nTÉ ferme",
        "vous-\nmême, celui-\nlà",
        "la soci¬été",
        "a<b≯c",
        "ǢA, Ǽgir",
    ],
)
def test_accents_that_stand_apart_change_nothing(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert composed != decomposed
    assert french.read(composed) == french.read(decomposed)


@quick
@given(words)
def test_a_word_its_folded_form_and_its_capitals_read_the_same(word: str) -> None:
    assume(french.tokens(word)[0].rule != "inclusive")  # the capital of militantEs is a sign
    exact = french.read(word).exact
    assert french.read(french.fold(word)).exact == exact
    assert french.read(word.upper()).exact == exact
    assert french.fold(french.fold(word)) == french.fold(word)


@quick
@given(texts)
def test_a_text_is_found_by_its_own_words(text: str) -> None:
    exact = f" {french.read(text).exact} "
    for chunk in french.in_one_piece(text).split():
        tokens_alone = french.tokens(chunk)
        if tokens_alone and tokens_alone[0].rule != "emoji":
            assert f" {french.read(chunk).exact} " in exact


@quick
@given(st.integers(1_000, 10**15), st.sampled_from(" \u00a0\u202f\u2009'’"))
def test_a_number_in_groups_is_the_number(number: int, blank: str) -> None:
    text = f"plus de ({number:,} voix".replace(",", blank)
    assert french.read(text).exact == f"plus de {number} voix"
    number_token = french.tokens(text)[2]
    assert (number_token.start, number_token.end) == (len("plus de ("), len(text) - len(" voix"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l’avocat", "avocat"),
        ("Diabe\u0301te, oui", "Diabe\u0301te"),
        ("le co\u00adopé\u00adratif", "co\u00adopé\u00adratif"),
        ("les abonné·e·s,", "abonné·e·s"),
        ("Œuvre", "Œuvre"),
        ("Accès à l'e\u0301ducation", "e\u0301ducation"),
        ("le [i]four[/i], ferme", "four"),
        ("en 1998², le", "1998"),
        ("un con*ard", "con*ard"),
        ("tarif : 150\u202f000 €", "150\u202f000"),
    ],
)
def test_a_mark_covers_the_word_and_nothing_else(text: str, expected: str) -> None:
    assert expected in [text[token.start : token.end] for token in french.tokens(text)]


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("la red-team d'EDF", "redteam", "red-team"),
        ("150\u202f000 € d’amende", "150000€", "150\u202f000 €"),
        ("les « lecteur·rice·s »", "lectrices", "lecteur·rice·s"),
        ("à 10:38.", "10h38", "10:38"),
        ("super 👍🏽 !", "👍", "👍🏽"),
        ("voir (https://a.fr/b).", "a.fr/b", "https://a.fr/b"),
        ("soit 3,5 millions d’euros.", "3500000€", "3,5 millions d’euros"),
        ("le 12 mars 2024, à", "2024-03-12", "12 mars 2024"),
        ("selon L. 123-4 du code", "l123-4", "L. 123-4"),
        ("au XXe siècle", "20e", "XXe"),
        ("à 9 heures et demie.", "9h30", "9 heures et demie"),
        ("la ver-\nrerie ferme", "ver", "ver-\nrerie"),
        ("à Киев.", "kiev", "Киев"),
        ("mdrrr !", "mdr", "mdrrr"),
        ("le 1\u00ad2 mars", "03-12", "1\u00ad2 mars"),
        ("le 12\ufe0f mars", "03-12", "12\ufe0f mars"),
        ("à 9\u200bh 30", "9h30", "9\u200bh 30"),
    ],
)
def test_a_variant_covers_the_whole_of_what_it_stands_for(
    text: str, form: str, expected: str
) -> None:
    variants = {v.form: v for token in french.tokens(text) for v in token.variants}
    assert text[variants[form].start : variants[form].end] == expected


def test_every_word_keeps_its_place() -> None:
    reading = french.read("L'été, le mot de passe d’aujourd’hui : est-ce « la Poste » ?")
    assert reading.exact == "ete le mot de passe aujourdhui est ce la poste"
    assert reading.stem.count(" ") == reading.exact.count(" ")


def test_common_words_are_folded_words_and_never_a_name() -> None:
    assert all(french.read(word).exact == word for word in french.COMMON)
    assert not french.COMMON & {"ete", "son", "or", "avions", "sommes", "aura", "ai", "c", "fil"}
    assert {"comment", "combien", "quelle", "est", "l", "y", "t", "il"} <= french.COMMON


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("red team", "redteam"),
        ("150 000", "150000"),
        ("10 h 38", "10h38"),
        ("150 000 €", "150000€"),
        ("rock n roll", "rocknroll"),
    ],
)
def test_neighbours_may_be_one_word(words: str, expected: str) -> None:
    assert french.joins(words.split()) == [expected]


def test_joins_and_splits_undo_each_other() -> None:
    for word in ("redteam", "weekend", "150000", "rtx4090"):
        assert all(french.joins(halves) == [word] for halves in french.splits(word))
    assert ("red", "team") in french.splits("redteam")
    assert not french.splits("a")
    assert not french.joins(["seul"])


# what was read once is remembered: each text has words of its own
_NUMBERS = itertools.count()

HOSTILE: dict[str, Callable[[int], str]] = {
    "one long word": lambda n: "a" * n,
    "no spaces": lambda n: "mot,l'autre·e·s;" * (n // 16),
    "distinct words": lambda n: " ".join(f"mot{next(_NUMBERS):x}a" for _ in range(n // 8)),
    "apostrophes": lambda n: "l'" * (n // 2),
    "hyphens": lambda n: "a-" * (n // 2),
    "points": lambda n: "a." * (n // 2),
    "digits": lambda n: "1 " * (n // 2),
    "thousands": lambda n: "1" + " 000" * (n // 4),
    "at signs": lambda n: "a@" * (n // 2),
    "hashes": lambda n: "#" * n,
    "brackets": lambda n: "abonné(" * (n // 7),
    "middots": lambda n: "ab·e" * (n // 4),
    "accents": lambda n: "e" + "\u0301" * n,
    "addresses": lambda n: "http://" * (n // 7),
    "emojis": lambda n: "👍" * n,
    "emojis apart": lambda n: "👍 " * (n // 2),
    "apart after a word": lambda n: "bravo " + "👍 " * (n // 2),
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_no_term_is_too_long_for_an_engine(hostile: Callable[[int], str]) -> None:
    terms = " ".join(french.read(hostile(10_000))).split()
    assert max(len(term.encode()) for term in (*terms, "")) <= 255


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("read_text", [french.read, french.tokens], ids=["read", "tokens"])
def test_work_grows_with_the_text_and_no_faster(
    hostile: Callable[[int], str], read_text: Callable[[str], object], in_proportion: Any
) -> None:
    def prepare(size: int) -> Callable[[], object]:
        text = hostile(size)
        return lambda: read_text(text)

    in_proportion(prepare, 6_000)


def test_memory_is_bounded() -> None:
    rows = french._Rows()
    rows.size = 1_000
    french.stem.cache_clear()
    tracemalloc.start()
    for i in range(20_000):
        rows[f"mot{i}"]
    rows["long" * 100]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(rows) <= 1_000
    assert len(rows._before) <= 1_000
    assert "long" * 100 not in rows
    # the stems' own memory included
    assert peak < 12_000_000


@pytest.mark.parametrize(
    ("word", "form"),
    [("Marché,", "marché"), ("l’été", "été"), ("MARCHÉ", "marché"), ("mariées", "mariées"),
     ("sûr", "sûr"), ("marche\u0301", "marché"), ("cotés", "cotés"), ("pêcheur", "pêcheur")],
)  # fmt: skip
def test_a_word_that_accents_tell_from_another_keeps_them_beside(word: str, form: str) -> None:
    assert form in french.read(word).variants.split()
    assert [variant.form for variant in french.tokens(word)[0].variants] == [form]


@pytest.mark.parametrize("word", ["marche", "père", "MARCHE", "abonné·e", "cœur", "Noël"])
def test_other_words_have_nothing_beside(word: str) -> None:
    assert not any(mark in french.read(word).variants for mark in "éêûœ")
