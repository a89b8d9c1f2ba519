"""How does a request become a question put to the index, in its turn?

The clock, the configuration and the address are read here; the walks get them as arguments.
"""

from __future__ import annotations

import datetime as dt
import hmac
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial, wraps
from itertools import chain
from typing import Any

from flask import Response, abort, current_app, request

from index import answering
from index.answering import Filters, Values, searching, threads
from index.engines import Engine, Reader, places
from index.engines.memo import Memo
from index.results import Bucket, Results
from webui import addresses, completing, exports, freshness
from webui.addresses import Links, Parameter, SearchParams
from webui.facets import VALUES_ON_A_PAGE, periods
from webui.serving import (
    Answer,
    Answers,
    EarlyPage,
    Rates,
    States,
    TimedReader,
    TooLong,
    Turns,
    proxies,
    state_name,
)

View = Callable[..., Response]


def question(*declared: Parameter) -> Callable[[View], View]:
    """Make a view of the index, `view(reader, params, …)`, with the parameters it takes.

    It is not called when the client has the answer already, nor when it was made lately; else it is
    called in its turn, with a reader that answers in the time a question may take.
    The rest of a page that is sent early has a turn of its own.
    A name that looks like a filter and is none is told in a page of results, and refused elsewhere.
    Raises Busy, TooLong, TooOften, BadParameter, UnknownParameter, IndexUnavailable.
    """

    def answering(view: View) -> View:
        @wraps(view)
        def answer(**names: Any) -> Response:
            params = addresses.read(request.args, current_app.config["ZONE"], declared, now())
            if declared and declared != addresses.TURNED:
                _refuse_unknown(declared)
            _take_token()
            present = reader_now()
            reader = _turned(params, present)
            if reader.generation > present.generation:
                # what another process has seen committed, and this one has not yet
                present = reader
            if fresh := freshness.unchanged(reader):
                return fresh
            answers: Answers = current_app.extensions["answers"]
            key = f"{request.scheme} {freshness.tag(reader)}"
            if cached := answers.get(key):
                return Response(cached.body, headers=list(cached.headers))
            turns = _turns()
            with turns.turn(_client()) as deadline:
                response = view(turns.timed(reader, deadline, present), params, **names)
            headers = tuple(freshness.stamped(response, reader).headers.items())

            def keep(body: bytes) -> None:
                answers.put(key, Answer(body, headers))

            if isinstance(response, EarlyPage):
                response.send_early(turns.resumed, keep)
            elif response.status_code == 200 and not response.is_streamed:
                keep(response.get_data())
            return response

        return answer

    return answering


def _refuse_unknown(declared: Sequence[Parameter]) -> None:
    """A table, a feed or an article has no place to say that a filter was passed over.

    Raises UnknownParameter.
    """
    for name in addresses.filled_in(request.args, request.args):
        if addresses.passed_over([name], declared):
            raise addresses.UnknownParameter(name, declared)


def root() -> str:
    """The absolute address of our home, "/" included: the public one if it is configured."""
    public_url: str = current_app.config["PUBLIC_URL"]
    return public_url.rstrip("/") + "/" if public_url else request.url_root


def for_supervisors() -> None:
    """Let through who shows the token of supervision, directly and not through a proxy.

    Anybody else gets 404, as for what does not exist: under a path of another site a rule that
    closes `/metrics` there is easily forgotten.
    """
    token: str = current_app.config["METRICS_TOKEN"]
    authorization = request.authorization
    if (
        not token
        or request.environ.get(proxies.FORWARDED)
        or authorization is None
        or authorization.type != "bearer"
        or not hmac.compare_digest((authorization.token or "").encode(), token.encode())
    ):
        abort(404)


def search(
    reader: Reader,
    params: SearchParams,
    facets: Sequence[str] = (),
    *,
    places: bool = False,
    lazy: bool = False,
) -> Results:
    """One page of answers; `places` and `lazy` as `searching.search` takes them.

    Dates the wrong way round get a notice, and names that look like filters and are none.
    """
    results = _answering(params)(
        reader,
        order=params.sort,
        page=params.page,
        size=params.size,
        group=params.group == "article",
        facets=facets,
        places=places,
        lazy=lazy,
        periods=periods(params) if "month" in facets else (),
    )
    passed_over = addresses.passed_over(addresses.filled_in(request.args, request.args))
    notices = [*params.notices, *passed_over]
    return results._replace(notices=(*results.notices, *notices)) if notices else results


def by_period(reader: Reader, params: SearchParams) -> Results:
    """How many passages answer, and of each month or day: its totals and facets.

    Raises TooLong when that was not counted.
    """
    results = search(reader, params.but(size=1), ("month",))
    if not results.totals.exact or "facets" in results.stopped:
        # a picture has no place to say that some of its bars are not what was asked
        raise TooLong
    return results


def complete(reader: Reader, params: SearchParams) -> completing.Completions:
    """Complete what is typed so far, with the first passages that it finds."""
    synonyms = current_app.config["SYNONYMS"]
    return completing.complete(reader, params.q, now=now(), synonyms=synonyms)


