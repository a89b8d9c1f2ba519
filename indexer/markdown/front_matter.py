"""What does a Markdown file say of itself before its text, and where does its text begin?

Between `---` (YAML) or `+++` (TOML), as a JSON object, in a fenced block, as bare lines
"Title: …" up to a blank one, down to a `---` that nothing opens (Hexo), or in a comment of lines
".. title: …" (Nikola). YAML that is none (`title: Sora : la suite`) is read line by
line. Values are texts, or lists of texts: neither dates nor truth are guessed here.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

_LONGEST = 65536
_YAML = re.compile(r"---[ \t]*\n(?P<content>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.M)
_TOML = re.compile(r"\+\+\+[ \t]*\n(?P<content>.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.M)
_FENCED = re.compile(
    r"(?P<fence>```|~~~)[ \t]*\n(?P<content>.*?)^(?P=fence)[ \t]*(?:\n|\Z)", re.DOTALL | re.M
)
_UNOPENED = re.compile(r"(?P<content>(?!#)(?:(?!---|;;;)[^\n]*\n)+)(?:-{3,}|;{3,})[ \t]*(?:\n|\Z)")
_NIKOLA = re.compile(r"(?:<!--\s*)?(?P<content>(?:\.\. [\w-]{1,40}:[^\n]*\n)+)\s*(?:-->)?")
_KEY = re.compile(r"([A-Za-zÀ-ÿ][\wÀ-ÿ -]{0,39}?)[ \t]*:(?:[ \t]+(.*)|)$")
_TOML_KEY = re.compile(r"([\w.-]{1,40})[ \t]*=[ \t]*(.*)$")
_LONG_KEY = re.compile(r"(?:[\w\"'-]{1,100}[ \t]*\.[ \t]*){50}")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)$")
_IN_HEADER = re.compile(rf"\s|#|{_ITEM.pattern}|{_KEY.pattern}")
_OF_PROGRAM = re.compile(rf"\s|$|{_ITEM.pattern}|[a-z][\w-]{{0,39}}:(?:\s|$)")
"""Lines of a header in several blocks: names in small letters, unlike « Zoé : non »."""
_TITLES = frozenset({"title", "titre"})
_WITH = frozenset({"url", "date", "author", "authors", "auteur", "tags", "category", "slug"})
_PROPERTIES = _WITH | {"status", "statut", "created", "date_de_publication", "published", "créé_le"}
_INSIDE = ("taxonomies", "taxonomy", "params", "extra")


class FrontMatter(NamedTuple):
    """`members`: small letters and `_` for names; `text` is the rest, which begins at line `line`.

    amiss: what is wrong with it, "" for nothing. header: whether its lines are those of an
    archive, where lists are sentences ("a, b et c").
    """

    members: dict[str, str | list[str]]
    text: str
    line: int = 1
    amiss: str = ""
    header: bool = False


def front_matter(text: str, *, is_named: bool = True) -> FrontMatter | None:
    """Return the front matter of a text; None when it has none.

    is_named: the file is known to be Markdown; else only what cannot be anything else counts.

    >>> front = front_matter("---\\ntitle: Sora : la suite\\ntags: [ia, droit]\\n---\\nTexte.")
    >>> front.members["title"], front.text, front.line
    ('Sora : la suite', 'Texte.', 5)
    """
    text = text.lstrip("\ufeff")
    start = text.lstrip("\n")
    blank = len(text) - len(start)
    for pattern, parse in ((_YAML, _yaml), (_TOML, _toml), (_FENCED, _fenced)):
        match = pattern.match(start[: _LONGEST + 8])
        reading = parse(match["content"]) if match else None
        if match and reading is not None:
            members, amiss = reading
            line = 1 + blank + match[0].count("\n")
            return FrontMatter(members, start[match.end() :], line, amiss, pattern is _FENCED)
    if (read := _reader_header(start, blank)) is not None:
        return read
    if not is_named:
        return _header(start, blank, is_named)
    if (read := _lines_above(start, blank)) is not None:
        return read
    return _json(start, blank) or _properties(start, blank) or _header(start, blank, is_named)


Parsed = tuple[dict[str, str | list[str]], str] | None


def _yaml(text: str) -> Parsed:
    first = next((line for line in text.split("\n") if line.strip() and line[0] != "#"), "")
    if first and not _KEY.match(first):
        return None
    # imported when a front matter is read, and not by every command
    import yaml

    try:
        # every value as the text it is written with: no dates, no "no" for false
        value = yaml.load(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError, TypeError, AttributeError) as error:
        mark = getattr(error, "problem_mark", None)
        place = "" if mark is None else f" (ligne {mark.line + 2})"
        return _lines(text), f"l'en-tête n'est pas du YAML{place} : lu ligne par ligne"
    if value is None or value == "":
        return {}, ""
    return (_flat(value), "") if isinstance(value, dict) else None


def _toml(text: str) -> Parsed:
    try:
        if _LONG_KEY.search(text):
            # the library keeps each beginning of a key: the square of its parts in memory
            raise ValueError("a key of too many parts")
        return _flat(tomllib.loads(text)), ""
    except (tomllib.TOMLDecodeError, RecursionError, ValueError, TypeError) as error:
        members = {
            match[1].lower(): match[2].strip().strip("\"'")
            for line in text.split("\n")
            if (match := _TOML_KEY.match(line.strip()))
        }
        place = str(error).partition("(at")[2].rstrip(")").strip()
        fault_place = f" ({place})" if place.startswith("line") else ""
        fault_place = fault_place.replace("line", "ligne").replace("column", "colonne")
        return dict(members), f"l'en-tête n'est pas du TOML{fault_place} : lu ligne par ligne"


def _fenced(text: str) -> Parsed:
    members = _lines(text)
    return (
        (members, "") if not _TITLES.isdisjoint(members) and not _WITH.isdisjoint(members) else None
    )


def _lines_above(start: str, blank: int) -> FrontMatter | None:
    """Return what stands above a `---` or `;;;` that nothing opens, or in lines of Nikola's."""
    for pattern, parse in ((_NIKOLA, _nikola), (_UNOPENED, _unopened)):
        match = pattern.match(start[:_LONGEST])
        members, amiss = (match and parse(match["content"])) or ({}, "")
        if match and not _TITLES.isdisjoint(members) and not _WITH.isdisjoint(members):
            line = 1 + blank + match[0].count("\n")
            return FrontMatter(members, start[match.end() :], line, amiss)
    return None


