"""What does one file hold that is the size of a newspaper's largest article?

    python trial_large.py NAME COUNT FILE

writes the file of that name with so many comments, each with words and an author of its own.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from trial_hostile import COMMON

BEGAN = datetime(2024, 9, 21, 7, tzinfo=UTC)
ADDRESS = "https://phare.example/2024/marees/"
TITLE = "Les marées d’équinoxe"
ARTICLE = "Deux fois l’an, la mer se retire très loin, et la grève paraît. " * 12


class Comment:
    """The n-th comment: its text, its author and its time."""

    def __init__(self, number: int) -> None:
        chance = random.Random(number)
        words = chance.choices(COMMON, k=chance.randint(6, 90))
        self.number = number
        self.author = f"Lecteur {number}"
        self.text = f"{' '.join(words).capitalize()} ormeau{number}."
        self.at = BEGAN + timedelta(minutes=number)
        self.parent = 0 if number % 3 == 1 else number - 1
        """The number of the comment that it answers; 0: the article."""

    def on(self, form: str) -> str:
        return self.at.strftime(form)


def comments(count: int) -> Iterator[Comment]:
    return map(Comment, range(1, count + 1))


def _threaded(count: int, opening: Callable[[Comment], str], ending: str, inside: tuple[str, str],
              ) -> Iterator[str]:  # fmt: skip
    """Each comment, those that answer it being put inside it: threads of three."""
    for first in range(1, count + 1, 3):
        thread = [Comment(number) for number in range(first, min(first + 3, count + 1))]
        for place, comment in enumerate(thread):
            yield (inside[0] if place else "") + opening(comment)
        yield (ending + inside[1]) * (len(thread) - 1) + ending


def _page(thread: Iterator[str], around: tuple[str, str], head: str = "") -> Iterator[str]:
    yield (
        f'<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>{TITLE}</title>'
        f'<link rel="canonical" href="{ADDRESS}">'
        f'<meta property="article:published_time" content="2024-09-21T08:00:00+02:00">{head}'
        f"</head><body><main><article><h1>{TITLE}</h1><p>{ARTICLE}</p><h2>Le calcul</h2>"
        f"<p>{ARTICLE}</p></article>{around[0]}"
    )
    yield from thread
    yield around[1] + "</main></body></html>"


def wordpress_page(count: int) -> Iterator[str]:
    def opening(comment: Comment) -> str:
        return (
            f'<li id="comment-{comment.number}" class="comment"><article class="comment-body">'
            f'<footer class="comment-meta"><b class="fn">{comment.author}</b>'
            f'<div class="comment-metadata"><time datetime="{comment.at.isoformat()}">'
            f"{comment.on('%d/%m/%Y à %Hh%M')}</time></div></footer>"
            f'<div class="comment-content"><p>{comment.text}</p></div><div class="reply">'
            f'<a class="comment-reply-link" href="#respond">Répondre</a></div></article>'
        )

    thread = _threaded(count, opening, "</li>", ('<ol class="children">', "</ol>"))
    around = '<div id="comments" class="comments-area"><ol class="comment-list">', "</ol></div>"
    return _page(thread, around)


def microdata_page(count: int) -> Iterator[str]:
    def opening(comment: Comment) -> str:
        return (
            f'<div itemprop="comment" itemscope itemtype="https://schema.org/Comment" '
            f'id="c{comment.number}"><span itemprop="author" itemscope><span itemprop="name">'
            f'{comment.author}</span></span><meta itemprop="dateCreated" '
            f'content="{comment.at.isoformat()}"><p itemprop="text">{comment.text}</p>'
        )

    return _page(_threaded(count, opening, "</div>", ("", "")), ("<section>", "</section>"))


def spip_page(count: int) -> Iterator[str]:
    def opening(comment: Comment) -> str:
        return (
            f'<li class="forum-fil comment"><div class="comment-message forum-message">'
            f'<div class="comment-content forum-texte"><div class="forum-texte-{comment.number}">'
            f'<p>{comment.text}</p></div></div><div class="comment-meta forum-chapo">'
            f'<span class="comment-author vcard"><strong class="fn n">{comment.author}</strong>'
            f'</span><abbr class="date" title="{comment.on("%Y-%m-%dT%H:%M:%SZ")}">'
            f"{comment.on('Le %d/%m à %H:%M')}</abbr></div></div>"
        )

    thread = _threaded(count, opening, "</li>", ("<ul>", "</ul>"))
    return _page(thread, ('<ul class="forum comments-list">', "</ul>"))


def unknown_page(count: int) -> Iterator[str]:
    """Of no program that is known: the finder finds its thread."""

    def opening(comment: Comment) -> str:
        return (
            f'<div class="zz-node" id="m{comment.number}"><div class="zz-top">'
            f"<span>{comment.author}</span> <span>{comment.on('%d/%m/%Y à %Hh%M')}</span></div>"
            f'<div class="zz-say"><p>{comment.text}</p></div><a href="#r">Répondre</a>'
        )

    thread = _threaded(count, opening, "</div>", ("", ""))
    return _page(thread, (f"<section><h2>{count} commentaires</h2>", "</section>"))


def table_page(count: int) -> Iterator[str]:
    rows = (
        f"<tr><td><b>{comment.author}</b><br>{comment.on('%d/%m/%Y à %H:%M')}</td>"
        f"<td>{comment.text}</td></tr>"
        for comment in comments(count)
    )
    return _page(rows, ("<h2>Commentaires</h2><table>", "</table>"))


def json_ld_page(count: int) -> Iterator[str]:
    fields = [
        {
            "@type": "Comment",
            "@id": f"{ADDRESS}#c{comment.number}",
            "text": comment.text,
            "dateCreated": comment.at.isoformat(),
            "author": {"@type": "Person", "name": comment.author},
        }
        for comment in comments(count)
    ]
    posting = {"@context": "https://schema.org", "@type": "DiscussionForumPosting"}
    posting |= {"headline": TITLE, "url": ADDRESS, "comment": fields}
    script = json.dumps(posting, ensure_ascii=False)
    return _page(
        iter(()), ("", ""), f'<script type="application/ld+json">{script}</script>'
    )  # fmt: skip


def _text_page(count: int) -> Iterator[str]:
    """What is copied from a page of the model's site."""
    yield (
        f"{TITLE}\nLa mer et nous\n{ARTICLE}\nLe 14 janvier 2024 à 09h30\n3 min\nSociété\n"
        f"{ARTICLE}\nLe calcul\n{ARTICLE}\n{TITLE}\n-\nLe calcul\nCommentaires ({count})\n"
        "Vous devez être abonné pour pouvoir commenter.\nDéjà abonné ? Se connecter\n"
        "Abonnez-vous"
    )
    for comment in comments(count):
        yield f"{comment.on('Le %d/%m/%Y à %Hh%M')}\n{comment.text}\n"