def turning(reader: TimedReader, results: Results) -> str:
    """The state that an answer was read from, kept when it has other pages."""
    states: States = current_app.extensions["states"]
    if results.has_next or results.page > 1:
        return states.keep(reader.reader)
    return state_name(reader.reader)


def _turned(params: SearchParams, present: Reader) -> Reader:
    """The state that an address asks for, when it is kept."""
    states: States = current_app.extensions["states"]
    states.tidy(present)
    return (states.find(params.state, present) if params.state else None) or present


def thread(reader: Reader, id: str, params: SearchParams) -> threads.Thread | None:
    """An article, or the part of it that the address says, with the question's matches marked."""
    synonyms = current_app.config["SYNONYMS"]
    return threads.thread(reader, id, params.q, now=now(), ask=params.part, synonyms=synonyms)


# Passages of an export asked for at a time: few make it long, since what comes before is found
# again for each; many hold the turn of somebody's question.
_PORTION = 1000


def walk(reader: TimedReader, params: SearchParams, *, uncut: bool = False) -> exports.Pages:
    """Every page of the answers, passage by passage, one page in memory at a time.

    The first is made at once, in the turn of the question, so that a refusal is an answer;
    each of the others takes a turn of its own: a slow client holds none while it reads.
    """
    turns, client = _turns(), _client()
    page = partial(_answering(params), order=params.sort, size=_PORTION, group=False, uncut=uncut)

    def following(number: int) -> Results:
        with turns.more(client):
            return page(reader.reader, page=number)

    first = page(reader)
    if not first.totals.exact:
        # a table has no place to say that some of its rows are not what was asked
        raise TooLong
    return chain([first], exports.walk(following, 2) if first.has_next else ())


def export(
    reader: TimedReader,
    params: SearchParams,
    lines: Callable[[exports.Pages], exports.Lines],
    mimetype: str,
    *,
    uncut: bool = False,
) -> Response:
    """Every answer, streamed as `lines` writes them; its place is left at the end, or sooner."""
    leave = _turns().long(_client())
    try:
        pages = walk(reader, params, uncut=uncut)
    except BaseException:
        leave()
        raise

    def body() -> Iterator[bytes]:
        try:
            for piece in lines(pages):
                yield piece.encode() if isinstance(piece, str) else piece
        finally:
            leave()

    response = Response(body(), mimetype=mimetype)
    # of a response that nobody begins to read (HEAD), only this is called
    response.call_on_close(leave)
    return response


def feed(reader: Reader, params: SearchParams) -> Results:
    """The passages that the index saw last, a page of a feed of them.

    It takes a place among exports: programs that ask for feeds leave room for questions too.
    """
    leave = _turns().long(_client())
    try:
        results = _answering(params)(
            reader, order="first_seen", page=params.page, size=exports.FEED, group=False
        )
    finally:
        leave()
    if not results.totals.exact:
        # nor has a feed
        raise TooLong
    return results


def values(reader: Reader, params: SearchParams) -> Values:
    """A page of the values of a facet."""
    return answering.values(
        reader,
        params.q,
        params.facet,
        now=now(),
        filters=_filters(params),
        containing=params.containing,
        page=params.page,
        size=VALUES_ON_A_PAGE,
        synonyms=current_app.config["SYNONYMS"],
    )


def period_totals(reader: Reader, params: SearchParams) -> Mapping[str, Sequence[Bucket]]:
    """How many passages of each period there are in all, within the filters of a question."""
    totals: Memo[Mapping[str, Sequence[Bucket]]] = current_app.extensions["period_totals"]
    filters, days = _filters(params), tuple(periods(params))
    key = reader.generation, filters, days
    return totals.get(key, lambda: answering.passages_by_period(reader, filters, days))


def reader_now() -> Reader:
    engine: Engine = current_app.extensions["engine"]
    return engine.reader()


def size() -> int | None:
    """Bytes of the index on the disk; None when it is in memory."""
    engine: Engine = current_app.extensions["engine"]
    return places.size(engine)


def links() -> Links:
    return Links(request.script_root)


def now() -> dt.datetime:
    moment: dt.datetime = current_app.config["CLOCK"]()
    return moment


def _answering(params: SearchParams) -> Callable[..., Results]:
    """Return `searching.search`, with what the address and the configuration say of a question."""
    return partial(
        searching.search,
        question_text=params.q,
        now=now(),
        filters=_filters(params),
        synonyms=current_app.config["SYNONYMS"],
    )


def _filters(params: SearchParams) -> Filters:
    since, until = params.bounds
    return Filters(params.where, params.category, params.author, params.commenter, since, until)


def _turns() -> Turns:
    turns: Turns = current_app.extensions["turns"]
    return turns


def _client() -> str:
    """Who asks, as places are counted: a machine, or a network of IPv6."""
    return proxies.network(request.remote_addr or "")


def _take_token() -> None:
    rates: Rates | None = current_app.extensions["rates"]
    if rates is not None:
        rates.take(request.remote_addr or "", time.monotonic())
