"""Which parameters does a question take in an address, and what does each accept?

One declaration: it validates, names what is wrong, and gives the OpenAPI document and
the page about the endpoint their tables. The text of `q` is never wrong.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from index.answering import Ask, Show, ThreadOrder, Where
from index.question import grammar
from index.question.grammar import Order
from index.question.notices import notice
from index.results import Notice
from webui.addresses import parameter_kinds as kinds
from webui.addresses.days import BLANK, Day
from webui.addresses.parameter_kinds import Parameter

Facet = Literal["category", "author", "commenter"]
Share = Literal["no", "yes"]

PLACES: tuple[Where, ...] = ("all", "articles", "comments")
ORDERS: tuple[Order, ...] = ("relevance", "newest", "oldest", "most_commented")
GROUPINGS = ("article", "none")
FACETS: tuple[Facet, ...] = ("category", "author", "commenter")
SHARES: tuple[Share, ...] = ("no", "yes")
LAST_PAGE = 10_000
LARGEST_PAGE = 100


class BadParameter(ValueError):
    """A parameter has a value it does not accept; `parameter` says what it does."""

    def __init__(self, parameter: Parameter, value: str) -> None:
        super().__init__(f"{parameter.name}={value!r}: {parameter.accepts_en}")
        self.parameter = parameter
        self.value = value


class Arguments(Protocol):
    """What the address holds: `werkzeug.datastructures.MultiDict` is one."""

    def getlist(self, key: str) -> list[str]: ...


_STATE = re.compile("^[0-9]{1,20}-[0-9a-f]{8}$")


def _state(text: str) -> str:
    if not _STATE.fullmatch(text):
        raise ValueError(text)
    return text


QUESTION = kinds.question(
    "q", "artistes openai",
    "la question, dans la langue décrite à /syntax ; aucun texte n’est une erreur",
    "the question, in the language described at /syntax; no text is an error",
)  # fmt: skip

PARAMETERS: tuple[Parameter, ...] = (
    QUESTION,
    kinds.choice("in", "where", PLACES, "all", "où chercher", "where to look"),
    kinds.values("category", "rubrique de l’article", "category of the article"),
    kinds.values("author", "auteur ou autrice de l’article", "author of the article"),
    kinds.values("commenter", "pseudo de qui commente", "who wrote the comment"),
    kinds.date("from", "since", "à partir de cette date, comprise", "from this date on, included"),
    kinds.date("to", "until", "jusqu’à cette date, comprise ; un instant est exclu",
          "up to this date, included; an instant is excluded"),
    kinds.choice("sort", "sort", ORDERS, None,
            "ordre des résultats ; sans lui, la pertinence ou ce que dit « tri: » dans la question",
            "order of the results; without it, relevance or what “tri:” in the question says"),
    kinds.number("page", 1, LAST_PAGE, "numéro de la page", "number of the page"),
    kinds.number("size", 10, LARGEST_PAGE, "résultats par page", "results on a page"),
    kinds.choice("group", "group", GROUPINGS, "article",
            "un résultat par article, ou un par passage",
            "one result for each article, or one for each passage"),
)  # fmt: skip

STATE = Parameter(
    "state", "state", _state, None, {"type": "string", "pattern": _STATE.pattern},
    "l’état de l’index où la première page a été lue : page.next le dit",
    "the state of the index that the first page was read from: page.next says it",
    "ce que dit page.next", "what page.next says", example="42-0f3a9c1e",
)  # fmt: skip

TURNED = (*PARAMETERS, STATE)
"""Those of a question whose pages are turned."""

START = kinds.passage(
    "start",
    "la partie d’un long article qui commence à ce passage, ou par date après tant d’autres : voir "
    "« part »",
    "the part of a long article that begins at this passage, or by date after so many: see “part”",
)

AT = kinds.text(
    "at", "at", None, "comment-17",
    "la partie d’un long article qui commence par le passage de cette ancre",
    "the part of a long article that begins with the passage of this anchor",
)  # fmt: skip

FACET = kinds.choice("facet", "facet", FACETS, "category", "quelle liste de valeurs",
                "which list of values")  # fmt: skip

CONTAINING = kinds.text(
    "contains", "containing", "", "zo",
    "ce que les valeurs contiennent, sans regarder les majuscules ni les accents",
    "what the values hold, whatever the case and the accents",
)  # fmt: skip

COMPARE = kinds.question(
    "compare", "midjourney",
    "une autre question, comptée à côté de la première",
    "another question, counted beside the first",
)  # fmt: skip

SHARE = kinds.choice("share", "share", SHARES, "no",
                "yes : ce que les passages trouvés sont de tous ceux de la période",
                "yes: the share of all the passages of the period")  # fmt: skip

_NOT_LISTED = ("sort", "size", "group")
LISTING: tuple[Parameter, ...] = (
    FACET, CONTAINING,
    *(parameter for parameter in PARAMETERS if parameter.name not in _NOT_LISTED),
)  # fmt: skip
"""What a list of values takes."""
DRAWING: tuple[Parameter, ...] = (
    *(parameter for parameter in PARAMETERS if parameter.name not in (*_NOT_LISTED, "page")),
    COMPARE, SHARE,
)  # fmt: skip
"""What a timeline takes."""
AFTER = kinds.passage(
    "after",
    "la partie d’un long article qui commence par le premier passage qui répond, depuis celui-ci",
    "the part of a long article that begins with the first passage that answers, from this one on",
)

BEFORE = kinds.passage(
    "before",
    "la partie d’un long article qui finit par le dernier passage qui répond avant celui-ci",
    "the part of a long article that ends with the last passage that answers before this one",
)

SHOW = kinds.choice("show", "show", ("all", "found"), "all",
               "tout l’article, ou seulement ce qui répond à la question",
               "the whole article, or only what answers the question")  # fmt: skip
THREAD_ORDER = kinds.choice("sort", "thread_order", ("thread", "oldest", "newest"), "thread",
                       "ordre des commentaires : celui du fil, ou des dates",
                       "order of the comments: that of the thread, or by date")  # fmt: skip

ARTICLE = (QUESTION, SHOW, THREAD_ORDER, START, AT, AFTER, BEFORE)
"""What the page of an article takes."""


@dataclass(frozen=True, slots=True)
class SearchParams:
    """A question with its filters, as the address holds it: the whole state of the page.

    >>> SearchParams(q="sora", page=2).address("/search")
    '/search?q=sora&page=2'
    >>> SearchParams(q="sora", page=2).but(sort="newest").address("/search")
    '/search?q=sora&sort=newest'
    """

    q: str = ""
    where: Where = "all"
    category: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    commenter: tuple[str, ...] = ()
    since: Day | None = None
    until: Day | None = None
    sort: Order | None = None
    page: int = 1
    size: int = 10
    group: Literal["article", "none"] = "article"
    start: int | None = None
    """What of an article is wanted: see `index.answering.Ask`, and `part`."""
    at: str | None = None
    after: int | None = None
    before: int | None = None
    show: Show = "all"
    thread_order: ThreadOrder = "thread"
    state: str | None = None
    """The state of the index that its pages are turned in (see `webui.serving.states`)."""
    facet: Facet = "category"
    """Of a list of values: whose they are, and what they hold."""
    containing: str = ""
    compare: str = ""
    """Of a timeline: another question beside this one, and whether shares are shown."""
    share: Share = "no"
    zone: ZoneInfo = field(default=ZoneInfo("Europe/Paris"), compare=False)

    @property
    def part(self) -> Ask:
        """What of an article is wanted."""
        return Ask(self.start, self.at, self.after, self.before, self.show, self.thread_order)

    @property
    def bounds(self) -> tuple[dt.datetime | None, dt.datetime | None]:
        """[from, to) as times, whichever came first; None where open."""
        first, last = (self.until, self.since) if self.swapped else (self.since, self.until)
        since = first.bounds(self.zone)[0] if first else None
        until = last.bounds(self.zone)[1] if last else None
        return since, until

    @property
    def swapped(self) -> bool:
        """Whether `from` is later than `to`."""
        if self.since is None or self.until is None:
            return False
        return self.until.bounds(self.zone)[1] <= self.since.bounds(self.zone)[0]

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What the parameters were taken for, where that is not what they say."""
        return (notice("dates_swapped", 0, 0),) if self.swapped else ()

    @property
    def filtered(self) -> bool:
        """Whether something besides the question narrows the answers."""
        return self.but(q="", sort=None, size=10, group="article", **_BARE) != SearchParams()

    def but(self, **changes: Any) -> SearchParams:
        """The same with some attributes changed: the first page, of today, unless they say."""
        return replace(self, **{"page": 1, "state": None, **changes})

    def pairs(self, declared: Iterable[Parameter] = ()) -> list[tuple[str, str]]:
        """Names and values for an address, defaults left out, in the order declared."""
        pairs: list[tuple[str, str]] = []
        for parameter in declared or TURNED:
            value = getattr(self, parameter.attribute)
            if value == parameter.default:
                continue
            values = value if parameter.many else (value,)
            pairs += [
                (parameter.name, item.text if isinstance(item, Day) else str(item))
                for item in values
            ]
        return pairs

    def around(self, name: str) -> tuple[str, str]:
        """What an address says up to a parameter, its values included, and after it.

        >>> SearchParams(q="sora", size=20).around("category")
        ('q=sora', 'size=20')
        """
        names = [parameter.name for parameter in PARAMETERS]
        upto = names.index(name)
        pairs = self.pairs()
        before = [pair for pair in pairs if names.index(pair[0]) <= upto]
        return urlencode(before), urlencode(pairs[len(before) :])

    def address(self, path: str, declared: Iterable[Parameter] = ()) -> str:
        """`path` with these parameters."""
        pairs = self.pairs(declared)
        return f"{path}?{urlencode(pairs)}" if pairs else path