def wxr(count: int) -> Iterator[str]:
    yield (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Le Phare</title>'
        "<language>fr-FR</language><wp:wxr_version>1.2</wp:wxr_version>"
        f"<wp:base_blog_url>https://phare.example</wp:base_blog_url><item><title>{TITLE}</title>"
        f"<link>{ADDRESS}</link><content:encoded><![CDATA[{ARTICLE}]]></content:encoded>"
        "<wp:post_id>7</wp:post_id><wp:post_date_gmt>2024-09-21 06:00:00</wp:post_date_gmt>"
        "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>"
    )
    for comment in comments(count):
        yield (
            f"\n\t\t<wp:comment>\n\t\t\t<wp:comment_id>{comment.number}</wp:comment_id>\n\t\t\t"
            f"<wp:comment_author><![CDATA[{comment.author}]]></wp:comment_author>\n\t\t\t"
            f"<wp:comment_author_email><![CDATA[l{comment.number}@courrier.example]]>"
            f"</wp:comment_author_email>\n\t\t\t<wp:comment_author_url></wp:comment_author_url>"
            f"\n\t\t\t<wp:comment_author_IP><![CDATA[192.0.2.77]]></wp:comment_author_IP>\n\t\t\t"
            f"<wp:comment_date><![CDATA[{comment.on('%Y-%m-%d %H:%M:%S')}]]></wp:comment_date>"
            f"\n\t\t\t<wp:comment_date_gmt><![CDATA[{comment.on('%Y-%m-%d %H:%M:%S')}]]>"
            f"</wp:comment_date_gmt>\n\t\t\t<wp:comment_content><![CDATA[{comment.text}]]>"
            f"</wp:comment_content>\n\t\t\t<wp:comment_approved><![CDATA[1]]>"
            f"</wp:comment_approved>\n\t\t\t<wp:comment_type><![CDATA[comment]]>"
            f"</wp:comment_type>\n\t\t\t<wp:comment_parent>{comment.parent}</wp:comment_parent>"
            f"\n\t\t\t<wp:comment_user_id>0</wp:comment_user_id>\n\t\t</wp:comment>"
        )
    yield "</item></channel></rss>"