def _nikola(text: str) -> Parsed:
    return _lines(re.sub(r"(?m)^\.\. ", "", text)), ""


def _unopened(text: str) -> Parsed:
    if text.startswith('"'):
        front = _json(f"{{{text}}}", 0)
        return (front.members, "") if front is not None else None
    lines = text.split("\n")[:-1]
    form = _IN_HEADER if all(lines) else _OF_PROGRAM
    # a text whose last line is underlined, or whose second part is under a rule
    return _yaml(text) if all(map(form.match, lines)) else None


def _json(start: str, blank: int) -> FrontMatter | None:
    if not start.startswith("{"):
        return None
    try:
        value, end = json.JSONDecoder().raw_decode(start[:_LONGEST])
    except (ValueError, RecursionError):
        return None
    return FrontMatter(_flat(value), start[end:], 1 + blank + start.count("\n", 0, end))


def _header(start: str, blank: int, is_named: bool) -> FrontMatter | None:
    """Return a header of bare lines of names and values, up to a blank line."""
    head, _, text = start.partition("\n\n")
    if len(head) > _LONGEST or not _KEY.match(head.partition("\n")[0]):
        return None
    lines = head.split("\n")
    if not all(_KEY.match(line) or line[:1] in " \t" for line in lines):
        return None
    members = _lines(head)
    if _TITLES.isdisjoint(members) or not (is_named or len(_WITH & members.keys()) > 1):
        return None
    return FrontMatter(members, text, blank + len(lines) + 2, header="url" in members)