class UnknownParameter(ValueError):
    """A name looks like a filter, and the address takes only those of `declared`."""

    def __init__(self, name: str, declared: Iterable[Parameter]) -> None:
        super().__init__(name)
        self.name = name
        self.takes = [parameter.name for parameter in declared]


def passed_over(names: Iterable[str], declared: Iterable[Parameter] = TURNED) -> list[Notice]:
    """Return a notice for each name that looks like a filter and is none of those an address takes.

    Others, which sites add to the addresses they share, are nobody's mistake, and what orders or
    pages other answers leaves nothing out of these.

    >>> [ignored.message for ignored in passed_over(["q", "tri", "utm_source"])]
    ['L’adresse n’admet pas « tri », qui n’a donc rien filtré. Dans la question, écrivez tri:…']
    >>> [ignored.code for ignored in passed_over(["categorie", "pseudo", "fbclid", "limit"])]
    ['unknown_parameter_near', 'unknown_parameter', 'unknown_parameter_near']
    >>> [ignored.code for ignored in passed_over(["q", "from", "size"], ARTICLE)]
    ['unknown_filter']
    """
    takes = [parameter.name for parameter in declared]
    notices = []
    for name in names:
        if name in takes or name in _NARROWS_NOTHING:
            continue
        # q[] is how PHP names what may be given several times
        bare_name = name.lower().removesuffix("[]")
        close_names = difflib.get_close_matches(bare_name, takes, 1, _LIKENESS)
        close_names = close_names or [
            own_name for own_name in takes if bare_name in _ELSEWHERE.get(own_name, ())
        ]
        if close_names:
            notices.append(notice("unknown_parameter_near", 0, 0, name=name, near=close_names[0]))
        elif grammar.field_named(name):
            notices.append(notice("unknown_parameter", 0, 0, name=name))
        elif name in _ALL_NAMES:
            notices.append(notice("unknown_filter", 0, 0, name=name))
    return notices


