"""Is what the writer of an article or a comment hid left out, and what unfolds kept?"""

from __future__ import annotations

import pytest

from indexer.markup import line, sections, words

HIDDEN = (
    "<p hidden>Secret</p>",
    '<p style="display: none">Secret',
    '<div style="color:red;visibility:hidden"><div>Secret</div></div>',
    "<span hidden=''>Secret</span>",
    '<li class="a" HIDDEN>Secret</li>',
    '<div style="position:absolute;left:-9999px">Secret</div>',
    '<p style="text-indent:-5000px">Secret</p>',
)
SHOWN = (
    '<p hidden="until-found">Texte</p>',
    "<p hidden=until-found>Texte</p>",
    '<p title="hidden here" aria-hidden=true>Texte</p>',
    '<p data-x=hidden style="display:block">Texte</p>',
    '<p style="margin-left:-20px">Texte</p>',
    # a click unfolds it
    '<div id="suite" style="display:none">Texte</div>',
    '<div class="accordion-body" hidden>Texte</div>',
    # nothing says where it ends
    '<div style="display:none">Texte',
    "<input type=hidden>Texte",
    "<img hidden>Texte",
)


@pytest.mark.parametrize("html", HIDDEN)
def test_what_is_hidden(html: str) -> None:
    markup = f"<p>Un.</p>{html}<p>Deux.</p>"
    assert words(markup).text == "Un.\nDeux."
    assert [section.text for section in sections(markup)] == ["Un.\nDeux."]


def test_links_that_are_hidden() -> None:
    """What spammers put in the posts of a site that they broke into."""
    html = 'Un.<p style="display:none"><a href="https://spam.example/">montres</a></p>'
    assert words(html).links == ()


@pytest.mark.parametrize("html", SHOWN)
def test_what_is_shown(html: str) -> None:
    assert line(f"<p>Un.</p>{html}") == "Un. Texte"


def test_a_heading_in_a_summary_is_the_title_of_nothing_below() -> None:
    html = (
        "<h2>Le bac</h2><p>Un.</p><details><summary><h3>Méthode</h3></summary><p>On compte.</p>"
        "</details><p>Deux.</p><h3>Suite</h3><p>Trois.</p>"
    )
    assert [(section.headline, section.text) for section in sections(html)] == [
        ("Le bac", "Un.\nMéthode\nOn compte.\nDeux."),
        ("Suite", "Trois."),
    ]
