"""Which articles do Markdown files give, and which files are Markdown?"""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.article.model import Article
from indexer.pipeline.sources import open_file, read
from indexer.reporting.report import Remark, Skipped
from tests.indexer.outcomes import articles, outcomes_of, remark_kinds
from tests.indexer.samples import MARKDOWN, PAGES


def test_a_folder() -> None:
    outcomes = list(read([MARKDOWN]))
    assert [article.headline for article in articles(outcomes)] == [
        "La brume : ce qu'elle cache",
        "Le pingouin : bilan",
        "La marée",
    ]
    assert sorted(remark_kinds(outcomes)) == [
        "front_matter",
        "section_page",
        "unpublished_articles",
        "unpublished_articles",
    ]
    assert not any(isinstance(outcome, Skipped) for outcome in outcomes)


def test_jekyll() -> None:
    [article] = articles(list(read([MARKDOWN / "2024-03-09-la-brume.md"])))
    assert article.date_published == "2024-03-09"
    assert article.extra == {"dateInferred": "name", "slug": "la-brume"}
    assert article.alternative_headline == "Carnet du phare"
    assert article.article_section == ("Mer", "Météo")
    assert article.keywords == ("brume", "corne de brume")
    assert article.author == ("Enora Le Bihan",)
    lead, horn = article.sections
    assert lead.text.split("\n") == [
        "Un matin, plus rien. On lit le journal du phare.",
        "La jetée dans la brume",
        "# pas un titre",
        'print("corne")',
    ]
    assert (horn.headline, horn.anchor, horn.level) == ("La corne", "corne", 2)
    assert horn.text.split("\n") == [
        "Elle sonne toutes les 30 s, dit le gardien.",
        "Une vache triste, et loin.",
        "lieu distance",
        "Môle 3 milles",
        "Portée : 5 & 6 milles.",
        "La corne en 1912",
        "Mesuré au chronomètre.",
    ]


SPLIT = (("voirie", "ponts"), ("quai", "bac"))
WHOLE = (("voirie ponts",), ("quai bac",))
SPACED: list[tuple[str, str, tuple[str, ...], tuple[str, ...]]] = [
    ("2024-03-04-le-bac.md", "layout: post\ncategories: voirie ponts\ntags: quai bac", *SPLIT),
    (
        "2024-03-04-le-bac.md",
        "layout: post\ncategories: [voirie, ponts]\ntags: [quai, bac]",
        *SPLIT,
    ),
    ("le-bac.md", "layout: post\ncategories: voirie ponts\ntags: quai bac", *WHOLE),
    ("2024-03-04-le-bac.md", "categories: voirie ponts\ntags: quai bac", *WHOLE),
    ("2024-03-04-le-bac.md", "layout: post\ncategory: voirie ponts\ntag: quai bac", *WHOLE),
]


@pytest.mark.parametrize(("name", "head", "sections", "keywords"), SPACED)
def test_lists_with_spaces(
    name: str, head: str, sections: tuple[str, ...], keywords: tuple[str, ...], tmp_path: Path
) -> None:
    """Jekyll reads `categories: a b` as two, where others read a rubric of two words."""
    text = f"---\ntitle: Le bac\n{head}\n---\nTexte."
    (article,) = articles(outcomes_of(tmp_path, text, name))
    assert (article.article_section, article.keywords) == (sections, keywords)


def test_hugo() -> None:
    [article] = articles(list(read([MARKDOWN / "maree" / "index.md"])))
    assert article.headline == "La marée"
    assert article.date_published == "2024-05-01T08:00:00+02:00"
    assert article.date_modified == "2024-05-02"
    assert (article.url, article.same_as) == (None, ("/maree.html", "/2024/la-maree/"))
    assert (article.keywords, article.author) == (("mer",), ("Gwenn",))
    assert [(section.headline, section.text) for section in article.sections] == [
        (None, "Elle monte."),
        ("Plus tard", "Elle descend."),
    ]


def test_an_archive_of_posts() -> None:
    [article] = articles(list(read([MARKDOWN / "archive.md"])))
    assert article.url == "https://libre.example/journaux/le-pingouin"
    assert article.author == ("Ada", "Blaise", "Émilie", "patrick_g")
    assert article.keywords == ("noyau", "banquise", "froid")
    assert article.date_published == "2013-11-23T23:20:30+01:00"
    assert article.sections[0].text == "Il marche. Voir Sun et banquise."


