"""Somebody was forgotten: does their thread, given again by another source, bring anything back?"""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

from glose import main
from index import engines
from index.keeping.rewriting import everything

URL = "https://phare.example/2024/digue/"
BODY = "Le port attend sa digue depuis dix ans, et la mairie compte encore ses sous. " * 8
LINE = "Cette jetée de scarabeidaire ne tiendra pas trois hivers, croyez-en un vieux maçon."
SHORT = "Scarabeidaire, va !"


class Comment(NamedTuple):
    """A comment of the thread."""

    number: int
    author: str
    text: str
    quote: str = ""


def thread(name: str) -> list[Comment]:
    return [
        Comment(1, name, LINE),
        Comment(2, "Alice", f"@{name} : la digue, si. Et {name} exagère."),
        Comment(3, "Bob", "Bien dit.", LINE),
        Comment(4, name, SHORT),
    ]


def reindexed(name: str) -> list[Comment]:
    """The thread as it comes later: what others made of his words since."""
    return [
        *thread(name),
        Comment(5, "Carole", f"D’accord avec @{name} : {LINE} Rien à ajouter."),
        Comment(6, "Denis", f"Quand je lis « {LINE[:-1]} », je ris."),
        Comment(7, "Emma", "Oui.", SHORT),
        Comment(8, "Fanny", LINE.upper()),
        Comment(9, "Gildas", f"Et {name} de conclure."),
    ]


def html(comments: list[Comment]) -> str:
    def item(comment: Comment) -> str:
        quote = f"<blockquote><p>{escape(comment.quote)}</p></blockquote>" if comment.quote else ""
        return (
            f'<li id="comment-{comment.number}" class="comment">'
            f'<article id="div-comment-{comment.number}" class="comment-body">'
            '<footer class="comment-meta"><div class="comment-author vcard">'
            f'<b class="fn">{escape(comment.author)}</b></div><div class="comment-metadata">'
            f'<time datetime="2025-01-0{comment.number}T10:00:00+01:00">un jour</time></div>'
            f'</footer><div class="comment-content">{quote}<p>{escape(comment.text)}</p></div>'
            "</article></li>"
        )

    return (
        '<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Digue - Phare</title>'
        f'<link rel="canonical" href="{URL}"/><meta property="og:type" content="article"/>'
        '<meta property="article:published_time" content="2025-01-01T09:00:00+01:00"/></head>'
        f"<body><article><h1>Digue</h1><p>{BODY}</p></article>"
        f'<ol class="comment-list">{"".join(map(item, comments))}</ol></body></html>'
    )


def wxr(comments: list[Comment]) -> str:
    def item(comment: Comment) -> str:
        quote = f"<blockquote>{escape(comment.quote)}</blockquote>" if comment.quote else ""
        return (
            f"<wp:comment><wp:comment_id>{comment.number}</wp:comment_id>"
            f"<wp:comment_author><![CDATA[{comment.author}]]></wp:comment_author>"
            f"<wp:comment_date_gmt>2025-01-0{comment.number} 09:00:00</wp:comment_date_gmt>"
            f"<wp:comment_content><![CDATA[{quote}{escape(comment.text, False)}]]>"
            "</wp:comment_content><wp:comment_approved>1</wp:comment_approved>"
            "<wp:comment_parent>0</wp:comment_parent></wp:comment>"
        )

    return (
        '<?xml version="1.0" encoding="UTF-8" ?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Phare</title>'
        "<link>https://phare.example</link><wp:wxr_version>1.2</wp:wxr_version>"
        "<wp:base_site_url>https://phare.example</wp:base_site_url>"
        "<wp:base_blog_url>https://phare.example</wp:base_blog_url>"
        f"<item><title>Digue</title><link>{URL}</link>"
        f"<content:encoded><![CDATA[{BODY}]]></content:encoded><wp:post_id>7</wp:post_id>"
        "<wp:post_date_gmt>2025-01-01 08:00:00</wp:post_date_gmt><wp:status>publish</wp:status>"
        f"<wp:post_type>post</wp:post_type>{''.join(map(item, comments))}</item></channel></rss>"
    )


