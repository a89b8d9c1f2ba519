"""Of which program is a file that must not be read, why not, and what is to be exported instead?

People's own archives (Discourse, Mastodon, Facebook…) hold their private messages, what they
deleted and other people's e-mail addresses beside what was public, and seldom say which is
which. They are refused by name, with what gives the public part alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from indexer.files import UNREADABLE, CapturedFile, first_bytes, unreadable
from indexer.refused.documents import DOCUMENTS
from indexer.refused.matching import (
    Refusal,
    begins,
    columns,
    every,
    foreign,
    holds,
    members,
    rooted,
)
from indexer.reporting import Outcome, Rank, Skipped

_HEAD = 65536


def _medium_draft(head: bytes) -> bool:
    """A story that its author exported from Medium without having published it: it has no date."""
    body = b'data-field="body"' in head and b'class="h-entry"' in head
    return body and len(head) < _HEAD and b"dt-published" not in head


def _is_no_outbox(head: bytes) -> bool:
    """Whether nothing says that it is an account's list of all that it sent."""
    return b"orderedItems" not in head and b"OrderedCollection" not in head


_PRIVATE = "contient des messages privés"
_ACTIVITY = holds(rb"www\.w3\.org/ns/activitystreams")
DISCOURSE = (
    f"archive d'un membre de Discourse : elle {_PRIVATE} et ce qui a été supprimé ; "
    "enregistrez plutôt chaque sujet public (adresse du sujet, suivie de .json)"
)
FACEBOOK = (
    f"archive de Facebook ou d’Instagram : elle {_PRIVATE} ; "
    "enregistrez plutôt les pages publiques en HTML"
)
MASTODON = (
    f"archive d’un compte Mastodon (ActivityPub) : elle {_PRIVATE} ; "
    "donnez plutôt le flux public du compte (son adresse, suivie de .rss)"
)
MASTODON_THREAD = (
    "réponse de l’interface de Mastodon (un message, ou un fil) : enregistrez la page du fil en "
    "HTML, ou donnez le flux public du compte (son adresse, suivie de .rss)"
)
TWITTER = (
    f"archive d’un compte X (Twitter) : elle {_PRIVATE} ; "
    "enregistrez plutôt les pages publiques en HTML"
)
LINKEDIN = f"archive d’un compte LinkedIn : elle {_PRIVATE} et des adresses"
SUBSTACK = (
    "export de Substack : il contient les adresses des abonnés, des brouillons et des articles "
    "payants ; donnez plutôt le flux public (adresse du site, suivie de /feed)"
)
GHOST = (
    "export de Ghost : il contient des brouillons et des articles réservés, et aucun commentaire ; "
    "donnez plutôt le flux public (adresse du site, suivie de /rss/), ou les pages en HTML"
)
REDDIT = (
    "JSON de Reddit : des fils qui ne sont pas des articles, avec les comptes de leurs auteurs ; "
    "enregistrez plutôt la page du fil en HTML"
)
REDDIT_ACCOUNT = f"archive d’un compte Reddit : elle {_PRIVATE} et des adresses IP"
_STAMP = (
    rb"\[?\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?(?: \xc3\xa0)? \d{1,2}[:.h]\d\d(?:[:.]\d\d)?"
    rb"(?:(?: |\xe2\x80\xaf|\xc2\xa0)[AaPp]\.?[Mm]\.?)?(?:\]| [-\xe2\x80\x93]{1,3}) "
)
_WHATSAPP = rb"(?:\xe2\x80\x8e)?%s[^\n]*\n(?:(?:\xe2\x80\x8e)?%s[^\n]*(?:\n|\Z)){2}" % (
    _STAMP,
    _STAMP,
)
"""As its applications for Android and iOS write each message: a time, a name, the text."""
_MESSAGES = "des conversations privées : rien n’y est public"

_LINKS = (
    "une liste de liens gardés, sans le texte des pages : enregistrez les pages en HTML, ou donnez "
    "l’export de wallabag"
)
_NETWORK = "enregistrez la page du fil en HTML"

