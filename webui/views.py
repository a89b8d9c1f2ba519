"""What is served at each address?

Every view reads one frozen state of the index, asks one of its walks, and shows the value
in the face its suffix names. GET only; the address is the whole state.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import orjson
from flask import Blueprint, Response, current_app, render_template, request
from whoosh.query import Term

from index import searching
from index.engines import Engine, Reader
from index.facets import FACETS
from index.record import About, Record
from index.results import Results, Totals
from webui import exports, faces, freshness, openapi, parameters, syntax
from webui.examples import examples
from webui.links import Links
from webui.marking import numbered
from webui.pages import ResultsPage
from webui.parameters import Asked
from webui.problems import NoArticle, tongue
from webui.suggesting import suggestions

pages = Blueprint("pages", __name__)

_LATEST = 8
# Reverse proxies refuse answers whose headers are longer than a few kilobytes.
_LONGEST_HEADER = 2_000


@pages.get("/")
def home() -> Response:
    reader = _reader()
    if fresh := freshness.unchanged(reader.generation):
        return fresh
    latest = _latest(reader)
    page = render_template(
        "home.html",
        state=searching.state(reader),
        latest=latest,
        examples=current_app.config["EXAMPLES"] or examples(latest),
    )
    return freshness.stamped(Response(page), reader.generation)


@pages.get("/search")
def search() -> Response:
    asked = _asked()
    reader = _reader()
    if fresh := freshness.unchanged(reader.generation):
        return fresh
    results = _search(reader, asked, tuple(FACETS))
    everywhere = _everywhere(reader, asked, results)
    links = _links()
    view = ResultsPage(results, asked, links, tongue(), everywhere)
    response = Response(render_template("results.html", page=view, asked=asked, results=results))
    _link(response, asked, results, ("", ".json", ".csv", ".atom"))
    return freshness.stamped(response, reader.generation)


@pages.get("/search.json")
def search_json() -> Response:
    asked = _asked()
    reader = _reader()
    if fresh := freshness.unchanged(reader.generation):
        return fresh
    results = _search(reader, asked, tuple(FACETS))
    response = _json(faces.results_json(results, asked, _links(), tongue()))
    _link(response, asked, results, (".json", "", ".csv", ".atom"))
    return freshness.stamped(response, reader.generation)


@pages.get("/search.csv")
def search_csv() -> Response:
    asked = _asked()
    reader = _reader()
    if fresh := freshness.unchanged(reader.generation):
        return fresh
    lines = exports.csv(_walk(reader, asked), _links(), request.url_root, tongue())
    response = Response(lines, mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="glose.csv"'
    return freshness.stamped(response, reader.generation)


@pages.get("/search.atom")
def search_atom() -> Response:
    asked = _asked().but(sort="newest")
    reader = _reader()
    if fresh := freshness.unchanged(reader.generation):
        return fresh
    updated = searching.state(reader).updated
    feed = exports.atom(_walk(reader, asked), asked, _links(), request.url_root, tongue(), updated)
    return freshness.stamped(Response(feed, mimetype="application/atom+xml"), reader.generation)


@pages.get("/article/<path:id>")
def article(id: str) -> Response:
    q = _asked().q
    reader = _reader()
    if fresh := freshness.unchanged(reader.generation):
        return fresh
    bare = id.removesuffix(".json")
    if bare != id and (thread := searching.thread(reader, bare, q, now=_now())):
        value = faces.thread_json(thread, q, _links())
        return freshness.stamped(_json(value), reader.generation)
    thread = searching.thread(reader, id, q, now=_now())
    if thread is None:
        raise NoArticle(bare)
    page = render_template(
        "article.html", thread=thread, about=thread.about, shown=numbered(thread), q=q
    )
    response = Response(page)
    alternate = _links().article(id, q, face=".json")
    response.headers["Link"] = f'<{alternate}>; rel="alternate"; type="application/json"'
    return freshness.stamped(response, reader.generation)


@pages.get("/suggest.json")
def suggest() -> Response:
    q = _asked().q
    reader = _reader()
    if fresh := freshness.unchanged(reader.generation):
        return fresh
    words = suggestions(reader, q)
    links = _links()
    root = request.url_root.rstrip("/")
    found = [q, words, [], [root + links.ask(word).removeprefix(links.root) for word in words]]
    response = _json(found, "application/x-suggestions+json")
    return freshness.stamped(response, reader.generation)


@pages.get("/status")
def status() -> Response:
    reader = _reader()
    if fresh := freshness.unchanged(reader.generation):
        return fresh
    response = Response(render_template("status.html", state=searching.state(reader)))
    return freshness.stamped(response, reader.generation)


@pages.get("/status.json")
def status_json() -> Response:
    reader = _reader()
    if fresh := freshness.unchanged(reader.generation):
        return fresh
    body = {"version": openapi.version(), "index": faces.state_json(searching.state(reader))}
    return freshness.stamped(_json(body), reader.generation)


@pages.get("/healthz")
def healthz() -> Response:
    _reader()
    response = _json({"status": "ok"})
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("/syntax")
def syntax_page() -> Response:
    page = render_template("syntax.html", rows=syntax.rows(tongue().language))
    return freshness.spoken(Response(page))


@pages.get("/api")
def api() -> Response:
    page = render_template(
        "api.html", parameters=parameters.PARAMETERS, routes=openapi.ROUTES, kinds=openapi.PROBLEMS
    )
    return freshness.spoken(Response(page))


@pages.get("/openapi.json")
def openapi_json() -> Response:
    return _json(openapi.document(current_app.config["NAME"], request.script_root or "/"))


@pages.get("/opensearch.xml")
def opensearch() -> Response:
    page = render_template("opensearch.xml", root=request.url_root.rstrip("/"))
    return Response(page, mimetype="application/opensearchdescription+xml")


def _asked() -> Asked:
    return parameters.read(request.args, current_app.config["ZONE"])


def _links() -> Links:
    return Links(request.script_root)


def _now() -> dt.datetime:
    now: dt.datetime = current_app.config["CLOCK"]()
    return now


def _reader() -> Reader:
    engine: Engine = current_app.extensions["engine"]
    return engine.reader()


def _search(reader: Reader, asked: Asked, facets: Sequence[str] = ()) -> Results:
    since, until = asked.bounds
    return searching.search(
        reader,
        asked.q,
        now=_now(),
        filters=searching.Filters(
            asked.where, asked.category, asked.author, asked.commenter, since, until
        ),
        order=asked.sort,
        page=asked.page,
        size=asked.size,
        group=asked.group == "article",
        facets=facets,
    )


def _everywhere(reader: Reader, asked: Asked, results: Results) -> Totals:
    """The totals without the choice of a place, for the counts beside the places."""
    if asked.where == "all":
        return results.totals
    return _search(reader, asked.but(where="all", size=1)).totals


def _walk(reader: Reader, asked: Asked) -> exports.Pages:
    """Every page of the answers, passage by passage, one page in memory at a time."""
    now, (since, until) = _now(), asked.bounds
    filters = searching.Filters(
        asked.where, asked.category, asked.author, asked.commenter, since, until
    )
    size = parameters.LARGEST_PAGE

    def page(number: int) -> Results:
        return searching.search(
            reader, asked.q, now=now, filters=filters, order=asked.sort,
            page=number, size=size, group=False,
        )  # fmt: skip

    return exports.walk(page)


def _latest(reader: Reader) -> list[About]:
    found = reader.search(Term("kind", "lead"), _LATEST, "newest")
    return [Record.load(stored).about for stored in reader.load([hit.ref for hit in found.hits])]


def _json(value: object, mimetype: str = "application/json") -> Response:
    return Response(orjson.dumps(value), mimetype=mimetype)


def _link(
    response: Response, asked: Asked, results: Results, shown: Sequence[exports.Face]
) -> None:
    """`Link` header: the next page in this face, and the other faces."""
    links = _links()
    said = []
    if results.has_next:
        said.append(f'<{links.search(asked.but(page=results.page + 1), shown[0])}>; rel="next"')
    for other in shown[1:]:
        kind = exports.TYPES[other]
        said.append(f'<{links.search(asked, other)}>; rel="alternate"; type="{kind}"')
    link = ", ".join(said)
    if len(link) <= _LONGEST_HEADER:
        response.headers["Link"] = link