def disqus(comments: list[Comment]) -> str:
    def item(comment: Comment) -> str:
        quote = f"<blockquote>{escape(comment.quote)}</blockquote>" if comment.quote else ""
        message = f"{quote}<p>{escape(comment.text, False)}</p>"
        return (
            f'<post dsq:id="{9000 + comment.number}"><message><![CDATA[{message}]]></message>'
            f"<createdAt>2025-01-0{comment.number}T09:00:00Z</createdAt>"
            "<isDeleted>false</isDeleted><isSpam>false</isSpam>"
            f"<author><name>{escape(comment.author)}</name></author>"
            '<thread dsq:id="501"/></post>'
        )

    return (
        '<?xml version="1.0" encoding="utf-8"?><disqus xmlns="http://disqus.com" '
        'xmlns:dsq="http://disqus.com/disqus-internals"><thread dsq:id="501"><id/>'
        f"<link>{URL}</link><title>Digue</title><isDeleted>false</isDeleted></thread>"
        f"{''.join(map(item, comments))}</disqus>"
    )


def table(comments: list[Comment]) -> str:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(
        ["titre", "url", "commentaire", "commentateur", "date du commentaire", "date", "texte"]
    )
    for comment in comments:
        quote = f"> {comment.quote}\n\n" if comment.quote else ""
        day = f"0{comment.number}/01/2025 10:00"
        rows.writerow(["Digue", URL, quote + comment.text, comment.author, day, "01/01/2025", BODY])
    return out.getvalue()


def canonical(comments: list[Comment]) -> str:
    return json.dumps(
        {
            "id": "ex:digue", "headline": "Digue", "url": URL,
            "datePublished": "2025-01-01T09:00:00+01:00",
            "sections": [{"text": BODY}],
            "comments": [
                {
                    "id": f"{comment.number}", "author": comment.author, "text": comment.text,
                    "datePublished": f"2025-01-0{comment.number}T10:00:00+01:00",
                    "citation": [{"text": comment.quote}] if comment.quote else [],
                    "headline": comment.text if comment.number > 4 else None,
                }
                for comment in comments
            ],
        },
        ensure_ascii=False,
    ) + "\n"  # fmt: skip


def page_text(comments: list[Comment]) -> str:
    thread_text = "".join(
        f"Le 0{comment.number}/01/2025 à 10h00\n"
        f"{f'« {comment.quote} »' + chr(10) if comment.quote else ''}{comment.text}\n"
        for comment in comments
    )
    return (
        f"Digue\nLe port attend.\nLe 01 janvier 2025 à 09h00\n2 min\nSociété\n{BODY.strip()}\n"
        f"Commentaires ({len(comments)})\nVous devez être abonné pour pouvoir commenter.\n"
        f"Déjà abonné ? Se connecter\nAbonnez-vous{thread_text}"
    )


Written = Callable[[list[Comment]], str]
FORMATS: dict[str, Written] = {
    "page.html": html,
    "export.xml": wxr,
    "disqus.xml": disqus,
    "table.csv": table,
    "articles.jsonl": canonical,
    "page.txt": page_text,
}
SIGNED = {name: form for name, form in FORMATS.items() if name != "page.txt"}


def run(*words: str | Path, code: int | tuple[int, ...] = 0) -> str:
    result = CliRunner().invoke(main, [*map(str, words)])
    codes = (code,) if isinstance(code, int) else code
    assert result.exit_code in codes, result.output + repr(result.exception)
    return result.stdout


def index(where: Path, form: str, comments: list[Comment]) -> None:
    source = where.with_name(form)
    source.write_text(FORMATS[form](comments))
    run("index", source, "--index", where)


