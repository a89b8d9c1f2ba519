"""How many trips to a distant engine does a question take, and are the answers the same?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from index import engines
from index.answering import FACETS, Filters, Period, passages_by_period, searching, values
from index.engines import (
    ListAnswer,
    ListRequest,
    Look,
    LookAnswer,
    Page,
    PageRequest,
    Reader,
    Span,
    Term,
)
from index.record import About, Quote, Record
from index.writing.writing import write

NOW = datetime(2025, 6, 1, tzinfo=UTC)
TEXTS = (
    "Les femmes de la base de données demandent le serveur",
    "Le serveur répond aux ordinateurs portables, aujourd’hui encore",
    "Un mot de passe oublié, et la base ne répond plus",
    "L’avocat de l’accusé plaide ; les avocates répondent",
    "Red-team : une redteam teste le service pour l’été",
)
PLAIN = (
    "femme", "base", "serveur", "base serveur", "mot passe", "mot de passe oublié",
    "le serveur répond aux ordinateurs portables de la base", '"mot de passe"', "serv*", "m?t",
    "serveur OU base", "base SAUF serveur", "-serveur", "redteam", "red team",
    "base PRES/3 données", "rubrique:droit base", "pseudo:zoe serveur", "date:2024 base",
    "tri:récent base", "=base",
    "titre:article base", "", "de la", "commentaires>1 base", "est:réponse base", "base~",
    "(base OU serveur) répond*",
)  # fmt: skip
MISSED = (
    "serveru", "fememz", "ordinatuer", "bsae serveur", "serveur introuvable", '"mot oublié"',
    "base rubrique:sport", "xyzqk vbnt", "avocta accusé", "avokas", "ordinnateure", "portabels",
    "motdepass", "servveurr ordinatuer", "reponct aujourdui", "fames", "dmandentt base",
)  # fmt: skip


class Distant:
    """An engine at the end of a network: only what takes one trip may be asked, and is counted."""

    distant = True

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.generation = reader.generation
        self.files = reader.files
        self.updated = reader.updated
        self.trips: list[str] = []
        self.looks: list[Look] = []
        self.remembers: Collection[Term] = ()

    def look(self, look: Look) -> LookAnswer:
        self.trips.append("look")
        self.looks.append(look)
        return self._reader.look(look)

    def remembered(self, lookups: Look) -> dict[Term, int]:
        return {term: self._reader.freq(*term) for term in lookups.terms if term in self.remembers}

    def values(self, list_request: ListRequest) -> ListAnswer:
        self.trips.append("values")
        return self._reader.values(list_request)

    def page(self, page_request: PageRequest) -> Page:
        self.trips.append("page")
        self.looks.append(page_request.look)
        return self._reader.page(page_request)

    def kinds(self) -> Mapping[str, int]:
        return self._reader.kinds()

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"{name} is a trip for one answer")


@pytest.fixture(scope="module")
def reader(shared_location: str) -> Reader:
    engine = engines.open(shared_location, create=True)
    write(engine, (article(number) for number in range(30)), seen=1)
    return engine.reader()


def article(number: int) -> list[Record]:
    about = About(
        f"a{number}",
        f"Article {number} sur {('la base', 'le serveur', 'l’été')[number % 3]}",
        categories=(("Droit", "droit", "Science")[number % 3],),
        authors=(f"Auteur {number % 4}",),
        published=f"2024-0{1 + number % 9}-01T00:00:00+01:00",
        comments=2,
    )
    texts = [TEXTS[(number + place) % len(TEXTS)] for place in range(4)]
    comment = f"a{number}#comment-1"
    return [
        Record(f"a{number}#lead", "lead", about, 0, about.title, texts[0]),
        Record(f"a{number}#section-1", "section", about, 1, "Partie", texts[1]),
        Record(comment, "comment", about, 2, text=texts[2], author="Zoé"),
        Record(
            f"a{number}#comment-2", "comment", about, 3, text=texts[3], author="jean",
            parent=comment, quotes=(Quote("mot de passe"),),
        ),
    ]  # fmt: skip


def answers(reader: Any, question: str, **options: Any) -> dict[str, Any]:
    results = searching.search(reader, question, now=NOW, facets=tuple(FACETS), **options)._asdict()
    del results["took_ms"]
    return results


@pytest.mark.parametrize("field", ["stem", "text"])
def test_what_is_remembered_of_words_spares_a_trip_and_changes_no_answer(
    reader: Reader, field: str
) -> None:
    """A page is asked for as they have it, and once more where what is lacking has it otherwise."""
    pages = set()
    for question in (*PLAIN, *MISSED):
        distant = Distant(reader)
        distant.remembers = {
            Term(name, word) for name in ("stem", field) for word, _ in reader.words(name, "")
        }
        distant.remembers |= {Term("state", "visible")}
        assert answers(distant, question) == answers(reader, question)
        pages.add((distant.trips[0], distant.trips.count("page")))
        assert len(distant.trips) <= 4, (question, distant.trips)
    assert {("page", 1), ("page", 2), ("look", 1)} <= pages


@pytest.mark.parametrize("question", PLAIN)
def test_a_question_takes_three_trips(reader: Reader, question: str) -> None:
    distant = Distant(reader)
    for options in ({}, {"filters": Filters(where="comments"), "places": True}, {"group": False}):
        distant.trips.clear()
        body = answers(distant, question, **options)
        assert body == answers(reader, question, **options)
        assert distant.trips.count("page") == 1
        assert len(distant.trips) <= 3, distant.trips


@pytest.mark.parametrize("question", MISSED)
def test_a_question_with_suggestions_takes_three(reader: Reader, question: str) -> None:
    """What is offered is looked at on the way of the page."""
    distant = Distant(reader)
    assert answers(distant, question) == answers(reader, question)
    assert distant.trips.count("page") == 1
    assert len(distant.trips) <= 3, distant.trips


@pytest.mark.parametrize("question", ["doivnet serveur", "vonnt serveur", "serveur veullent"])
def test_a_correction_whose_stem_is_unlike_what_was_typed(question: str) -> None:
    """Its rarity weighs the page: the stem, devoir, is asked for with the words that look alike."""
    about = About("a", "Les serveurs")
    text = "Les serveurs doivent répondre, ils veulent répondre, et vont vite."
    engine = engines.open(":memory:")
    write(engine, [[Record("a#lead", "lead", about, 0, about.title, text)]], seen=1)
    distant = Distant(engine.reader())
    assert answers(distant, question) == answers(engine.reader(), question)
    assert len(distant.trips) <= 3, distant.trips


@pytest.mark.parametrize("question", ["serveur", "base serveur", "base OU répond", "serv*"])
def test_likeness_is_asked_of_no_word_that_is_held(reader: Reader, question: str) -> None:
    distant = Distant(reader)
    answers(distant, question)
    assert [near_word for look in distant.looks for near_word in look.near] == []


SOME = ("base serveur", '"mot de passe"', "pseudo:zoe serveur", "", "serv*")
NARROWED = Filters(category=("DROIT", "x"), author=("Auteur 1", "Auteur 2"), commenter=("zoe",))
DAYS = [Period(str(n), Span(n * 86_400, (n + 1) * 86_400)) for n in range(19_700, 19_762)]


@pytest.mark.parametrize("question", SOME)
def test_facets_that_stay_take_no_trip_of_their_own(reader: Reader, question: str) -> None:
    distant = Distant(reader)
    body = answers(distant, question, filters=NARROWED, periods=DAYS)
    assert body == answers(reader, question, filters=NARROWED, periods=DAYS)
    assert distant.trips.count("page") == 1
    assert len(distant.trips) <= (4 if body["did_you_mean"] or body["relax"] else 3), distant.trips
    assert {bucket.value for bucket in body["facets"]["category"]} >= {"x"}
    # each as it is when the others alone narrow
    for name, filters in {
        "category": Filters(author=NARROWED.author, commenter=NARROWED.commenter),
        "commenter": Filters(category=NARROWED.category, author=NARROWED.author),
    }.items():
        narrowed = answers(reader, question or "*", filters=filters) if question else None
        if narrowed is not None:
            facet_values = [value for value in body["facets"][name] if value.passages]
            assert facet_values == list(narrowed["facets"][name])
    # and a question that asks for no facets counts none
    bare = searching.search(distant, question, now=NOW, filters=NARROWED)  # type: ignore[arg-type]
    assert bare.facets == {}


@pytest.mark.parametrize("question", SOME)
def test_a_list_of_values_is_one_trip_more_than_its_words(reader: Reader, question: str) -> None:
    distant: Any = Distant(reader)
    for facet in ("category", "commenter"):
        distant.trips.clear()
        options = {"now": NOW, "filters": NARROWED, "containing": "o"}
        assert values(distant, question, facet, **options) == values(
            reader, question, facet, **options
        )
        assert distant.trips.count("values") == 1
        assert len(distant.trips) <= 3, distant.trips


def test_what_an_index_holds_of_each_period_is_one_trip(reader: Reader) -> None:
    distant: Any = Distant(reader)
    periods = passages_by_period(distant, Filters(), DAYS)
    assert distant.trips == ["page"]
    assert sum(bucket.passages for bucket in periods["month"]) == 120
    assert periods == passages_by_period(reader, Filters(), DAYS)