def disqus(count: int) -> Iterator[str]:
    yield (
        '<?xml version="1.0" encoding="utf-8"?><disqus xmlns="http://disqus.com" '
        'xmlns:dsq="http://disqus.com/disqus-internals">'
        f'<thread dsq:id="501"><id/><link>{ADDRESS}</link><title>{TITLE}</title></thread>'
    )
    for comment in comments(count):
        parent = f'<parent dsq:id="{comment.parent}"/>' if comment.parent else ""
        yield (
            f'<post dsq:id="{comment.number}"><message><![CDATA[<p>{comment.text}</p>]]></message>'
            f"<createdAt>{comment.on('%Y-%m-%dT%H:%M:%SZ')}</createdAt><isDeleted>false</isDeleted>"
            f"<isSpam>false</isSpam><author><name>{comment.author}</name></author>"
            f'<thread dsq:id="501"/>{parent}</post>'
        )
    yield "</disqus>"


def csv_comments(count: int) -> Iterator[str]:
    yield "id,article_id,parent_id,pseudo,date,texte,statut\n"
    for comment in comments(count):
        parent = comment.parent or ""
        yield (
            f"{comment.number},7,{parent},{comment.author},{comment.on('%Y-%m-%d %H:%M')},"
            f'"{comment.text}",approuvé\n'
        )


def _json_list(
    count: int, before: str, entry: Callable[[Comment], object], after: str
) -> Iterator[str]:
    yield before
    for comment in comments(count):
        yield json.dumps(entry(comment), ensure_ascii=False)
        if comment.number < count:
            yield ",\n"
    yield after


def isso(count: int) -> Iterator[str]:
    def entry(comment: Comment) -> object:
        fields = {"id": comment.number, "author": comment.author, "text": comment.text}
        fields |= {"created": comment.on("%Y-%m-%d %H:%M:%S")}
        return fields | ({"parent": comment.parent} if comment.parent else {})

    before = f'[{{"id": "/2024/marees/", "title": "{TITLE}", "comments": ['
    return _json_list(count, before, entry, "]}]")


def remark42(count: int) -> Iterator[str]:
    yield '{"version":1,"users":[],"posts":[]}\n'
    for comment in comments(count):
        fields = {"id": f"r{comment.number}", "pid": f"r{comment.parent}" if comment.parent else ""}
        fields |= {"text": f"<p>{comment.text}</p>", "user": {"name": comment.author}}
        fields |= {"locator": {"url": ADDRESS}, "time": comment.at.isoformat(), "title": TITLE}
        yield json.dumps(fields, ensure_ascii=False) + "\n"


def canonical(count: int) -> Iterator[str]:
    def entry(comment: Comment) -> object:
        fields = {
            "id": f"{ADDRESS}#c{comment.number}",
            "text": comment.text,
            "author": comment.author,
        }
        return fields | {"datePublished": comment.at.isoformat()}

    before = json.dumps({"id": ADDRESS, "headline": TITLE, "url": ADDRESS, "sections": [
        {"text": ARTICLE}], "comments": []}, ensure_ascii=False)  # fmt: skip
    content = "".join(_json_list(count, before[:-2], entry, "]}"))
    yield content.replace("\n", " ") + "\n"