_ALL_NAMES = frozenset(parameter.name for parameter in TURNED)
_NARROWS_NOTHING = frozenset({"sort", "page", "size", "group", "state"})
_ELSEWHERE = {
    "q": ("query", "search", "question"),
    "size": ("limit", "per_page", "rows"),
    "sort": ("order",),
}
"""What other endpoints call what ours takes."""
# from which share of letters in common a name is another, mistyped
_LIKENESS = 0.7


def filled_in(arguments: Arguments, names: Iterable[str]) -> list[str]:
    """Return those of the names that have a value: a form sends its empty fields too.

    >>> from werkzeug.datastructures import MultiDict
    >>> filled_in(MultiDict([("q", "nda"), ("sort", ""), ("page", " ")]), ["q", "sort", "page"])
    ['q']
    """
    return [name for name in names if any(map(_filled_in, arguments.getlist(name)))]


def _filled_in(value: str) -> bool:
    return bool(value.strip(BLANK))


def read(
    arguments: Arguments,
    zone: ZoneInfo,
    declared: Iterable[Parameter] = PARAMETERS,
    now: dt.datetime | None = None,
) -> SearchParams:
    """The question of an address. Names that are not declared are passed over (see `passed_over`).

    An empty value is as none, of any parameter.

    now: aware, what « hier » means; the present when it is None.

    Raises BadParameter, for the first value that is not accepted.

    >>> from werkzeug.datastructures import MultiDict
    >>> read(MultiDict([("q", "sora"), ("category", "IA")]), ZoneInfo("Europe/Paris")).category
    ('IA',)
    """
    values: dict[str, Any] = {}
    for parameter in declared:
        texts = arguments.getlist(parameter.name)
        if parameter is QUESTION:
            texts = [" ".join(texts)] if texts else []
        else:
            texts = list(filter(_filled_in, texts))
        if not texts:
            continue
        if len(texts) > (kinds.MOST_VALUES if parameter.many else 1):
            raise BadParameter(parameter, " ".join(texts))
        read_values = []
        for text in texts:
            try:
                dated = parameter.read is kinds.day
                read_values.append(kinds.day(text, now) if dated else parameter.read(text))
            except ValueError as error:
                raise BadParameter(parameter, text) from error
        if parameter.many:
            values[parameter.attribute] = tuple(dict.fromkeys(read_values))
        else:
            values[parameter.attribute] = read_values[0]
    return SearchParams(zone=zone, **values)


# of other pages than that of results
_BARE: dict[str, Any] = {"facet": "category", "containing": "", "compare": "", "share": "no"}
