"""Which articles and comments do exports of Blogger give, the old one and that of Takeout?"""

from __future__ import annotations

from pathlib import Path

from indexer.pipeline.sources import read
from tests.indexer.outcomes import articles, outcomes_of, remarks
from tests.indexer.samples import EXPORTS


def test_blogger() -> None:
    outcomes = list(read([EXPORTS / "blogger.xml"]))
    [article] = articles(outcomes)
    assert article.id == "blogger:77:500"
    assert article.url == "http://lande.example/2012/06/bruyere.html"
    assert [(section.headline, section.text) for section in article.sections] == [
        (None, "Un lundi."),
        ("L'ajonc", "Il pique.\nBeaucoup."),
    ]
    assert (article.keywords, article.author) == (("bruyère",), ("Enora",))
    assert article.date_published == "2012-06-03T09:00:00+02:00"
    assert article.extra == {}  # an export is complete
    first, second, deleted = article.comments
    assert (first.id, first.parent_id) == ("blogger:77:500#comment-900", None)
    assert (first.author, first.headline, first.anchor) == ("Gwenn", None, "c900")
    assert second.parent_id == first.id
    assert (deleted.status, deleted.author, deleted.text) == ("deleted", None, "")
    messages = remarks(outcomes)
    assert messages["other_kinds"] == "1 élément d'une autre sorte laissé de côté (template : 1)"
    assert (
        messages["unpublished_articles"]
        == "1 article non publié laissé de côté (draft : 1 ; --published draft les prend)"
    )
    assert "secret" not in repr(outcomes)
    assert "@" not in repr(outcomes)


TAKEOUT = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:blogger="http://schemas.google.com/blogger/2018">
<id>tag:blogger.com,1999:blog-77</id><title>Lande</title><link rel="alternate" href="http://lande.example/"/>
<entry><id>tag:blogger.com,1999:blog-77.post-1</id><blogger:type>POST</blogger:type>
<blogger:status>LIVE</blogger:status><title>Un</title><content type="html">Oui.</content>
<published>2020-01-01T10:00:00Z</published><blogger:filename>/2020/01/un.html</blogger:filename></entry>
<entry><id>tag:blogger.com,1999:blog-77.post-2</id><blogger:type>POST</blogger:type>
<blogger:status>DRAFT</blogger:status><title>Deux</title><content type="html">Non.</content></entry>
<entry><id>tag:blogger.com,1999:blog-77.post-3</id><blogger:type>COMMENT</blogger:type>
<blogger:parent>tag:blogger.com,1999:blog-77.post-1</blogger:parent><blogger:status>LIVE</blogger:status>
<content type="html">Bravo.</content><author><name>Zoé</name></author></entry>
<entry><id>tag:blogger.com,1999:blog-77.post-4</id><blogger:type>COMMENT</blogger:type>
<blogger:parent>tag:blogger.com,1999:blog-77.post-1</blogger:parent><blogger:status>LIVE</blogger:status>
<blogger:inReplyTo>tag:blogger.com,1999:blog-77.post-3</blogger:inReplyTo>
<content type="html">Merci.</content></entry>
<entry><id>tag:blogger.com,1999:blog-77.post-5</id><blogger:type>COMMENT</blogger:type>
<blogger:parent>tag:blogger.com,1999:blog-77.post-9</blogger:parent><blogger:status>SPAM</blogger:status>
<content type="html">Bottes.</content></entry></feed>"""


def test_blogger_by_takeout(tmp_path: Path) -> None:
    [article] = articles(outcomes_of(tmp_path, TAKEOUT))
    assert article.url == "http://lande.example/2020/01/un.html"
    assert [(comment.text, comment.parent_id) for comment in article.comments] == [
        ("Bravo.", None),
        ("Merci.", "blogger:77:1#comment-3"),
    ]
