"""Which articles and comments do feeds give?"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from indexer.pipeline.sources import open_file, read
from indexer.reporting.report import Remark, Skipped
from tests.indexer.outcomes import articles, outcomes_of, remarks
from tests.indexer.samples import EXPORTS


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("feed.rss", "feed"),
        ("comments.atom", "feed"),
        ("blogger.xml", "blogger"),
        ("wordpress.xml", "wxr"),
        ("disqus.xml", "disqus"),
    ],
)
def test_what_a_file_of_xml_is(name: str, form: str) -> None:
    file = open_file(EXPORTS / name)
    assert isinstance(file, tuple)
    assert file[1].name == form


def test_articles_of_a_feed() -> None:
    outcomes = list(read([EXPORTS / "feed.rss"]))
    tides, gull, zone = articles(outcomes)
    assert tides.id == "wp:phare.example:7"
    assert tides.headline == "Les marées d’équinoxe"
    assert tides.url == "https://www.phare.example/2024/marees/"
    assert tides.same_as == ("http://phare.example/?p=7",)
    assert tides.description is None  # the beginning of the body, and no standfirst
    assert [(section.headline, section.text) for section in tides.sections] == [
        (None, "Deux fois l’an, la mer se retire."),
        ("Le calcul", "On compte de 20 à 120."),
    ]
    assert tides.article_section == ("Mer", "lune")
    assert tides.author == ("Maëlle Le Goff",)
    assert tides.date_published == "2024-09-21T06:00:00Z"
    assert (tides.comment_count, tides.comments) == (3, ())
    assert (tides.publisher, tides.in_language) == ("Le Phare & la Lande", "fr-FR")
    assert gull.url == "https://www.phare.example/2024/goeland/"
    assert gull.description == "Il a mangé trois frites & une glace."
    assert (gull.sections, gull.author) == ((), ("Yann Kerdoncuff",))
    assert gull.date_published == "2024-09-22T09:30:00+02:00"
    assert zone.date_published == "2024-07-01T10:00:00+02:00"
    assert zone.author == ()
    assert all(article.extra == {"completeness": "partial"} for article in (tides, gull, zone))
    messages = remarks(outcomes)
    assert messages["empty_entries"] == "1 élément sans titre ni texte laissé de côté"
    assert messages["zone"].endswith("à l'heure de Paris")
    assert "@" not in repr(outcomes)


def test_a_feed_of_comments_gives_those_of_the_export() -> None:
    """Names, parents, words and quotations are the same as in the WordPress export."""
    [thread] = articles(list(read([EXPORTS / "comments.atom"])))
    [export, *_] = articles(list(read([EXPORTS / "wordpress.xml"])))
    assert thread.id == export.id
    assert thread.url == export.url
    assert thread.headline == "Les marées d’équinoxe"
    assert thread.extra == {"completeness": "partial"}
    by_id = {comment.id: comment for comment in export.comments}
    first, second, ping = thread.comments
    for comment in (first, second):
        exported_comment = by_id[comment.id]
        assert (comment.text, comment.citation) == (
            exported_comment.text,
            exported_comment.citation,
        )
        assert (comment.parent_id, comment.author, comment.anchor) == (
            exported_comment.parent_id,
            exported_comment.author,
            exported_comment.anchor,
        )
    assert first.date_published == "2024-09-21T07:15:00Z"
    assert (ping.kind, ping.published) == ("pingback", False)
    assert "@" not in repr(thread)


RSS_COMMENTS = """<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Commentaires pour Le Phare</title><link>https://www.phare.example</link>
<item><title>Commentaires sur Un goéland par Zoé</title>
<link>https://www.phare.example/2024/goeland/#comment-41</link><dc:creator>Zoé</dc:creator>
<pubDate>Sat, 21 Sep 2024 07:00:00 +0000</pubDate>
<guid isPermaLink="false">http://phare.example/?p=9#comment-41</guid>
<description>Trois &lt;b&gt;frites&lt;/b&gt; ?</description></item>
<item><title>Commentaires sur Les marées par Yann</title>
<link>https://www.phare.example/2024/marees/comment-page-2/#comment-31</link>
<guid isPermaLink="false">http://phare.example/?p=7#comment-31</guid>
<description>Belle photo.</description></item></channel></rss>"""


def test_a_feed_of_all_comments_gives_each_page_its_own(tmp_path: Path) -> None:
    gull, tides = articles(outcomes_of(tmp_path, RSS_COMMENTS))
    assert (gull.id, gull.headline) == ("wp:phare.example:9", "Un goéland")
    assert (tides.id, tides.headline) == ("wp:phare.example:7", "Les marées par Yann")
    assert gull.comments[0].id == "wp:phare.example:9#comment-41"
    assert (gull.comments[0].author, gull.comments[0].text) == ("Zoé", "Trois frites ?")
    assert gull.comments[0].headline is None


LINUXFR = """<feed xmlns="http://www.w3.org/2005/Atom">
<title>Exemple : les commentaires sur Le pingouin</title>
<link rel="alternate" href="https://libre.example/news/le-pingouin"/>
<entry><id>tag:libre.example,2005:Comment/12</id><title>Re: Et l'ours ?</title>
<link rel="alternate" href="https://libre.example/nodes/3/comments/12"/>
<published>2024-02-01T10:00:00+01:00</published><updated>2024-02-01T10:00:00+01:00</updated>
<content type="html">&lt;p&gt;Polaire.&lt;/p&gt;</content>
<author><name>Ada</name></author></entry></feed>"""


def test_comments_known_by_their_own_pages(tmp_path: Path) -> None:
    [thread] = articles(outcomes_of(tmp_path, LINUXFR))
    assert thread.url == "https://libre.example/news/le-pingouin"
    assert thread.headline == "Le pingouin"
    [comment] = thread.comments
    assert comment.id.endswith("#comment-12")
    assert (comment.headline, comment.text) == ("Re: Et l'ours ?", "Polaire.")


def test_french_that_nobody_declared(tmp_path: Path) -> None:
    data = "<rss version='2.0'><channel><item><title>L'été d'Hélène</title></item></channel></rss>"
    outcomes = outcomes_of(tmp_path, data.encode("latin-1"))
    assert articles(outcomes)[0].headline == "L'été d'Hélène"
    assert "windows-1252" in remarks(outcomes)["feed"]
    assert not any(isinstance(outcome, Skipped) for outcome in outcomes)


def test_a_feed_cut_short_is_read_with_a_warning(tmp_path: Path) -> None:
    data = (EXPORTS / "feed.rss").read_bytes()
    outcomes = outcomes_of(tmp_path, data[: data.index(b"Un go")])
    assert articles(outcomes)[0].headline == "Les marées d’équinoxe"
    assert "mal formé" in remarks(outcomes)["feed"]


def test_nothing_to_read_is_said(tmp_path: Path) -> None:
    [empty] = outcomes_of(tmp_path, "<rss version='2.0'><channel><title>A</title></channel></rss>")
    assert isinstance(empty, Remark)
    [skipped_feed] = outcomes_of(tmp_path, "<rss version='2.0'><channel><ti")
    assert isinstance(skipped_feed, Skipped)


def test_entities_that_multiply_are_not_followed(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 20}">' for n in range(20))
    data = f'<!DOCTYPE rss [<!ENTITY e0 "ah">{entities}]><rss version="2.0"><channel><item>'
    data += "<title>A &e20; b</title></item></channel></rss>"
    outcomes = outcomes_of(tmp_path, data)
    assert sum(len(repr(outcome)) for outcome in outcomes) < 10_000


DATES = [
    ("Mon, 02 Dec 2024 08:08:00 GMT", "2024-12-02T08:08:00Z"),
    ("Mon, 02 Dec 2024 09:08:00 +0100", "2024-12-02T09:08:00+01:00"),
    ("02 Dec 24 09:08 +0100", "2024-12-02T09:08:00+01:00"),
    ("lundi 2 décembre 2024 09:08:00 +0100", "2024-12-02T09:08:00+01:00"),
    ("2 déc. 2024 à 9h08", "2024-12-02T09:08:00+01:00"),
    ("2024-12-02T09:08:00.123+01:00", "2024-12-02T09:08:00+01:00"),
    ("2024-12-02", "2024-12-02"),
    ("bientôt", None),
    ("Mon, 99 Dec 2024 08:08:00 GMT", None),
]


@pytest.mark.parametrize(("text", "time"), DATES)
def test_dates(text: str, time: str | None, tmp_path: Path) -> None:
    data = f"<rss version='2.0'><channel><item><title>A</title><pubDate>{text}</pubDate></item>"
    [article] = articles(outcomes_of(tmp_path, data + "</channel></rss>"))
    assert article.date_published == time


def test_halves_of_characters_do_not_hide_a_feed(tmp_path: Path) -> None:
    data = "<rss version='2.0'><channel><item><title>A &#xD800;&#57343; &#57344; b</title></item>"
    [article] = articles(outcomes_of(tmp_path, data + "</channel></rss>"))
    assert article.headline == "A ?? \ue000 b"


DOTCLEAR = """<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Mon carnet - Commentaires</title><link>https://b.example/</link><generator>Dotclear</generator>
<item><title>Un billet - Zoé</title><link>https://b.example/post/2024/Un-billet#c1234</link>
<guid isPermaLink="false">urn:md5:0123</guid><pubDate>Mon, 02 Dec 2024 10:00:00 +0100</pubDate>
<dc:creator>Zoé</dc:creator><description>&lt;p&gt;Bravo&lt;/p&gt;</description></item></channel></rss>"""


def test_comments_of_dotclear(tmp_path: Path) -> None:
    [thread] = articles(outcomes_of(tmp_path, DOTCLEAR))
    assert (thread.headline, thread.url) == ("Un billet", "https://b.example/post/2024/Un-billet")
    [comment] = thread.comments
    assert comment.id.endswith("#comment-1234")
    assert (comment.headline, comment.anchor) == (None, "c1234")


def test_an_article_and_its_comments_in_one_feed(tmp_path: Path) -> None:
    data = """<rss version="2.0"><channel><title>S</title><link>https://s.example/</link>
    <item><title>Re: Front</title><link>https://s.example/spip.php?article37#forum345</link>
    <description>Mon avis.</description></item><item><title>Front</title>
    <link>/spip.php?article37</link><description>Un chapô.</description></item></channel></rss>"""
    [article] = articles(outcomes_of(tmp_path, data))
    assert (article.headline, article.description) == ("Front", "Un chapô.")
    assert article.url == "https://s.example/spip.php?article37"
    assert [(comment.headline, comment.text) for comment in article.comments] == [
        ("Re: Front", "Mon avis.")
    ]


def test_captions_of_pictures_are_not_the_article(tmp_path: Path) -> None:
    data = """<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><item>
    <title>Sora</title><description>Un chapô.</description><media:content url="https://i.example/x">
    <media:description type="plain">La photo.</media:description><media:title>IMG</media:title>
    </media:content></item></channel></rss>"""
    [article] = articles(outcomes_of(tmp_path, data))
    assert (article.headline, article.description, article.sections) == ("Sora", "Un chapô.", ())


SLOW: dict[str, Callable[[int], str]] = {
    "captions": lambda n: "<media:text>" * (n // 12),
    "attributes": lambda n: "<b " + " ".join(f"a{i}='>'" for i in range(n // 10)) + ">",
    "depth": lambda n: "<b>" * (n // 3),
    "signs": lambda n: "<" * n,
    "declarations": lambda n: "<!ENTITY a 'b'>" * (n // 15),
}


@pytest.mark.parametrize("name", SLOW)
def test_feeds_made_to_be_slow_are_read(name: str, tmp_path: Path, in_proportion: Any) -> None:
    head, foot = "<rss version='2.0'><channel><item><title>A</title>", "</item></channel></rss>"

    def prepare(size: int) -> Callable[[], object]:
        data = head + SLOW[name](size) + foot

        def read_it() -> None:
            assert articles(outcomes_of(tmp_path, data))[0].headline == "A"

        return read_it

    in_proportion(prepare, 20_000)


def test_an_entry_that_answers_another_page(tmp_path: Path) -> None:
    data = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0">
    <entry><title>Je réponds</title><link href="https://b.example/notes/5"/><content>Non.</content>
    <thr:in-reply-to ref="tag:a.example,2024:1" href="https://a.example/sora"/></entry></feed>"""
    [thread] = articles(outcomes_of(tmp_path, data))
    assert thread.url == "https://a.example/sora"
    assert [comment.text for comment in thread.comments] == ["Non."]


