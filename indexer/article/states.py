"""Which members of a source, by their names, say whether something was published, and do they?

Tables, front matters and objects of JSON are written by any program, so the name of a member is
read word by word, in French and in English: « Statut de l'article », `post_status`,
`isPublished`, « Brouillon ? ». Some say a state, which must be known as published; some say who
may read, some are true of what is hidden, some are the time at which it appears. Where several
stand side by side, each of them must let it through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from indexer.article.publication import EMPTY, Publication, folded_state

PLANNED, EXPIRED, PROTECTED = "programme", "expire", "mot_de_passe"
"""How what appears later, or no more, or for some, is called in a report and to `--published`."""

OF_MESSAGE = "message:"
"""Before the name of a member that says something of one message, and not of what it is under."""

When = Callable[[str], "datetime | None"]


class MemberKind(Enum):
    """What a member of this name says."""

    STATE = "its state, in any words"
    TRUTH = "true or false, or a time, which says nothing"
    WEAK = "true or false, or anything else, which says nothing"
    READERS = "who may read it"
    HIDDEN = "true of what is hidden"
    WEAKLY_HIDDEN = "true of what is hidden, or anything else, which says nothing"
    PASSWORD = "the password it is behind"
    APPEARS = "when it appears"
    HAS_APPEARED = "when it appeared, and nothing while it did not"
    ENDS = "until when it is shown"


class Scope(Enum):
    """Of what: a row of a table may hold an article and a comment."""

    ANY = ""
    ARTICLE = "article"
    COMMENT = "comment"


class StateMember(NamedTuple):
    """A member that says whether something is published. `core` is its name without its owner."""

    name: str
    kind: MemberKind
    scope: Scope
    core: str


_CORES = {
    MemberKind.STATE: "status statut state etat publication_status publication_state"
    " status_publication statut_publication etat_publication published_status moderation"
    " moderation_status moderation_state statut_moderation etat_moderation workflow workflow_state"
    " workflow_status approval approval_status review_status review_state validation"
    " creative_work_status validation_status editorial_status statut_editorial",
    MemberKind.TRUTH: "publish published publie publiee public publique approved approuve"
    " approuvee visible accepted accepte acceptee valide validee validated mis_en_ligne"
    " mise_en_ligne topic_approved",
    MemberKind.WEAK: "mode active actif enabled live online en_ligne valid displayed affiche shown",
    MemberKind.READERS: "visibility visibilite audience access acces privacy confidentialite"
    " security securite access_level content_visibility lectorat topic_visibility",
    MemberKind.HIDDEN: "draft brouillon hidden masque masquee private prive privee spam junk"
    " indesirable trash trashed corbeille deleted supprime supprimee removed efface unpublished"
    " non_publie depublie flagged signale banned blocked rejected refuse confidential confidentiel"
    " unlisted deleted_at hidden_at trashed_at removed_at spammed whisper premoderated"
    # Kunena holds 1, 2 and 3
    " archived archivee archived_at hold on_hold held suspended suspendu suspendue inactive inactif"
    " withdrawn retracted quarantined invisible"
    # TYPO3's groups of visitors, and the workspaces of its drafts
    " fe_group t3ver_wsid",
    MemberKind.WEAKLY_HIDDEN: "cache cachee embargo archive pending en_attente restricted restreint"
    " restreinte members_only subscribers_only awaiting_moderation awaiting_approval"
    " needs_moderation needs_approval",
    MemberKind.PASSWORD: "password mot_passe motdepasse mdp passphrase",
    MemberKind.APPEARS: "publish_date publish_at publish_up go_live_at publication_date"
    " published_date scheduled_at scheduled_for date_publication date_parution parution pub_date"
    " embargo_until embargo_date date_mise_en_ligne starttime",
    MemberKind.HAS_APPEARED: "published_at first_published_at",
    MemberKind.ENDS: "publish_down expiry_date expires expire_at expires_at expired_at unpublish_at"
    " unpublish_date date_depublication expiration expiration_date endtime"
    " expired expire",
}
_BY_CORE = {core: kind for kind, cores in _CORES.items() for core in cores.split()}
# as those who know no small letters write `publishDate` and `isDraft`
_BY_CORE |= {
    before + core.replace("_", ""): kind
    for core, kind in tuple(_BY_CORE.items())
    for before in ("", "is")
}
_WORDS = {
    "small": "de du des la le les l d of the is est a cet cette on o n oui non yes no",
    "article": "post posts article articles page entry node billet story item news",
    "comment": "comment comments commentaire commentaires message reply reponse",
}
_SMALL, _ARTICLES, _COMMENTS = (frozenset(words.split()) for words in _WORDS.values())
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WORD = re.compile(r"[a-z0-9]+")

_YES = frozenset(
    (
        *("1", "true", "vrai", "yes", "oui", "on", "y", "o", "t", "v", "x"),
        *("active", "activee", "enabled", "checked", "coche", "cochee"),
    )
)
_NO = frozenset(
    (
        *("0", "false", "faux", "no", "non", "off", "n", "f", EMPTY, "null", "none", "nil", "nan"),
        *("desactive", "desactivee", "disabled", "unchecked", "non_coche"),
    )
)
_NOTHING = frozenset((EMPTY, "null", "none", "nil", "nan"))
_NO_DATE = re.compile(r"[-_]?000[01](?:\D|$)")
"""The day of no day: 0000-00-00 of MySQL, 0001-01-01 of .NET, -0001-11-30 of PHP."""
_READERS = (
    *("public", "publique", "publics", "everyone", "everybody", "anyone", "all", "world", "open"),
    *("tous", "toutes", "tout_le_monde", "tout_public", "ouvert", "libre", "gratuit", "free"),
    *("acces_libre", "libre_acces", "open_access", "1", "true", "vrai", "yes", "oui", "visible"),
    *("published", "publie", "publish"),
)
_NAMES = (
    "status",
    "state",
    "statut",
    "slug",
    "name",
    "nom",
    "value",
    "valeur",
    "code",
    "key",
    "label",
    "text",
    "id",
)
_DATED = re.compile(r"\d{4}|\d[/.]\d|://")
_NUMBER = re.compile(r"-?\d+(?:[.,]0+)?")
_PRIVATE = frozenset(
    (
        *("draft", "brouillon", "en_attente", "en_attente_de_relecture", "en_cours_de_relecture"),
        *("pending", "pending_review", "scheduled", "planifie", "programme", "prive", "private"),
        *("confidentiel", "sous_embargo", "embargo", "non_publie", "unpublished", "a_relire"),
        *("corbeille", "trash", "poubelle", "trashed", "spam", "indesirable", "refuse", "rejected"),
    )
)
_TIMES = frozenset(
    (MemberKind.APPEARS, MemberKind.HAS_APPEARED, MemberKind.ENDS, MemberKind.WEAKLY_HIDDEN)
)
_SINCE = re.compile(r"(?:publiee?|published|mise?_en_ligne|parue?)_(?:le|on|at|the|depuis|since)_")
"""« Publié le 2 mars »."""
_ANSWERED = "200"
"""What crawlers put in a column of this name: the page was there."""
_DISCUSSION = frozenset(("open", "closed", "ouvert", "ferme", "registered_only"))
"""What WordPress's `comment_status` says of an article: whether comments may be left."""