def forget(where: Path, name: str) -> dict[str, Any]:
    receipt: dict[str, Any] = json.loads(run("forget", "--commenter", name, "--index", where))
    return receipt


def comments_of(where: Path) -> str:
    """All that the comments of an index hold, in lower case without accents."""
    engine = engines.open(str(where))
    try:
        comments = [
            json.dumps([record.author, record.heading, record.text,
                        [quote.text for quote in record.quotes], record.extra],
                       ensure_ascii=False, default=str)
            for record in everything(engine.reader())
            if record.kind == "comment"
        ]  # fmt: skip
    finally:
        engine.close()
    text = unicodedata.normalize("NFKD", "\n".join(comments))
    return "".join(sign for sign in text if not unicodedata.combining(sign)).casefold()


NAME = "Zébulon_33"
PAIRS = [
    ("page.html", "export.xml"),
    ("page.html", "page.txt"),
    ("export.xml", "disqus.xml"),
    ("export.xml", "table.csv"),
    ("disqus.xml", "page.html"),
    ("disqus.xml", "page.txt"),
    ("table.csv", "articles.jsonl"),
    ("articles.jsonl", "page.html"),
]
# how a later source writes a name
WRITINGS = [
    ("Sœur Anne", "Soeur Anne"),
    ("L'Ami du port", "L’Ami du port"),
    ("Jean-Marc_2", "Jean‑Marc_2"),
    ("Zoé Martin", unicodedata.normalize("NFD", "Zoé Martin")),
    ("Zoé Martin", "ZOÉ\u00a0MARTIN"),
    ("Zoé Martin", "Zo\u00adé\u200b Martin\ufeff"),
]


def bare(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).replace("œ", "oe").casefold()
    return "".join(sign for sign in letters if sign.isalnum())


def is_gone(where: Path, *names: str) -> None:
    comments = comments_of(where)
    assert "scarab" not in comments
    assert not [name for name in names if bare(name) in bare(comments)], comments


@pytest.mark.parametrize(("first", "later"), PAIRS)
def test_nothing_comes_back_from_another_source(first: str, later: str, tmp_path: Path) -> None:
    where = tmp_path / "x.index"
    index(where, first, thread(NAME))
    assert "scarab" in comments_of(where)
    receipt = forget(where, NAME)
    assert receipt["clean"]
    assert receipt["replaced"]["comments"] == 2
    is_gone(where, NAME)
    index(where, later, reindexed(NAME))
    is_gone(where, NAME)
    second = forget(where, NAME)
    assert second["clean"]
    assert second["replaced"]["comments"] == second["replaced"]["copies"] == 0
    # the others are whole
    assert "d’accord avec" in comments_of(where)
    assert "je ris" in comments_of(where)


@pytest.mark.parametrize(("name", "other_writing"), WRITINGS)
def test_nor_under_another_writing_of_the_name(
    name: str, other_writing: str, tmp_path: Path
) -> None:
    where = tmp_path / "x.index"
    index(where, "export.xml", thread(name))
    assert forget(where, other_writing)["replaced"]["comments"] == 2
    is_gone(where, name)
    index(where, "page.html", reindexed(other_writing))
    is_gone(where, name, other_writing)
    assert forget(where, name)["clean"]


WORDS = "Le cœur de cette jetée de scarabeidaire ne tiendra pas trois hivers, croyez-moi."


@pytest.mark.parametrize(
    "copy",
    [
        WORDS.replace("œ", "oe"),
        WORDS.replace("jetée", "_jetée_"),
        WORDS.replace("jetée", "**je\u00adtée**"),
        WORDS.replace("jetée", "jet\u200bée"),
        WORDS.replace(" ", "\u202f"),
    ],
)
def test_nor_his_words_written_otherwise(copy: str, tmp_path: Path) -> None:
    where = tmp_path / "x.index"
    index(where, "export.xml", [Comment(1, NAME, WORDS)])
    forget(where, NAME)
    index(where, "table.csv", [Comment(2, "Alice", f"Il disait : {copy} Voilà.")])
    is_gone(where)
    assert "il disait" in comments_of(where)
    assert forget(where, NAME)["clean"]


