"""What does a Markdown file say of itself, above its text?"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.article.model import Article
from indexer.markdown.front_matter import front_matter
from indexer.markup.markdown_text import markdown_sections
from indexer.pipeline.sources import read
from indexer.reporting.report import Remark
from tests.indexer.outcomes import articles, outcomes_of, remark_kinds

# how a file begins, its title, its date, kinds of remarks
HEADS = [
    ("---\ntitle: 'L''été'\ndate: 2024-07-01\n---\n", "L'été", "2024-07-01", []),
    ("---\r\ntitle: Été\r\ndate: 01/07/2024\r\n---\r\n", "Été", "2024-07-01", []),
    ("---\ntitle: 24\ndate: 2024-07-01 10:00 +0200\n---\n", "24", "2024-07-01T10:00:00+02:00", []),
    ("---\ntitle: No\ndate: 2024-07-01 10:00\n---\n", "No", "2024-07-01T10:00:00+02:00", ["zone"]),
    ("---\ntitre: Été\ndate: 1er juillet 2024\n---\n", "Été", "2024-07-01", []),
    ("---\ntitle: Été\ndate: bientôt\n---\n", "Été", None, ["date"]),
    ("---\ntitle: a: b: c\ndate: 2024-07-01\n---\n", "a: b: c", "2024-07-01", ["front_matter"]),
    ("---\ntitle: [ouvert\ndate: 2024-07-01\n---\n", "[ouvert", "2024-07-01", ["front_matter"]),
    ("+++\ntitle = 'Été'\ndate = 2024-07-01\n+++\n", "Été", "2024-07-01", []),
    ("+++\ntitle = Été\ndate = 2024-07-01\n+++\n", "Été", "2024-07-01", ["front_matter"]),
    ('{"title": "Été", "date": "2024-07-01"}\n', "Été", "2024-07-01", []),
    ("Title: Été\nDate: 2024-07-01\n\n", "Été", "2024-07-01", []),
    # Hexo opens nothing, and writes days as it likes; Nikola hides what it says
    ("title: Été\ndate: 2024/7/1 9:05:00\ntags:\n- a\n---\n", "Été", "2024-07-01T09:05:00+02:00",
     ["zone"]),
    ('"title": "Été",\n"date": "2024-07-01"\n;;;\n', "Été", "2024-07-01", []),
    ("<!--\n.. title: Été\n.. date: 2024-07-01 10:00:00 UTC+02:00\n-->\n", "Été",
     "2024-07-01T10:00:00+02:00", []),
    ("# Été\n\n", "Été", None, []),
    ("Été\n===\n\n", "Été", None, []),
    ("", "un billet", None, []),
]  # fmt: skip


@pytest.mark.parametrize(("head", "title", "date", "remarks"), HEADS)
def test_heads(head: str, title: str, date: str | None, remarks: list[str], tmp_path: Path) -> None:
    outcomes = outcomes_of(tmp_path, head + "Un texte.\n", "un-billet.md")
    [article] = articles(outcomes)
    assert (article.headline, article.date_published) == (title, date)
    assert [(section.headline, section.text) for section in article.sections] == [
        (None, "Un texte.")
    ]
    assert remark_kinds(outcomes) == remarks


@pytest.mark.parametrize(
    "text",
    [
        "Titre : la suite du bac\n---\n\nIl part.",
        "Il dit : non\net encore : non\n\n---\n\nIl part.",
        ".. note: rien\n\nIl part.",
        "# Le quai\ntitle: Le bac\ndate: 2024-07-01\n---\nIl part.",
        "Titre : Le bac\nAuteur : Zoé\nUne phrase sans rien.\n---\nIl part.",
    ],
)
def test_a_rule_under_words_opens_nothing(text: str, tmp_path: Path) -> None:
    [article] = articles(outcomes_of(tmp_path, text, "un-billet.md"))
    words = " ".join(f"{section.headline or ''} {section.text}" for section in article.sections)
    assert "Il part." in words
    assert text.partition("\n")[0].lstrip("#. ") in f"{article.headline} {words}"


@pytest.mark.parametrize(
    "words",
    [
        "Question : Où va-t-il ?\nZoé : Au quai.",
        "Le quai est vide.\n\nDate : un lundi.\n\nOn attend.",
    ],
)
def test_a_header_ends_where_it_is_blank(words: str, tmp_path: Path) -> None:
    text = f"Titre : Le bac\nDate : 2024-07-01\n\n{words}\n\n---\n\nIl part."
    [article] = articles(outcomes_of(tmp_path, text, "un-billet.md"))
    [section] = article.sections
    assert (article.headline, article.date_published) == ("Le bac", "2024-07-01")
    assert section.text.split() == f"{words} Il part.".split()


@pytest.mark.parametrize(
    "head",
    [
        "<!--\n.. title: A\n.. date: 2024-07-01\n.. status: draft\n-->\n",
        "title: A\ndate: 2024-07-01\npublished: false\n---\n",
        "title: A\ndate: 2024-07-01\n\npublished: false\n---\n",
    ],
    ids=["Nikola", "Hexo", "Hexo, in two blocks"],
)
def test_a_draft_under_a_header_without_a_fence(head: str, tmp_path: Path) -> None:
    [remark] = outcomes_of(tmp_path, f"{head}Texte secret.", "billet.md")
    assert isinstance(remark, Remark)
    assert remark.kind == "unpublished_articles"


@pytest.mark.parametrize("head", ['---\ntitle: "a \\uD800"\n---\n', '{"title": "a \\uD800"}\n'])
def test_halves_of_characters(head: str, tmp_path: Path) -> None:
    [article] = articles(outcomes_of(tmp_path, head + "Texte.", "billet.md"))
    assert article.headline == "a ?"


def test_tables_that_multiply_are_not_followed() -> None:
    head = "---\na: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(20)
    )
    properties = front_matter(head + "---\nTexte")
    assert properties is not None
    assert len(repr(properties)) < 10_000


@given(st.text(alphabet="-+`~:[]{}#>|*_\n \t=abé'\"&!%<\\", max_size=200))
def test_any_text_is_read(text: str) -> None:
    for head in ("", "---\ntitle: ", "+++\ntitle = ", "```\nTitle: "):
        properties = front_matter(head + text)
        markdown_sections(properties.text if properties else text)


def test_a_key_of_too_many_parts(tmp_path: Path) -> None:
    """tomllib (Python 3.11) keeps each beginning of a key: 20,000 parts are 1.6 GB."""
    path = tmp_path / "a.md"
    path.write_text("+++\ntitle = 'Un'\n" + ".".join("a" * 20_000) + " = 1\n+++\nTexte.\n")
    outcomes = list(read([path]))
    [article] = [outcome for outcome in outcomes if isinstance(outcome, Article)]
    assert article.headline == "Un"
    assert [outcome.kind for outcome in outcomes if isinstance(outcome, Remark)] == ["front_matter"]


NOTION = """# La brume

