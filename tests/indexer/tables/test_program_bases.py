"""What is read in the SQL that a base of Joomla, Drupal or TYPO3 was saved as, and what is not?

Tables as the installers of Joomla 4.4 (with JComments 4), Drupal 7.103 and 10.3, TYPO3 12 (with
news 11) make them, with the columns that are read and some that are not.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from indexer.article import Publication
from indexer.article.model import Article
from indexer.files import ReadingOptions
from indexer.pipeline.sources import formats, read
from indexer.tables import program_bases
from indexer.tables.program_queries import PROGRAMS, Program
from tests.indexer.outcomes import articles, outcomes_of, remarks, skipped
from tests.indexer.samples import EXPORTS

NAMES = ["joomla.sql", "drupal.sql", "typo3.sql"]


def whole(name: str) -> dict[str, Article]:
    """The articles by their titles, each with the comments that it is given apart."""
    given = articles(list(read([EXPORTS / name])))
    return {article.headline: article for article in given}


def test_joomla() -> None:
    read_articles = whole("joomla.sql")
    assert list(read_articles) == ["Le bac", "La rampe", "Article 7"]
    article = read_articles["Le bac"]
    assert (article.id, article.author, article.article_section) == (
        "table:7",
        ("Maëlle Le Goff",),
        ("Mer",),
    )
    assert (article.date_published, article.date_modified) == (
        "2024-03-04T09:22:00Z",
        "2024-03-05T09:22:00Z",
    )
    assert article.description == "Il part à dix heures."
    assert [(part.headline, part.text) for part in article.sections] == [
        ("Le soir", "Il reste à quai.")
    ]
    rampe = read_articles["La rampe"]
    assert (rampe.author, rampe.date_modified, rampe.in_language) == (("Zoé",), None, "fr-FR")
    first, second = read_articles["Article 7"].comments
    assert (first.author, first.date_published, first.upvote_count) == (
        "Yann",
        "2024-03-04T10:22:00Z",
        3,
    )
    assert (second.author, second.parent_id) == ("soizic", first.id)


def test_what_joomla_hides() -> None:
    said = remarks(list(read([EXPORTS / "joomla.sql"])))
    assert said["unpublished_articles"].startswith("6 articles")
    for state in ("state=-2", "access=2", "categorie_masquee", "programme", "expire"):
        assert state in said["unpublished_articles"]
    assert said["unpublished"].startswith("1 commentaire")
    assert said["elsewhere"].endswith("(com_k2 : 1 ; --published com_k2 les prend)")
    assert said["under_unpublished"].startswith("1 commentaire")


def test_drupal() -> None:
    read_articles = whole("drupal.sql")
    assert list(read_articles) == ["Le bac", "The ferry", "Article 7"]
    article = read_articles["Le bac"]
    assert (article.author, article.in_language, article.keywords) == (
        ("mlegoff",),
        "fr",
        ("mer", "lune"),
    )
    assert (article.description, article.date_published) == (
        "Le bac d’hiver.",
        "2024-03-04T09:22:00Z",
    )
    assert [part.text for part in read_articles["The ferry"].sections] == ["It leaves at ten."]
    first, second = read_articles["Article 7"].comments
    assert (first.author, first.headline, first.text) == ("Yann", "Enfin", "Belle nouvelle.")
    assert (second.author, second.parent_id) == ("soizic", first.id)
    assert "acces_reserve" in remarks(list(read([EXPORTS / "drupal.sql"])))["unpublished_articles"]


def test_a_drupal_on_sqlite_gives_the_same(tmp_path: Path) -> None:
    path = tmp_path / "site.sqlite"
    lines = (EXPORTS / "drupal.sql").read_text("utf-8").splitlines()
    script = "\n".join(line for line in lines if not line.startswith(("/*", "--", "DROP")))
    with closing(sqlite3.connect(path)) as base:
        base.executescript(script.replace(" ENGINE=InnoDB DEFAULT CHARSET=utf8mb4", ""))
    assert articles(list(read([path]))) == articles(list(read([EXPORTS / "drupal.sql"])))


def test_news_of_typo3() -> None:
    [article] = whole("typo3.sql").values()
    assert (article.headline, article.description, article.keywords) == (
        "Le bac",
        "Il part.",
        ("lune",),
    )
    assert (article.author, article.article_section) == (("Maëlle Le Goff",), ("Mer",))
    said = remarks(list(read([EXPORTS / "typo3.sql"])))
    assert said["tables"].endswith("tt_content")
    for state in ("hidden", "dossier_masque", "programme"):
        assert state in said["unpublished_articles"]


DRUPAL_7 = """-- MySQL dump 10.13
CREATE TABLE `d_node_revision` (`nid` int);
CREATE TABLE `d_node` (`nid` int, `type` text, `language` text, `title` text, `uid` int,
  `status` int, `created` int, `changed` int);
CREATE TABLE `d_field_data_body` (`entity_type` text, `deleted` int, `entity_id` int,
  `body_value` text, `body_summary` text);
CREATE TABLE `d_users` (`uid` int, `name` text, `mail` text);
CREATE TABLE `d_comment` (`cid` int, `pid` int, `nid` int, `uid` int, `subject` text,
  `created` int, `status` int, `name` text);
CREATE TABLE `d_field_data_comment_body` (`deleted` int, `entity_id` int,
  `comment_body_value` text);
INSERT INTO `d_node` VALUES (7,'article','und','Le bac',1,1,1709544120,1709544120),
  (8,'article','und','X',1,0,1709544120,1709544120);
