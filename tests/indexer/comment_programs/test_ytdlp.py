"""Which video does a file of yt-dlp tell, and when were its comments written?

Read in yt-dlp 2026.10: for YouTube, `timestamp` of a comment is computed from `_time_text`, by
a parser that knows English ("3 months ago"): it looks exact and is a guess, and what is shown
in French gives none, or the guess of another language. "(edited)" is in the same text, in the
page's language. Sites that tell a real time (others than YouTube) have no `_time_text`.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from indexer.article import Article
from indexer.doors.commands import COMMANDS
from indexer.pipeline.sources import open_file, read
from indexer.reporting import Remark
from indexer.times import Capture
from tests.indexer.samples import EXPORTS
from tests.shared import SHARED

VIDEO = EXPORTS / "la dune [dQ4k9_sable].info.json"
CASES = SHARED / "cases" / "exports"
INDEX = next(command for command in COMMANDS if command.name == "index")


def articles(*paths: Path, captured: Capture | None = None) -> list[Article]:
    return [outcome for outcome in read(paths, captured) if isinstance(outcome, Article)]


def test_a_video_and_what_people_answered() -> None:
    [article] = articles(VIDEO)
    assert article.id == "youtube:dQ4k9_sable"
    assert (article.headline, article.publisher) == ("La dune & nous", "La Gazette des Dunes")
    assert article.url == "https://www.youtube.com/watch?v=dQ4k9_sable"
    assert article.date_published == "2024-07-01"
    assert [section.text for section in article.sections] == ["Le sable avance.\nTrois maisons."]
    assert article.extra == {}
    first, answer, _, orphan = article.comments
    assert (first.parent_id, answer.parent_id) == (None, first.id)
    assert first.id == "youtube:dQ4k9_sable#comment-ytdlp-UgA"
    assert first.text == "Un mètre,\nvraiment ?"
    assert (first.upvote_count, first.edited) == (12, True)
    assert first.url == "https://www.youtube.com/watch?v=dQ4k9_sable&lc=UgA"
    assert answer.author_role == "auteur de la vidéo"
    assert orphan.parent_id == "youtube:dQ4k9_sable#comment-ytdlp-UgC"
    # an address is no name
    assert orphan.author is None
    assert "mail.example" not in repr(article)


def test_what_is_shown_is_an_interval_counted_from_the_capture() -> None:
    """`epoch` says 26 November 2024; the file was copied on another day."""
    [article] = articles(VIDEO)
    first, answer, second, orphan = article.comments
    assert (first.date_published, first.date_shown) == (None, "il y a 4 mois (modifié)")
    assert (first.date_earliest, first.date_latest) == (
        "2024-06-27T00:00:00+02:00",
        "2024-07-26T23:59:59+02:00",
    )
    assert (answer.date_earliest, answer.date_published) == ("2024-07-27T00:00:00+02:00", None)
    # in a language that is not read, its estimate is not believed either
    assert (second.date_published, second.date_earliest) == (None, None)
    assert second.date_shown == "vor 2 Jahren"
    assert orphan.date_latest == "2024-11-25T23:59:59+01:00"


def test_who_indexes_knows_better_when_it_was_captured() -> None:
    [article] = articles(VIDEO, captured=Capture.parse("2026-11-26"))
    assert (article.comments[0].date_latest or "")[:10] == "2026-07-26"


def test_without_epoch_the_date_of_the_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "v.info.json"
    video = json.loads(VIDEO.read_text("utf-8"))
    del video["epoch"]
    path.write_text(json.dumps(video), "utf-8")
    assert "capture" in {outcome.kind for outcome in read([path]) if isinstance(outcome, Remark)}
    assert "capture" not in {
        outcome.kind for outcome in read([VIDEO]) if isinstance(outcome, Remark)
    }


def test_a_site_that_tells_the_time_is_believed(tmp_path: Path) -> None:
    path = tmp_path / "v.info.json"
    comment = {"id": "1", "parent": "root", "text": "Vu.", "author": "m", "timestamp": 1733126880}
    video = {"id": "7", "title": "T", "extractor": "soundcloud", "description": "D"}
    path.write_text(json.dumps({**video, "comments": [comment]}), "utf-8")
    [article] = articles(path)
    assert article.comments[0].date_published == "2024-12-02T08:08:00+00:00"


def test_comments_alone_are_put_with_their_video(tmp_path: Path) -> None:
    video = json.loads(VIDEO.read_text("utf-8"))
    comments = video.pop("comments")
    (tmp_path / "la dune [dQ4k9_sable].info.json").write_text(json.dumps(video), "utf-8")
    comments_file = tmp_path / "la dune [dQ4k9_sable].comments.json"
    comments_file.write_text(json.dumps(comments), "utf-8")
    [article] = articles(tmp_path)
    assert (article.headline, len(article.comments)) == ("La dune & nous", 4)
    assert len(article.sections) == 1
    [thread] = articles(comments_file)
    assert (thread.id, thread.headline) == (article.id, "la dune")
    assert thread.url == article.url


def test_one_video_a_line(tmp_path: Path) -> None:
    """As `yt-dlp -j` writes them."""
    path = tmp_path / "videos.jsonl"
    video = json.loads(VIDEO.read_text("utf-8"))
    lines = [
        {**video, "id": f"video_{n:05}", "webpage_url": f"https://v.example/{n}"} for n in (1, 2)
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    videos = articles(path)
    assert [(article.id, len(article.comments)) for article in videos] == [
        ("youtube:video_00001", 4),
        ("youtube:video_00002", 4),
    ]


@pytest.mark.parametrize(
    ("members", "completeness"),
    [({}, None), ({"comment_count": 900}, "partial"), ({"description": ""}, "partial")],
)
def test_what_yt_dlp_did_not_take_is_not_taken_away(
    members: dict[str, Any], completeness: str | None, tmp_path: Path
) -> None:
    path = tmp_path / "v.info.json"
    path.write_text(json.dumps({**json.loads(VIDEO.read_text("utf-8")), **members}), "utf-8")
    [article] = articles(path)
    assert article.extra.get("completeness") == completeness


def test_a_playlist_is_no_video(tmp_path: Path) -> None:
    path = tmp_path / "p.info.json"
    path.write_text(
        '{"id": "PL", "title": "Dunes", "_type": "playlist", "extractor": "youtube:tab"}'
    )
    assert [outcome.kind for outcome in read([path]) if isinstance(outcome, Remark)] == [
        "other_kinds"
    ]
    assert articles(path) == []


@pytest.mark.parametrize(
    "state", ["private", "unlisted", "premium_only", "subscriber_only", "needs_auth", "members"]
)
def test_what_not_everybody_sees_is_left_aside(state: str, tmp_path: Path) -> None:
    """`availability`, that yt-dlp 2026.10 computes; an owner's cookies open private videos."""
    path = tmp_path / "la dune [dQ4k9_sable].info.json"
    video = json.loads(VIDEO.read_text("utf-8"))
    comments = video.pop("comments")
    path.write_text(json.dumps({**video, "availability": state, "comments": comments}), "utf-8")
    comments_file = tmp_path / "la dune [dQ4k9_sable].comments.json"
    comments_file.write_text(json.dumps(comments), "utf-8")
    outcomes = list(read([path]))
    assert not [outcome for outcome in outcomes if isinstance(outcome, Article)]
    kinds = {outcome.kind: outcome.message for outcome in outcomes if isinstance(outcome, Remark)}
    assert f"({state} : 1 ; --published {state} les prend)" in kinds["unpublished_articles"]
    assert "4 commentaires" in kinds["under_unpublished"]
    index = tmp_path / "index"
    CliRunner().invoke(INDEX, [str(tmp_path), "--index", str(index)])
    assert not index.exists()
    CliRunner().invoke(INDEX, [str(path), "--published", state, "--index", str(index)])
    assert index.exists()