def test_an_answer_calls_the_other_entry_by_its_id(tmp_path: Path) -> None:
    # RFC 4685: `ref` is the id of another entry, here nothing like an address
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"
      xmlns:thr="http://purl.org/syndication/thread/1.0"><title>Sora</title>{}</feed>"""
    entry = """<entry><title>{who}</title><author><name>{who}</name></author>
      <id>tag:a.example,{n}</id>
      <link href="https://a.example/sora#comment-{n}"/><content>Oui.</content>
      <thr:in-reply-to ref="{ref}" href="https://a.example/sora"/></entry>"""
    answers = (("Zoé", 1, "tag:a.example,0"), ("Yann", 2, "tag:a.example,1"))
    entries = "".join(entry.format(who=who, n=n, ref=ref) for who, n, ref in answers)
    [article] = articles(outcomes_of(tmp_path, atom.format(entries)))
    zoe, yann = article.comments
    assert (zoe.parent_id, yann.parent_id) == (None, zoe.id)


def test_a_feed_in_json(tmp_path: Path) -> None:
    # JSON Feed 1.1, with the one author of version 1 for the whole feed
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Le Quai",
        "home_page_url": "https://quai.example/",
        "language": "fr",
        "author": {"name": "La rédaction"},
        "items": [
            {
                "id": "12",
                "url": "https://quai.example/bac",
                "title": "Le bac & le pont",
                "content_html": "<p>Un.</p><h2>Suite</h2><p>Deux.</p>",
                "summary": "Le service est rétabli.",
                "date_published": "2024-03-02T08:00:00+01:00",
                "date_modified": "2024-03-02T09:00:00+01:00",
                "authors": [{"name": "Zoé Roux"}],
                "tags": ["bac"],
            },
            {"id": "13", "url": "/pont", "content_text": "Le pont < le bac.\nFermé."},
        ],
    }
    outcomes = outcomes_of(tmp_path, json.dumps(feed), "feed.json")
    bac, pont = articles(outcomes)
    assert (bac.headline, bac.url, bac.author) == (
        "Le bac & le pont",
        "https://quai.example/bac",
        ("Zoé Roux",),
    )
    assert (bac.date_published, bac.date_modified) == (
        "2024-03-02T08:00:00+01:00",
        "2024-03-02T09:00:00+01:00",
    )
    assert (bac.description, bac.publisher, bac.in_language) == (
        "Le service est rétabli.",
        "Le Quai",
        "fr",
    )
    assert bac.article_section == ("bac",)
    assert [section.headline for section in bac.sections] == [None, "Suite"]
    assert (pont.url, pont.author) == ("https://quai.example/pont", ("La rédaction",))
    assert "Le pont < le bac." in pont.sections[0].text
    assert bac.extra == {"completeness": "partial"}