INSERT INTO `d_field_data_body` VALUES ('node',0,7,'<p>Il part.</p>',''),
  ('node',0,8,'Texte retenu','');
INSERT INTO `d_users` VALUES (1,'mlegoff','m@phare.example');
INSERT INTO `d_comment` VALUES (1,0,7,0,'Enfin',1709547720,1,'Yann'),
  (2,1,7,1,'Re',1709547820,1,''),(3,0,7,0,'X',1709547820,0,'Zoé');
INSERT INTO `d_field_data_comment_body` VALUES (0,1,'Enfin.'),(0,2,'Oui.'),(0,3,'Texte retenu');
"""


def test_drupal_7(tmp_path: Path) -> None:
    article, thread = articles(outcomes_of(tmp_path, DRUPAL_7, name="d.sql"))
    assert (article.headline, article.author, article.in_language) == (
        "Le bac",
        ("mlegoff",),
        None,
    )
    assert [(comment.author, comment.text) for comment in thread.comments] == [
        ("Yann", "Enfin."),
        ("mlegoff", "Oui."),
    ]
    assert thread.comments[1].parent_id == thread.comments[0].id


FLUXBB = """-- MySQL dump 10.13
CREATE TABLE `f_topics` (`id` int, `poster` text, `subject` text, `posted` int, `moved_to` int,
  `forum_id` int);
CREATE TABLE `f_posts` (`id` int, `poster` text, `poster_ip` text, `poster_email` text,
  `message` text, `posted` int, `topic_id` int);
CREATE TABLE `f_forums` (`id` int, `forum_name` text);
CREATE TABLE `f_forum_perms` (`group_id` int, `forum_id` int, `read_forum` int);
CREATE TABLE `f_groups` (`g_id` int, `g_read_board` int);
INSERT INTO `f_topics` VALUES (7,'Yann','Le bac',1709544120,NULL,1),
  (8,'Léo','Interne',1709544120,NULL,2),(9,'Yann','Le bac',1709544120,7,1);
INSERT INTO `f_posts` VALUES
  (11,'Yann','192.0.2.7','y@phare.example','Il part [b]à dix heures[/b].',1709544120,7),
  (12,'Zoé','192.0.2.8',NULL,'[quote=Yann]Il part[/quote] Non.',1709547720,7),
  (13,'Léo','192.0.2.9',NULL,'Texte retenu',1709544120,8),
  (14,'Léo','192.0.2.9',NULL,'Texte retenu',1709544130,8);
INSERT INTO `f_forums` VALUES (1,'Traversées'),(2,'Équipe');
INSERT INTO `f_forum_perms` VALUES (3,2,0);
INSERT INTO `f_groups` VALUES (1,1),(3,1);
-- Dump completed
"""


def test_topics_of_fluxbb(tmp_path: Path) -> None:
    outcomes = outcomes_of(tmp_path, FLUXBB, name="f.sql")
    article, thread = articles(outcomes)
    assert (article.headline, article.author, article.article_section) == (
        "Le bac",
        ("Yann",),
        ("Traversées",),
    )
    assert [section.text for section in article.sections] == ["Il part à dix heures."]
    assert article.id == thread.id
    assert [(comment.author, comment.text) for comment in thread.comments] == [("Zoé", "Non.")]
    assert "forum_reserve : 1" in remarks(outcomes)["unpublished_articles"]
    for private in ("Texte retenu", "@phare", "192.0.2"):
        assert private not in repr(articles(outcomes))


def test_a_board_that_a_group_cannot_read_is_not_public(tmp_path: Path) -> None:
    closed = FLUXBB.replace("(3,1);", "(3,0);")
    assert articles(outcomes_of(tmp_path, closed, name="f.sql")) == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_private_is_read(name: str) -> None:
    outcomes = list(read([EXPORTS / name]))
    assert skipped(outcomes) == []
    everything = repr(articles(outcomes))
    for private in ("Texte retenu", "@phare", "@courrier", "192.0.2"):
        assert private not in everything


def test_what_is_asked_for_is_taken() -> None:
    among = formats(ReadingOptions(publication=Publication(["categorie_masquee"])))
    taken = articles(list(read([EXPORTS / "joomla.sql"], among=among)))
    assert "Comptes" in [article.headline for article in taken]


def test_a_base_without_the_other_tables_is_read(tmp_path: Path) -> None:
    """`mysqldump base jos_content` alone."""
    text = (EXPORTS / "joomla.sql").read_text("utf-8")
    start, end = text.index("CREATE TABLE `jos_content`"), text.index("DROP TABLE IF EXISTS `jos_j")
    dump = "-- MySQL dump 10.13\n" + text[start:end] + "-- Dump completed on 2024-06-01\n"
    given = articles(outcomes_of(tmp_path, dump, name="j.sql"))
    assert {article.headline: article.author for article in given}["La rampe"] == ("Zoé",)


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_what_is_looked_up_for_each_row_is_not_looked_for(program: Program) -> None:
    """A base of 3,000 articles has as many texts, authors and keywords elsewhere."""
    with closing(sqlite3.connect(":memory:")) as base:
        for end in program.tables:
            program_bases.stage(base, program, end, None)
        for query in filter(None, (program.articles, program.comments)):
            plan = [row[3] for row in base.execute(f"EXPLAIN QUERY PLAN {query}")]
            # those above a category are few
            scans = [step for step in plan if step.startswith("SCAN") and "above" not in step]
            assert len(scans) == 1
