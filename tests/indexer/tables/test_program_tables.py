"""Which comments do the tables of programs give, as their own exports and their viewers write them?

Columns of Drupal 7.103, phpBB 3.3.11, MyBB 1.8.37 and JComments 4.0, as their installers make
them; `<r>` and `<t>` as phpBB's TextFormatter 2 keeps a message.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.indexer.outcomes import articles, outcomes_of, remarks, skipped

Comments = list[tuple[str | None, str | None, str]]
COMMENTS: Comments = [("Alice", None, "Le bac part."), ("Benoît", "Alice", "À quelle heure ?")]


def comments_of(tmp_path: Path, text: str) -> Comments:
    """The comments of the one article of a table: who, answering whom, what."""
    (article,) = articles(outcomes_of(tmp_path, text, "t.csv"))
    authors = {comment.id: comment.author for comment in article.comments}
    return [
        (comment.author, authors.get(comment.parent_id or ""), comment.text)
        for comment in article.comments
    ]


@pytest.mark.parametrize("null", ["NULL", "[NULL]", "(NULL)", "<null>", "<NA>", "nan", "—", "-"])
def test_a_comment_that_answers_nobody(null: str, tmp_path: Path) -> None:
    """DBeaver 24, HeidiSQL 12, DataGrip 2024 and pandas 2 each have their own word for none."""
    table = f"""comment_id,article_id,parent_id,author,created_at,comment
1,7,{null},Alice,2024-03-04 10:22:00,Le bac part.
2,7,1,Benoît,2024-03-04 11:05:00,À quelle heure ?
"""
    assert comments_of(tmp_path, table) == COMMENTS
    assert "orphan" not in remarks(outcomes_of(tmp_path, table, "t.csv"))


@pytest.mark.parametrize(
    "parent",
    ["1", "1.0", "#1", "n° 1", "Alice", "@alice", "En réponse à Alice", "Réponse à : Alice"],
)
def test_who_is_answered(parent: str, tmp_path: Path) -> None:
    table = f"""N°;N° de l'article;En réponse à;Auteur;Date;Texte du commentaire
1;7;;Alice;04/03/2024 10:22;Le bac part.
2;7;{parent};Benoît;25/03/2024 11:05;À quelle heure ?
"""
    assert comments_of(tmp_path, table) == COMMENTS


def test_somebody_who_wrote_twice_is_answered_the_last_time(tmp_path: Path) -> None:
    table = """titre_article;auteur;date;en réponse à;commentaire
Le bac;Alice;2024-03-04 10:22;;Le bac part.
Le bac;Alice;2024-03-04 10:30;;Dans une heure.
Le bac;Benoît;2024-03-04 11:05;Alice;Enfin.
Le bac;Chloé;2024-03-04 11:06;Zoé;Qui ?
"""
    (article,) = articles(outcomes_of(tmp_path, table, "t.csv"))
    first, second, answer, orphan = article.comments
    assert answer.parent_id == second.id != first.id
    assert orphan.parent_id is not None
    assert orphan.parent_id not in {comment.id for comment in article.comments}


TABLES = {
    "Drupal 7": """cid,pid,nid,uid,subject,hostname,created,changed,status,thread,name,body
1,0,7,0,Bac,192.0.2.1,1709544120,1709544120,1,01/,Alice,Le bac part.
2,1,7,0,Heure,192.0.2.1,1709546700,1709546700,1,01.00/,Benoît,À quelle heure ?
3,1,7,0,Pub,192.0.2.1,1709546700,1709546700,0,01.01/,Zoé,Texte retenu
""",
    "Drupal 10": """cid,comment_type,entity_id,pid,subject,name,created,status,uuid,text
1,comment,7,,Bac,Alice,1709544120,1,,Le bac part.
2,comment,7,1,Heure,Benoît,1709546700,1,,À quelle heure ?
""",
    "MyBB": """pid,tid,replyto,fid,subject,uid,username,dateline,message,visible
1,7,0,2,Le bac,3,Alice,1709544120,Le bac part.,1
2,7,1,2,RE: Le bac,4,Benoît,1709546700,À quelle heure ?,1
3,7,1,2,RE: Le bac,4,Zoé,1709546700,Texte retenu,0
""",
    "Textpattern": """discussid,parentid,name,email,web,ip,posted,message,visible
1,7,Alice,,,192.0.2.1,2024-03-04 10:22:00,<p>Le bac part.</p>,1
2,7,Benoît,,,192.0.2.1,2024-03-04 11:05:00,<p>À quelle heure ?</p>,1
3,7,Zoé,,,192.0.2.1,2024-03-04 11:06:00,<p>Texte retenu</p>,-1
""",
    "Serendipity": """id,entry_id,parent_id,timestamp,title,author,ip,body,type,subscribed,status
