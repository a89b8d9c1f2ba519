"""What is found by a question with slips, and is everything that was not typed told?"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest

from index.answering.searching import Filters, search
from index.engines import Engine, Reader, open
from index.question import query
from index.question.vocabulary import spelling
from index.question.vocabulary.expanding import Vocabulary
from index.record import About, Record
from index.results import Results
from index.writing.writing import write

NOW = datetime(2025, 6, 1, tzinfo=UTC)
TEXTS = {
    "salaire": "Le salaire minimum est revalorisé chaque année.",
    "saline": "La saline royale se visite en été.",
    "démission": "On peut démissionner au milieu d’un CDD, sous conditions.",
    "passe": "La rupture conventionnelle se négocie, le mot de passe non.",
    "benalla": "Alexandre Benalla fut garde du corps.",
    "conge": "Les congés payés se posent en juin.",
    "chomage": "Le chômage partiel fut coupé en mars.",
    "rythme": "Un rythme soutenu, dit la philosophie.",
}


@pytest.fixture(scope="module")
def reader() -> Reader:
    return _engine(TEXTS).reader()


def _engine(texts: dict[str, str]) -> Engine:
    engine = open(":memory:")
    write(
        engine,
        [
            [Record(f"{name}#lead", "lead", About(name, "Titre"), 0, text=text)]
            for name, text in texts.items()
        ],
        seen=1,
    )
    return engine


def _ask(reader: Reader, question: str) -> Results:
    return search(reader, question, now=NOW)


def _articles(results: Results) -> list[str]:
    return [group.about.id for group in results.groups]


@pytest.mark.parametrize(
    ("question", "article", "instead"),
    [
        ("salire", "salaire", {"salaire"}),  # dropped
        ("ssalaire", "salaire", {"salaire"}),  # doubled
        ("slaaire", "salaire", {"salaire"}),  # swapped
        ("salzire", "salaire", {"salaire"}),  # replaced
        ("xalaire", "salaire", {"salaire"}),  # the first letter
        ("aslaire", "salaire", {"salaire"}),  # the first two
        ("SALIRE", "salaire", {"salaire"}),
        ("l’xalaire", "salaire", {"salaire"}),
        ("reveloraise", "salaire", {"revalorisé"}),  # two in a long word
        ("chaumage", "chomage", {"chômage"}),  # said alike
        ("ritme", "rythme", {"rythme"}),  # two letters of Greek
        ("filosofie", "rythme", {"philosophie"}),
        ("congjés payyés", "conge", {"congés", "payés"}),  # two words
        ("texte:salire", "salaire", {"salaire"}),
        ("+salire", "salaire", {"salaire"}),
        ("salire OU zzyzzx", "salaire", {"salaire"}),
        ("(salire) -royale", "salaire", {"salaire"}),
    ],
)
def test_a_slip_finds_what_was_meant_and_says_so(
    reader: Reader, question: str, article: str, instead: set[str]
) -> None:
    results = _ask(reader, question)
    assert results.totals.passages == 0, "what was not typed is no full match"
    assert results.totals.partial > 0
    first = results.groups[0]
    assert first.about.id == article
    assert first.partial
    assert set(first.passages[0].instead) == instead
    assert first.passages[0].snippets[0].marks
    assert {word for piece in results.understood for word in piece.instead} >= instead
    assert "misspelt_word" in [notice.code for notice in results.notices]


@pytest.mark.parametrize("question", ["=salire", '"salire"', "-salire", "titre:salire", "salire~9"])
def test_what_is_asked_exactly_is_looked_for_alone(reader: Reader, question: str) -> None:
    assert not [piece for piece in _ask(reader, question).understood if piece.instead]


def test_the_exact_question_is_one_link_away(reader: Reader) -> None:
    results = _ask(reader, "partiel salire")
    [exactly] = [piece.exactly for piece in results.understood if piece.exactly]
    assert exactly == "partiel =salire"
    exact = _ask(reader, exactly)
    assert not any(piece.instead for piece in exact.understood)


def test_each_passage_is_flagged_with_its_own_words_only(reader: Reader) -> None:
    results = _ask(reader, "salixe partiel")
    flags = {group.about.id: group.passages[0].instead for group in results.groups}
    assert flags == {"saline": ("saline",), "chomage": ()}


def test_a_guess_at_a_form_is_no_guess_at_its_whole_verb() -> None:
    """« Saura » is near « sora », and nothing else that « savoir » has: savons, sachant."""
    texts = {"form": "Elle saura répondre.", "verb": "Nous savons répondre, sachant cela."}
    results = _ask(_engine(texts).reader(), "sora")
    assert [group.about.id for group in results.groups] == ["form"]
    [passage] = results.groups[0].passages
    assert passage.instead == ("saura",)
    [extract] = passage.snippets
    assert [extract.text[start:end] for start, end in extract.marks] == ["saura"]


def test_filters_stay_required(reader: Reader) -> None:
    assert not search(reader, "salire", now=NOW, filters=Filters(where="comments")).groups


@pytest.fixture(scope="module")
def pieces() -> Reader:
    """Many princes, planets and facts, and rare pieces that words may fall into by chance."""
    texts = {f"a{number}": "Le prince de la planète part en fait." for number in range(9)}
    rare = {
        "b": "pri nse",
        "c": "pla nette",
        "d": "pla nete",
        "e": "xyz zyx",
        "f": "Nos enfants",
        "g": "fan tt",
        "h": "Sa lire est italienne.",
        "i": "On change sa lire.",
        "j": "Un salaire",
    }
    return _engine(texts | rare).reader()


@pytest.mark.parametrize(
    ("question", "split", "instead"),
    [
        ("prinse", set(), {"prince"}),
        ("prinse planète", set(), {"prince"}),
        ("planette", set(), {"planète"}),
        ("enfantt", set(), {"enfants"}),
        ("enfait", {"en fait"}, set()),  # as frequent as can be, and near nothing
        ("laplanète", {"la planete"}, set()),
        ("xyzzyx", {"xyz zyx"}, set()),  # rare, but all there is
        ("salire", {"sa lire"}, {"salaire"}),  # either may be meant: one notice tells both
    ],
)
def test_a_slip_is_not_cut_into_rare_pieces_where_a_word_is_near(
    pieces: Reader, question: str, split: set[str], instead: set[str]
) -> None:
    answer = _ask(pieces, question)
    first = answer.understood[0]
    assert {match for match in first.matches if " " in match} == split
    assert set(first.instead) == instead
    codes = [notice.code for notice in answer.notices]
    both, cut, misspelt = "split_or_misspelt_word", "split_word", "misspelt_word"
    assert codes == [both if split and instead else cut if split else misspelt]


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("demissionner-cdd", "démission"),
        ("demissionnercdd", "démission"),
        ("demissionnerr-cdd", "démission"),
        ("ruptureconventionnelle", "passe"),
        ("motdepasse", "passe"),
        ("sal aire", "salaire"),
    ],
)
def test_glued_and_parted_words_find_their_text(
    reader: Reader, question: str, article: str
) -> None:
    assert _articles(_ask(reader, question))[0] == article


def test_a_short_half_of_a_word_is_not_looked_for_alone() -> None:
    """« openai » may be « open ai », and « ai » is avoir: « j’ai eu » holds no part of it."""
    reader = _engine({"a": "L’open source avance.", "b": "J’ai eu peur."}).reader()
    assert _articles(_ask(reader, "openai")) == ["a"]


def test_a_forgotten_apostrophe_is_told_as_what_is_found() -> None:
    """« lécole » is read as l’école: its passages count, and the notice says nothing else."""
    results = _ask(_engine({"a": "Une école ferme."}).reader(), "lécole")
    assert results.totals.passages == 1
    assert not any(piece.instead for piece in results.understood)
    [message] = [notice.message for notice in results.notices]
    assert message == "« lécole » n’est nulle part : on a aussi cherché « école »."


def test_parted_words_are_offered(reader: Reader) -> None:
    [offer] = _ask(reader, "demissionner-cdd").did_you_mean
    assert (offer.question, offer.passages) == ("démissionner CDD", 1)
    [offer] = _ask(reader, "demissionnercdd").did_you_mean
    assert (offer.question, offer.passages) == ("démissionner CDD", 1)


@pytest.mark.parametrize(
    ("typed", "question", "passages", "partial"),
    [
        ("salire", "salaire", 1, 0),
        ("=salire", "=salaire", 1, 0),
        ('"salire" minimum', '"salaire" minimum', 1, 0),
        ("Mon salire sera-t-il coupé", "Mon salaire sera-t-il coupé", 0, 2),
        ("congjés payyés", "congés payés", 1, 0),
        ("salire OU zzyzzx", "salaire OU zzyzzx", 1, 0),
    ],
)
def test_the_corrected_question_is_offered(
    reader: Reader, typed: str, question: str, passages: int, partial: int
) -> None:
    first = _ask(reader, typed).did_you_mean[0]
    assert (first.question, first.passages, first.partial) == (question, passages, partial)


def test_every_offer_finds_what_it_says(reader: Reader) -> None:
    for question in ("salire", "Mon salire coupé", "demissionner-cdd", "slaaire minumum"):
        offers = _ask(reader, question).did_you_mean
        assert offers, question
        for offer in offers:
            totals = _ask(reader, offer.question).totals
            assert totals.passages == offer.passages
            assert offer.passages or totals.partial == offer.partial


@pytest.mark.parametrize("question", ['Alexandre Benalla "sélect"', 'Benalla "gardes du corps"'])
def test_quotes_turn_soft_when_nothing_holds_everything(reader: Reader, question: str) -> None:
    results = _ask(reader, question)
    assert results.totals.passages == 0
    assert _articles(results) == ["benalla"]
    assert all(group.partial for group in results.groups)
    assert "quotes_loosened" in [notice.code for notice in results.notices]


def test_quotes_stay_hard_when_something_holds_everything(reader: Reader) -> None:
    results = _ask(reader, 'Alexandre "garde du corps"')
    assert results.totals.passages == 1
    assert "quotes_loosened" not in [notice.code for notice in results.notices]


def test_a_lone_quote_stays_hard_and_its_words_are_offered(reader: Reader) -> None:
    results = _ask(reader, '"corps du garde"')
    assert not results.groups
    assert ("corps du garde", 1) in [
        (suggestion.question, suggestion.passages) for suggestion in results.relax
    ]


def test_a_rare_form_that_hides_a_common_one_is_offered_and_not_searched() -> None:
    texts = {f"a{number}": "On passe à table." for number in range(60)} | {"b": "On pase."}
    results = _ask(_engine(texts).reader(), "pase")
    assert results.totals.passages == 1
    assert not any(piece.instead for piece in results.understood)
    assert [(suggestion.question, suggestion.passages) for suggestion in results.did_you_mean] == [
        ("passe", 60)
    ]


@pytest.mark.parametrize("question", ["mai", "pare-feu", "pare-feu ouvert"])
def test_a_rare_word_hides_no_word_of_the_language_nor_is_one_of_a_compound(question: str) -> None:
    texts = {f"a{number}": "Mais le père perd." for number in range(60)}
    texts |= {"b": "En mai, un pare-feu."}
    offers = [offer.question for offer in _ask(_engine(texts).reader(), question).did_you_mean]
    assert not [offer for offer in offers if "mais" in offer or "père" in offer]


def test_a_rare_word_is_left_in_peace_beside_one_hardly_commoner() -> None:
    texts = {f"a{number}": "On passe à table." for number in range(9)} | {"b": "On pase."}
    assert _ask(_engine(texts).reader(), "pase").did_you_mean == ()


class Steps(Vocabulary):
    """A vocabulary that counts how often it is asked, and how many words it gives."""

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self.asked: Counter[str] = Counter()

    def freq(self, field: str, term: str) -> int:
        self.asked["freq"] += 1
        return int(field == "text" and term in self._words)

    def words(self, field: str, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
        self.asked["words"] += 1
        matching_words = [
            word for word in self._words if field == "text" and word.startswith(prefix)
        ]
        self.asked["given"] += len(matching_words)
        return [(word, 1) for word in matching_words]


@pytest.mark.parametrize("word", ["metallurgie", "anticonstitutionnellement", "foto", "salire"])
def test_a_slip_costs_the_same_however_many_words_are_held(word: str) -> None:
    corrected = {"foto": "photo", "salire": "salaire"}.get(word, word)
    typed = word if corrected != word else word[:-3] + word[-2:]
    crowd = [f"{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}mot{n}" for n in range(20_000)]
    vocabulary = Steps([*crowd, corrected])
    assert spelling.suggest(typed, vocabulary)[0][0] == corrected
    # a form or so for each letter of the first five, in two columns
    assert vocabulary.asked["freq"] < 900
    assert vocabulary.asked["words"] <= 2
    assert vocabulary.asked["given"] <= 10


def test_a_word_that_nothing_is_near_costs_a_few_hundred_prefixes_at_most() -> None:
    vocabulary = Steps(["salaire"])
    assert spelling.suggest("xyzzyxyzzy", vocabulary) == []
    assert vocabulary.asked["freq"] < 900
    assert vocabulary.asked["words"] < 700


@pytest.mark.parametrize(
    ("question", "corrected"),
    [
        ("« mot de pase »", "« mot de passe »"),
        ("“Mot de Pase”", "“Mot de passe”"),
        ('"rupture conventionelle"', '"rupture conventionnelle"'),
        ('"ruptur conventionelle"', '"rupture conventionnelle"'),
        ('"salaire minimun"~3', '"salaire minimum"~3'),
        ('texte:"mot de pase"', 'texte:"mot de passe"'),
        ("pase PRES/4 mot", "passe PRES/4 mot"),
        ('congés "mot de pase" OU "payyés"', 'congés "mot de passe" OU "payés"'),
        ('"mot-de-pase"', '"mot-de-passe"'),
        ("+“chômage partielle”", "+“chômage partiel”"),
    ],
)
def test_a_slip_between_quotes_is_offered_and_never_taken(
    reader: Reader, question: str, corrected: str
) -> None:
    answer = _ask(reader, question)
    assert answer.totals.passages == 0
    assert not any(piece.instead for piece in answer.understood)
    assert answer.did_you_mean[0].question == corrected
    totals = _ask(reader, corrected).totals
    assert answer.did_you_mean[0].passages == totals.passages > 0


@pytest.mark.parametrize("question", ['"mot* de pase*"', '"p?se"', '-"mot de pase" salaire'])
def test_no_other_spelling_of_a_pattern_nor_of_what_is_excluded(
    reader: Reader, question: str
) -> None:
    assert not _ask(reader, question).did_you_mean


def test_no_word_is_put_right_beyond_those_offered(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a question of thirty slips, three are put right: the others are not looked for."""
    texts: list[str] = []
    suggest = spelling.suggest

    def counting(word: str, *arguments: Any) -> list[tuple[str, int]]:
        texts.append(word)
        return suggest(word, *arguments)

    monkeypatch.setattr(spelling, "suggest", counting)
    last = ["anneee", "alexxandre", "roialle"]
    few = "salire chommage demisionner ruptur negoccie conventionnele"
    _ask(reader, f"{few} garrde corpps minimumm {' '.join(last)}")
    assert texts
    assert not {*texts} & {*last}


def test_no_question_is_understood_twice(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is counted in full, then in part, is the same."""
    texts: list[str] = []
    parse = query.parse

    def counting(text: str, *arguments: Any, **options: Any) -> query.Question:
        texts.append(text)
        return parse(text, *arguments, **options)

    monkeypatch.setattr(query, "parse", counting)
    offers = _ask(reader, "mon salire est-il coupé").did_you_mean
    assert any(offer.partial for offer in offers)
    assert {offer.question for offer in offers} < {*texts}
    assert len(texts) == len({*texts})


@pytest.mark.parametrize(
    "question", ['"blanc requin"', "«blanc requin»", "<< blanc requin >>", "‘blanc requin’"]
)
def test_a_row_of_words_is_offered_without_its_marks(question: str) -> None:
    reader = _engine({"requin": "Le requin blanc mange."}).reader()
    offers = {offer.label: offer.question for offer in _ask(reader, question).relax}
    assert offers["sans les guillemets"] == "blanc requin"
