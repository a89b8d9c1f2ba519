"""What is read in an export of WordPress, and what is left out of it?"""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from index import engines
from indexer.article.model import Article, Quote
from indexer.article.publication import Publication
from indexer.canonical import articles as exported
from indexer.doors.commands import COMMANDS
from indexer.files import ReadingOptions
from indexer.pipeline.sources import formats, open_file, read
from indexer.reporting.report import Outcome
from tests.indexer.outcomes import articles, outcomes_of, remarks, skipped
from tests.indexer.wordpress.wordpress_exports import DATA, END, EXPORT, HEAD, item


def test_an_article() -> None:
    article = articles(list(read([EXPORT])))[0]
    assert article.id == "wp:phare.example:7"
    assert article.headline == "Les marées d'équinoxe"
    assert article.url == "https://www.phare.example/2024/marees/"
    assert article.same_as == ("http://phare.example/?p=7",)
    assert article.description == "La mer, deux fois l'an."
    assert article.article_section == ("Mer",)
    assert article.keywords == ("lune",)
    assert article.author == ("Maëlle Le Goff",)
    assert article.date_published == "2024-09-21T06:00:00Z"
    assert article.date_modified == "2024-09-22T10:00:00Z"
    assert (article.in_language, article.publisher) == ("fr-FR", "Le Phare & la Lande")
    assert [
        (section.headline, section.level, section.anchor, section.text)
        for section in article.sections
    ] == [
        (None, None, None, "Deux fois l'an, la mer se retire.\nLa grève\nElle revient [sic]."),
        ("Le calcul", 2, "calcul", "On compte de 20 à 120."),
    ]


def test_its_comments() -> None:
    article = articles(list(read([EXPORT])))[0]
    first, reply, orphan = article.comments
    assert first.id == "wp:phare.example:7#comment-31"
    assert first.text == "Belle photo.\nOù est-ce ?"
    assert (first.author, first.date_published) == ("Yann", "2024-09-21T07:15:00Z")
    assert first.anchor == "comment-31"
    assert reply.parent_id == first.id
    assert reply.text == "À la pointe."
    assert reply.citation == (Quote("Où est-ce ?"),)
    assert reply.date_published == "2024-09-21T10:00:00+02:00"
    assert orphan.parent_id == "wp:phare.example:7#comment-33"
    assert orphan.author is None  # an address is no name


def test_what_is_left_out_is_counted() -> None:
    outcomes = list(read([EXPORT]))
    assert [article.headline for article in articles(outcomes)] == [
        "Les marées d'équinoxe",
        "Entre nous",
        "Une page, de blocs.",
    ]
    assert skipped(outcomes) == []
    assert {kind: message.split()[0] for kind, message in remarks(outcomes).items()} == {
        "unpublished_articles": "1",
        "other_kinds": "1",
        "protected": "1",
        "under_unpublished": "1",
        "unpublished": "1",
        "pings": "1",
        "orphan": "1",
        "zone": "1",
    }
    assert "attachment" in remarks(outcomes)["other_kinds"]


RECIPE = b"""<item><title>Kouign</title><link>https://phare.example/recettes/kouign/</link>
<content:encoded><![CDATA[<p>Du beurre.</p>]]></content:encoded><wp:post_id>901</wp:post_id>
<wp:post_type>recette</wp:post_type><wp:status>publish</wp:status></item>
"""


def test_a_type_that_the_site_adds_is_told_with_the_option_that_takes_it(tmp_path: Path) -> None:
    path = tmp_path / "recettes.xml"
    path.write_bytes(DATA.replace(b"</channel>", RECIPE + b"</channel>"))
    outcomes = list(read([path]))
    # an image is no page, whatever one asks
    assert remarks(outcomes)["other_kinds"].endswith(
        "(attachment : 1, recette : 1 ; --published recette les prend)"
    )
    among = formats(ReadingOptions(publication=Publication(("recette",))))
    headlines = [article.headline for article in articles(list(read([path], among=among)))]
    assert "Kouign" in headlines


