"""Does an index follow a WordPress, edits, answers and removals, and ask little of it?"""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from glose import main
from indexer.article.model import Article, Section
from indexer.canonical import jsonl
from indexer.web import fetching
from tests.indexer.wordpress.visits import LATER, Run, stored_article, texts

pytestmark = pytest.mark.usefixtures("no_waiting")


def test_everything_is_read_the_first_time(small: Any, run: Run, tmp_path: Path) -> None:
    result = run()
    assert (result["articles"], result["comments"]) == (4, 5)
    article = stored_article(tmp_path, small, 10)
    assert article.headline == "Article 10"
    assert article.url == f"{small.home}/post-10/"
    assert article.same_as == (f"{small.home}/?p=10",)
    assert article.article_section == ("Économie & droit",)
    assert article.keywords == ("openai", "L’été")
    assert article.author == ("Camille Roussel",)
    assert article.date_published == "2020-12-12T08:00:00Z"
    assert article.in_language == "fr-FR"
    assert article.publisher == "Le petit blog"
    assert article.description is None  # the beginning of the text is no standfirst
    assert [section.text for section in article.sections] == ["Texte de l’article 10."]
    first, second = article.comments
    assert second.parent_id == first.id == f"{article.id}#comment-101"
    quoting, orphan = stored_article(tmp_path, small, 11).comments
    assert (quoting.text, quoting.citation[0].text) == ("Oui.", "Un NDA ?")
    assert orphan.parent_id.endswith("#comment-99")
    assert stored_article(tmp_path, small, 2).same_as == (
        f"{small.home}/?p=2",
        f"{small.home}/?page_id=2",
    )


def test_an_email_is_never_kept(small: Any, run: Run, tmp_path: Path) -> None:
    small.comment(106, 12, author_name="zoe@exemple.fr", author_email="zoe@exemple.fr")
    run()
    assert stored_article(tmp_path, small, 12).comments[0].author is None
    assert b"zoe@exemple.fr" not in b"".join(
        path.read_bytes() for path in (tmp_path / "i").rglob("*") if path.is_file()
    )


def test_a_second_visit_asks_for_what_is_new_only(small: Any, run: Run) -> None:
    run()
    assert len(small.routes()) < 15
    result = run()
    assert small.routes() == ["comments", "posts", "posts", "pages", "pages"]
    assert (result["articles"], result["added"], result["removed"]) == (0, 0, 0)


def test_a_site_that_says_304_is_not_read_again(small: Any, run: Run) -> None:
    small.etags = True
    run()
    run()
    small.headers.clear()
    small.routes()
    run()
    assert all("if-none-match" in header for header in small.headers)
    assert len(small.routes()) == 5
    small.comment(110, 10)
    assert run()["added"] == 1


def test_an_edited_post_is_read_again_alone(small: Any, run: Run, tmp_path: Path) -> None:
    run()
    small.edit(11, "<p>Autre chose.</p>", LATER)
    small.routes()
    result = run()
    # every passage knows when its article was modified
    assert (result["articles"], result["added"], result["updated"], result["removed"]) == (
        1,
        0,
        4,
        0,
    )
    assert stored_article(tmp_path, small, 11).sections[0].text == "Autre chose."
    assert len(texts(tmp_path, small, 11)) == 2
    assert run()["articles"] == 0


def test_a_new_comment_brings_its_whole_thread(small: Any, run: Run, tmp_path: Path) -> None:
    run()
    small.comment(120, 10, parent=102)
    small.comments[101]["content"]["rendered"] = "<p>Corrigé.</p>"
    result = run()
    assert (result["articles"], result["added"], result["removed"]) == (1, 1, 0)
    assert texts(tmp_path, small, 10) == ["Corrigé.", "Réponse 102.", "Réponse 120."]


def test_a_removed_comment_is_seen_by_the_counts(small: Any, run: Run, tmp_path: Path) -> None:
    run()
    del small.comments[103]
    result = run()
    assert (result["articles"], result["removed"]) == (1, 1)
    assert len(texts(tmp_path, small, 11)) == 1
    small.routes()
    assert run()["articles"] == 0
    assert len(small.routes()) == 5


def test_a_comment_approved_late_is_seen_by_the_counts(
    small: Any, run: Run, tmp_path: Path
) -> None:
    small.comment(100, 12, status="hold")
    run()
    assert texts(tmp_path, small, 12) == []
    small.comments[100]["status"] = "approved"
    assert run()["added"] == 1
    assert texts(tmp_path, small, 12) == ["Réponse 100."]


