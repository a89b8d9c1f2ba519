"""Which article is an object of the canonical format, and how is an article written as one?

The format is described in FORMAT.md and in article.schema.json, which a test holds in
agreement with what is checked here. Members that are not known are kept and given back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from indexer.article import (
    PROTECTED,
    Article,
    Comment,
    CommentNames,
    Publication,
    Quote,
    Section,
    article_id,
    full_comment_id,
    is_protected,
    withheld,
)
from indexer.canonical import strict_json
from indexer.canonical.strict_json import Invalid
from indexer.reporting import Remark, plural
from indexer.threads import thread_depths

Rule = tuple[str, Callable[[Any], Any]]
"""The attribute a member becomes, and its check."""

_PRECISION = strict_json.one_of("second", "minute", "day", "month", "year")

ARTICLE: dict[str, Rule] = {
    "id": ("id", strict_json.identifier),
    "url": ("url", strict_json.words),
    "sameAs": ("same_as", strict_json.texts),
    "headline": ("headline", strict_json.text),
    "alternativeHeadline": ("alternative_headline", strict_json.words),
    "description": ("description", strict_json.words),
    "articleSection": ("article_section", strict_json.texts),
    "keywords": ("keywords", strict_json.keywords),
    "author": ("author", strict_json.people),
    "datePublished": ("date_published", strict_json.time),
    "dateModified": ("date_modified", strict_json.time),
    "datePrecision": ("date_precision", _PRECISION),
    "timeRequired": ("time_required", strict_json.duration),
    "inLanguage": ("in_language", strict_json.words),
    "publisher": ("publisher", strict_json.person),
    "commentCount": ("comment_count", strict_json.count),
    "capturedAt": ("captured_at", strict_json.time),
}
OWN: dict[str, Callable[[Any], Any]] = {"otherIds": strict_json.texts}
"""Members that Glose writes beside those of an article, and reads again as what it wrote."""
SECTION: dict[str, Rule] = {
    "headline": ("headline", strict_json.words),
    "level": ("level", strict_json.count),
    "anchor": ("anchor", strict_json.words),
    "text": ("text", strict_json.text),
    "embeds": ("embeds", strict_json.embeds),
}
COMMENT: dict[str, Rule] = {
    "id": ("id", strict_json.identifier),
    "parent_id": ("parent_id", strict_json.identifier),
    "author": ("author", strict_json.person),
    "authorRole": ("author_role", strict_json.words),
    "datePublished": ("date_published", strict_json.time),
    "dateModified": ("date_modified", strict_json.time),
    "datePrecision": ("date_precision", _PRECISION),
    "dateShown": ("date_shown", strict_json.words),
    "dateEarliest": ("date_earliest", strict_json.time),
    "dateLatest": ("date_latest", strict_json.time),
    "edited": ("edited", strict_json.truth),
    "headline": ("headline", strict_json.words),
    "text": ("text", strict_json.text),
    "citation": ("citation", strict_json.quotes),
    "url": ("url", strict_json.words),
    "anchor": ("anchor", strict_json.words),
    "status": ("status", strict_json.state),
    "kind": ("kind", strict_json.state),
    "upvoteCount": ("upvote_count", strict_json.count),
    "downvoteCount": ("downvote_count", strict_json.count),
}

_PRIVATE = frozenset(
    {
        *("email", "e-mail", "mail", "authorEmail", "author_email"),
        *("ip", "ipAddress", "authorIp", "authorIP", "author_ip", "author_IP", "remote_addr"),
        *("userAgent", "author_user_agent"),
    }
)
"""What a comment's export may tell of a person, and no index needs."""


_CONTAINERS = (
    *("meta", "metadata", "attributes", "fields", "data", "publication", "publishing", "sys"),
    *("_source", "properties", "frontmatter", "front_matter", "post", "entry", "page", "workflow"),
)
"""Members in which headless systems (Strapi, Contentful, Directus) put an article's state."""
_DEEPEST = 100
"""What is kept unknown must be written again, and the writer of JSON has a limit."""


_TITLES = ("titre", "title", "Titre", "Title", "name", "nom", "post_title")


def _named_otherwise(members: Mapping[str, Any]) -> str:
    """What to do, when an object has a title under another name.

    >>> _named_otherwise({"titre": "Le bac", "corps": "…"}), _named_otherwise({"id": 1})
    (' : « titre » est à nommer ainsi (voir FORMAT.md)', '')
    """
    name = next((name for name in _TITLES if isinstance(members.get(name), str)), None)
    return f" : « {name} » est à nommer ainsi (voir FORMAT.md)" if name else ""


