"""Which topics and replies of bbPress 2.6 are read in an export, and what stays hidden?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.indexer.outcomes import articles, outcomes_of, remarks
from tests.indexer.wordpress.wordpress_exports import END, HEAD


def post(
    number: int,
    kind: str,
    parent: int,
    *,
    status: str = "publish",
    title: str = "",
    text: str = "Texte.",
    creator: str = "",
    meta: str = "",
) -> str:
    metas = "".join(
        f"<wp:postmeta><wp:meta_key>{name}</wp:meta_key><wp:meta_value>{value}</wp:meta_value>"
        "</wp:postmeta>"
        for name, _, value in (pair.partition("=") for pair in filter(None, meta.split(";")))
    )
    return (
        f"<item><title>{title}</title><dc:creator>{creator}</dc:creator>"
        f"<content:encoded>{text}</content:encoded><wp:post_id>{number}</wp:post_id>"
        f"<wp:post_date>2024-03-04 10:{number}:00</wp:post_date>"
        f"<wp:post_date_gmt>2024-03-04 09:{number}:00</wp:post_date_gmt>"
        f"<wp:status>{status}</wp:status><wp:post_parent>{parent}</wp:post_parent>"
        f"<wp:post_type>{kind}</wp:post_type>{metas}</item>\n"
    )


FORUM = post(10, "forum", 0, title="Le quai")
TOPIC = post(11, "topic", 10, title="Le bac", text="Il part à dix heures.", creator="zoe")
REPLIES = post(
    12, "reply", 11, text="Bien.", meta="_bbp_anonymous_name=Luc Roy;_bbp_reply_to=0"
) + post(13, "reply", 11, text="Et le soir ?", creator="zoe", meta="_bbp_reply_to=12")


def export(items: str) -> bytes:
    return HEAD + items.encode() + END


def test_a_topic_and_its_replies(tmp_path: Path) -> None:
    outcomes = outcomes_of(tmp_path, export(FORUM + TOPIC + REPLIES))
    (topic,) = articles(outcomes)
    assert (topic.headline, [section.text for section in topic.sections], topic.author) == (
        "Le bac",
        ["Il part à dix heures."],
        ("zoe",),
    )
    assert topic.extra.get("completeness") is None
    first, second = topic.comments
    assert (first.author, first.text, first.parent_id) == ("Luc Roy", "Bien.", None)
    assert (second.author, second.text, second.parent_id) == ("zoe", "Et le soir ?", first.id)
    assert (first.id, first.anchor) == (f"{topic.id}#comment-12", "post-12")
    assert first.date_published == "2024-03-04T09:12:00Z"


@pytest.mark.parametrize("status", ["spam", "trash", "pending", ""])
def test_replies_that_are_hidden(status: str, tmp_path: Path) -> None:
    hidden = post(14, "reply", 11, text="Texte retenu", status=status)
    outcomes = outcomes_of(tmp_path, export(FORUM + TOPIC + REPLIES + hidden))
    (topic,) = articles(outcomes)
    assert [comment.text for comment in topic.comments] == ["Bien.", "Et le soir ?"]
    assert "1 commentaire" in remarks(outcomes)["unpublished"]


HIDDEN = {
    "a private forum": FORUM.replace("publish", "private") + TOPIC + REPLIES,
    "a forum in a hidden one": post(9, "forum", 0, status="hidden")
    + FORUM.replace("<wp:post_parent>0", "<wp:post_parent>9")
    + TOPIC
    + REPLIES,
    "a forum that is not there": TOPIC + REPLIES,
    "a topic to be moderated": FORUM + TOPIC.replace("publish", "pending") + REPLIES,
    "a topic that is spam": FORUM + TOPIC.replace("publish", "spam") + REPLIES,
}


@pytest.mark.parametrize("kind", HIDDEN)
def test_topics_that_are_hidden(kind: str, tmp_path: Path) -> None:
    outcomes = outcomes_of(tmp_path, export(HIDDEN[kind]))
    assert articles(outcomes) == []
    assert "topic : 1" in remarks(outcomes)["other_kinds"]
    assert "reply : 2" in remarks(outcomes)["other_kinds"]


def test_a_topic_that_is_closed_is_read(tmp_path: Path) -> None:
    closed_topic = TOPIC.replace("publish", "closed")
    (topic,) = articles(outcomes_of(tmp_path, export(FORUM + closed_topic + REPLIES)))
    assert len(topic.comments) == 2


ORDERS = {
    "replies first": REPLIES + TOPIC + FORUM,
    "the topic last": FORUM + REPLIES + TOPIC,
    "a reply on each side": FORUM + REPLIES[: REPLIES.index("\n") + 1] + TOPIC
    + REPLIES[REPLIES.index("\n") + 1 :],
    "forums the other way round": TOPIC
    + REPLIES
    + FORUM.replace("<wp:post_parent>0", "<wp:post_parent>15")
    + post(15, "forum", 0),
}  # fmt: skip


@pytest.mark.parametrize("order", ORDERS)
def test_the_order_of_an_export_changes_nothing(order: str, tmp_path: Path) -> None:
    """bbPress gives a topic that it splits from another a later number than its replies have."""
    outcomes = outcomes_of(tmp_path, export(ORDERS[order]))
    (topic,) = articles(outcomes)
    assert (topic.headline, [comment.text for comment in topic.comments]) == (
        "Le bac",
        ["Bien.", "Et le soir ?"],
    )
    assert remarks(outcomes).get("other_kinds", "").count("topic") == 0


@pytest.mark.parametrize("kind", HIDDEN)
def test_nor_what_is_hidden(kind: str, tmp_path: Path) -> None:
    backwards = "\n".join(reversed(HIDDEN[kind].splitlines())) + "\n"
    outcomes = outcomes_of(tmp_path, export(backwards))
    assert articles(outcomes) == []
    assert "reply : 2" in remarks(outcomes)["other_kinds"]


def test_a_topic_behind_a_password_gives_its_title(tmp_path: Path) -> None:
    locked = TOPIC.replace("</item>", "<wp:post_password>x</wp:post_password></item>")
    outcomes = outcomes_of(tmp_path, export(FORUM + locked + REPLIES))
    (topic,) = articles(outcomes)
    assert (topic.headline, topic.sections, topic.comments) == ("Le bac", (), ())
