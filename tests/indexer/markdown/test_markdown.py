"""Which articles do Markdown files give, and which files are Markdown?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.article.model import Article
from indexer.markdown.front_matter import front_matter
from indexer.markup import markdown_text
from indexer.markup.markdown_text import markdown_sections
from indexer.pipeline.sources import open_file, read
from indexer.reporting.report import Outcome, Remark, Skipped
from tests.indexer.outcomes import articles, outcomes_of
from tests.indexer.samples import MARKDOWN, PAGES


def kinds(outcomes: list[Outcome]) -> list[str]:
    return [outcome.kind for outcome in outcomes if isinstance(outcome, Remark)]


def test_a_folder() -> None:
    outcomes = list(read([MARKDOWN]))
    assert [article.headline for article in articles(outcomes)] == [
        "La brume : ce qu'elle cache",
        "Le pingouin : bilan",
        "La marée",
    ]
    assert sorted(kinds(outcomes)) == [
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
    assert kinds(outcomes) == remarks


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Hauban\n: Câble *oblique*", "Hauban\nCâble oblique"),
        (":::note Le titre\nUn *mot*.\n\n- a\n:::\nFin", "Le titre\nUn mot.\na\nFin"),
        ("::: {.warning}\nUn.\n:::", "Un."),
        (":::tip[Le titre]\nUn.\n:::", "Le titre\nUn."),
        ('!!! warning "Attention"\n    Un *mot*.\n\nFin', "Attention\nUn mot.\nFin"),
        ("H~2~O, 3 m^2^ et 1^er^", "H2O, 3 m2 et 1er"),
        ("Un ==mot== et `==deux==`", "Un ==mot== et ==deux=="),
        ("Un ==mot==, deux", "Un mot, deux"),
        ("Un.\n\n{/* truncate */}\n\nDeux {/* ici */}trois.", "Un.\nDeux trois."),
        ("Un %%à revoir%% mot.\n\n%%\nTrop *long* ?\n\n%%\n\nFin", "Un mot.\nFin"),
        ("Un.\n%% à revoir\ndemain %%\nFin", "Un. Fin"),
        # what somebody writes with the same signs
        ("20 %% de 100 %\n\nFin", "20 %% de 100 %\nFin"),
        ("%% sans fin\n\nFin", "%% sans fin\nFin"),
        ("`%%a%%`\n\n~~~\n%%\na = 1\n%%\n~~~", "%%a%%\n%%\na = 1\n%%"),
        ("!!! Attention au chien\n\nFin", "!!! Attention au chien\nFin"),
        ("::: Rappel important", "Rappel important"),
        ("x^2+y^2=z^2, ^_^ et ^o^", "x^2+y^2=z^2, ^_^ et ^o^"),
        ("~/a:~/b, à ~5~6 km", "~/a:~/b, à ~5~6 km"),
        ("~10 km, ~20 km, 10^3, ^^ et a==b==c", "~10 km, ~20 km, 10^3, ^^ et a==b==c"),
    ],
)
def test_what_other_programs_add_to_markdown(written: str, text: str) -> None:
    [section] = markdown_sections(written)
    assert section.text == text


@pytest.mark.parametrize(
    "text",
    [
        "Titre : la suite du bac\n---\n\nIl part.",
        "Il dit : non\net encore : non\n\n---\n\nIl part.",
        ".. note: rien\n\nIl part.",
        "Title: Été\nDate: 2024-07-01\n\nIl part.\n\n---\n\nIl revient.",
    ],
)
def test_a_rule_under_words_opens_nothing(text: str, tmp_path: Path) -> None:
    [article] = articles(outcomes_of(tmp_path, text, "un-billet.md"))
    words = " ".join(f"{section.headline or ''} {section.text}" for section in article.sections)
    assert "Il part." in words
    first = text.partition("\n")[0].removeprefix(".. ").removeprefix("Title: ")
    assert first in f"{article.headline} {words}"


def test_a_draft_of_nikola(tmp_path: Path) -> None:
    head = "<!--\n.. title: A\n.. date: 2024-07-01\n.. status: draft\n-->\n"
    [remark] = outcomes_of(tmp_path, f"{head}Texte secret.", "billet.md")
    assert isinstance(remark, Remark)
    assert remark.kind == "unpublished_articles"


@pytest.mark.parametrize("head", ["author: Zoé\ndate: 2024-07-01\n\n", "---\nauthor: Zoé\n---\n"])
def test_a_comment_kept_as_markdown_is_no_article(head: str, tmp_path: Path) -> None:
    folder = tmp_path / "content" / "comments" / "la-brume"
    folder.mkdir(parents=True)
    for name, text in (("1.md", f"{head}Oui."), ("2.md", "# Un titre\n\nOui.")):
        (folder / name).write_text(text)
    skipped, article = read([tmp_path])
    assert isinstance(skipped, Skipped)
    assert "commentaire tenu en Markdown" in skipped.reason
    assert isinstance(article, Article)
    assert article.headline == "Un titre"


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


@pytest.mark.parametrize("head", ['---\ntitle: "a \\uD800"\n---\n', '{"title": "a \\uD800"}\n'])
def test_halves_of_characters(head: str, tmp_path: Path) -> None:
    [article] = articles(outcomes_of(tmp_path, head + "Texte.", "billet.md"))
    assert article.headline == "a ?"


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
    assert kinds(outcomes) == ["encoding"]


HOSTILE = ["[", "![", "[[a|", "<", "*a_ ", "> ", "* ", "[^a]", "{%", "{{<", "`", "~~a", "|a\n|-\n"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_texts_made_to_be_slow_are_read(piece: str, in_proportion: Any) -> None:
    def prepare(size: int) -> Callable[[], object]:
        text = piece * (size // len(piece))
        return lambda: markdown_sections(text)

    # both sizes are parsed: of some of these, twelve thousand characters are too much to be
    in_proportion(prepare, 1_250)


def test_blank_lines_are_not_walked_through_for_each_block(monkeypatch: Any) -> None:
    texts: list[str] = []
    reader = markdown_text._reader()
    parse = reader.parse
    monkeypatch.setattr(reader, "parse", lambda text: texts.append(text) or parse(text))
    fenced = "```\nun\n\n\n\ndeux\n```"
    blank = "\n \n\t\n" * 1000
    sections = markdown_sections(f"Un.\n{blank}Deux.\n\n{fenced}\n{blank}## Suite\n{blank}Trois.")
    assert [section.headline for section in sections] == [None, "Suite"]
    assert max(map(len, texts)) < 100
    assert fenced in texts[0]


def test_a_text_too_long_to_be_parsed_keeps_its_headings() -> None:
    sections = markdown_sections("Un.\n\n## Deux\n\n" + "mot *mot*\n" * 110_000)
    assert [section.headline for section in sections] == [None, "Deux"]
    assert sections[1].text.startswith("mot *mot*\nmot")


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