Date: 2 mars 2024
Auteur: Zoé Roux
Tags: mer, météo

Elle vient du large.
"""


def test_the_properties_that_notion_writes_under_the_title(tmp_path: Path) -> None:
    [article] = articles(outcomes_of(tmp_path, NOTION, "billet.md"))
    assert (article.headline, article.author) == ("La brume", ("Zoé Roux",))
    assert (article.date_published, article.keywords) == ("2024-03-02", ("mer", "météo"))
    assert [section.text for section in article.sections] == ["Elle vient du large."]
    assert (
        articles(
            outcomes_of(tmp_path, NOTION.replace("Tags:", "Status: Draft\nTags:"), "billet.md")
        )
        == []
    )
    [article_kept] = articles(
        outcomes_of(tmp_path, "# La brume\n\nElle dit: non.\n\nElle vient.\n", "billet.md")
    )
    assert article_kept.sections[0].text.startswith("Elle dit: non.")


@pytest.mark.parametrize("link", ['"[[Zoé Roux]]"', "[[Zoé Roux]]", '"[[zoe|Zoé Roux]]"'])
def test_the_notes_of_obsidian(link: str, tmp_path: Path) -> None:
    head = f"titre: La brume\nauteur: {link}\ndate de publication: 2 mars 2024"
    text = f"---\n{head}\nsource: https://quai.example/brume\n---\n\nElle vient du large.\n"
    [article] = articles(outcomes_of(tmp_path, text, "billet.md"))
    assert (article.author, article.date_published) == (("Zoé Roux",), "2024-03-02")
    assert article.url == "https://quai.example/brume"


@pytest.mark.parametrize("name", ["page.md", "page.txt"])
def test_what_a_reader_says_above_the_page_it_made_markdown_of(name: str, tmp_path: Path) -> None:
    text = (
        "Title: Le bac\n\nURL Source: https://a.example/bac/\n\nPublished Time: 2024-03-01T08:00:00"
        "+01:00\n\nWarning: cached\n\nMarkdown Content:\nIl part.\n\n## Le quai\n\nVide.\n"
    )
    [article] = articles(outcomes_of(tmp_path, text, name))
    assert (article.headline, article.url) == ("Le bac", "https://a.example/bac/")
    assert article.date_published == "2024-03-01T08:00:00+01:00"
    assert [(part.headline, part.text) for part in article.sections] == [
        (None, "Il part."),
        ("Le quai", "Vide."),
    ]
