"""Is a link behind words a link, for the article and for what its readers answered?"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from index import engines
from index.answering import search
from indexer.article.model import Article
from indexer.canonical import jsonl
from indexer.doors.commands import index_command
from indexer.doors.export import export_command
from indexer.markup import marked, sections, words
from indexer.pipeline.sources import read

NOW = datetime(2025, 1, 1, tzinfo=UTC)
WXR = """<rss xmlns:wp="http://wordpress.org/export/1.2/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<wp:base_blog_url>https://a.example</wp:base_blog_url>
<item><title>Un</title><link>https://a.example/un</link><wp:post_id>5</wp:post_id>
<wp:post_type>post</wp:post_type><wp:status>publish</wp:status>
<content:encoded><![CDATA[<p>Rien.</p><h2>Sources</h2>
<p>Voir <a href="https://preuve.example/dossier-noir">le dossier</a>.</p>
<iframe src="https://video.example/embed/znj"></iframe>]]></content:encoded>
<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_approved>1</wp:comment_approved>
<wp:comment_content><![CDATA[<a href="https://t.example/chemin">ici</a>]]></wp:comment_content>
</wp:comment>
<wp:comment><wp:comment_id>2</wp:comment_id><wp:comment_approved>1</wp:comment_approved>
<wp:comment_content><![CDATA[<a href="mailto:z@a.example">Zoé</a> <a href="#haut">haut</a>]]>
</wp:comment_content></wp:comment></item></channel></rss>"""


@pytest.mark.parametrize(
    ("html", "links"),
    [
        ('<a href="https://a.example/x?b=1&amp;c">ici</a>', ("https://a.example/x?b=1&c",)),
        ("<a href='HTTP://A.example'>ici</a> <a href='HTTP://A.example'>là</a>", ("HTTP://A.example",)),
        # an address that is read needs no second place
        ('<a href="https://a.example/">https://a.example/</a>', ()),
        ('<a href="/chemin">ici</a><a href="#x">là</a><a>ou</a>', ()),
        ('<a href="mailto:z@a.example">Zoé</a><a href="tel:0102030405">moi</a>', ()),
        ('<a href="https://z:secret@a.example/">ici</a>', ()),
        # without a scheme, and what is shown in a frame, at once or later
        ('<a href="//a.example/x">ici</a>', ("https://a.example/x",)),
        ('<iframe src="//v.example/embed/1">repli</iframe>', ("https://v.example/embed/1",)),
        ('<iframe src="about:blank" data-src="https://v.example/2"></iframe>', ("https://v.example/2",)),
        # what is quoted is somebody else's
        ('<blockquote><a href="https://b.example/">lui</a></blockquote>moi', ()),
        ("<a href=javascript:alert(1)>ici</a>", ()),
    ],
)  # fmt: skip
def test_links_of_a_comment(html: str, links: tuple[str, ...]) -> None:
    assert words(html).links == links


def test_links_of_markdown() -> None:
    assert marked("Voir [ici](https://a.example/x).").links == ("https://a.example/x",)


def test_links_go_with_their_sections() -> None:
    lead, second = sections(
        '<p><a href="https://a.example/1">un</a></p><h2><a href="https://a.example/2">Deux</a></h2>'
        '<p><a href="https://a.example/3">trois</a></p>'
    )
    assert lead.extra == {"links": ["https://a.example/1"]}
    assert second.extra == {"links": ["https://a.example/2", "https://a.example/3"]}


def test_there_are_not_too_many() -> None:
    many = "".join(f'<a href="https://a.example/{number}">x</a>' for number in range(5000))
    assert len(words(many).links) == 200


@pytest.mark.parametrize("engine", ["{}", "whoosh:{}"])
def test_they_are_found_and_given_back(engine: str, tmp_path: Path) -> None:
    path, where = tmp_path / "a.xml", engine.format(tmp_path / "x.index")
    path.write_text(WXR)
    assert CliRunner().invoke(index_command, [str(path), "--index", where]).exit_code == 0
    reader = engines.open(where).reader()

    def ids_found(question: str) -> list[str]:
        groups = search(reader, question, now=NOW, snippets=False).groups
        return [passage.record.anchor for group in groups for passage in group.passages]

    assert sorted(ids_found("a:lien")) == ["comment-1", "section-1"]
    assert ids_found("lien:t.example") == ["comment-1"]
    assert ids_found("lien:chemin") == ["comment-1"]
    assert ids_found("lien:https://t.example/chemin") == ["comment-1"]
    assert ids_found("lien:preuve.example") == ["section-1"]
    assert ids_found("lien:video.example") == ["section-1"]
    assert ids_found("dossier a:lien") == ["section-1"]
    assert "comment-2" not in ids_found("a:lien")
    # nothing is lost by an export
    exported = CliRunner().invoke(export_command, ["--index", where]).stdout_bytes
    article = jsonl.article(exported)
    assert article.comments[0].extra == {"links": ["https://t.example/chemin"]}
    links = ["https://preuve.example/dossier-noir", "https://video.example/embed/znj"]
    assert article.sections[1].extra == {"links": links}


TYPED = {
    "in a sentence": "Voyez https://typed.example/chemin-noir, dit-on.",
    "alone": "https://typed.example/chemin-noir",
    "in BBCode": "Voyez [url=https://typed.example/chemin-noir]ici[/url].",
    "in quotes in BBCode": 'Voyez [url="https://typed.example/chemin-noir"]ici[/url].',
    "shown by BBCode": "Voyez [url]https://typed.example/chemin-noir[/url].",
    "in HTML left as it is": "Voyez <a href='https://typed.example/chemin-noir'>ici</a>.",
    "in Markdown left as it is": "Voyez [ici](https://typed.example/chemin-noir).",
    "between chevrons": "Voyez <https://typed.example/chemin-noir>.",
    "between quotes": "Voyez «https://typed.example/chemin-noir».",
}


def test_an_address_in_a_text_is_found_as_a_link(tmp_path: Path) -> None:
    """Whatever says where it leads, and in the plain texts of JSON Lines nothing else does."""
    comments = [
        {"id": str(number), "text": text} for number, text in enumerate(TYPED.values(), start=1)
    ]
    comments.append({"id": "99", "text": "Ni lien ici, ni http:// tout seul."})
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "a", "headline": "La digue", "comments": comments}))
    where = str(tmp_path / "index")
    assert CliRunner().invoke(index_command, [str(path), "--index", where]).exit_code == 0
    reader = engines.open(where).reader()
    addresses = dict(zip((str(number) for number in range(1, len(TYPED) + 1)), TYPED, strict=True))
    link_question = "lien:https://typed.example/chemin-noir"
    for question in ("lien:typed.example", "lien:noir", link_question, "a:lien"):
        groups = search(reader, question, now=NOW, snippets=False, group=False, size=50).groups
        numbers = [hit.record.id.rpartition("-")[2] for group in groups for hit in group.passages]
        assert [addresses[number] for number in sorted(numbers, key=int)] == [*TYPED], question


PAGE = """<!DOCTYPE html><html lang="fr"><head><title>La digue</title>
<meta property="article:published_time" content="2024-03-02T08:00:00+01:00"></head><body><article>
<h1>La digue</h1><p>La digue a cédé dans la nuit, et l’eau est entrée dans les caves du quartier,
selon <a href="https://prefecture.example/arrete">un arrêté</a> que personne ne lit.</p>
<p>Les riverains attendent depuis trois ans des travaux que la mairie avait promis de faire.</p>
</article><div id="comments"><h2>1 commentaire</h2><ol class="commentlist">
<li class="comment" id="comment-1"><article class="comment-body"><footer class="comment-meta">
<b class="fn">Alice</b> <time datetime="2024-03-02T10:00:00+01:00">2 mars</time></footer>
<div class="comment-content"><p>Voyez <a href="https://t.example/chemin">ici</a>.</p></div>
</article></li></ol></div></body></html>"""


def test_links_of_a_page_and_of_its_comments(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE)
    [article] = [outcome for outcome in read([path]) if isinstance(outcome, Article)]
    assert article.sections[0].extra == {"links": ["https://prefecture.example/arrete"]}
    assert [comment.extra for comment in article.comments] == [
        {"links": ["https://t.example/chemin"]}
    ]


def test_an_article_is_found_by_each_of_its_addresses_and_by_what_follows_their_question_mark(
    tmp_path: Path,
) -> None:
    articles = [
        {"id": "a", "url": "https://a.example/sora/", "headline": "Sora", "articleBody": "Un.",
         "sameAs": ["https://old.example/2024/sora.html", "https://a.example/?p=7"]},
        {"id": "b", "url": "https://a.example/spip.php?article8", "headline": "B"},
        {"id": "c", "url": "https://a.example/spip.php?article9", "headline": "C"},
    ]  # fmt: skip
    path, where = tmp_path / "a.jsonl", str(tmp_path / "index")
    path.write_text("".join(json.dumps(article) + "\n" for article in articles))
    assert CliRunner().invoke(index_command, [str(path), "--index", where]).exit_code == 0
    reader = engines.open(where).reader()
    for question, ids, codes in (
        ("lien:https://a.example/sora", ["a#lead", "a#section-0"], []),
        ("lien:https://a.example/sora/?utm_source=x#haut", ["a#lead", "a#section-0"], []),
        ("lien:http://www.old.example/2024/sora.html#haut", ["a#lead"], ["page_alone"]),
        ("url:old.example/2024/sora.html", ["a#lead"], ["page_alone"]),
        ("lien:https://a.example/?p=7", ["a#lead"], ["page_alone"]),
        ("lien:https://a.example/spip.php?article8", ["b#lead"], ["page_alone"]),
        ("lien:a.example/spip.php?article7", ["b#lead", "c#lead"], ["query_of_address"]),
        ("lien:https://old.example/2025/sora.html", [], ["absent_value"]),
    ):
        results = search(reader, question, now=NOW, snippets=False, group=False)
        hits = [passage.record.id for group in results.groups for passage in group.passages]
        assert sorted(hits) == ids, question
        assert [notice.code for notice in results.notices] == codes, question