@pytest.mark.parametrize("state", ["public", None])
def test_what_everybody_sees_is_read(state: str | None, tmp_path: Path) -> None:
    path = tmp_path / "v [dQ4k9_sable].info.json"
    video = json.loads(VIDEO.read_text("utf-8"))
    path.write_text(json.dumps({**video, "availability": state}), "utf-8")
    assert len(articles(path)) == 1


def test_known_before_its_comments_are_seen(tmp_path: Path) -> None:
    """YouTube's list of formats fills the first hundred kilobytes of the file."""
    path = tmp_path / "v.info.json"
    video = json.loads(VIDEO.read_text("utf-8"))
    formats = [{"format_id": str(n), "url": "https://x.example/" + "a" * 900} for n in range(200)]
    path.write_text(json.dumps({"id": video.pop("id"), "title": "T", "formats": formats, **video}))
    file = open_file(path)
    assert isinstance(file, tuple)
    assert file[1].name == "ytdlp"
    assert len(articles(path)[0].comments) == 4


@pytest.mark.parametrize("last", [{}, {"_type": "playlist", "webpage_url": "https://a.example/p"}])
def test_the_videos_of_a_playlist(last: dict[str, str], tmp_path: Path) -> None:
    """As `yt-dlp --dump-single-json` writes it: each video whole, with its comments."""
    path = tmp_path / "playlist.info.json"
    video = json.loads(VIDEO.read_text("utf-8"))
    private = {**video, "id": "b" * 11, "availability": "private"}
    playlist = {
        "id": "PL1",
        "title": "Liste",
        "extractor": "youtube:tab",
        "entries": [video, private],
    }
    path.write_text(json.dumps({**playlist, **last}))
    [article] = articles(path, captured=Capture.parse("2026-11-20"))
    assert article == articles(VIDEO, captured=Capture.parse("2026-11-20"))[0]


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / VIDEO.name
    for _ in range(2):
        shutil.copy(VIDEO, path)
        result = CliRunner().invoke(INDEX, [str(path), "--index", str(tmp_path / "index")])
        assert result.exit_code == 0, result.output
    assert "0 passage ajouté, 0 modifié" in result.output


@pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are not on this machine")
def test_the_shared_video() -> None:
    [path] = CASES.glob("*.info.json")
    [article] = articles(path, captured=Capture.parse("2026-11-20"))
    first, answer = article.comments
    assert (first.date_earliest or "")[:10] == "2023-11-21"
    assert (first.date_latest or "")[:10] == "2024-11-20"
    assert answer.parent_id == first.id
    assert article.extra == {"completeness": "partial"}