1,7,0,1709544120,,Alice,192.0.2.1,Le bac part.,NORMAL,false,approved
2,7,1,1709546700,,Benoît,192.0.2.1,À quelle heure ?,NORMAL,false,approved
3,7,0,1709546700,,Zoé,192.0.2.1,Texte retenu,TRACKBACK,false,approved
4,7,0,1709546700,,Zoé,192.0.2.1,Texte retenu,NORMAL,false,pending
""",
    "Discourse": """\
topic_id,post_number,reply_to_post_number,username,created_at,cooked,hidden,post_type
7,1,,Alice,2024-03-04 09:22:00 UTC,<p>Le bac part.</p>,false,1
7,2,1,Benoît,2024-03-04 10:05:00 UTC,<p>À quelle heure ?</p>,false,1
7,3,1,Zoé,2024-03-04 10:05:00 UTC,<p>Texte retenu</p>,true,1
7,4,1,Zoé,2024-03-04 10:05:00 UTC,<p>Texte retenu</p>,false,4
""",
    "Kunena": """id,parent,thread,catid,name,userid,subject,time,ip,locked,hold,message
1,0,1,2,Alice,2,Le bac,1709544120,192.0.2.1,0,0,Le bac part.
2,1,1,2,Benoît,3,Re: Le bac,1709546700,192.0.2.1,0,0,À quelle heure ?
3,1,1,2,Zoé,3,Re: Le bac,1709546700,192.0.2.1,0,1,Texte retenu
4,1,1,2,Zoé,3,Re: Le bac,1709546700,192.0.2.1,0,2,Texte retenu
""",
    "JComments": """id,parent,thread_id,path,object_id,lang,name,comment,date,published,deleted
1,0,0,0,7,fr-FR,Alice,Le bac part.,2024-03-04 10:22:00,1,0
2,1,1,"0,1",7,fr-FR,Benoît,À quelle heure ?,2024-03-04 11:05:00,1,0
3,0,0,0,7,fr-FR,Zoé,Texte retenu,2024-03-04 11:06:00,0,0
""",
}


# their tables do not say whom a comment answers
FLAT = ("Textpattern",)


@pytest.mark.parametrize("program", TABLES)
def test_comments_of(program: str, tmp_path: Path) -> None:
    expected = [(author, None, text) for author, _, text in COMMENTS]
    comments = comments_of(tmp_path, TABLES[program])
    assert comments == (expected if program in FLAT else COMMENTS)


def test_messages_of_flarum(tmp_path: Path) -> None:
    """Flarum 1.8 keeps what happened to a discussion among its messages."""
    table = """id,discussion_id,number,created_at,user_id,type,content,hidden_at,is_private
1,7,1,2024-03-04 09:22:00,2,comment,<t><p>Le bac part.</p></t>,,0
2,7,2,2024-03-04 09:23:00,2,discussionRenamed,"[""Texte retenu"",""Le bac""]",,0
3,7,3,2024-03-04 09:24:00,2,comment,<t><p>Texte retenu</p></t>,2024-03-05 09:24:00,0
4,7,4,2024-03-04 09:25:00,2,comment,<t><p>Texte retenu</p></t>,,1
"""
    assert comments_of(tmp_path, table) == [(None, None, "Le bac part.")]


def test_what_textpattern_says_with_numbers(tmp_path: Path) -> None:
    """In Textpattern 4, 1 is a draft, and 4 is live."""
    head = "ID,Posted,AuthorID,LastModID,Title,Body,Body_html,Excerpt_html,Status,textile_body"
    rows = [
        f"{n},2024-03-04 10:22:00,alice,alice,T{n},*x*,<p>Texte {n}.</p>,,{n},1"
        for n in range(1, 6)
    ]
    outcomes = outcomes_of(tmp_path, "\n".join([head, *rows]), "t.csv")
    assert [(article.headline, article.author) for article in articles(outcomes)] == [
        ("T4", ("alice",)),
        ("T5", ("alice",)),
    ]
    assert articles(outcomes)[0].sections[0].text == "Texte 4."
    assert "draft : 1" in remarks(outcomes)["unpublished_articles"]


def test_a_topic_that_was_moved_leaves_a_shadow(tmp_path: Path) -> None:
    """In phpBB 3.3, `topic_status` is 1 for a topic that takes no answers, 2 for a shadow."""
    table = """topic_id,topic_title,topic_time,topic_status,topic_visibility,topic_first_poster_name