def video(count: int) -> Iterator[str]:
    def entry(comment: Comment) -> object:
        parent = f"Ug{comment.parent}" if comment.parent else "root"
        fields = {"id": f"Ug{comment.number}", "parent": parent, "text": comment.text}
        return fields | {"author": comment.author, "timestamp": int(comment.at.timestamp())}

    before = (
        f'{{"id": "dQ4k9_sable", "title": "{TITLE}", "description": "{ARTICLE}", '
        '"webpage_url": "https://www.youtube.com/watch?v=dQ4k9_sable", "extractor": "youtube", '
        '"extractor_key": "Youtube", "upload_date": "20240701", "channel": "La Gazette", '
        '"epoch": 1732613400, "comments": ['
    )
    return _json_list(count, before, entry, "]}")


def spip(count: int) -> Iterator[str]:
    yield (
        '<?xml version="1.0" encoding="utf-8"?><SPIP version="SPIP 3.1" version_base="1" '
        'adresse_site="https://phare.example"><spip_articles><id_article>3</id_article>'
        f"<titre>{TITLE}</titre><texte>{ARTICLE}</texte><statut>publie</statut>"
        "<date>2024-09-20 10:00:00</date><id_rubrique>1</id_rubrique></spip_articles>"
    )
    for comment in comments(count):
        yield (
            f"<spip_forum><id_forum>{comment.number}</id_forum><id_parent>{comment.parent}</id_parent>"
            f"<id_objet>3</id_objet><objet>article</objet><id_article>3</id_article>"
            f"<date_heure>{comment.on('%Y-%m-%d %H:%M:%S')}</date_heure><titre>{TITLE}</titre>"
            f"<texte>{comment.text}</texte><auteur>{comment.author}</auteur><statut>publie</statut>"
            f"</spip_forum>"
        )
    yield "</SPIP>"


def movable_type(count: int) -> Iterator[str]:
    yield (
        f"AUTHOR: Soizic\nTITLE: {TITLE}\nSTATUS: Publish\nUNIQUE URL: {ADDRESS}\n"
        f"DATE: 09/20/2024 12:05:00 AM\n-----\nBODY:\n{ARTICLE}\n-----\n"
    )
    for comment in comments(count):
        yield (
            f"COMMENT:\nAUTHOR: {comment.author}\nDATE: {comment.on('%m/%d/%Y %I:%M:%S %p')}\n"
            f"{comment.text}\n-----\n"
        )
    yield "--------\n"


def feed(count: int) -> Iterator[str]:
    yield (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:thr="http://purl.org/syndication/thread/1.0" xml:lang="fr">'
        f"<title>Commentaires sur {TITLE}</title><id>{ADDRESS}feed/</id>"
        f'<link rel="alternate" type="text/html" href="{ADDRESS}#comments"/>'
    )
    for comment in comments(count):
        yield (
            f"<entry><title>Par : {comment.author}</title><link rel='alternate' "
            f"href='{ADDRESS}#comment-{comment.number}'/><author><name>{comment.author}</name></author>"
            f"<id>{ADDRESS}#comment-{comment.number}</id><published>{comment.at.isoformat()}</published>"
            f"<updated>{comment.at.isoformat()}</updated><content type='html'>"
            f"<![CDATA[<p>{comment.text}</p>]]></content>"
            f"<thr:in-reply-to ref='{ADDRESS}' href='{ADDRESS}'/></entry>"
        )
    yield "</feed>"


MAKERS: dict[str, Callable[[int], Iterator[str]]] = {
    "wordpress.html": wordpress_page,
    "microdata.html": microdata_page,
    "spip.html": spip_page,
    "unknown.html": unknown_page,
    "table.html": table_page,
    "json-ld.html": json_ld_page,
    "page.txt": _text_page,
    "wxr.xml": wxr,
    "disqus.xml": disqus,
    "spip.xml": spip,
    "comments.atom": feed,
    "comments.csv": csv_comments,
    "isso.json": isso,
    "remark42.jsonl": remark42,
    "articles.jsonl": canonical,
    "video.info.json": video,
    "movable-type.txt": movable_type,
}
"""How each file is made, of so many comments."""


def write(name: str, count: int, path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(MAKERS[name](count))


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