@lru_cache(maxsize=4096)
def state_member(name: str) -> StateMember | None:
    """What a member or a column of this name says of publication; None for all others.

    >>> [state_member(name).core for name in ("Statut de l'article", "isPublished", "Publié ?")]
    ['statut', 'published', 'publie']
    >>> state_member("comment_status").scope, state_member("ping_status"), state_member("title")
    (<Scope.COMMENT: 'comment'>, None, None)
    """
    words = _WORD.findall(folded_state(_HUMP.sub("_", name[:100])))
    name = name.removeprefix(OF_MESSAGE)
    core_words = [word for word in words if word not in _SMALL]
    core = "_".join(word for word in core_words if word not in _ARTICLES and word not in _COMMENTS)
    kind = _BY_CORE.get(core)
    if kind is None:
        return None
    scope = Scope.ANY
    if not _COMMENTS.isdisjoint(core_words):
        scope = Scope.COMMENT
    elif not _ARTICLES.isdisjoint(core_words):
        scope = Scope.ARTICLE
    return StateMember(name, kind, scope, core)


def withheld(
    members: Iterable[tuple[str, object]],
    publication: Publication,
    *,
    scopes: Iterable[Scope] = Scope,
    when: When = lambda text: None,
    now: datetime | None = None,
) -> str | None:
    """Return the state that hides something from readers; None when every member allows it.

    members: by name and value; those that say nothing of publication are passed over,
    and passwords, which `is_protected` looks for.
    scopes: of what its members are asked. when: the moment that a text says, of what appears or
    ends at some time, beside now. `--published` takes the state that is given.

    >>> withheld([("title", "Sora"), ("status", "Publié")], Publication())
    >>> withheld([("post_status", "publish"), ("is_published", False)], Publication())
    'is_published=false'
    >>> withheld([("status", {"name": "prepa"})], Publication())
    'prepa'
    >>> [withheld([("draft", "oui")], Publication(taken)) for taken in ([], ["draft"])]
    ['draft', None]
    """
    scope_set = frozenset(scopes)
    for name, value in members:
        member = state_member(name)
        if member is None or member.scope not in scope_set or member.kind is MemberKind.PASSWORD:
            continue
        for text in _texts(value):
            state = _state(member, text, publication, when, now)
            if state is not None and not publication.allows_of(state, ()):
                return state
    return None


