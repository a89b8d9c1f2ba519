"""Which numbers of a page call notes, and which are words of its sentences?

The shapes of calls were read in Pandoc 3.1 (`footnote-ref`), Word 365's filtered HTML
(`_ftnref`, `MsoFootnoteReference`), EPUB 3.3 (`epub:type="noteref"`, whose notes are in a file of
their own), MediaWiki 1.42 (`cite_ref`), Asciidoctor 2.0, LibreOffice 24 (`sdfootnoteanc`), and the
WordPress plugins Modern Footnotes 1.4 and Easy Footnotes 1.1.
"""

from __future__ import annotations

import pytest

from indexer.markup import line

CALLS = {
    "pandoc": '<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a>',
    "a book": '<a epub:type="noteref" href="notes.xhtml">1</a>',
    "word": '<a href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a>',
    "a span": '<span class="note-ref">1</span>',
    "a button": '<sup class="modern-footnotes-footnote"><a href="javascript:void(0)">1</a></sup>',
    "a tooltip": '<span class="easy-footnote"><a href="https://a.example/x/#f1"><sup>1</sup></a></span>',
    "a wiki": '<sup id="cite_ref-1"><a href="#cite_note-1">&#91;Note 1]</a></sup>',
    "two in one": '<sup><a href="#n1">1</a>, <a href="#n2">2</a></sup>',
    "two": '<sup><a href="#n1">1</a></sup><sup>,</sup><sup><a href="#n2">2</a></sup>',
    "a range": '<sup><a href="#n1">1-3</a></sup>',
    "brackets that lead nowhere": "<sup>[1]</sup>",
    "a letter": '<sup><a href="#na">note a</a></sup>',
    "in words, in brackets": ' (<a href="#n3">note 3</a>)',
    "glued": '<a href="#n3">3</a>',
    "back, twice": '<a href="#r1" class="reversefootnote">&#8617;&#xfe0e;<sup>2</sup></a>',
    "back, in words": '<a href="#r1" role="doc-backlink">Retour au texte</a>',
}


@pytest.mark.parametrize("name", CALLS)
def test_calls(name: str) -> None:
    assert line(f"Le phare de 2019{CALLS[name]}.") == "Le phare de 2019."


WORDS = {
    'En <a href="#y1998">1998</a>, la digue cède.': "En 1998, la digue cède.",
    '<a href="#y1998">1998</a> : la digue cède.': "1998 : la digue cède.",
    'L’article <a href="#a12">12</a> du code.': "L’article 12 du code.",
    'Le chapitre <a href="#c4">IV</a> du livre.': "Le chapitre IV du livre.",
    'Un renvoi (voir la <a href="#n3">note 3</a>) ici.': "Un renvoi (voir la note 3) ici.",
    'Une liste : <a href="#a">a</a> et <a href="#b">b</a>.': "Une liste : a et b.",
    "Le XIX<sup>e</sup> siècle, 3 m<sup>2</sup>.": "Le XIXe siècle, 3 m2.",
}


@pytest.mark.parametrize("html", WORDS)
def test_words(html: str) -> None:
    assert line(html) == WORDS[html]


RAISED = {
    "Le phare de 2019<sup>1</sup> tient.": "Le phare de 2019¹ tient.",
    "Le préfet<sup>12</sup> a parlé.": "Le préfet¹² a parlé.",
    'Le préfet<sup><a href="https://a.example/">1</a></sup>.': "Le préfet¹.",
    "Près de 10<sup>3</sup> bateaux.": "Près de 10³ bateaux.",
    "Dans les années 1990<sup>2, 3</sup>.": "Dans les années 1990², ³.",
    "Près de 10<sup>-3</sup> mètre.": "Près de 10-3 mètre.",
}


@pytest.mark.parametrize("html", RAISED)
def test_raised_numbers_stay_apart(html: str) -> None:
    assert line(html) == RAISED[html]


def test_a_note_shown_where_it_is_called_is_apart() -> None:
    html = (
        'En 2019<sup class="modern-footnotes-footnote"><a href="javascript:void(0)">1</a></sup>'
        '<span class="modern-footnotes-footnote__note">Archives du port.</span> la digue cède.'
    )
    assert line(html) == "En 2019 Archives du port. la digue cède."
