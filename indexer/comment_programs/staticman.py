"""Which comments are in the data files of a static site (Staticman, Jekyll, Hugo)?

A file holds a comment, or all those of a page: `_data/comments/<page>/entry123.yml`, in YAML or
in JSON. The folder names the page by the end of its address, and the pieces of its thread are
put together by `gather`. Addresses of e-mail, and what is computed from them, are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path, PurePath, PurePosixPath
from typing import IO, Any

import orjson

from indexer.article import PIECE_OF_PARTIAL, Article, addresses, withheld
from indexer.canonical import Object, lenient_json
from indexer.files import PACKED, CapturedFile, FileFormat, opening
from indexer.markup import marked
from indexer.reporting import LeftAside, Outcome, Rank, Skipped
from indexer.text import decode
from indexer.threads import Answer, comments, display_name, identifier
from indexer.times import machine_time

_LARGEST = 32 << 20
_DEEPEST = 100
"""Lists and objects one inside the other, as in `files.json_stream`."""
_SUFFIXES = (".yml", ".yaml", ".json")
_FOLDERS = frozenset({"comments", "_comments", "commentaires", "_commentaires"})
_TEXTS = ("message", "body", "comment", "text", "content", "texte", "commentaire")
_PEOPLE = ("name", "author", "author_name", "nom", "auteur")
_PAGES = ("slug", "post_id", "page_id", "post_slug", "page_slug", "post", "page", "permalink")
_ANSWERED = (
    *("reply_to", "replying_to_uid", "replying_to_id", "replying_to", "in_reply_to"),
    *("parent_id", "parent", "reply_thread"),
)
"""What names the comment that is answered, the surest first."""
_IDENTITY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{18,23}|[0-9a-f]{24,40}", re.IGNORECASE)
_KEY = re.compile(rb"(?m)^(?:- |  )?([A-Za-z_]\w{0,30}) *:")
_DATED = re.compile(r"\d{4}-\d\d-\d\d-")


class StaticmanFormat(FileFormat):
    """The reader of comments kept as files."""

    name = "staticman"
    rank = Rank.COMMENTS

    def named(self, suffix: str, head: bytes) -> bool:
        """Return whether the name says YAML, and the content a comment.

        >>> StaticmanFormat().named(".yml", b"name: Yann\\nmessage: Oui.\\ndate: 1471823346\\n")
        True
        """
        if suffix not in _SUFFIXES[:2]:
            return False
        keys = {key.decode().lower() for key in _KEY.findall(head)}
        has_comment = bool(keys & set(_TEXTS)) and bool(keys & set(_PEOPLE))
        return has_comment and bool(keys & {"_id", "id", "date", "email"})

    def fits(self, head: bytes) -> bool:
        """Return whether the file is a comment by what Staticman writes in each.

        >>> StaticmanFormat().fits(b'{"_id": "a", "name": "Yann", "message": "Oui."}')
        True
        """
        if opening.names(head, "_id"):
            text = any(opening.names(head, name) for name in _TEXTS)
            return text and any(opening.names(head, name) for name in _PEOPLE)
        return re.match(rb"(?:---\s+)?(?:- )?_id *:", head) is not None and self.named(".yml", head)

    def outcomes(self, file: CapturedFile, opened: IO[bytes]) -> Iterator[Outcome]:
        """A piece of the thread of each page."""
        data = opened.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            yield Skipped(file.name, f"fichier de plus de {_LARGEST >> 20} Mio")
            return
        value = _parsed(data)
        if isinstance(value, str):
            yield Skipped(file.name, value)
            return
        place = _Place(file)
        left_aside = LeftAside()
        threads: dict[str, list[Answer]] = {}
        for name, comment in _each(value, place.stem):
            state = withheld(comment.items(), self._options.publication)
            if state is not None:
                left_aside.add("unpublished", value=state)
                continue
            page, answer = place.answer(name, comment)
            threads.setdefault(page, []).append(answer)
        for page, answers in threads.items():
            yield _piece(page, answers)
        yield from left_aside.remarks(file.name)
        if not threads and not left_aside.count("unpublished"):
            yield Skipped(file.name, "aucun commentaire dans ce fichier")


def _parsed(data: bytes) -> Any:
    """The value of a file, all of it as texts; or why there is none, as a text."""
    text = decode(data)[0].replace("\0", "")
    if text.lstrip()[:1] in ("{", "["):
        try:
            return opening.parsed(text.encode("utf-8", "replace"))
        except orjson.JSONDecodeError:
            # YAML may begin so too
            pass
    # imported when a file of YAML is read, and not by every command
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        if _is_deep(yaml.parse(text, Loader=loader)):
            return f"plus de {_DEEPEST} listes ou objets les uns dans les autres"
        # neither dates nor numbers are guessed: a name may be « 2024-03-02 », or « no »
        value = yaml.load(text, Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line_note = f" (ligne {mark.line + 1})" if mark is not None else ""
        return f"YAML mal formé{line_note}"
    except (RecursionError, ValueError):
        return "YAML mal formé"
    return value if isinstance(value, dict | list) else "aucun commentaire dans ce fichier"


def _is_deep(events: Iterator[Any]) -> bool:
    """Whether lists and objects go too deep. PyYAML 6.0.3's C loader builds them by recursion,
    and some 30,000 of them overflow its stack."""
    import yaml

    depth = 0
    for event in events:
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                return True
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return False


def _each(value: Any, stem: str) -> Iterator[tuple[str, Object]]:
    """The comments of a file, each with a name of its own in its folder.

    A comment alone, a list of them, or an object of them by their names.

    >>> [name for name, _ in _each({"c1": {"message": "Oui."}, "c2": {"message": "Non."}}, "x")]
    ['c1', 'c2']
    """
    if isinstance(value, list):
        for place, comment in enumerate(value):
            if isinstance(comment, dict):
                yield f"{stem}-{place + 1}", comment
    elif _first(value, _TEXTS):
        yield stem, value
    else:
        for name, comment in value.items():
            if isinstance(comment, dict) and _first(comment, _TEXTS):
                yield str(name), comment


def _first(members: Object, names: tuple[str, ...]) -> str:
    """What the first of these members says that says something."""
    for name in names:
        text = lenient_json.text(members.get(name)).strip()
        if text and text.lower() not in ("null", "~"):
            return text
    return ""


class _Place:
    """What the path of a file tells: the page of its comments, and others beside."""

    def __init__(self, file: CapturedFile) -> None:
        path = PurePosixPath(file.name.replace("\\", "/"))
        while path.suffix.lower() in (*PACKED, *_SUFFIXES):
            path = path.with_suffix("")
        self.stem = path.name
        folders = list(path.parts[:-1])
        at = max((n for n, name in enumerate(folders) if name.lower() in _FOLDERS), default=None)
        inside = [] if at is None else folders[at + 1 :]
        self._page = "/".join(inside) or ("" if at is None else self.stem)
        on_disk = PurePath(file.name).name == file.path.name
        self._folder = file.path.parent if on_disk and inside else None

    def answer(self, name: str, comment: Object) -> tuple[str, Answer]:
        """The page of a comment, and the comment."""
        above = _first(comment, ("_parent",))
        page = _first(comment, _PAGES)
        parent = _first(comment, _ANSWERED)
        if _IDENTITY.fullmatch(above):
            parent = parent or above
            above = ""
        if parent.isdecimal() and len(parent) < 6 and self._folder is not None:
            parent = self._numbered(int(parent)) or parent
        stamp = _first(comment, ("date", "timestamp", "created_at", "created"))
        return page or self._page or above or self.stem, Answer(
            name=identifier(_first(comment, ("_id", "id", "uid")) or name),
            parent=identifier(parent),
            author=display_name(_first(comment, _PEOPLE)),
            published=machine_time(stamp),
            words=marked(_first(comment, _TEXTS)),
        )

    def _numbered(self, number: int) -> str:
        """The comment of this number among those of the page that answer none, from 1.

        So writes the theme Minimal Mistakes (4.24): `replying_to` counts the files by their names.
        """
        if self._folder is None:
            return ""
        try:
            changed = self._folder.stat().st_mtime_ns
        except OSError:
            return ""
        roots = _roots(self._folder, changed)
        return roots[number - 1] if 0 < number <= len(roots) else ""


@lru_cache(maxsize=8)
def _roots(folder: Path, changed: int) -> tuple[str, ...]:
    """The names of the comments of a folder that answer none, in the order of their files."""
    names = []
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES)
        for path in paths:
            comment = _parsed(path.read_bytes()[:_LARGEST])
            if isinstance(comment, dict) and not _first(comment, _ANSWERED):
                names.append(identifier(_first(comment, ("_id", "id", "uid")) or path.stem))
    except OSError:
        return ()
    return tuple(names)


def _piece(page: str, answers: list[Answer]) -> Article:
    """Some comments of a page, known by its address or by the end of it."""
    known_page = addresses.page(page)
    is_address = known_page is not None
    last = page.rstrip("/").rpartition("/")[2] if not is_address else addresses.slug(page)
    headline = addresses.title("/" + _DATED.sub("", last)).strip("/") or "Sans titre"
    name = identifier(f"staticman:{known_page.whole if known_page else page.strip('/')}")
    return Article(
        id=name,
        headline=headline,
        url=page if known_page is not None and known_page.host else None,
        same_as=(known_page.path,) if known_page is not None and not known_page.host else (),
        comments=comments(name, answers, "staticman"),
        extra={"completeness": PIECE_OF_PARTIAL, "slug": addresses.slug("/" + last) or last},
    )