7,Le bac,1709544120,0,1,Alice
8,Le quai,1709544120,1,1,Alice
9,La rampe,1709544120,2,1,Alice
"""
    outcomes = outcomes_of(tmp_path, table, "t.csv")
    assert [topic.headline for topic in articles(outcomes)] == ["Le bac", "Le quai"]


def test_comments_whose_words_are_in_another_table_are_no_articles(tmp_path: Path) -> None:
    table = """cid,pid,nid,subject,created,status,thread,name
1,0,7,Bac,1709544120,1,01/,Alice
"""
    outcomes = outcomes_of(tmp_path, table, "t.csv")
    assert articles(outcomes) == []
    ((_, reason),) = skipped(outcomes)
    assert reason.startswith("aucune colonne n'a les mots de ces commentaires")


PHPBB = """post_id,topic_id,post_time,post_visibility,post_username,post_text
1,7,1709544120,1,Alice,<t>Le bac part.</t>
2,7,1709546700,1,Benoît,"<r><QUOTE author=""Alice""><s>[q]</s>Le bac part.<e>[/q]</e></QUOTE>
À <B><s>[b]</s>quelle<e>[/b]</e></B> heure ? <E>:)</E></r>"
3,7,1709546760,0,Zoé,<t>Texte retenu</t>
"""


def test_a_message_that_waits_for_a_moderator_hides_no_topic(tmp_path: Path) -> None:
    outcomes = outcomes_of(tmp_path, PHPBB, "t.csv")
    (topic,) = articles(outcomes)
    assert [comment.text for comment in topic.comments] == [
        "Le bac part.",
        "À quelle heure ? :)",
    ]
    assert [quote.text for quote in topic.comments[1].citation] == ["Le bac part."]
    assert "post_visibility=0 : 1" in remarks(outcomes)["unpublished"]


def test_topics_that_are_hidden(tmp_path: Path) -> None:
    table = """topic_id,topic_title,topic_time,topic_visibility,topic_first_poster_name
7,Le bac,1709544120,1,Alice
8,La rampe,1709544120,0,Alice
"""
    (topic,) = articles(outcomes_of(tmp_path, table, "t.csv"))
    assert (topic.id, topic.headline, topic.author) == ("table:7", "Le bac", ("Alice",))
    assert topic.date_published == "2024-03-04T09:22:00Z"


@pytest.mark.parametrize(
    ("yes", "no"), [("Activé", "Désactivé"), ("Oui", "Non"), ("Enabled", "Disabled")]
)
def test_what_a_view_of_drupal_says_of_a_state(yes: str, no: str, tmp_path: Path) -> None:
    table = f"""Titre;Corps;Créé;Publié
Le bac;Il part.;lun 04/03/2024 - 10:22;{yes}
La rampe;Texte retenu;mar 05/03/2024 - 10:22;{no}
Le quai;Il attend.;mer 13/03/2024 - 10:22;{yes}
"""
    outcomes = outcomes_of(tmp_path, table, "t.csv")
    assert [(article.headline, article.date_published) for article in articles(outcomes)] == [
        ("Le bac", "2024-03-04T10:22:00+01:00"),
        ("Le quai", "2024-03-13T10:22:00+01:00"),
    ]


ABOVE = [
    ("object_group", "object_id", "com_content", "com_k2"),
    ("entity_type", "entity_id", "node", "taxonomy_term"),
    ("commentable_type", "commentable_id", "App\\Models\\Post", "App\\Models\\Video"),
    ("objet", "id_objet", "article", "rubrique"),
]


@pytest.mark.parametrize(("kind", "number", "on_article", "elsewhere"), ABOVE)
def test_comments_on_something_else_of_the_same_number(
    kind: str, number: str, on_article: str, elsewhere: str, tmp_path: Path
) -> None:
    """JComments 4, Drupal 10, Laravel Comments 4 and SPIP number each kind of pages from 1."""
    own, parent = ("cid", "pid") if kind == "entity_type" else ("comment_id", "parent")
    table = f"""{own},{number},{kind},{parent},author,comment
1,7,{on_article},,Alice,Le bac part.
2,7,{on_article},1,Benoît,À quelle heure ?
3,7,{elsewhere},,Zoé,Rambutan
"""
    assert comments_of(tmp_path, table) == COMMENTS
    assert elsewhere in remarks(outcomes_of(tmp_path, table, "t.csv"))["elsewhere"]


def test_news_of_typo3(tmp_path: Path) -> None:
    """Its `hidden` and `deleted` keep a piece of news from readers."""
    table = """uid,pid,tstamp,crdate,deleted,hidden,title,datetime,bodytext,author
