"""Of each state in a table, by the software it is of, what becomes of the row?

The tables name the software, its version, and where it says its states. "public" is read,
"aside" is left and counted, "title" leaves the title alone, "place" its place in the thread.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from indexer.article.model import Article
from indexer.doors.commands import index_command
from indexer.reporting.report import Remark
from tests.indexer.published import SECRET, Fate, PostMaker, outcomes_of


def table(columns: str) -> PostMaker:
    """A table whose row has these columns, and a state in each of the last ones."""

    def row_of(state: str) -> str:
        width = len(state.split("|"))
        own = columns.split(",")
        cells = ["7", "Un", SECRET] if "title" in columns else ["1", "7", SECRET]
        assert len(own) == len(cells) + width, (columns, state)
        row = ",".join([*cells, *(f'"{word}"' for word in state.split("|"))])
        return f"{columns}\n{row}\n"

    return row_of


ARTICLE, COMMENT = "id,title,content,", "comment_id,article_id,comment_content,"

KNOWN: list[tuple[str, str, PostMaker, dict[str, str]]] = [
    (
        "WordPress 7.1, wp_posts",
        "a.csv",
        table(ARTICLE + "post_status,comment_status,post_type,post_password"),
        {
            "publish|open|post|": "public",
            "publish|closed|page|": "public",
            "publish|closed|post|sesame": "title",
            "publish|closed|flamingo_inbound|": "aside",
            "publish|closed|acf-field|": "aside",
            "inherit|closed|revision|": "aside",
            "inherit|open|attachment|": "aside",
            "request-completed|closed|user_request|": "aside",
            **{
                f"{state}|open|post|": "aside"
                for state in ("future", "draft", "pending", "private")
            },
            **{f"{state}|open|post|": "aside" for state in ("trash", "auto-draft", "")},
        },
    ),
    (
        "WordPress 7.1, wp_comments",
        "a.csv",
        table(COMMENT + "comment_approved,comment_type"),
        {
            "1|comment": "public",
            "1|": "public",
            "1.0|": "public",
            **{f"{state}|comment": "aside" for state in ("0", "spam", "trash", "post-trashed", "")},
            "1|wpdiscuz_sticky": "public",
            **{f"1|{kind}": "aside" for kind in ("note", "review", "order_note", "pingback")},
        },
    ),
    (
        "SPIP 4.4, spip_articles (ecrire/base/objets.php)",
        "a.csv",
        table(ARTICLE + "statut"),
        {
            "publie": "public",
            **dict.fromkeys(("prepa", "prop", "refuse", "poubelle", "archive", ""), "aside"),
        },
    ),
    (
        "SPIP 4.4, spip_forum (plugins-dist/forum)",
        "a.csv",
        table("id_forum,id_objet,texte,id_parent,objet,statut"),
        {
            "0|article|publie": "public",
            "0|rubrique|publie": "aside",
            **{
                f"0|article|{state}": "aside"
                for state in ("prop", "off", "spam", "prive", "privrac", "privadm", "privoff")
            },
            "0|article|original": "aside",
            "0|article|": "aside",
        },
    ),
    (
        "Dotclear 2.40, dc_post and dc_comment (inc/core)",
        "a.csv",
        table(ARTICLE + "post_status,post_password"),
        {"1|": "public", "0|": "aside", "-1|": "aside", "-2|": "aside", "1|sesame": "title"},
    ),
    (
        "Dotclear 2.40, dc_comment",
        "a.csv",
        table(COMMENT + "comment_status,comment_trackback"),
        {"1|0": "public", "0|0": "aside", "-1|0": "aside", "-2|0": "aside", "1|1": "aside"},
    ),
    (
        "Substack's posts.csv; Medium and YouTube say unlisted",
        "a.csv",
        table(ARTICLE + "is_published,audience"),
        {
            "true|everyone": "public",
            "false|everyone": "aside",
            "true|only_paid": "aside",
            "true|only_free": "aside",
            "true|founding": "aside",
            "true|12000": "public",
            "|everyone": "aside",
            "VRAI|tous": "public",
        },
    ),
    (
        "Ghost 5, posts exported by its administration",
        "a.csv",
        table(ARTICLE + "status,post_access"),
        {
            "published only|Public": "public",
            "published and emailed|Public": "public",
            "published only|Members-only": "aside",
            "published only|Paid-members only": "aside",
            "emailed only|Public": "aside",
            "draft|Public": "aside",
            "scheduled|Public": "aside",
        },
    ),
    (
        "Joomla 5, content (state, access) and phpBB 3.3 (post_visibility)",
        "a.csv",
        table(ARTICLE + "state,access"),
        {"1|1": "public", "0|1": "aside", "2|1": "aside", "-2|1": "aside", "1|2": "aside"},
    ),
    (
        "phpBB 3.3 (includes/constants.php)",
        "a.csv",
        table(ARTICLE + "post_visibility"),
        {"1": "public", "0": "aside", "2": "aside", "3": "aside"},
    ),
    (
        "Flarum 1.8 (is_approved, is_private, hidden_at)",
        "a.csv",
        table(COMMENT + "is_approved,is_private,hidden_at"),
        {
            "1|0|": "public",
            "0|0|": "aside",
            "1|1|": "aside",
            "1|0|2024-01-01 10:00:00": "aside",
            "1|0|NULL": "public",
        },
    ),
    (
        "Webflow's and HubSpot's exports (Archived), and Kirby, Statamic and others after them",
        "a.csv",
        table(ARTICLE + "Archived,archived_at,Archivé ?"),
        {
            "false||non": "public",
            "true||non": "aside",
            "false|2024-01-01 10:00:00|non": "aside",
            "false||oui": "aside",
            # where the page was kept
            "false||https://archive.example/x": "public",
        },
    ),
    (
        "Wagtail 6, pages (live, expire_at, expired)",
        "a.csv",
        table(ARTICLE + "live,expire_at,expired"),
        {
            "True||False": "public",
            "True||True": "aside",
            "True|2020-01-01T00:00:00Z|False": "aside",
            "False||False": "aside",
        },
    ),
    (
        "LiveJournal's entries (security), and who may see",
        "a.csv",
        table(ARTICLE + "security,members_only,restricted"),
        {
            "public|0|": "public",
            "private|0|": "aside",
            "usemask|0|": "aside",
            "public|1|": "aside",
            "public||yes": "aside",
        },
    ),
    (
        "What waits for somebody: Kunena 6 (hold), and moderation of many",
        "a.csv",
        table(COMMENT + "hold,pending,suspended"),
        {"0|0|": "public", "1|0|": "aside", "2|0|": "aside", "0|1|": "aside", "0|0|1": "aside"},
    ),
    (
        "Headings of French spreadsheets",
        "a.csv",
        table(ARTICLE + "Statut de publication,Brouillon ?"),
        {
            "Publié|non": "public",
            "En ligne|": "public",
            "publiée|0": "public",
            "Publié|oui": "aside",
            "En attente de relecture|non": "aside",
            "Planifié|non": "aside",
            "|non": "aside",
            "Publié le 2 mars 2024|non": "public",
            "200|non": "public",
            "404|non": "aside",
            "À valider|non": "aside",
        },
    ),
    (
        "Headings that nobody knows, with states that everybody does",
        "a.csv",
        table(ARTICLE + "Étape,Couleur"),
        {
            "Relu|bleu": "public",
            "Brouillon|bleu": "aside",
            "|En attente de relecture": "aside",
            "Confidentiel|bleu": "aside",
        },
    ),
    (
        "A date to come, as SPIP 4.4 keeps (postdates) and no state at all",
        "a.csv",
        table(ARTICLE + "date"),
        {
            "2001-01-01": "public",
            "2199-01-01 08:00": "aside",
            "9999-12-31T23:59:59Z": "aside",
            "01/02/2999": "aside",
            "32503680000": "aside",
            "": "public",
        },
    ),
    (
        "A time of publication that is not there: Strapi 4, Rails",
        "a.csv",
        table(ARTICLE + "published_at"),
        {"2024-01-01 10:00": "public", "": "aside", "NULL": "aside", "2999-01-01": "aside"},
    ),
    (
        "No time of publication, as MySQL, .NET and PHP write it",
        "a.csv",
        table(ARTICLE + "published_at"),
        {
            "0000-00-00 00:00:00": "aside",
            "0001-01-01T00:00:00Z": "aside",
            "-0001-11-30 00:00:00": "aside",
        },
    ),
    (
        "No time of deletion, written so",
        "a.csv",
        table(ARTICLE + "deleted_at"),
        {
            "0000-00-00 00:00:00": "public",
            "0001-01-01T00:00:00Z": "public",
            "-0001-11-30 00:00:00": "public",
            "2024-01-01 10:00": "aside",
        },
    ),
]
CASES = [
    pytest.param(name, make_row, state, expected, id=f"{software.split(',')[0]}: {state}")
    for software, name, make_row, states in KNOWN
    for state, expected in states.items()
]


@pytest.mark.parametrize(("name", "make_row", "state", "expected"), CASES)
def test_every_state(
    name: str, make_row: PostMaker, state: str, expected: str, tmp_path: Path, fate: Fate
) -> None:
    path = tmp_path / name
    path.write_text(make_row(state))
    assert fate(outcomes_of(path)) == expected
    # the joining of threads kept elsewhere opens nothing
    assert fate(outcomes_of(path, threads_first=True)) == expected


@pytest.mark.parametrize(
    ("name", "make_row", "state", "option"),
    [
        ("a.csv", table(ARTICLE + "statut"), "", "vide"),
        ("a.csv", table(ARTICLE + "post_status"), "-2", "post_status=-2"),
        ("a.csv", table(ARTICLE + "post_status"), "-2", "-2"),
        ("a.csv", table(ARTICLE + "audience"), "only_paid", "only_paid"),
        ("a.csv", table(ARTICLE + "post_password"), "sesame", "mot_de_passe"),
        ("a.csv", table(COMMENT + "comment_type"), "review", "review"),
    ],
)
def test_what_the_option_takes(
    name: str, make_row: PostMaker, state: str, option: str, tmp_path: Path, fate: Fate
) -> None:
    path = tmp_path / name
    path.write_text(make_row(state))
    assert fate(outcomes_of(path)) in ("aside", "title")
    assert fate(outcomes_of(path, option)) == "public"


def test_booleans_of_parquet(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet: Any = pytest.importorskip("pyarrow.parquet")
    columns = {
        "title": ["Un", "Deux", "Trois", "Quatre"],
        "text": ["Clair.", SECRET, SECRET, SECRET],
        "is_published": [True, False, None, True],
        "visibility": ["public", "public", "public", "unlisted"],
    }
    parquet.write_table(pyarrow.table(columns), tmp_path / "a.parquet")
    outcomes = outcomes_of(tmp_path / "a.parquet")
    assert [outcome.headline for outcome in outcomes if isinstance(outcome, Article)] == ["Un"]
    [message] = [outcome.message for outcome in outcomes if isinstance(outcome, Remark)]
    assert message == (
        "3 articles non publiés laissés de côté"
        " (is_published=false : 1, is_published=vide : 1, unlisted : 1 ; voir --published)"
    )


def test_the_option_of_the_command(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("titre,texte,statut\nUn,mirabelle,prepa\nDeux,Clair,publie\n")
    index = ["--index", str(tmp_path / "x.index")]
    result = CliRunner().invoke(index_command, [str(path), *index])
    assert "(prepa : 1 ; --published prepa les prend)" in result.stderr
    assert "1 article," in result.stdout
    result = CliRunner().invoke(index_command, [str(path), *index, "--published", "prepa"])
    assert "2 articles," in result.stdout
    result = CliRunner().invoke(index_command, [str(path), *index, "--published", " "])
    assert (result.exit_code, "un état est attendu" in result.stderr) == (2, True)
