"""Which queries give, of a database of Joomla, TYPO3, Drupal or FluxBB, the rows that its CSV has?

Each query gives the columns of the program's own table, under the names that `columns` knows,
with what other tables say of a row: its author, its rubric, and what keeps it from readers (a
`statut` that is no known one). Tables and columns that a base lacks are empty texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Program(NamedTuple):
    """A program whose database is known by `signs`, names in its SQL.

    `tables`: the columns read, by the end of their table's name; the table of articles is first.
    `keys`: the columns to index. `unread`: the ends of the names of tables of texts that are not
    read.
    """

    name: str
    signs: tuple[bytes, ...]
    tables: Mapping[str, tuple[str, ...]]
    keys: tuple[str, ...]
    articles: str
    comments: str
    unread: tuple[str, ...] = ()


def _columns(**tables: str) -> dict[str, tuple[str, ...]]:
    return {table: tuple(columns.split()) for table, columns in tables.items()}


def _utc(column: str) -> str:
    """SQL of a universal time with its Z; empty for zero dates."""
    return f"CASE WHEN {column} > '0001' THEN {column} || 'Z' ELSE '' END"


JOOMLA = Program(
    "Joomla",
    (b"introtext", b"fulltext", b"created_by_alias"),
    _columns(
        content="id title alias introtext fulltext state catid created created_by created_by_alias"
        " modified publish_up publish_down access language",
        categories="id parent_id lft rgt title published access extension",
        users="id name",
        jcomments="id parent object_id object_group name username comment date published deleted"
        " isgood ispoor",
    ),
    ("id", "catid", "created_by"),
    # a category that is hidden, or for members, hides those it holds; 1 is the root, and « Public »
    f"""
    SELECT a.id, a.title, a.introtext, a.fulltext, a.state, a.access, c.title AS category,
        {_utc("a.created")} AS date, {_utc("a.modified")} AS modified,
        COALESCE(NULLIF(a.created_by_alias, ''), u.name, '') AS author,
        {_utc("a.publish_up")} AS publish_up, {_utc("a.publish_down")} AS publish_down,
        NULLIF(a.language, '*') AS language,
        CASE WHEN EXISTS (
            SELECT 1 FROM categories AS above
            WHERE above.lft + 0 <= c.lft + 0 AND above.rgt + 0 >= c.rgt + 0
            AND above.parent_id > '0' AND (above.published <> '1' OR above.access <> '1')
        ) THEN 'categorie_masquee' ELSE 'publie' END AS statut
    FROM content AS a
    LEFT JOIN categories AS c ON c.id = a.catid LEFT JOIN users AS u ON u.id = a.created_by
    ORDER BY a.id + 0
    """,
    f"""
    SELECT id AS comment_id, parent, object_id, object_group, comment, published, deleted,
        {_utc("date")} AS date, isgood AS votes, ispoor AS dislikes,
        COALESCE(NULLIF(name, ''), username) AS author
    FROM jcomments ORDER BY id + 0
    """,
    ("_k2_items", "_k2_comments", "_komento_comments", "_kunena_messages_text"),
)
TYPO3 = Program(
    "TYPO3",
    (b"tx_news_domain_model_news", b"bodytext"),
    _columns(
        tx_news_domain_model_news="uid pid tstamp deleted hidden starttime endtime fe_group title"
        " teaser datetime bodytext author keywords t3ver_wsid type",
        pages="uid deleted hidden fe_group",
        sys_category="uid title",
        sys_category_record_mm="uid_local uid_foreign tablenames fieldname",
    ),
    ("uid", "uid_foreign"),
    # news are kept in a folder, which may be for some visitors too; types 1 and 2 lead elsewhere
    """
    SELECT n.uid, n.title, n.teaser, n.bodytext, n.author, n.keywords, n.datetime AS date,
        n.tstamp AS modified, n.deleted, n.hidden, n.starttime, n.endtime, n.fe_group, n.t3ver_wsid,
        (SELECT GROUP_CONCAT(s.title, ';') FROM sys_category_record_mm AS m
            JOIN sys_category AS s ON s.uid = m.uid_local
            WHERE m.uid_foreign = n.uid AND m.tablenames = 'tx_news_domain_model_news'
        ) AS categories,
        CASE WHEN p.deleted > '0' OR p.hidden > '0' OR p.fe_group NOT IN ('', '0')
            THEN 'dossier_masque' ELSE 'publie' END AS statut
    FROM tx_news_domain_model_news AS n LEFT JOIN pages AS p ON p.uid = n.pid
    ORDER BY n.uid + 0
    """,
    "",
    ("tt_content", "tx_comments_comments", "tx_pwcomments_domain_model_comment"),
)
_DRUPAL_STATES = """
    CASE WHEN EXISTS (SELECT 1 FROM node_access AS g WHERE g.nid = n.nid)
        AND NOT EXISTS (SELECT 1 FROM node_access AS g
            WHERE g.nid = n.nid AND g.realm = 'all' AND g.grant_view = '1')
        THEN 'acces_reserve' ELSE 'publie' END AS statut