7,1,1709544120,1709544120,0,0,Le bac,1709544120,<p>Il part.</p>,Alice
8,1,1709544120,1709544120,1,0,La rampe,1709544120,Texte retenu,Alice
9,1,1709544120,1709544120,0,1,Le quai,1709544120,Texte retenu,Alice
"""
    (article,) = articles(outcomes_of(tmp_path, table, "t.csv"))
    assert (article.headline, article.sections[0].text) == ("Le bac", "Il part.")


@pytest.mark.parametrize(
    ("starts", "ends", "group", "state"),
    [
        ("0", "0", "", ""),
        ("1583313720", "0", "0", ""),
        ("4070908800", "0", "", "programme"),
        ("0", "1583313720", "", "expire"),
        ("0", "0", "3", "fe_group"),
        ("0", "0", "-2", "fe_group"),
    ],
)
def test_when_and_to_whom_typo3_shows_news(
    starts: str, ends: str, group: str, state: str, tmp_path: Path
) -> None:
    table = f"""uid,hidden,starttime,endtime,fe_group,title,bodytext
7,0,{starts},{ends},{group},Le bac,<p>Il part.</p>
"""
    outcomes = outcomes_of(tmp_path, table, "t.csv")
    assert len(articles(outcomes)) == (not state)
    assert state in remarks(outcomes).get("unpublished_articles", "")


def test_a_draft_in_a_workspace_of_typo3(tmp_path: Path) -> None:
    table = """uid,hidden,t3ver_wsid,title,teaser,bodytext
7,0,0,Le bac,Un chapô.,<p>Il part.</p>
8,0,2,La rampe,,Texte retenu
"""
    (article,) = articles(outcomes_of(tmp_path, table, "t.csv"))
    assert (article.headline, article.description) == ("Le bac", "Un chapô.")


@pytest.mark.parametrize(
    "row",
    [
        "7,Alice,2024-03-04 10:22:00,Le bac part.,comment",
        "7,Alice,alice@courrier.example,Le bac part.,comment",
        "7,Alice,192.0.2.1,Le bac part.,comment",
        "7;Alice;04/03/2024 10:22;Le bac part.;comment",
    ],
)
def test_a_table_without_the_names_of_its_columns(row: str, tmp_path: Path) -> None:
    """phpMyAdmin writes them when it is asked to."""
    outcomes = outcomes_of(tmp_path, f"{row}\n{row}\n", "t.csv")
    assert articles(outcomes) == []
    [(line, reason)] = skipped(outcomes)
    assert line == 1
    assert "n’a pas les noms des colonnes" in reason


def test_comments_of_typo3(tmp_path: Path) -> None:
    """Its extension `comments` 1.8 names who wrote in two columns."""
    table = """uid,pid,crdate,deleted,hidden,approved,external_ref,firstname,lastname,content
1,1,1709544120,0,0,1,tt_news_7,Alice,Renard,Le bac part.
2,1,1709544120,0,0,0,tt_news_7,Zoé,,Texte retenu
3,1,1709544120,0,1,1,tt_news_7,Zoé,,Texte retenu
"""
    outcomes = outcomes_of(tmp_path, table, "t.csv")
    assert comments_of(tmp_path, table) == [("Alice Renard", None, "Le bac part.")]
    assert remarks(outcomes)["unpublished"].startswith("2 commentaires")


def test_the_subject_of_a_comment_of_drupal_names_no_article(tmp_path: Path) -> None:
    table = """cid,pid,entity_id,entity_type,subject,name,created,status,comment_body_value
1,,7,node,Bac,Alice,1709544120,1,<p>Le bac part.</p>
2,1,7,node,Heure,Benoît,1709546700,1,<p>À quelle heure ?</p>
"""
    (article,) = articles(outcomes_of(tmp_path, table, "t.csv"))
    assert article.headline == "Article 7"
    assert comments_of(tmp_path, table) == COMMENTS


def test_whom_comments_of_laravel_answer(tmp_path: Path) -> None:
    """In Laravel Comments 4, `child_id` is the comment that is answered."""
    table = """id,guest_name,commentable_type,commentable_id,comment,approved,child_id,created_at
1,Alice,App\\Post,7,Le bac part.,1,,2024-03-04 10:22:00
2,Benoît,App\\Post,7,À quelle heure ?,1,1,2024-03-04 11:05:00
"""
    assert comments_of(tmp_path, table) == COMMENTS


def test_the_members_of_an_entry_of_contentful(tmp_path: Path) -> None:
    table = """sys.id,fields.title,fields.slug,fields.body,fields.author,fields.publishedAt
6KntaYXa,Le bac,le-bac,Le bac part du ponton.,Alice,2024-03-04
"""
    (article,) = articles(outcomes_of(tmp_path, table, "t.csv"))
    assert (article.headline, article.author) == ("Le bac", ("Alice",))
    assert [section.text for section in article.sections] == ["Le bac part du ponton."]
