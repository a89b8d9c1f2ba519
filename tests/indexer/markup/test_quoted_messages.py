"""Whose words are those that a comment quotes, whatever forum or engine shows them?

What each writes above a quotation was read in its templates: phpBB 3.3 (`cite` with an arrow and
a moment), SMF 2.0 and 2.1, FluxBB 1.5 (`cite` above the `blockquote`), XenForo 2.3
(`data-quote`, and a button to unfold), Invision 4.7 (`data-ipsquote-username`).
"""

from __future__ import annotations

import pytest

from indexer.article import Quote
from indexer.markup import sections, words

FORUMS = {
    "phpbb": '<blockquote><div><cite>Léa a écrit : <a href="./viewtopic.php?p=2#p2">↑</a>'
    '<span class="responsive-hide">12 mars 2024 10:20</span></cite>Le bac part.</div></blockquote>',
    "smf": '<blockquote class="bbc_standard_quote"><cite><a href="https://f.example/?msg=2">'
    "Citation de: Léa le 12 Mars 2024 à 10:20</a></cite>Le bac part.</blockquote>",
    "smf, before": '<div class="quoteheader"><div class="topslice_quote"><a href="?msg=2">Citation '
    "de: Léa le 12 Mars</a></div></div><blockquote>Le bac part.</blockquote>",
    "fluxbb": '<div class="quotebox"><cite>Léa a écrit&#160;:</cite><blockquote><div><p>Le bac '
    "part.</p></div></blockquote></div>",
    "xenforo": '<blockquote data-quote="Léa" data-source="post: 2"><div class="bbCodeBlock-title">'
    '<a href="/goto?id=2">Léa a dit:</a></div><div>Le bac part.</div>'
    '<div class="bbCodeBlock-expandLink"><a>Cliquez pour agrandir...</a></div></blockquote>',
    "invision": '<blockquote class="ipsQuote" data-ipsquote-username="Léa"><div '
    'class="ipsQuote_citation">Le 12/03/2024 à 10:20, Léa a dit :</div><div><p>Le bac part.</p>'
    "</div></blockquote>",
}


@pytest.mark.parametrize("name", FORUMS)
def test_forums(name: str) -> None:
    assert words(FORUMS[name] + "<p>Non.</p>")[:2] == ("Non.", (Quote("Le bac part.", "Léa"),))


OTHERS = {
    # typed by somebody, and by no forum
    "<p>Léa a écrit :</p><blockquote>Oui.</blockquote>Non.": (
        "Léa a écrit :\nNon.",
        [Quote("Oui.")],
    ),
    "<blockquote><p>Le maire a dit :</p><p>Oui.</p></blockquote>Non.": (
        "Non.",
        [Quote("Le maire a dit :\nOui.")],
    ),
    # a cite that no quotation follows
    "<cite>Léa a écrit :</cite><p>Oui.</p><blockquote>Non.</blockquote>": (
        "Léa a écrit :\nOui.",
        [Quote("Non.")],
    ),
    "<cite>Léa a écrit :</cite>": ("Léa a écrit :", []),
    "<cite>Le Phare</cite> a dit : <b>non</b>.": ("Le Phare a dit : non.", []),
    '<div class="citation">Une lettre.</div>Oui.': ("Une lettre.\nOui.", []),
}


@pytest.mark.parametrize("html", OTHERS)
def test_other_lines_stay(html: str) -> None:
    text, quotes = OTHERS[html]
    assert words(html)[:2] == (text, tuple(quotes))


def test_in_an_article_what_is_above_a_quotation_is_a_line() -> None:
    [section] = sections(FORUMS["phpbb"])
    assert section.text == "Léa a écrit : 12 mars 2024 10:20\nLe bac part."