"""
"""A module of access gives the nodes that it keeps grants of its own; `all` is everybody's."""
DRUPAL = Program(
    "Drupal",
    (b"node_field_data", b"default_langcode"),
    _columns(
        node_field_data="nid type langcode status uid title created changed default_langcode",
        node__body="entity_id langcode deleted body_value body_summary",
        users_field_data="uid name",
        node_access="nid realm grant_view",
        taxonomy_index="nid tid",
        taxonomy_term_field_data="tid name",
        comment_field_data="cid pid entity_id entity_type status uid subject name created",
        comment__comment_body="entity_id deleted comment_body_value",
    ),
    ("nid", "entity_id", "uid", "tid", "cid"),
    f"""
    SELECT n.title, n.status, n.created, n.changed, n.langcode AS language, u.name AS author,
        n.nid || CASE n.default_langcode WHEN '0' THEN ':' || n.langcode ELSE '' END AS id,
        b.body_value AS body, b.body_summary AS summary,
        (SELECT GROUP_CONCAT(t.name, ';') FROM taxonomy_index AS i
            JOIN taxonomy_term_field_data AS t ON t.tid = i.tid WHERE i.nid = n.nid) AS tags,
        {_DRUPAL_STATES}
    FROM node_field_data AS n
    LEFT JOIN node__body AS b
        ON b.entity_id = n.nid AND b.langcode = n.langcode AND b.deleted = '0'
    LEFT JOIN users_field_data AS u ON u.uid = n.uid
    ORDER BY n.nid + 0
    """,
    """
    SELECT c.cid, c.pid, c.entity_id, c.entity_type, c.subject, c.created, c.status,
        b.comment_body_value, COALESCE(NULLIF(c.name, ''), u.name) AS name
    FROM comment_field_data AS c
    LEFT JOIN comment__comment_body AS b ON b.entity_id = c.cid AND b.deleted = '0'
    LEFT JOIN users_field_data AS u ON u.uid = c.uid
    ORDER BY c.cid + 0
    """,
)
DRUPAL_7 = Program(
    "Drupal 7",
    (b"field_data_body", b"node_revision"),
    _columns(
        node="nid type language status uid title created changed",
        field_data_body="entity_type entity_id deleted body_value body_summary",
        users="uid name",
        node_access="nid realm grant_view",
        taxonomy_index="nid tid",
        taxonomy_term_data="tid name",
        comment="cid pid nid status uid subject name created",
        field_data_comment_body="entity_id deleted comment_body_value",
    ),
    ("nid", "entity_id", "uid", "tid", "cid"),
    f"""
    SELECT n.nid AS id, n.title, n.status, n.created, n.changed, u.name AS author,
        NULLIF(n.language, 'und') AS language, b.body_value AS body, b.body_summary AS summary,
        (SELECT GROUP_CONCAT(t.name, ';') FROM taxonomy_index AS i
            JOIN taxonomy_term_data AS t ON t.tid = i.tid WHERE i.nid = n.nid) AS tags,
        {_DRUPAL_STATES}
    FROM node AS n
    LEFT JOIN field_data_body AS b
        ON b.entity_id = n.nid AND b.entity_type = 'node' AND b.deleted = '0'
    LEFT JOIN users AS u ON u.uid = n.uid
    ORDER BY n.nid + 0
    """,
    """
    SELECT c.cid, c.pid, c.nid, c.subject, c.created, c.status, b.comment_body_value AS body,
        COALESCE(NULLIF(c.name, ''), u.name) AS name
    FROM comment AS c
    LEFT JOIN field_data_comment_body AS b ON b.entity_id = c.cid AND b.deleted = '0'
    LEFT JOIN users AS u ON u.uid = c.uid
    ORDER BY c.cid + 0
    """,
)
_FLUXBB_STATES = """
    CASE WHEN EXISTS (SELECT 1 FROM groups WHERE g_read_board = '0')
        OR EXISTS (SELECT 1 FROM forum_perms AS g
            WHERE g.forum_id = t.forum_id AND g.read_forum = '0')
        OR NOT EXISTS (SELECT 1 FROM forums AS f WHERE f.id = t.forum_id)
        THEN 'forum_reserve' ELSE 'publie' END AS statut
"""
"""What one group cannot read is for the others: the guests' number is not that of PunBB."""
_FIRST = "(SELECT MIN(first.id + 0) FROM posts AS first WHERE first.topic_id = t.id)"
FLUXBB = Program(
    "FluxBB",
    (b"forum_perms", b"read_forum", b"g_read_board"),
    _columns(
        topics="id poster subject posted forum_id moved_to",
        posts="id poster message posted topic_id",
        forums="id forum_name",
        forum_perms="group_id forum_id read_forum",
        groups="g_id g_read_board",
    ),
    ("id", "topic_id", "forum_id", "g_read_board"),
    f"""
    SELECT t.id, t.subject AS title, p.message AS body, t.poster AS author, t.posted AS date,
        f.forum_name AS category, {_FLUXBB_STATES}
    FROM topics AS t
    JOIN posts AS p ON p.id = CAST({_FIRST} AS TEXT)
    LEFT JOIN forums AS f ON f.id = t.forum_id
    WHERE t.moved_to IN ('', '0')
    ORDER BY t.id + 0
    """,
    f"""
    SELECT p.id AS comment_id, p.topic_id AS article_id, p.message AS comment, p.poster AS author,
        p.posted AS date, {_FLUXBB_STATES}
    FROM posts AS p JOIN topics AS t ON t.id = p.topic_id
    WHERE p.id + 0 > {_FIRST}
    ORDER BY p.id + 0
    """,
)
PROGRAMS = (JOOMLA, TYPO3, DRUPAL, DRUPAL_7, FLUXBB)
