"""An export of WordPress, whole, and items to put others together."""

from __future__ import annotations

from tests.indexer.samples import EXPORTS

EXPORT = EXPORTS / "wordpress.xml"
DATA = EXPORT.read_bytes()
HEAD, ITEMS = DATA[: DATA.index(b"\t<item>")], DATA[DATA.index(b"\t<item>") :]


def item(number: int, inside: bytes = b"Texte.") -> bytes:
    return (
        b"<item>\n<title>T%d</title>\n<wp:post_id>%d</wp:post_id>\n<content:encoded>%s"
        b"</content:encoded>\n</item>\n" % (number, number, inside)
    )


END = b"</channel>\n</rss>\n"


def thread_of(comments: bytes) -> bytes:
    """What is inside an item whose comments these are."""
    return b"Texte.</content:encoded>\n" + comments + b"<content:encoded>"


COMMENT = b"<wp:comment><wp:comment_id>%d</wp:comment_id>%s</wp:comment>\n"