def _properties(start: str, blank: int) -> FrontMatter | None:
    """Return the properties that Notion writes under the title: "Date: 2 mars 2024"."""
    title = re.match(r"# (?P<title>[^\n]{1,500})\n+", start)
    if title is None:
        return None
    head, _, text = start[title.end() :].partition("\n\n")
    lines = head.split("\n")
    if len(head) > _LONGEST or not all((match := _KEY.match(line)) and match[2] for line in lines):
        return None
    members = _lines(head)
    if _TITLES & members.keys() or not _PROPERTIES & members.keys():
        return None
    line = 1 + blank + title[0].count("\n") + len(lines) + 1
    return FrontMatter({"title": title["title"].strip(), **members}, text, line)


_OF_READER = re.compile(
    r"Title: (?P<title>[^\n]{1,1000})\n+URL Source: (?P<url>\S{1,2000})\n+"
    r"(?:(?!Markdown Content)[A-Z][\w ]{1,40}: [^\n]{0,500}\n+){0,5}+Markdown Content:[ \t]*\n"
)
_PUBLISHED = re.compile(r"^Published Time: (.+)$", re.M)


def _reader_header(start: str, blank: int) -> FrontMatter | None:
    """Return what Jina's Reader says above the Markdown that it makes of a page."""
    match = _OF_READER.match(start)
    if match is None:
        return None
    members: dict[str, str | list[str]] = {"title": match["title"], "url": match["url"]}
    if published := _PUBLISHED.search(match[0]):
        members["date"] = published[1]
    return FrontMatter(members, start[match.end() :], 1 + blank + match[0].count("\n"))


def _lines(text: str) -> dict[str, str | list[str]]:
    """Return names and values line by line; an indented line continues the value above."""
    members: dict[str, str | list[str]] = {}
    name = ""
    for line in text.split("\n"):
        if match := _KEY.match(line.rstrip()):
            name = _name(match[1])
            value = (match[2] or "").strip()
            if value[:1] + value[-1:] in ("[]",):
                members[name] = [part.strip(" \"'") for part in value[1:-1].split(",")]
            else:
                members[name] = value.strip("\"'") if value[:1] in "\"'" else value
        elif name and (item := _ITEM.match(line)):
            former_value = members[name]
            items = (
                former_value
                if isinstance(former_value, list)
                else [former_value]
                if former_value
                else []
            )
            # in place: a list may have thousands of items
            items.append(item[1].strip(" \"'"))
            members[name] = items
        elif name and line[:1] in (" ", "\t") and line.strip():
            former_value = members[name]
            if isinstance(former_value, str):
                members[name] = f"{former_value}, {line.strip()}" if former_value else line.strip()
    return members


def _name(name: Any) -> str:
    return re.sub(r"[\s-]+", "_", str(name).strip().lower())[:60]


def _flat(value: Any, deeper: int = 3) -> dict[str, str | list[str]]:
    """Return names with their texts or lists of texts; tables of Zola and Hugo are flattened.

    deeper: how many tables one inside the other are.
    """
    if not isinstance(value, Mapping) or deeper < 0:
        return {}
    members = {
        _name(name): flat for name, member in value.items() if (flat := _texts(member)) is not None
    }
    for inside in _INSIDE:
        for name, flat in _flat(value.get(inside), deeper - 1).items():
            members.setdefault(name, flat)
    return members


def _texts(value: Any) -> str | list[str] | None:
    if isinstance(value, list | tuple):
        return [text for item in value[:1000] for text in _items(item)]
    return next(_items(value), None) if not isinstance(value, Mapping) else list(_items(value))


def _items(value: Any) -> Iterator[str]:
    """Return the texts of a value; a person written as a table is returned by name."""
    if isinstance(value, Mapping):
        names = (value.get(name) for name in ("name", "nom", "display_name", "title"))
        value = next((text for text in names if isinstance(text, str)), None)
    if isinstance(value, list):
        # a link of Obsidian without quotation marks: [[Zoé Roux]]
        yield from (text for item in value[:10] if isinstance(item, str) for text in _items(item))
    elif isinstance(value, bool):
        yield "true" if value else "false"
    elif isinstance(value, datetime | date):
        yield value.isoformat()
    elif isinstance(value, str | int | float):
        # an escape may be half of a character
        yield str(value)[:20_000].encode("utf-8", "replace").decode()
