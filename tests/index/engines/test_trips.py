"""How many trips to a distant engine does a question take, and are the answers the same?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from index import engines
from index.answering import FACETS, Filters, Period, passages_by_period, searching, values
from index.engines import Listed, ListRequest, Look, Looked, Page, PageRequest, Reader, Span
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

    def look(self, wanted: Look) -> Looked:
        self.trips.append("look")
        self.looks.append(wanted)
        return self._reader.look(wanted)

    def values(self, list_request: ListRequest) -> Listed:
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


def answers(reader: Any, question: str, **more: Any) -> dict[str, Any]:
    results = searching.search(reader, question, now=NOW, facets=tuple(FACETS), **more)._asdict()
    del results["took_ms"]
    return results


@pytest.mark.parametrize("question", PLAIN)
def test_a_question_takes_three_trips(reader: Reader, question: str) -> None:
    far = Distant(reader)
    for more in ({}, {"filters": Filters(where="comments"), "places": True}, {"group": False}):
        far.trips.clear()
        assert answers(far, question, **more) == answers(reader, question, **more)
        assert far.trips.count("page") == 1
        body = answers(reader, question, **more)
        assert len(far.trips) <= (4 if body["did_you_mean"] or body["relax"] else 3), far.trips


@pytest.mark.parametrize("question", MISSED)
def test_a_question_with_suggestions_takes_four(reader: Reader, question: str) -> None:
    far = Distant(reader)
    assert answers(far, question) == answers(reader, question)
    assert far.trips.count("page") == 1
    assert len(far.trips) <= 4, far.trips


@pytest.mark.parametrize("question", ["serveur", "base serveur", "base OU répond", "serv*"])
def test_likeness_is_asked_of_no_word_that_is_held(reader: Reader, question: str) -> None:
    far = Distant(reader)
    answers(far, question)
    assert [near for wanted in far.looks for near in wanted.near] == []


SOME = ("base serveur", '"mot de passe"', "pseudo:zoe serveur", "", "serv*")
NARROWED = Filters(category=("DROIT", "x"), author=("Auteur 1", "Auteur 2"), commenter=("zoe",))
DAYS = [Period(str(n), Span(n * 86_400, (n + 1) * 86_400)) for n in range(19_700, 19_762)]


@pytest.mark.parametrize("question", SOME)
def test_facets_that_stay_take_no_trip_of_their_own(reader: Reader, question: str) -> None:
    far = Distant(reader)
    body = answers(far, question, filters=NARROWED, periods=DAYS)
    assert body == answers(reader, question, filters=NARROWED, periods=DAYS)
    assert far.trips.count("page") == 1
    assert len(far.trips) <= (4 if body["did_you_mean"] or body["relax"] else 3), far.trips
    assert {bucket.value for bucket in body["facets"]["category"]} >= {"x"}
    # each as it is when the others alone narrow
    for name, others in {
        "category": Filters(author=NARROWED.author, commenter=NARROWED.commenter),
        "commenter": Filters(category=NARROWED.category, author=NARROWED.author),
    }.items():
        within = answers(reader, question or "*", filters=others) if question else None
        if within is not None:
            here = [one for one in body["facets"][name] if one.passages]
            assert here == list(within["facets"][name])
    # and a question that asks for no facets counts none
    bare = searching.search(far, question, now=NOW, filters=NARROWED)  # type: ignore[arg-type]
    assert bare.facets == {}


@pytest.mark.parametrize("question", SOME)
def test_a_list_of_values_is_one_trip_more_than_its_words(reader: Reader, question: str) -> None:
    far: Any = Distant(reader)
    for facet in ("category", "commenter"):
        far.trips.clear()
        more = {"now": NOW, "filters": NARROWED, "containing": "o"}
        assert values(far, question, facet, **more) == values(reader, question, facet, **more)
        assert far.trips.count("values") == 1
        assert len(far.trips) <= 3, far.trips


def test_what_an_index_holds_of_each_period_is_one_trip(reader: Reader) -> None:
    far: Any = Distant(reader)
    whole = passages_by_period(far, Filters(), DAYS)
    assert far.trips == ["page"]
    assert sum(bucket.passages for bucket in whole["month"]) == 120
    assert whole == passages_by_period(reader, Filters(), DAYS)