def test_a_page_is_no_markdown(tmp_path: Path) -> None:
    for path in sorted(PAGES.glob("*.txt")):
        file = open_file(path)
        assert isinstance(file, tuple)
        assert file[1].name != "markdown", path


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("a.md", "Sora\n====\n", "markdown"),
        ("a.MD.gz", "# Sora", "markdown"),
        ("a.md", "<p align=center>Sora</p>", "markdown"),
        ("a.md", "<!DOCTYPE html><p>Sora</p>", "html"),
        ("a.txt", "# Sora", "page"),
        ("a.txt", "---\ntitle: Sora\n---\nTexte.", "markdown"),
        ("a.txt", "+++\ntitle = 'Sora'\n+++\nTexte.", "markdown"),
        ("a.txt", "---\nSora\n---\nTexte.", "page"),
        ("a.txt", "--- a: b", "page"),
        ("a.txt", "Titre : le retour\nLe 02/12/2024 à 09h08\n\nTexte.", "page"),
        ("a.txt", "URL: https://a.example/\nTitle: Sora\nDate: 2024-01-01\n\nTexte", "markdown"),
        ("a.txt", "```\ncode\n```\n", "page"),
    ],
)
def test_what_is_markdown(name: str, text: str, form: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text)
    file = open_file(path)
    assert isinstance(file, tuple)
    assert file[1].name == form


@pytest.mark.parametrize("head", ["author: Zoé\ndate: 2024-07-01\n\n", "---\nauthor: Zoé\n---\n"])
def test_a_comment_kept_as_markdown_is_no_article(head: str, tmp_path: Path) -> None:
    folder = tmp_path / "content" / "comments" / "la-brume"
    folder.mkdir(parents=True)
    others = (("2.md", "# Un titre\n\nOui."), ("l-arret.md", "Un commentaire d'arrêt."))
    for name, text in (("1.md", f"{head}Oui."), *others):
        (folder / name).write_text(text)
    skipped, *outcomes = read([tmp_path])
    assert isinstance(skipped, Skipped)
    assert "commentaire tenu en Markdown" in skipped.reason
    assert [article.headline for article in articles(outcomes)] == ["Un titre", "l arret"]


@pytest.mark.parametrize("text", ["draft: true", "published: false", "status: draft", "draft: Yes"])
def test_drafts(text: str, tmp_path: Path) -> None:
    [remark] = outcomes_of(tmp_path, f"---\ntitle: A\n{text}\n---\nTexte secret.", "billet.md")
    assert isinstance(remark, Remark)
    assert remark.kind == "unpublished_articles"


def test_a_date_of_publication_is_no_draft(tmp_path: Path) -> None:
    [article] = outcomes_of(
        tmp_path, "---\ntitle: A\npublished: 2024-01-02\n---\nTexte.", "billet.md"
    )
    assert isinstance(article, Article)
    assert article.date_published == "2024-01-02"


def test_two_files_of_one_title_are_two_articles(tmp_path: Path) -> None:
    for name in ("janvier.md", "fevrier.md", "mars/index.md", "avril/index.md"):
        outcomes_of(tmp_path, "# Revue\n\nTexte.", name)
    articles_found = articles(list(read([tmp_path])))
    assert len({article.id for article in articles_found}) == 4


def test_a_file_keeps_its_name_wherever_it_is(tmp_path: Path) -> None:
    [first] = articles(outcomes_of(tmp_path, "# Revue\n\nTexte.", "a/revue.md"))
    [second] = articles(outcomes_of(tmp_path, "# Revue\n\nAutre.", "b/revue.md"))
    assert first.id == second.id


def test_nothing_to_read(tmp_path: Path) -> None:
    [skipped] = outcomes_of(tmp_path, " \n\n", "billet.md")
    assert isinstance(skipped, Skipped)
    [binary] = outcomes_of(tmp_path, b"\x00\x01" * 500, "billet.md")
    assert isinstance(binary, Skipped)


def test_windows_text(tmp_path: Path) -> None:
    outcomes = outcomes_of(tmp_path, "# L’été\n\nCœur.".encode("cp1252"), "billet.md")
    assert articles(outcomes)[0].headline == "L’été"
    assert remark_kinds(outcomes) == ["encoding"]