REFUSALS = (
    Refusal(f"marque-pages : {_LINKS}", begins(rb"(?i)<!doctype netscape-bookmark-file")),
    Refusal(f"export de Pocket : {_LINKS}", columns("title", "url", "time_added", "status")),
    Refusal(
        f"export de Pocket : {_LINKS}",
        begins(rb"(?is)<!doctype html>.{0,400}<title>Pocket Export</title>"),
    ),
    Refusal(
        "surlignages de Pocket : rien n’y est public", members("highlights", "quote", "created_at")
    ),
    Refusal(f"export d’Instapaper : {_LINKS}", columns("url", "title", "selection", "folder")),
    Refusal(
        f"export d’Instapaper : {_LINKS}",
        begins(rb"(?is)<!doctype html>.{0,400}<title>Instapaper: Export</title>"),
    ),
    Refusal(f"export de Raindrop.io : {_LINKS}", columns("url", "folder", "excerpt", "highlights")),
    Refusal(
        f"export de Readwise Reader : {_LINKS}", columns("url", "document tags", "reading progress")
    ),
    Refusal(f"export d’Omnivore : {_LINKS}", members("slug", "readingProgress", "savedAt")),
    Refusal(
        "surlignages de Readwise : rien n’y est public",
        columns("highlight", "book title", "location type"),
    ),
    Refusal(
        "références bibliographiques (CSL JSON) : dans Zotero, exportez plutôt en CSV",
        members("container-title", "issued", "date-parts"),
    ),
    Refusal(f"fil de Bluesky : {_NETWORK}", holds(rb'"\$type"\s*:\s*"app\.bsky\.')),
    Refusal(
        "réponse de l’interface de Tumblr : donnez le flux public du blog (son adresse, suivie de "
        "/rss)",
        members("meta", "response", "blog", "posts"),
    ),
    Refusal(
        "export de Tumblr (XML) : donnez le flux public du blog (son adresse, suivie de /rss)",
        rooted("tumblr"),
    ),
    Refusal(
        "dépôt d’un compte Bluesky (CAR) : il n’est pas lu ; donnez le flux public du compte (son "
        "adresse, suivie de /rss), ou enregistrez la page du fil en HTML",
        begins(rb"[\x30-\x7f]{1,2}\xa2eroots"),
    ),
    Refusal(
        "réponse de l’interface de YouTube : donnez le .info.json de yt-dlp (--write-comments)",
        holds(rb'"kind"\s*:\s*"youtube#'),
    ),
    Refusal(
        f"réponse de l’interface de Flarum : {_NETWORK}",
        every(
            members("data", "attributes"), holds(rb'"type"\s*:\s*"(?:discussions|posts|forums)"')
        ),
    ),
    Refusal(
        "réponse de JSON:API (Drupal) : donnez un tableau d’une vue (CSV), ou les pages en HTML",
        every(members("jsonapi", "data"), holds(rb'"jsonapi"\s*:\s*\{\s*"version"')),
    ),
    Refusal(
        "réponse de Drupal (REST) : donnez un tableau d’une vue (CSV), ou les pages en HTML",
        holds(rb'"nid"\s*:\s*\[\s*\{\s*"value"'),
    ),
    Refusal(
        "commentaires de Coral : enregistrez les pages en HTML, fil déplié",
        foreign("storyID", "revisions"),
    ),
    Refusal(
        "commentaires de Coral : enregistrez les pages en HTML, fil déplié",
        foreign("story", "comments", "edges"),
    ),
    Refusal(
        "export de Comentario : donnez l’export de Commento, ou les pages en HTML",
        foreign("pageId", "userCreated"),
    ),
    Refusal(
        "commentaires de Hyvor Talk : enregistrez les pages en HTML, fil déplié",
        foreign("page_id", "body_html", "comments"),
    ),
    Refusal(
        "commentaires de Viafoura : enregistrez les pages en HTML, fil déplié",
        foreign("content_uuid", "content_container_uuid"),
    ),
    Refusal(
        "commentaires d’OpenWeb (Spot.IM) : enregistrez les pages en HTML, fil déplié",
        foreign("conversation_id", "written_at"),
    ),
    Refusal(
        "commentaires de Substack : enregistrez les pages en HTML, fil déplié",
        foreign("ancestor_path", "body"),
    ),
    Refusal(
        "commentaires d’IntenseDebate : enregistrez les pages en HTML, ou donnez l’export du site",
        every(rooted("output"), lambda head: b"<blogpost>" in head),
    ),
    Refusal(
        f"réponse de l’interface de XenForo : {_NETWORK}",
        foreign("thread_id", "post_id", "message"),
    ),
    Refusal(
        "commentaires de Ghost : enregistrez les pages en HTML, fil déplié",
        foreign("comments", "member", "replies", "html"),
    ),
    Refusal(
        "commentaires de Cusdis : enregistrez les pages en HTML, fil déplié",
        foreign("by_nickname", "content"),
    ),
    Refusal(
        "commentaires de GraphComment : enregistrez les pages en HTML, fil déplié",
        every(foreign("_id", "content"), holds(rb"(?i)graphcomment|\"page_title\"\s*:")),
    ),
    Refusal(
        f"réponse de GitHub (giscus, utterances) : {_NETWORK}", foreign("discussion", "bodyHTML")
    ),
    Refusal(f"réponse de GitHub (giscus, utterances) : {_NETWORK}", foreign("issue_url", "body")),
    Refusal(f"fil de Lemmy : {_NETWORK}", foreign("comment", "creator", "counts")),
    Refusal(f"fil de Lemmy : {_NETWORK}", foreign("post_view", "community_view")),
    Refusal(f"fil de Hacker News : {_NETWORK}", foreign("children", "points", "parent_id")),
    Refusal(
        f"réponse de l’interface de Facebook : {_NETWORK}", foreign("data", "created_time", "from")
    ),
    Refusal(
        f"réponse de l’interface de X (Twitter) : {_NETWORK}",
        foreign("edit_history_tweet_ids", "text"),
    ),
    Refusal(
        "commentaires de YouTube (youtube-comment-downloader) : donnez le .info.json de yt-dlp "
        "(--write-comments)",
        foreign("cid", "time", "votes"),
    ),
    Refusal(
        "liste de sujets de Discourse : enregistrez chaque sujet (son adresse, suivie de .json)",
        foreign("topic_list", "topics"),
    ),
    Refusal(
        "liste d’un lecteur de flux (Feedly, Inoreader…) : donnez les flux eux-mêmes",
        foreign("items", "alternate", "published"),
    ),
    Refusal(
        "trafic d’un navigateur (HAR) : enregistrez les pages en HTML",
        foreign("log", "creator", "entries"),
    ),
    Refusal(
        "sortie JSON de WP-CLI : demandez-la en CSV (--format=csv), avec post_content, ou donnez "
        "l’export du site (wp export)",
        foreign("post_title", "post_date"),
    ),
    Refusal(
        "sortie JSON de WP-CLI : demandez-la en CSV (--format=csv)",
        foreign("comment_ID", "comment_content"),
    ),
    Refusal(
        "export JSON de phpMyAdmin : donnez les tables en CSV, une par fichier",
        holds(rb"Export to JSON plugin for PHPMyAdmin"),
    ),
    Refusal(
        f"archive d’un compte TikTok : elle {_PRIVATE}",
        holds(rb'"Direct Messages?"\s*:'),
    ),
    Refusal(
        "canal public de Telegram : ses messages ne sont pas des articles ; donnez un tableau "
        "(texte, date, adresse)",
        every(members("messages", "type"), holds(rb'"type"\s*:\s*"public_')),
    ),
    Refusal(
        "commentaires d’un compte YouTube (Takeout) : donnez le .info.json de yt-dlp "
        "(--write-comments)",
        columns("comment id", "channel id", "video id"),
    ),
    Refusal(
        "table de Commento : elle ne dit pas les adresses des pages ; donnez son export (JSON)",
        columns("commenthex", "parenthex", "creationdate"),
    ),
    Refusal(DISCOURSE, columns("topic_title", "is_pm")),
    # before 2.6 the archive was one column of text
    Refusal(DISCOURSE, columns("raw", "like_count", "reply_count", "created_at")),
    Refusal(
        "liste des membres d’un Discourse : elle contient leurs adresses",
        columns("username", "email", "trust_level"),
    ),
    Refusal(REDDIT_ACCOUNT, columns("permalink", "ip", "subreddit")),
    Refusal(REDDIT_ACCOUNT, columns("thread_id", "from", "to", "body")),
    Refusal(SUBSTACK, columns("post_id", "is_published", "email_sent_at")),
    Refusal(SUBSTACK, columns("email", "active_subscription")),
    Refusal(GHOST, members("db", "exported_on")),
    Refusal(GHOST, members("exported_on", "version", "data")),
    Refusal(GHOST, members("uuid", "html", "comment_id", "feature_image")),
    Refusal(REDDIT, every(members("kind", "data"), holds(rb'"kind"\s*:\s*"(?:Listing|t[1-6])"'))),
    Refusal(REDDIT, members("subreddit", "link_id", "parent_id", "body")),
    Refusal(REDDIT, members("subreddit", "selftext", "num_comments")),
    Refusal(
        f"objet ActivityPub (un message, un article) : {_NETWORK}",
        every(_ACTIVITY, members("@context", "attributedTo", "published"), _is_no_outbox),
    ),
    Refusal(MASTODON, every(_ACTIVITY, members("@context"))),
    # as `/api/v1/statuses/ID` and its `/context` answer
    Refusal(MASTODON_THREAD, foreign("ancestors", "descendants")),
    Refusal(MASTODON_THREAD, members("spoiler_text", "in_reply_to_account_id", "visibility")),
    Refusal(FACEBOOK, members("sender_name", "timestamp_ms")),
    Refusal(FACEBOOK, members("string_map_data")),
    Refusal(FACEBOOK, members("string_list_data")),
    Refusal(FACEBOOK, members("label_values", "fbid")),
    Refusal(FACEBOOK, members("comments_v2")),
    Refusal(FACEBOOK, every(members("timestamp"), holds(rb'"data"\s*:\s*\[\s*\{\s*"post"\s*:'))),
    Refusal(FACEBOOK, members("media", "creation_timestamp", "uri")),
    Refusal(LINKEDIN, columns("sharelink", "sharecommentary")),
    Refusal(LINKEDIN, columns("conversation id", "sender profile url")),
    Refusal(LINKEDIN, begins(rb"Date,Link,Message\r?\n")),
    Refusal(TWITTER, begins(rb"window\.(?:YTD|__THAR_CONFIG)")),
    Refusal(
        f"export de Telegram : {_MESSAGES}",
        every(
            members("messages", "type"), holds(rb'"type"\s*:\s*"(?:private|personal|saved|bot)_')
        ),
    ),
    Refusal(
        f"export de Telegram : {_MESSAGES}",
        members("personal_information", "chats", "about"),
    ),
    Refusal(f"discussion de WhatsApp : {_MESSAGES}", begins(_WHATSAPP)),
    Refusal(f"export de Discord : {_MESSAGES}", members("guild", "channel", "messages")),
    Refusal(f"export de Slack : {_MESSAGES}", members("client_msg_id", "ts")),
    Refusal(
        "CSV d’Hypothesis : il ne dit pas qui peut lire chaque annotation ; exportez en JSON",
        columns("created at", "page url", "annotation type"),
    ),
    Refusal(
        "messages d’un direct (live_chat), et non des commentaires : donnez le .info.json",
        members("replayChatItemAction"),
    ),
    Refusal("brouillon de Medium : il n’a pas été publié", _medium_draft),
    *DOCUMENTS,
)
"""The first that is true of a file tells why it is not read."""


class RefusedFormat:
    """A format that fits what must not be read, and says why."""

    name = "refused"
    rank = Rank.TEXT

    def fits(self, head: bytes) -> bool:
        """Return whether the file is of a kind that is not read.

        >>> RefusedFormat().fits(b'{"db": [{"meta": {"exported_on": 1}}]}')
        True
        """
        return _reason(head) is not None

    def named(self, suffix: str, head: bytes) -> bool:
        """The same, whatever the name says: a refused table is no table."""
        return self.fits(head)

    def read(self, file: CapturedFile) -> Iterator[Outcome]:
        """Why it is not read."""
        try:
            reason = _reason(first_bytes(file.path, _HEAD))
        except UNREADABLE as error:
            reason = unreadable(error)
        yield Skipped(file.name, reason or "ce fichier n’est pas de ceux que Glose refuse")


def _reason(head: bytes) -> str | None:
    return next((refusal.reason for refusal in REFUSALS if refusal.known(head)), None)
