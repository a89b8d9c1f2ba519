"""Are damaged characters mended when the whole text proves it, said, and left alone otherwise?"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.article.model import Article
from indexer.pipeline.mending import without_tags
from indexer.pipeline.sources import read
from indexer.reporting.report import Outcome, Remark, Skipped
from indexer.text import mended

FRENCH = [
    "La société anonyme, dès l’été : « cœur » et Œuvre… ÇA À Ÿ",
    "à la mer, à côté, où ? Où ça ?",
    "Prix : 12 € – 3 °C, n° 5",
    "L’île — oui 😀",
]


@pytest.mark.parametrize("text", FRENCH)
@pytest.mark.parametrize("times", [1, 2])
def test_utf8_read_as_windows(text: str, times: int) -> None:
    damaged = text
    for _ in range(times):
        # as browsers do: five bytes that Windows-1252 leaves out are controls
        data = damaged.encode()
        damaged = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)
    assert damaged != text
    assert mended(damaged) == text


@pytest.mark.parametrize("text", [*FRENCH, "près de la forêt, très tôt, même l’été"])
@pytest.mark.parametrize("encoding", ["latin-1", "iso8859-15", "mac_roman", "cp850"])
def test_utf8_read_as_another_encoding(text: str, encoding: str) -> None:
    """What a table exported from Excel for Mac, or printed by a console of Windows, holds."""
    damaged = text.encode().decode(encoding)
    assert damaged != text
    assert mended(damaged) == text


@pytest.mark.parametrize(
    ("damaged", "text"),
    [
        # what a theme set since is whole, and no letter is
        ("L’&eacute;t&eacute; d&#39;ici", "L’été d'ici"),
        ("« Soci&eacute;t&eacute; »…", "« Société »…"),
        ("La sociÃ©tÃ© d’ici", "La société d’ici"),
        ("« L’Ã©tÃ© Ã\xa0 la mer »", "« L’été à la mer »"),
        ("Ã la mer, Ã©tÃ©", "à la mer, été"),
        ("Soci&eacute;t&eacute;", "Société"),
        ("L&#233;gion d&rsquo;honneur", "Légion d’honneur"),
        ("c&oelig;ur &agrave; c&oelig;ur", "cœur à cœur"),
    ],
)
def test_other_damages(damaged: str, text: str) -> None:
    assert mended(damaged) == text


@pytest.mark.parametrize(
    ("escaped", "text"),
    [
        # a database's own escapes, once and twice
        (r"L\'eau monte aujourd\'hui", "L'eau monte aujourd'hui"),
        ("L\\\\\\'eau", "L'eau"),
        (r"Il dit \"oui\".", 'Il dit "oui".'),
        (r"Bonjour,\r\n\r\nMerci.", "Bonjour,\nMerci."),
        (r"Bonjour,\n\nMerci.", "Bonjour,\nMerci."),
        (r"Il dit : \r\n \r\n\"Oui\"\r\n - non\r\n", 'Il dit : \n \n"Oui"\n - non\n'),
        (r"Y\'avait O\'Brien, puisqu\'il entr\'ouvre", "Y'avait O'Brien, puisqu'il entr'ouvre"),
        # a spreadsheet's
        ("Bonjour,_x000D_\nMerci._x000D_", "Bonjour,\nMerci."),
        # JSON's, with their backslashes and without
        (r"La soci\u00e9t\u00e9 d\u2019ici \ud83d\ude00", "La société d’ici 😀"),
        ("La sociu00e9tu00e9 du2019ici, u00e0 la mer", "La société d’ici, à la mer"),
        # Windows-1252 taken for ISO 8859-1, beside letters that are whole
        ("l\x92été \x96 d\x9cuvre \x85", "l’été – dœuvre …"),
    ],
)
def test_what_a_program_escaped(escaped: str, text: str) -> None:
    assert mended(escaped) == text


@pytest.mark.parametrize(
    "text",
    [
        "echo 'l\\'eau';",
        r"re.sub(r'\'', x)",
        r"C:\new\readme et \\serveur\nom",
        r"\o/ et ¯\_(ツ)_/¯",
        r"5\' 10\"",
        "Le menu2024 de l'eau2019, u00e9",
        r"json_encode donne caf\u00e9",
        r"On lit caf\u00e9 pour café",
        # escapes that sentences and code name
        r"Chaque ligne finit par \r\n et non par \n.",
        r"Le motif « \r\n », puis (\n\n).",
        r'printf("Bonjour\n\n");',
        r'"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n"',
        "Excel montre _x000D_ partout",
        # accents of TeX
        r"Universit\'e de Montr\'eal",
        r"t\'el\'ephone",
        r"\"Uber M\"uller",
    ],
)
def test_what_somebody_typed_with_a_backslash(text: str) -> None:
    assert mended(text) == text


@pytest.mark.parametrize(
    "text",
    [
        *FRENCH,
        "On lit « sociÃ©tÃ© » au lieu de « société ».",
        "São Tomé, Ângela, crû, Pâques, ÉTÉ",
        "L’entité &eacute; donne é.",
        "AT&amp;T, a &lt; b",
        "Écrivez &nbsp; ici",
        "&eacute;",
        "?a=1&copy=2;",
        "SÃO PAULO",
        "On lit « Ã© » sur la page…",
        "L’été &agrave; la mer : caf&eacute;",
        "Ôtez √9 ou ¬p",
        "├── dossier",
        "l’Ã©tÃ© à la mer",
        "Â",
    ],
)
def test_what_nothing_proves_stays(text: str) -> None:
    assert mended(text) == text


@given(st.text())
def test_mending_ends_and_is_stable_on_what_is_ours(text: str) -> None:
    mended_text = mended(text)
    assert isinstance(mended_text, str)
    if text.isascii() and not {"&", "\\", "u"} & set(text):
        assert mended_text == text


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("<p>Le <b>pont</b> ferme.</p>\n<p>Fin</p>", "Le pont ferme.\nFin"),
        (
            "<div><h2>Le pont</h2><blockquote>Il ferme !</blockquote><a href='/b'>Lire</a></div>",
            "Le pont\nIl ferme !\nLire",
        ),
        # shown for what it is
        ('<div class="pont">x</div>', '<div class="pont">x</div>'),
        ("<p>Si a < b.</p>", "<p>Si a < b.</p>"),
        ("Écrire <p>Bonjour.</p>", "Écrire <p>Bonjour.</p>"),
        ("<p>Bonjour.</p> s'écrit ainsi", "<p>Bonjour.</p> s'écrit ainsi"),
    ],
)
def test_a_text_that_was_escaped_twice_is_no_text_with_tags(written: str, text: str) -> None:
    assert without_tags(written) == text


def test_html_escaped_twice_in_a_feed(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(
        "<rss version='2.0'><channel><title>Le bac</title><link>https://b.example/</link><item>"
        "<title>Le pont</title><link>https://b.example/1</link><description>&amp;lt;p&amp;gt;Le"
        " &amp;lt;b&amp;gt;pont&amp;lt;/b&amp;gt; ferme.&amp;lt;/p&amp;gt;</description></item>"
        "</channel></rss>"
    )
    outcomes = list(read([path]))
    [article] = [outcome for outcome in outcomes if isinstance(outcome, Article)]
    assert article.description == "Le pont ferme."
    assert "mended" in remarks(outcomes)


WXR = """<rss xmlns:wp="http://wordpress.org/export/1.2/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<wp:base_blog_url>https://a.example</wp:base_blog_url>
<item><title>Caf&eacute; &amp; th&eacute;</title><wp:post_id>5</wp:post_id>
<wp:post_type>post</wp:post_type><wp:status>publish</wp:status>
<content:encoded><![CDATA[<p>L&eacute;gende &amp;eacute;</p>]]></content:encoded>
<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_approved>1</wp:comment_approved>
<wp:comment_content><![CDATA[Soci&amp;eacute;t&amp;eacute;]]></wp:comment_content></wp:comment>
</item>
<item><title>Deux</title><wp:post_id>6</wp:post_id><wp:post_type>post</wp:post_type>
<wp:status>publish</wp:status><content:encoded><![CDATA[Ã‰tÃ©]]></content:encoded></item>
<item><title>Rat&eacut; &inconnue;</title><wp:post_id>7</wp:post_id></item>
</channel></rss>"""


def test_one_entity_does_not_end_an_export(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(WXR)
    outcomes = list(read([path]))
    first, second = [outcome for outcome in outcomes if isinstance(outcome, Article)]
    assert (first.headline, first.sections[0].text) == ("Café & thé", "Légende &eacute;")
    assert first.comments[0].text == "Société"
    assert second.sections[0].text == "Été"
    messages = remarks(outcomes)
    assert messages["xml"] == (4, "2 entités HTML lues comme leurs caractères")
    assert messages["mended"][1].startswith("2 textes aux caractères abîmés")
    # an entity that is none of HTML still costs its item, and is said
    assert [outcome.line for outcome in outcomes if isinstance(outcome, Skipped)] == [12]


def remarks(outcomes: list[Outcome]) -> dict[str, tuple[int | None, str]]:
    return {
        outcome.kind: (outcome.line, outcome.message)
        for outcome in outcomes
        if isinstance(outcome, Remark)
    }
