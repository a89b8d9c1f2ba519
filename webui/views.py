"""What is served at each address?

Every view reads one frozen state of the index, asks one of its walks, and shows the value
in the face its suffix names. GET only; the address is the whole state.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import orjson
from flask import Blueprint, Response, current_app, render_template, request
from whoosh.query import And, Term

from index import answering
from index.answering import FACETS, Ask, Thread
from index.engines import IndexUnavailable, Look, Reader
from index.page_addresses import key
from index.record import About, Record
from index.results import Results
from webui import asking, exports, freshness, json_views, openapi, problems
from webui.addresses import (
    ARTICLE,
    DRAWING,
    LISTING,
    PARAMETERS,
    QUESTION,
    TURNED,
    Face,
    Following,
    Links,
    Parts,
    SearchParams,
    absolute,
)
from webui.asking import question
from webui.completing import complete_words, completions_json
from webui.exports import tables
from webui.facets import BARS_IN_LARGE, Timeline, ValuesPage, timeline_of
from webui.facets import timeline_json as json_of_timeline
from webui.locale import Tongue
from webui.page import (
    Numbering,
    ResultsPage,
    TimelinePage,
    examples,
    numbered,
    site_names,
    syntax,
)
from webui.problems import NoArticle, NoXlsx, tongue
from webui.serving import Metrics, TimedReader, early

pages = Blueprint("pages", __name__)

Table = Callable[[exports.Pages, Links, str, Tongue], exports.Lines]

_LATEST = 8
# Articles that may have the name asked for among their addresses and former ids.
_SAME_NAME = 20
# Reverse proxies refuse answers whose headers are longer than a few kilobytes.
_LONGEST_HEADER = 2_000


@pages.get("/")
@question(*TURNED)
def home(reader: TimedReader, params: SearchParams) -> Response:
    if params.q:
        # typed in the address by hand, or by a site whose search form leads to our home
        return Response(status=302, headers={"Location": asking.links().search(params)})
    latest, comments = _latest(reader)
    page = render_template(
        "home.html",
        state=answering.state(reader),
        latest=latest,
        sites=site_names(latest),
        examples=current_app.config["EXAMPLES"] or examples(latest, comments),
    )
    return Response(page)


@pages.get("/search")
@question(*TURNED)
def search(reader: TimedReader, params: SearchParams) -> Response:
    results = asking.search(reader, params, tuple(FACETS), places=True, lazy=True)
    state = asking.turning(reader, results)
    response = early.page(
        "results.html",
        page=ResultsPage(results, params, asking.links(), tongue(), state),
        params=params.but(page=params.page),
        results=results,
        following=Following(params, asking.links(), asking.root()),
        **_printed(asking.links().search(params)),
    )
    _link(response, params, results, state, ("", ".json", ".csv", ".atom"))
    return response


@pages.get("/search.json")
@question(*TURNED)
def search_json(reader: TimedReader, params: SearchParams) -> Response:
    results = asking.search(reader, params, tuple(FACETS))
    state = asking.turning(reader, results)
    response = _json(json_views.results_json(results, params, asking.links(), tongue(), state))
    _link(response, params, results, state, (".json", "", ".csv", ".atom"))
    return response


@pages.get("/search.csv")
@question(*PARAMETERS)
def search_csv(reader: TimedReader, params: SearchParams) -> Response:
    return _table(reader, params, ".csv", tables.csv)


@pages.get("/search.xlsx")
@question(*PARAMETERS)
def search_xlsx(reader: TimedReader, params: SearchParams) -> Response:
    if not tables.writes_xlsx():
        raise NoXlsx
    return _table(reader, params, ".xlsx", tables.xlsx)


def _table(reader: TimedReader, params: SearchParams, face: Face, write: Table) -> Response:
    links, host, say = asking.links(), asking.root(), tongue()
    response = asking.export(
        reader,
        params,
        lambda pages: write(pages, links, host, say),
        exports.TYPES[face],
        uncut=True,
    )
    name = tables.file_name(params.q, _today(), face)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@pages.get("/search.atom")
@question(*PARAMETERS)
def search_atom(reader: TimedReader, params: SearchParams) -> Response:
    feed = exports.atom(
        asking.feed(reader, params), params, asking.links(), asking.root(), tongue()
    )
    type_ = request.accept_mimetypes.best_match(_FEED) or _FEED[0]
    return Response("".join(feed), mimetype=type_)


_FEED = ("application/atom+xml", "text/xml")


@pages.get("/values")
@question(*LISTING)
def values(reader: TimedReader, params: SearchParams) -> Response:
    view = ValuesPage(asking.values(reader, params), params, asking.links())
    printed = _printed(asking.links().values(params))
    return Response(render_template("values.html", page=view, params=params, **printed))


@pages.get("/values.json")
@question(*LISTING)
def values_json(reader: TimedReader, params: SearchParams) -> Response:
    return _json(json_views.values_json(asking.values(reader, params), params, asking.links()))


@pages.get("/timeline")
@question(*DRAWING)
def timeline(reader: TimedReader, params: SearchParams) -> Response:
    view = TimelinePage(_timeline(reader, params), params, asking.links(), tongue())
    printed = _printed(asking.links().timeline(params))
    return Response(render_template("timeline.html", page=view, params=params, **printed))


@pages.get("/timeline.json")
@question(*DRAWING)
def timeline_json(reader: TimedReader, params: SearchParams) -> Response:
    return _json(json_of_timeline(_timeline(reader, params), params))


def _timeline(reader: TimedReader, params: SearchParams) -> Timeline:
    """In large, beside another question and all the passages of the index where that is asked."""
    answers = [asking.by_period(reader, params)]
    totals = None
    if params.compare.strip():
        answers.append(asking.by_period(reader, params.but(q=params.compare)))
    if params.share == "yes":
        totals = asking.period_totals(reader, params)
    return timeline_of(
        answers[0].facets, params, asking.links(), tongue(),
        most=BARS_IN_LARGE, other=answers[1].facets if answers[1:] else None, every=totals,
        passages=[results.totals.passages for results in answers],
    )  # fmt: skip


@pages.get("/article/<path:id>")
@question(*ARTICLE)
def article(reader: TimedReader, params: SearchParams, id: str) -> Response:
    q = params.q
    bare = id.removesuffix(".json")
    if bare != id and (thread := asking.thread(reader, bare, params)):
        return _json(json_views.thread_json(thread, q, asking.links()))
    thread = asking.thread(reader, id, params)
    if thread is None:
        return _moved(reader, bare, id, q, params.part)
    article_page = numbered(thread)
    parts = Parts(thread, q, asking.links(), say=tongue())
    response = early.page(
        "article.html",
        thread=thread,
        about=thread.about,
        shown=article_page,
        absent=_absent(thread, params),
        counted=Numbering(article_page, parts, tongue()),
        parts=parts,
        **_printed(asking.links().article(id, q, ask=params.part)),
        q=q,
    )
    alternate = asking.links().article(id, q, face=".json")
    response.headers["Link"] = f'<{alternate}>; rel="alternate"; type="application/json"'
    return response


@pages.get("/suggest.json")
@question(QUESTION)
def suggest(reader: TimedReader, params: SearchParams) -> Response:
    words = complete_words(reader, params.q)
    links = asking.links()
    root = asking.root().rstrip("/")
    answer = [
        params.q, words, [], [root + links.ask(word).removeprefix(links.root) for word in words]
    ]  # fmt: skip
    return _json(answer, "application/x-suggestions+json")


@pages.get("/complete.json")
@question(QUESTION)
def complete(reader: TimedReader, params: SearchParams) -> Response:
    return _json(completions_json(asking.complete(reader, params), asking.links(), tongue()))


@pages.get("/status")
@question()
def status(reader: TimedReader, params: SearchParams) -> Response:
    state = answering.state(reader)
    return Response(render_template("status.html", state=state, size=asking.size()))


@pages.get("/status.json")
@question()
def status_json(reader: TimedReader, params: SearchParams) -> Response:
    state = json_views.state_json(answering.state(reader))
    return _json({"version": openapi.version(), "index": state, "bytes": asking.size()})


@pages.get("/healthz")
def healthz() -> Response:
    asking.reader_now()
    response = _json({"status": "ok"})
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("/metrics")
def metrics() -> Response:
    asking.for_supervisors()
    table: Metrics = current_app.extensions["metrics"]
    try:
        state = answering.state(asking.reader_now())
    except IndexUnavailable:
        # that is something to be told, not a reason to tell nothing
        state = None
    response = Response(table.text(state, openapi.version()), mimetype="text/plain")
    response.headers["Content-Type"] = "text/plain; version=0.0.4; charset=utf-8"
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("/syntax")
def syntax_page() -> Response:
    language = tongue().language
    page = render_template(
        "syntax.html", rows=syntax.rows(language), reading=syntax.reading(language)
    )
    return freshness.constant(Response(page))


@pages.get("/api")
def api() -> Response:
    page = render_template(
        "api.html",
        parameters=openapi.EVERY_PARAMETER,
        routes=openapi.ROUTES,
        kinds=openapi.PROBLEMS,
    )
    return freshness.constant(Response(page))


@pages.get("/openapi.json")
def openapi_json() -> Response:
    document = openapi.document(current_app.config["NAME"], request.script_root or "/")
    return freshness.constant(_json(document))


@pages.get("/opensearch.xml")
def opensearch() -> Response:
    page = render_template("opensearch.xml", root=asking.root().rstrip("/"))
    return freshness.constant(Response(page, mimetype="application/opensearchdescription+xml"))


@pages.get("/robots.txt")
def robots() -> Response:
    # filters, orders and pages of a question are addresses without end
    root = request.script_root
    closed = ("search", "suggest.json", "complete.json", "values", "timeline")
    lines = ["User-agent: *", *(f"Disallow: {root}/{face}" for face in closed), ""]
    return freshness.constant(Response("\n".join(lines), mimetype="text/plain"))


def _moved(reader: Reader, bare: str, id: str, q: str, ask: Ask) -> Response:
    """To where the article that had this id is now, in the same face. Raises NoArticle.

    A slash that a program puts after an address belongs to no id, unless an article has it.
    """
    faces: list[tuple[str, Face]] = [(id, "")]
    if bare != id:
        faces.insert(0, (bare, ".json"))
    if (unslashed := id.rstrip("/")) != id:
        face: Face = ".json" if unslashed.endswith(".json") else ""
        present = unslashed.removesuffix(face)
        if reader.search(And([Term("kind", "lead"), Term("article", present)]), 1).hits:
            return problems.elsewhere(asking.links().article(present, q, face=face, ask=ask))
    for former, face in faces:
        tree = And([Term("kind", "lead"), Term("url", key(former) or former)])
        for stored in reader.load([hit.ref for hit in reader.search(tree, _SAME_NAME).hits]):
            lead = Record.load(stored)
            if former in lead.extra.get("otherIds", ()):
                address = asking.links().article(lead.about.id, q, face=face, ask=ask)
                return problems.elsewhere(address)
    raise NoArticle(bare)


def _absent(thread: Thread, params: SearchParams) -> bool:
    """Whether the passage that the address asks for is no longer in the article.

    Where only what answers is shown, it may be there and not answer.
    """
    anchors = {passage.record.anchor for passage in thread.passages}
    return params.show == "all" and params.at is not None and params.at not in anchors


def _latest(reader: Reader) -> tuple[list[About], list[str]]:
    """The latest articles, and the texts of the latest comments."""
    kinds = ("lead", "comment")
    look = Look(latest=[(Term("kind", kind), _LATEST) for kind in kinds])
    leads, comments = (list(map(Record.load, stored)) for stored in reader.look(look).latest)
    return [lead.about for lead in leads], [comment.text for comment in comments]


def _printed(address: str) -> dict[str, Any]:
    """What a printed page bears: its address, and the day."""
    return {"address": absolute(address, asking.links(), asking.root()), "today": _today()}


def _today() -> dt.date:
    return tongue().local(asking.now().isoformat()).date()


def _json(value: object, mimetype: str = "application/json") -> Response:
    return Response(orjson.dumps(value), mimetype=mimetype)


def _link(
    response: Response, params: SearchParams, results: Results, state: str, faces: Sequence[Face]
) -> None:
    """`Link` header: the next page in this face, and the other faces."""
    links = asking.links()
    link_values = []
    if results.has_next:
        following = params.but(page=results.page + 1, state=state)
        link_values.append(f'<{links.search(following, faces[0])}>; rel="next"')
    for face in faces[1:]:
        kind = exports.TYPES[face]
        link_values.append(
            f'<{links.search(params.but(page=results.page), face)}>; rel="alternate"; type="{kind}"'
        )
    link = ", ".join(link_values)
    if len(link) <= _LONGEST_HEADER:
        response.headers["Link"] = link