def read_article(
    value: Any, publication: Publication = Publication()
) -> tuple[Article, list[Remark]]:
    """Return the article of an object, and remarks on it. Raises Invalid.

    A comment that says a state in other words than the format's is approved when publication
    allows it.

    >>> article, remarks = read_article({"headline": "Sora", "comments": [{"text": "Bravo"}]})
    >>> article.headline, len(article.comments), remarks
    ('Sora', 1, [])
    """
    if type(value) is not dict:
        raise Invalid("un article est un objet JSON")
    remarks: list[Remark] = []
    members_left = dict(value)
    sections, comments = members_left.pop("sections", None), members_left.pop("comments", None)
    members, extra = _members(members_left, ARTICLE)
    _check_own(extra)
    if not members.get("headline"):
        raise Invalid(f"manque{_named_otherwise(extra)}", "headline")
    name = members.pop("id", None)
    if name is None:
        published = members.get("date_published")
        name = article_id(members["headline"], published, members.get("url"))
    if sections is None and type(extra.get("articleBody")) is str:
        sections = [{"text": extra.pop("articleBody")}]
    thread_read = _comments(comments, name, remarks, publication)
    article = Article(
        id=name, sections=_sections(sections), comments=thread_read, extra=extra, **members
    )
    _remark(article, value, remarks)
    return article, remarks


