"""Is a half-remembered name met by those near it, and can every name be asked as it is shown?"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query as nodes

from index import french
from index.answering.searching import search
from index.engines import Reader, open
from index.question.query import parse
from index.question.vocabulary import names
from index.question.vocabulary.expanding import Vocabulary
from index.record import About, Record
from index.results import Results
from index.writing.writing import write

NOW = datetime(2025, 6, 1, tzinfo=UTC)
COMMENTERS = ["Grelo_75", "Koala-Bleu", "jean.michel.data", "Zoé", "X_Æ", "Le petit Max", "2600"]


@pytest.fixture(scope="module")
def reader() -> Reader:
    engine = open(":memory:")
    about = About(
        "a", "Titre", authors=("Noémie Vasseur", "Idriss Benali"), categories=("Société numérique",)
    )
    lead = Record("a#lead", "lead", about, 0, text="Un chapô.")
    comments = [
        Record(f"a#comment-{number}", "comment", about, number, text="Un avis.", author=name)
        for number, name in enumerate(COMMENTERS, 1)
    ]
    write(engine, [[lead, *comments]], seen=1)
    return engine.reader()


def _ask(reader: Reader, question: str) -> Results:
    return search(reader, question, now=NOW)


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("pseudo:grelo75", "pseudo:Grelo_75"),
        ("pseudo:grelo", "pseudo:Grelo_75"),
        ("pseudo:gralo_75", "pseudo:Grelo_75"),
        ("pseudo:rgelo75", "pseudo:Grelo_75"),
        ("@koalableu", "pseudo:Koala-Bleu"),
        ("@koalablue", "pseudo:Koala-Bleu"),
        ("pseudo:jeanmicheldata", 'pseudo:"jean.michel.data"'),
        ("commenter:JeanMichelDatta", 'pseudo:"jean.michel.data"'),
        ('pseudo:"petit max"', 'pseudo:"Le petit Max"'),
        ("pseudo:jeann.michel data", 'pseudo:"jean.michel.data"'),
        ("pseudo:le", 'pseudo:"Le petit Max"'),
        ("auteur:vasseur", 'auteur:"Noémie Vasseur"'),
        ("auteur:vaseur", 'auteur:"Noémie Vasseur"'),
        ('auteur:"noemi vasseur"', 'auteur:"Noémie Vasseur"'),
        ("rubrique:societenumerique", 'rubrique:"Société numérique"'),
        ("rubrique:numeriqe avis", 'rubrique:"Société numérique" avis'),
        ("avis -pseudo:grelo75", "avis -pseudo:Grelo_75"),
        ("avis (pseudo:grelo75 OU pseudo:Zoé)", "avis (pseudo:Grelo_75 OU pseudo:Zoé)"),
    ],
)
def test_a_name_half_remembered_is_offered_as_it_is_shown(
    reader: Reader, typed: str, question: str
) -> None:
    results = _ask(reader, typed)
    offers = {suggestion.question: suggestion.passages for suggestion in results.did_you_mean}
    assert question in offers
    assert offers[question] == _ask(reader, question).totals.passages > 0
    [message] = [notice.message for notice in results.notices if notice.code == "absent_value_near"]
    assert results.did_you_mean[0].label in message


def test_a_name_is_offered_alone_when_the_rest_finds_nothing(reader: Reader) -> None:
    [offer] = _ask(reader, "pseudo:grelo75 zzyzx").did_you_mean
    assert (offer.label, offer.question, offer.passages) == ("Grelo_75", "pseudo:Grelo_75", 1)


@pytest.mark.parametrize("question", ["pseudo:zzyzx", "auteur:zzyzx", "pseudo:Zoé", "@2600", "@xx"])
def test_a_name_held_or_far_from_all_gets_no_offer(reader: Reader, question: str) -> None:
    assert _ask(reader, question).did_you_mean == ()


@pytest.mark.parametrize("name", COMMENTERS)
def test_every_name_shown_is_found_as_it_is_shown(reader: Reader, name: str) -> None:
    assert _ask(reader, names.question_of("pseudo", name)).totals.passages == 1


LETTERS = st.one_of(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]),
    st.sampled_from("\"«»“”’'*?~:-+=@()|.,;_ 7é"),
)


def _is_name(name: str) -> bool:
    return any(map(str.isalnum, name)) and bool(french.fold(name).strip())


NAMES = (
    st.text(LETTERS, min_size=1, max_size=40)
    .map(lambda name: " ".join(name.split()))
    .filter(_is_name)
)


def test_the_names_at_one_slip_are_looked_for_together() -> None:
    """Each look at a distant index is a trip, and hundreds of forms are at one slip."""

    class Distant(Vocabulary):
        def freq(self, field: str, term: str) -> int:
            raise AssertionError(term)

        def words(self, field: str, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
            return []

        def slips(self, field: str, word: str) -> list[tuple[str, int]]:
            return [("brelo75", 3)] if word == "grelo75" else []

    assert names.near(Distant(), "commenter", "Grelo75") == [("brelo75", 3)]


@given(NAMES)
def test_any_name_can_be_asked(name: str) -> None:
    folded = french.fold(name)

    class SmallVocabulary(Vocabulary):
        def freq(self, field: str, term: str) -> int:
            return int(field == "commenter" and term == folded)

        def words(self, field: str, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
            return [(folded, 1)] if field == "commenter" and folded.startswith(prefix) else []

    tree = parse(names.question_of("pseudo", name), SmallVocabulary(), now=NOW).tree
    assert nodes.Term("commenter", folded) in set(tree.leaves())


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("http://next.ink/sora", "lien:http://next.ink/sora"),
        ("https://www.next.ink/sora/?utm_source=x", "lien:https://www.next.ink/sora/?utm_source=x"),
        ("www.next.ink/sora zibeline", "lien:www.next.ink/sora zibeline"),
        ("next.ink", "lien:next.ink"),
        ("next.ink/sora", "lien:next.ink/sora"),
        ("(Next.ink) ?", "(lien:Next.ink) ?"),
        ("zibeline next.ink.", "zibeline lien:next.ink."),
    ],
)
def test_an_address_that_was_pasted_leads_to_its_page(typed: str, question: str) -> None:
    engine = open(":memory:")
    about = About("a", "Titre", url="https://next.ink/sora/")
    write(engine, [[Record("a#lead", "lead", about, 0, text="Une zibeline.")]], seen=1)
    reader = engine.reader()
    assert (question, 1) in [
        (offer.question, offer.passages) for offer in _ask(reader, typed).relax
    ]
    assert not _ask(reader, "https://next.ink/veo/").relax
    assert not _ask(reader, "next.3 n.e.x.t. veo.ink").relax