def is_protected(members: Iterable[tuple[str, object]]) -> bool:
    """Return whether a member holds a password.

    >>> is_protected([("post_password", "sesame")]), is_protected([("post_password", "")])
    (True, False)
    """
    return any(
        member.kind is MemberKind.PASSWORD
        and any(folded_state(text) not in _NO for text in _texts(value))
        for name, value in members
        if (member := state_member(name)) is not None
    )


def is_private_word(text: str) -> bool:
    """Return whether this is a state that is private, whatever the name of the member that says it.

    >>> is_private_word("En attente de relecture"), is_private_word("Bretagne")
    (True, False)
    """
    return len(text) <= 60 and folded_state(text) in _PRIVATE


def state_text(value: object) -> str:
    """What a member of a state says, whatever it is made of; "" for nothing.

    >>> state_text({"id": 3, "name": "draft"}), state_text(True), state_text([])
    ('draft', 'True', '')
    """
    return next(iter(_texts(value)), "")


def _texts(value: object, depth: int = 3) -> Sequence[str]:
    """Return the texts of a value; an object gives its name: `{"status": {"name": "draft"}}`."""
    if isinstance(value, Mapping):
        values = [value[name] for name in _NAMES if name in value] if depth else []
        # the first that names it: the others are its number and its colour
        return _texts(values[0], depth - 1) if values else [""]
    if isinstance(value, list | tuple):
        inside = [text for item in value[:100] for text in _texts(item, depth - 1)] if depth else []
        return inside or [""]
    return ["" if value is None else str(value)]


def _state(
    member: StateMember, text: str, publication: Publication, when: When, now: datetime | None
) -> str | None:
    """Return the state of a member when it is not "published", else None."""
    state, kind = folded_state(text), member.kind
    valued = f"{folded_state(member.name)}={state}"
    state_value = valued if _NUMBER.fullmatch(state) or state in _NO or state in _YES else state
    if kind is MemberKind.STATE:
        apart = member.scope is Scope.COMMENT and state in _DISCUSSION
        public = publication.allows(state) or state == _ANSWERED or _SINCE.match(state)
        return None if apart or public else state_value
    if kind is MemberKind.TRUTH:
        other = _DATED.search(state) is not None or state in _READERS
        return None if other or state in _YES or publication.allows(state) else state_value
    if kind is MemberKind.WEAK:
        is_refusal = (state in _NO and state not in _NOTHING) or (
            _NUMBER.fullmatch(state) and state != "1"
        )
        return valued if is_refusal and not publication.allows_of(state, ()) else None
    if kind is MemberKind.READERS:
        return (
            None if _everybody(member, state) or publication.allows_of(state, ()) else state_value
        )
    return _timely(member, state, valued, when(text) if kind in _TIMES else None, now)


def _timely(
    member: StateMember, state: str, valued: str, moment: datetime | None, now: datetime | None
) -> str | None:
    """Return the state of a member about hiding or dates; None when it is published."""
    kind = member.kind
    later = moment is not None and now is not None and moment > now
    if kind is MemberKind.HIDDEN:
        return None if state in _NO or _NO_DATE.match(state) else member.core
    if kind is MemberKind.WEAKLY_HIDDEN:
        return member.core if later or state in _YES else None
    if kind is MemberKind.ENDS:
        # 0 is no end, in TYPO3, and « expired » is true, in Wagtail
        past = moment is not None and now is not None and moment < now and state not in _NO
        return EXPIRED if past or state in _YES else None
    if kind is MemberKind.HAS_APPEARED and (state in _NOTHING or _NO_DATE.match(state)):
        return valued
    return PLANNED if later else None


def _everybody(member: StateMember, state: str) -> bool:
    """Return whether anybody may read it, by a word or an access level."""
    if member.core == "audience" and (state == EMPTY or state.replace("_", "").isdecimal()):
        # how many people read it: what agencies that follow the press give
        return True
    return state in _READERS