def _members(
    value: Mapping[str, Any], rules: Mapping[str, Rule]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return an object's members by attribute, and those that no rule knows."""
    members, extra = {}, {}
    for name, member in value.items():
        rule = rules.get(name)
        if rule is None:
            if _depth(member) > _DEEPEST:
                raise Invalid("trop d'objets les uns dans les autres", name)
            extra[name] = member
        elif member is not None:
            try:
                members[rule[0]] = rule[1](member)
            except Invalid as error:
                raise error.within(name) from None
    return members, extra


def _check_own(extra: dict[str, Any]) -> None:
    for name in OWN.keys() & extra.keys():
        try:
            items = () if extra[name] is None else OWN[name](extra[name])
        except Invalid as error:
            raise error.within(name) from None
        # at the place it had: an export read and exported again is the same bytes
        extra[name] = list(items)
        if not items:
            del extra[name]


def _depth(value: Any) -> int:
    """Return how deep lists and objects are nested."""
    depth = 0
    inside = [value]
    while inside := [item for item in inside if type(item) in (dict, list)]:
        depth += 1
        inside = [
            child for item in inside for child in (item.values() if type(item) is dict else item)
        ]
    return depth


def _sections(value: Any) -> tuple[Section, ...]:
    sections = []
    for place, item in enumerate(_objects(value, "sections")):
        try:
            members, extra = _members(item, SECTION)
            section = Section(extra=extra, **members)
            for at, embed in enumerate(section.embeds):
                if not embed.start <= embed.end <= len(section.text):
                    raise Invalid("sort du texte de la section", f"embeds[{at}]")
        except Invalid as error:
            raise error.within(f"sections[{place}]") from None
        sections.append(section)
    return tuple(sections)


def _objects(value: Any, name: str) -> Sequence[dict[str, Any]]:
    if value is None:
        return ()
    if type(value) is not list:
        raise Invalid("une liste est attendue", name)
    for place, item in enumerate(value):
        if type(item) is not dict:
            raise Invalid("un objet est attendu", f"{name}[{place}]")
    return value


def _comments(
    value: Any, article: str, remarks: list[Remark], publication: Publication
) -> tuple[Comment, ...]:
    names = CommentNames(article)
    places: dict[str, int] = {}
    comments = []
    for place, item in enumerate(_objects(value, "comments")):
        try:
            comment = _comment(item, article, names, remarks, publication)
            if comment.id in places:
                raise Invalid(f"c'est déjà celui de comments[{places[comment.id]}]", "id")
        except Invalid as error:
            raise error.within(f"comments[{place}]") from None
        places[comment.id] = place
        comments.append(comment)
    return tuple(comments)


def _comment(
    value: dict[str, Any],
    article: str,
    names: CommentNames,
    remarks: list[Remark],
    publication: Publication,
) -> Comment:
    members, extra = _members(value, COMMENT)
    _settle_state(members, extra, publication)
    if extra and (private := _PRIVATE & extra.keys()):
        names_left = ", ".join(sorted(private))
        remarks.append(Remark("private", f"données personnelles laissées de côté : {names_left}"))
        extra = {name: member for name, member in extra.items() if name not in private}
    parent = members.pop("parent_id", None)
    if parent is not None and parent != "0":
        members["parent_id"] = full_comment_id(article, parent)
    if "edited" not in members:
        modified = members.get("date_modified")
        members["edited"] = modified is not None and modified != members.get("date_published")
    native = members.pop("id", None)
    if native is None:
        date = members.get("date_published") or members.get("date_shown") or ""
        name = names.next(date, members.get("author"), members.get("text", ""))
    else:
        name = full_comment_id(article, native)
    return Comment(id=name, extra=extra, **members)


def _settle_state(
    members: dict[str, Any], extra: Mapping[str, Any], publication: Publication
) -> None:
    """Give a comment the format's own words for its state and its kind, when it is published."""
    states = [("status", members["status"])] if members.get("status") is not None else []
    state = withheld([*states, *extra.items()], publication)
    if state is not None:
        members["status"] = "deleted" if members.get("status") == "deleted" else state
    elif states:
        members["status"] = "approved"
    if (kind := members.get("kind")) is not None and publication.allows_of(kind, ["comment"]):
        members["kind"] = "comment"


def state_of(value: Mapping[str, Any], publication: Publication) -> str | None:
    """Return the state that hides an article from readers; None when nothing does.

    Other programs give it beside the article's members, or in an object among them.

    >>> state_of({"headline": "Sora", "meta": {"status": "draft"}}, Publication())
    'draft'
    """
    inside = [value[name] for name in _CONTAINERS if type(value.get(name)) is dict]
    pairs = [
        pair
        for container in (value, *inside)
        for pair in container.items()
        if pair[0] not in ARTICLE
    ]
    if is_protected(pairs) and not publication.allows_of(PROTECTED, ()):
        return PROTECTED
    return withheld(pairs, publication)


def _remark(article: Article, value: dict[str, Any], remarks: list[Remark]) -> None:
    """Add a remark on each member of an article that somebody should check."""
    count = len(article.comments)
    if article.comment_count is not None and article.comment_count != count:
        sentence = plural(article.comment_count, "commentaire annoncé", "commentaires annoncés")
        remarks.append(Remark("comment_count", f"{sentence}, {count} dans le fichier"))
    if _without_offset(value):
        remarks.append(Remark("zone", "dates sans décalage horaire, lues à l'heure de Paris"))
    _, opened, orphans = thread_depths(article.comments)
    if opened:
        remarks.append(Remark("circle", "des commentaires se répondent en rond"))
    if orphans:
        sentence = plural(
            orphans, "réponse à un commentaire absent", "réponses à des commentaires absents"
        )
        remarks.append(Remark("orphan", sentence))
    remarks += _unsearched(article)


_WORDS_OF_A_TEXT = 20
"""From which an unknown member reads as a text, whatever its name."""
_TEXTS = frozenset({"text", "texte", "body", "corps", "content", "contenu"})


def _unsearched(article: Article) -> Iterator[Remark]:
    """Remark on what an article without sections, or without comments, has under other names."""
    for name, member in article.extra.items():
        text = member if type(member) is str else ""
        if text and (name in _TEXTS or len(text.split()) >= _WORDS_OF_A_TEXT):
            if not article.sections:
                yield Remark("unsearched", f"« {name} » gardé sans être cherché, faute de sections")
        elif not article.comments and type(member) is list and any(map(_is_comment, member)):
            yield Remark("unsearched", f"« {name} » gardé sans être cherché, faute de comments")


def _is_comment(item: Any) -> bool:
    return type(item) is dict and "author" in item and not _TEXTS.isdisjoint(item)


_TIMES = ("datePublished", "dateModified", "capturedAt", "dateEarliest", "dateLatest")


def _without_offset(value: dict[str, Any]) -> bool:
    if any(strict_json.lacks_offset(value[name]) for name in _TIMES if name in value):
        return True
    comments = value.get("comments") or ()
    return any(
        strict_json.lacks_offset(comment[t]) for comment in comments for t in _TIMES if t in comment
    )


def article_json(article: Article) -> dict[str, Any]:
    """An article as the canonical format writes it: the inverse of `read_article`.

    >>> article_json(Article("a", "Sora", sections=(Section(None, "Texte."),)))["sections"]
    [{'headline': None, 'text': 'Texte.'}]
    """
    members = {**_json(article, ARTICLE), **article.extra}
    members["sections"] = [_section_json(section) for section in article.sections]
    members["comments"] = [_comment_json(comment) for comment in article.comments]
    return members


def _json(value: Any, rules: Mapping[str, Rule]) -> dict[str, Any]:
    members = {}
    for name, (attribute, _) in rules.items():
        member = getattr(value, attribute)
        if member is not None and member != () and member is not False:
            members[name] = list(member) if isinstance(member, tuple) else member
    return members


def _section_json(section: Section) -> dict[str, Any]:
    members = {"headline": None, **_json(section, SECTION), **section.extra}
    if section.embeds:
        members["embeds"] = [embed.as_json() for embed in section.embeds]
    return members


def _comment_json(comment: Comment) -> dict[str, Any]:
    members = {**_json(comment, COMMENT), **comment.extra}
    members.setdefault("parent_id", None)
    modified = comment.date_modified
    if not comment.edited and modified is not None and modified != comment.date_published:
        members["edited"] = False
    if comment.citation:
        members["citation"] = [_quote_json(quote) for quote in comment.citation]
    return members


def _quote_json(quote: Quote) -> dict[str, Any]:
    members = {"text": quote.text, "author": quote.author, "ref": quote.ref}
    return {name: value for name, value in members.items() if value is not None}