@pytest.mark.parametrize("work", ["rebuild", "compact"])
def test_nor_from_what_rewrites_it(work: str, tmp_path: Path) -> None:
    where = tmp_path / "x.index"
    index(where, "export.xml", thread(NAME))
    forget(where, NAME)
    run(work, "--index", where)
    is_gone(where, NAME)
    index(where, "page.html", reindexed(NAME))
    run(work, "--index", where)
    is_gone(where, NAME)


def test_nor_from_an_article_that_was_removed_and_is_given_again(tmp_path: Path) -> None:
    where = tmp_path / "x.index"
    index(where, "export.xml", thread(NAME))
    forget(where, NAME)
    run("delete", "wp:phare.example:7", "--index", where)
    assert comments_of(where) == ""
    # his comments were taken out at the source, what others say of him was not
    index(where, "disqus.xml", [comment for comment in reindexed(NAME) if comment.author != NAME])
    is_gone(where, NAME)
    assert forget(where, NAME)["clean"]


@pytest.mark.parametrize("place", ["over", "beside"])
def test_nor_from_an_old_copy(place: str, tmp_path: Path) -> None:
    where, copy = tmp_path / "x.index", tmp_path / "old.tar"
    index(where, "export.xml", reindexed(NAME))
    run("backup", copy, "--index", where)
    forget(where, NAME)
    target = where if place == "over" else tmp_path / "other.index"
    options = ["--force"] if place == "over" else ["--forgotten", where]
    run("restore", copy, "--index", target, *options)
    is_gone(target, NAME)
    assert NAME not in run("export", "--index", target)
    index(target, "page.html", reindexed(NAME))
    is_gone(target, NAME)
    assert forget(target, NAME)["clean"]


def test_an_old_copy_beside_brings_all_back_when_nobody_is_told(tmp_path: Path) -> None:
    where, copy, other_index = tmp_path / "x.index", tmp_path / "old.tar", tmp_path / "other.index"
    index(where, "export.xml", thread(NAME))
    run("backup", copy, "--index", where)
    forget(where, NAME)
    run("restore", copy, "--index", other_index)
    assert "scarab" in comments_of(other_index)
    # and over it, told afterwards
    run("restore", copy, "--index", other_index, "--force", "--forgotten", where)
    is_gone(other_index, NAME)


def test_who_has_a_longer_name_keeps_it(tmp_path: Path) -> None:
    where = tmp_path / "x.index"
    text = "@Pierre Dupont : oui. Pierre DUPONT, lui, sait. Non, @Pierre. Pierre !"
    other_comments = [Comment(2, "Pierre Dupont", "Bien dit."), Comment(3, "Bob", text)]
    index(where, "export.xml", [Comment(1, "Pierre", LINE), *other_comments])
    assert forget(where, "Pierre")["clean"]
    comments = comments_of(where)
    assert "@pierre dupont : oui. pierre dupont, lui, sait. non, @[...]. [...] !" in comments
    assert forget(where, "pierre")["clean"]


def test_what_everybody_says_stays_theirs(tmp_path: Path) -> None:
    where = tmp_path / "x.index"
    index(where, "export.xml", [Comment(1, "Alice", "Merci beaucoup !"), *thread(NAME)[:1],
                                Comment(3, NAME, "Merci beaucoup !")])  # fmt: skip
    forget(where, NAME)
    later = [Comment(1, "Alice", "Merci beaucoup !"), Comment(4, "Bob", "Oui.", "Merci beaucoup !"),
             Comment(5, "Emma", SHORT)]  # fmt: skip
    index(where, "page.html", later)
    comments = comments_of(where)
    assert comments.count("merci beaucoup") == 2
    assert "scarabeidaire, va" in comments
