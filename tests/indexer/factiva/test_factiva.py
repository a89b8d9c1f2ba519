"""Are the articles of a page saved from Factiva read, in both of its forms?

With the codes of « Article complet avec indexation », and as the site shows an article.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.article import Article
from indexer.pipeline.sources import read
from indexer.reporting import Outcome, Skipped

ONE = "Le bac a repris son service ce matin, après trois semaines de travaux."
TWO = "Les horaires d’hiver seront connus avant la fin du mois."
NUMBER = "LCDP000020240302ek320001x"
PARAGRAPHS = "".join(
    f'<p class="articleParagraph frarticleParagraph">{text}</p>' for text in (ONE, TWO)
)
LINES = f"""<div id="article-{NUMBER}" class="article frArticle"><div id="hd"><span
class="frHeadline">Le bac reprend</span></div><div class="author">Par Zoé Roux et Léo Blanc</div>
<div>1 412 mots</div><div>2 mars 2024</div><div>05:30</div><div>Le Quai</div><div>LQ</div>
<div>Français</div><div>Copyright 2024 Le Quai</div>{PARAGRAPHS}<p>Document {NUMBER}</p></div>"""
ROWS = {
    "HD": '<span class="frHeadline">Le bac reprend</span>',
    "BY": "Zoé Roux et Léo Blanc",
    "WC": "1 412 mots",
    "PD": "2 mars 2024",
    "ET": "05:30",
    "SN": "Le Quai",
    "LP": f'<p class="articleParagraph frarticleParagraph">{ONE}</p>',
    "TD": f'<p class="articleParagraph frarticleParagraph">{TWO}</p>',
    "AN": f"Document {NUMBER}",
}
TABLE = "".join(
    f"<tr><td><b>{code}</b>&nbsp;</td><td>{cell}</td></tr>" for code, cell in ROWS.items()
)
FORMS = {
    "lines": LINES,
    "lines without an hour": LINES.replace("<div>05:30</div>", ""),
    "codes": f'<div class="article frArticle"><table>{TABLE}</table></div>',
    "in English": LINES.replace("1 412 mots", "1,412 words")
    .replace("2 mars", "2 March")
    .replace("frArticle", "enArticle"),
}


def outcomes_of(tmp_path: Path, body: str) -> list[Outcome]:
    path = tmp_path / "Factiva.html"
    path.write_text(f"<!DOCTYPE html><html><body>{body}</body></html>", "utf-8")
    return list(read([path]))


@pytest.mark.parametrize("name", FORMS)
def test_an_article(name: str, tmp_path: Path) -> None:
    [article] = outcomes_of(tmp_path, FORMS[name])
    assert isinstance(article, Article)
    assert (article.id, article.headline) == (f"factiva:{NUMBER}", "Le bac reprend")
    assert (article.author, article.publisher) == (("Zoé Roux", "Léo Blanc"), "Le Quai")
    assert (article.date_published, article.extra["wordCount"]) == ("2024-03-02", 1412)
    assert [(part.headline, part.text) for part in article.sections] == [(None, f"{ONE}\n{TWO}")]


def test_several_documents_of_one_page(tmp_path: Path) -> None:
    second_document = LINES.replace(NUMBER, "LQ00000020240303ek330001x").replace(
        "Le bac reprend", "Le pont"
    )
    empty = '<div class="article frArticle"><div id="hd">Sans texte</div></div>'
    outcomes = outcomes_of(tmp_path, LINES + second_document + empty)
    titles = [outcome.headline for outcome in outcomes if isinstance(outcome, Article)]
    assert titles == ["Le bac reprend", "Le pont"]
    [skipped] = [outcome for outcome in outcomes if isinstance(outcome, Skipped)]
    assert "1 document" in skipped.reason