class AnHourLater(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Any:
        return datetime.now(tz) + timedelta(hours=1)


def test_an_edited_comment_is_seen_by_a_full_visit_only(
    small: Any, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run()
    small.comments[103]["content"]["rendered"] = "<p>Non.</p>"
    assert run()["articles"] == 0
    monkeypatch.setattr("indexer.doors.commands.datetime", AnHourLater)
    result = run("--full")
    # the comment, and the lead, which tells when its article was captured
    assert (result["articles"], result["updated"], result["removed"]) == (4, 2, 0)
    assert texts(tmp_path, small, 11)[0] == "Non."
    assert run()["articles"] == 0


def test_one_planned_before_and_published_since(small: Any, run: Run, tmp_path: Path) -> None:
    """Coming out does not change the date of its last modification."""
    small.post(13, day=60, modified="2020-12-01T09:00:00", status="future")
    run()
    small.posts[13]["status"] = "publish"
    assert run()["articles"] == 1
    assert stored_article(tmp_path, small, 13).headline == "Article 13"


def test_what_is_not_listed_any_more_stays(small: Any, run: Run, tmp_path: Path) -> None:
    run()
    del small.posts[12]
    assert run("--full")["removed"] == 0
    assert stored_article(tmp_path, small, 12) is not None


def test_one_gone_with_its_comments_is_told(small: Any, run: Run, tmp_path: Path) -> None:
    run()
    del small.posts[11]
    for number in (103, 105):
        del small.comments[number]
    result = run()
    assert [warning["kind"] for warning in result["warnings"]] == ["gone"]
    assert "glose delete" in result["warnings"][0]["examples"][0]["message"]
    assert stored_article(tmp_path, small, 11) is not None
    assert run()["warnings"] == []


def test_a_password_keeps_the_title_only(small: Any, run: Run, tmp_path: Path) -> None:
    run()
    small.protect(11, LATER)
    result = run()
    assert result["removed"] == 3
    article = stored_article(tmp_path, small, 11)
    assert (article.headline, article.sections, article.comments) == ("Article 11", (), ())
    assert run("--full")["articles"] == 4
    assert run()["articles"] == 0


def test_a_site_that_gives_no_comment_at_all_takes_none_away(
    small: Any, run: Run, tmp_path: Path
) -> None:
    """As some extensions that close comments do, without refusing."""
    run()
    small.comments.clear()
    result = run("--full")
    assert result["removed"] == 0
    assert "no_comments" in [warning["kind"] for warning in result["warnings"]]
    assert len(texts(tmp_path, small, 10)) == 2


def test_an_older_wordpress_that_does_not_know_modified_after(small: Any, run: Run) -> None:
    small.knows_modified_after = False
    for number in range(200, 450):
        small.post(number, day=number - 200)
    assert run()["articles"] == 254
    small.edit(300, "<p>Autre.</p>", LATER)
    small.routes()
    assert run()["articles"] == 1
    assert len(small.routes()) < 11


@pytest.mark.parametrize("limit", [100, 30])
def test_many_posts_and_comments(site: Any, run: Run, limit: int) -> None:
    site.most = limit
    for number in range(1, 331):
        site.post(number)
    for number in range(1000, 1420):
        site.comment(number, 1 + number % 3, hidden=number % 50 == 0)
    result = run()
    assert (result["articles"], result["comments"]) == (330, 411)
    assert result["skipped"] == []
    assert run()["articles"] == 0
    site.comment(1500, 330)
    assert run()["added"] == 1


def test_an_interrupted_visit_says_so(
    site: Any, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 251):
        site.post(number)

    def interrupt(seconds: float) -> None:
        if "page=3" in site.asked[-1]:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(fetching.time, "sleep", interrupt)
        site.odd = lambda path, params: (503, {}, b"") if params.get("page") == "3" else None
        result = run(code=1)
    assert result["articles"] == 200
    assert "interrompu" in result["skipped"][0]["reason"]
    site.odd = lambda path, params: None
    assert run()["articles"] == 50


def test_a_dry_run_remembers_nothing(small: Any, run: Run, tmp_path: Path) -> None:
    assert run("--dry-run")["articles"] == 4
    assert not (tmp_path / "i").exists()
    assert run()["added"] > 0
    small.comment(130, 10)
    assert run("--dry-run")["articles"] == 1
    assert run()["added"] == 1


def test_a_dry_run_removes_nothing_that_the_site_still_gives(
    small: Any, run: Run, tmp_path: Path
) -> None:
    export = tmp_path / "export.jsonl"
    ids = [
        f"wp:{small.home.removeprefix('http://')}:10",
        *(f"a{number}" for number in range(1, 12)),
    ]
    lines = [jsonl.dump(Article(id, "Titre", sections=(Section(None, "Texte."),))) for id in ids]
    export.write_bytes(b"".join(lines))
    assert run(str(export))["removed"] == 0
    export.write_bytes(b"".join(lines[1:-1]))
    options = (str(export), "--full", "--prune")
    assert run(*options, "--dry-run")["pruned"]["ids"] == [ids[-1]]
    assert run(*options)["pruned"]["ids"] == [ids[-1]]


def test_another_index_begins_anew(small: Any, run: Run, tmp_path: Path) -> None:
    run()
    backup = tmp_path / "i.tar"
    where = ["--index", str(tmp_path / "i")]
    assert CliRunner().invoke(main, ["backup", str(backup), *where]).exit_code == 0
    small.comment(140, 10)
    assert run()["added"] == 1
    result = CliRunner().invoke(main, ["restore", str(backup), *where, "--force"])
    assert result.exit_code == 0, result.output
    # what the state told was read is in this index no more
    assert (run()["articles"], texts(tmp_path, small, 10)[-1]) == (4, "Réponse 140.")


def test_an_interrupted_visit_goes_on_where_it_was(site: Any, run: Run) -> None:
    for number in range(1, 451):
        site.post(number)
    site.comment(9000, 450)

    def answer_oddly(path: str, params: dict[str, str]) -> Any:
        is_broken = path.endswith("/posts") and params.get("page") == "4"
        return (503, {"Retry-After": "3600"}, b"") if is_broken else None

    site.odd = answer_oddly
    result = run(code=1)
    assert result["articles"] == 300
    assert "d’attendre 60 minutes" in result["skipped"][0]["reason"]
    site.odd = lambda path, params: None
    site.posts[20]["content"]["rendered"] = "<p>Autre.</p>"
    site.posts[20]["modified"] = LATER.isoformat()
    del site.posts[5]
    site.routes()
    result = run()
    assert result["articles"] == 151  # 150 left, and the one changed since
    assert site.routes().count("posts") == 5
    assert run()["articles"] == 0


def test_a_list_that_shrinks_while_it_is_read_loses_nothing(site: Any, run: Run) -> None:
    for number in range(1, 251):
        site.post(number)

    def answer_oddly(path: str, params: dict[str, str]) -> Any:
        if path.endswith("/posts") and params.get("page") == "2" and 7 in site.posts:
            del site.posts[7]
        return None

    site.odd = answer_oddly
    assert run()["articles"] == 250  # 249, and the removed one


def test_comments_elsewhere_than_under_articles(small: Any, run: Run) -> None:
    run()
    small.comment(150, 7777)
    result = run()
    assert result["articles"] == 0
    assert [warning["kind"] for warning in result["warnings"]] == ["elsewhere"]
    assert run()["warnings"] == []


def test_a_future_date_hides_nothing(small: Any, run: Run) -> None:
    small.posts[12]["modified"] = "2099-01-01T00:00:00"
    run()
    small.edit(10, "<p>Autre.</p>", datetime.now())
    assert run()["articles"] == 1
    assert run()["articles"] == 0


def test_the_json_report_and_the_sentences(small: Any, tmp_path: Path) -> None:
    result = CliRunner().invoke(
        main, ["index", small.home, "--index", str(tmp_path / "i"), "--allow-private",
               "--rate", "100"],
    )  # fmt: skip
    assert "4 articles, 4 sections, 5 commentaires" in result.output
    assert "1 réponse à un commentaire absent" in result.output


def test_an_export_then_a_visit_every_night(small: Any, run: Run, tmp_path: Path) -> None:
    """The visits bring what changes; the export, read again, does not undo it."""
    item = """<item><title>Article 10</title><link>{home}/post-10/</link>
    <content:encoded>Texte de l'article 10.</content:encoded><wp:post_id>10</wp:post_id>
    <wp:post_date_gmt>2020-12-12 08:00:00</wp:post_date_gmt><wp:status>publish</wp:status>
    {comments}</item>"""
    comment = """<wp:comment><wp:comment_id>{0}</wp:comment_id>
    <wp:comment_author>Lectrice {0}</wp:comment_author>
    <wp:comment_date_gmt>2020-12-20 09:00:00</wp:comment_date_gmt>
    <wp:comment_content>Réponse {0}.</wp:comment_content>
    <wp:comment_approved>1</wp:comment_approved><wp:comment_parent>{1}</wp:comment_parent></wp:comment>"""
    comments = comment.format(101, 0) + comment.format(102, 101)
    export = tmp_path / "export.xml"
    export.write_text(
        '<rss xmlns:wp="http://wordpress.org/export/1.2/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<link>{small.home}</link><pubDate>Sun, 20 Dec 2020 12:00:00 +0000</pubDate>"
        f"{item.format(home=small.home, comments=comments)}</channel></rss>"
    )

    def visit_site() -> Any:
        return run(address=str(export))

    assert (visit_site()["added"], run()["articles"]) == (4, 4)
    assert stored_article(tmp_path, small, 10).sections[0].text == "Texte de l'article 10."
    del small.comments[102]
    small.comment(106, 10)
    small.comment(107, 10)
    small.edit(10, "<p>Corrigé.</p>", LATER)
    run()
    for step in (visit_site, run, visit_site):
        assert texts(tmp_path, small, 10) == ["Réponse 101.", "Réponse 106.", "Réponse 107."]
        assert stored_article(tmp_path, small, 10).sections[0].text == "Corrigé."
        result = step()
        assert (result["added"], result["updated"], result["removed"]) == (0, 0, 0)