def test_a_password_keeps_text_and_comments_away() -> None:
    hidden = articles(list(read([EXPORT])))[1]
    assert (hidden.sections, hidden.comments, hidden.description) == ((), (), None)
    assert hidden.date_published == "2024-10-01T06:00:00Z"


def test_no_address_of_a_person_is_kept() -> None:
    text = repr(list(read([EXPORT])))
    for private in ("courrier.example", "m@phare", "192.0.2."):
        assert private not in text


@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: b"\n\n" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        gzip.compress,
        lambda data: data.decode().replace("UTF-8", "UTF-16", 1).encode("utf-16"),
        lambda data: (
            data.decode().replace("…", "...").replace("UTF-8", "ISO-8859-1", 1).encode("iso-8859-1")
        ),
        lambda data: data.replace(b"export/1.2/", b"export/1.0/"),
        lambda data: re.sub(rb"(</?|xmlns:)wp([:=])", rb"\1w\2", data),
    ],
)
def test_ways_of_writing_the_same(change: object, tmp_path: Path) -> None:
    articles_found = articles(outcomes_of(tmp_path, change(DATA)))  # type: ignore[operator]
    assert articles_found == articles(list(read([EXPORT])))


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (DATA, "wxr"),
        (b'<rss version="2.0"><channel><item/></channel></rss>', "page"),
        (b"<p>http://wordpress.org/export/</p>", "page"),
        (b"http://wordpress.org/export/", "page"),
    ],
)
def test_what_is_recognised(data: bytes, name: str, tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(data)
    file = open_file(path)
    assert isinstance(file, tuple)
    assert (file[1].name == "wxr") == (name == "wxr")


def test_the_notes_that_the_editor_keeps_apart(tmp_path: Path) -> None:
    note = '[{"content":"Voir le <em>rapport</em>.","id":"a"},{"content":"","id":"b"}]'
    meta = f"<wp:postmeta><wp:meta_key>footnotes</wp:meta_key><wp:meta_value>{note}</wp:meta_value>"
    text = '<!-- wp:paragraph --><p>En 2019<sup data-fn="a"><a href="#a">1</a></sup>.</p>'
    item = (
        f"<item><title>Sora</title><wp:post_id>7</wp:post_id><content:encoded><![CDATA[{text}]]>"
        f"</content:encoded>{meta.replace(note, f'<![CDATA[{note}]]>')}</wp:postmeta></item>"
    )
    export = (
        '<rss xmlns:wp="http://wordpress.org/export/1.2/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<wp:wxr_version>1.2</wp:wxr_version>{item}</channel></rss>"
    )
    (tmp_path / "wordpress.xml").write_text(export)
    [article] = (
        outcome for outcome in read([tmp_path / "wordpress.xml"]) if isinstance(outcome, Article)
    )
    assert [section.text for section in article.sections] == ["En 2019.\nVoir le rapport."]


BUILT = """<item><title>Le bac</title><link>https://www.phare.example/bac/</link>
<wp:post_id>77</wp:post_id><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>
<content:encoded><![CDATA[{content}]]></content:encoded><wp:postmeta>
<wp:meta_key>{key}</wp:meta_key><wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>
</item></channel></rss>"""
ELEMENTOR = """[{"elType": "section", "settings": {}, "elements": [{"elType": "column",
"settings": {"background": "x"}, "elements": [
{"widgetType": "heading", "settings": {"title": "Les horaires", "header_size": "h3"}},
{"widgetType": "text-editor", "settings": {"editor": "<p>De 8 h &agrave; 20 h.</p>"}},
{"widgetType": "button", "settings": {"text": "R\\u00e9server"}},
{"widgetType": "toggle", "settings": {"tabs": [{"tab_title": "Venir ?",
"tab_content": "<p>En bac.</p>"}]}},
{"widgetType": "icon-list", "settings": {"icon_list": [{"text": "Un passeur & son chien"}]}}
]}]}]"""


def built(tmp_path: Path, key: str, value: str, content: str = "") -> list[Outcome]:
    item = BUILT.format(key=key, value=value, content=content).encode()
    return outcomes_of(tmp_path, HEAD + item)


def test_the_text_that_elementor_keeps_beside_an_empty_post(tmp_path: Path) -> None:
    outcomes = built(tmp_path, "_elementor_data", ELEMENTOR)
    (article,) = articles(outcomes)
    assert [(section.headline, section.text) for section in article.sections] == [
        ("Les horaires", "De 8 h à 20 h.\nVenir ?\nEn bac.\nUn passeur & son chien"),
    ]
    assert "built_elsewhere" not in remarks(outcomes)


def test_the_text_of_the_post_comes_first(tmp_path: Path) -> None:
    (article,) = articles(built(tmp_path, "_elementor_data", ELEMENTOR, "<p>Le texte.</p>"))
    assert [section.text for section in article.sections] == ["Le texte."]


@pytest.mark.parametrize(
    ("key", "value"),
    [("_fl_builder_data", 'a:1:{s:1:"x";}'), ("_elementor_data", "[{"), ("panels_data", "a:0:{}")],
)
def test_a_builder_that_is_not_read_is_said(tmp_path: Path, key: str, value: str) -> None:
    outcomes = built(tmp_path, key, value)
    assert articles(outcomes)[0].sections == ()
    assert "built_elsewhere" in remarks(outcomes)


@pytest.mark.parametrize(("key", "value"), [("_elementor_data", "[]"), ("_edit_lock", "1:1")])
def test_an_empty_post_without_a_builder_is_empty(tmp_path: Path, key: str, value: str) -> None:
    assert "built_elsewhere" not in remarks(built(tmp_path, key, value))


def test_comments_without_the_text_leave_the_text_that_is_known(tmp_path: Path) -> None:
    """Plugins export comments alone, under posts whose content is empty."""
    index = next(command for command in COMMANDS if command.name == "index")
    where = str(tmp_path / "index")
    path = tmp_path / "export.xml"
    for inside in (b"Texte.", b""):
        path.write_bytes(HEAD + item(7, inside) + END)
        result = CliRunner().invoke(index, [str(path), "--index", where])
        assert result.exit_code == 0, result.output
    engine = engines.open(where)
    try:
        [article_kept] = exported(engine.reader())
    finally:
        engine.close()
    assert [section.text for section in article_kept.sections] == ["Texte."]


def test_shortcodes_that_a_block_says_to_be_some(tmp_path: Path) -> None:
    text = (
        b"<![CDATA[<!-- wp:paragraph --><p>Le bac [sic].</p><!-- /wp:paragraph -->\n"
        b"<!-- wp:shortcode -->[lettre]<!-- /wp:shortcode -->]]>"
    )
    (article,) = articles(outcomes_of(tmp_path, HEAD + item(5, text) + END))
    assert [section.text for section in article.sections] == ["Le bac [sic]."]


def test_the_language_and_the_authors_that_extensions_add(tmp_path: Path) -> None:
    """Polylang 3.6 and Co-Authors Plus 3.6 keep them as terms."""
    terms = b"""Texte.</content:encoded>
<category domain="language" nicename="%s"><![CDATA[Langue]]></category>
<category domain="author" nicename="cap-mlegoff"><![CDATA[mlegoff]]></category>
<category domain="author" nicename="cap-luc"><![CDATA[Luc Roy]]></category><content:encoded>"""
    data = HEAD + item(1, terms % b"en") + item(2, terms % b"fr") + item(3) + END
    read_articles = articles(outcomes_of(tmp_path, data))
    assert [article.in_language for article in read_articles] == ["en", "fr-FR", "fr-FR"]
    assert read_articles[0].author == ("Maëlle Le Goff", "Luc Roy")
    assert read_articles[2].author == ()


def test_an_article_without_any_text_is_told(tmp_path: Path) -> None:
    """Advanced Custom Fields keeps it in metas, under names that each site chooses."""
    outcomes = outcomes_of(tmp_path, HEAD + item(1, b"") + item(2) + END)
    assert sorted(article.headline for article in articles(outcomes)) == ["T1", "T2"]
    assert remarks(outcomes)["without_text"].startswith("1 article sans texte")
