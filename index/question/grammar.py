"""What can be written in a question?

The one table of the language: what each sign, word and field is called in French, by which
English names it also goes, what it means and an example. The parser takes its names and
its limits from here; the /syntax page and the README print it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from index import french

Order = Literal["relevance", "newest", "oldest", "most_commented"]


class Operator(NamedTuple):
    """A sign or a word in capitals. `words` are written alone, `signs` against what they rule."""

    code: str
    meaning: str
    example: str
    words: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    """Other examples that mean the same kind of thing."""


class Choice(NamedTuple):
    """A value that a field takes: its names, French first, and what the index holds."""

    names: tuple[str, ...]
    value: str


class QueryField(NamedTuple):
    """A field: `name:value`. `names`: French first; `column` is in `record.FIELDS`."""

    code: str
    kind: Literal["words", "key", "address", "article", "place", "date", "number", "state", "order"]
    names: tuple[str, ...]
    meaning: str
    example: str
    column: str = ""
    choices: tuple[Choice, ...] = ()

    @property
    def name(self) -> str:
        return self.names[0]


class Limits(NamedTuple):
    """Past one of them the question is cut, and a notice says where."""

    characters: int = 512
    terms: int = 32
    depth: int = 8
    phrase: int = 12
    slop: int = 10
    prefix: int = 2
    expansions: int = 128
    expansions_together: int = 256
    """Words that all the prefixes and patterns of a question stand for: each has its share."""
    wild: int = 8
    """Prefixes and patterns in one question."""
    fuzzy: int = 2
    fuzzy_letters: int = 4


LIMITS = Limits()

OPERATORS: tuple[Operator, ...] = (
    Operator(
        "all",
        "Tous les mots, au pluriel comme au singulier ; c’est ce qui se passe sans rien écrire. "
        "Un mot se cherche dans le passage ou dans le titre de son article. "
        "Le + rend obligatoire un mot trop courant.",
        "artistes openai",
        words=("ET", "AND"),
        signs=("+",),
        also=("artistes ET openai", "+le +monde"),
    ),
    Operator(
        "either",
        "L’un ou l’autre, en capitales ; « ou » en minuscules reste un mot. ET lie plus fort "
        "que OU, et OU plus fort que la simple suite de mots.",
        "sora OU midjourney",
        words=("OU", "OR"),
        signs=("|",),
        also=("sora | midjourney",),
    ),
    Operator(
        "without",
        "Sans ce mot, sous cette forme exacte, dans le passage (le titre de l’article peut "
        "l’avoir) : -wire garde « rewire ».",
        "-bêta",
        words=("SAUF", "NON", "NOT"),
        signs=("-",),
        also=("sora SAUF bêta", "sora NON bêta", '-"mot de passe"', "-auteur:x", "-(sora OU veo)"),
    ),
    Operator("group", "Un groupe, jusqu’à 8 niveaux.", "(sora OU veo) artistes", signs=("(", ")")),
    Operator(
        "phrase",
        "La suite exacte de mots : l’ordre compte, les petits mots aussi ; ni les accents ni "
        "les majuscules.",
        '"red team"',
        signs=('"', "«", "»", "“", "”", "„", "‟", "″", "‹", "›"),
        also=("« red team »", "“red team”", "„red team“", "‹ red team ›", "‘red team’"),
    ),
    Operator(
        "exact",
        "Ce mot sous cette forme : gratuit, pas gratuite. Après =, un accent tapé compte : mûr, "
        "pas mur.",
        "=gratuit",
        signs=("=",),
        also=('"gratuit"',),
    ),
    Operator(
        "near",
        "Ces mots à cinq mots de distance au plus, dans n’importe quel ordre.",
        '"openai artistes"~5',
        words=("PRES", "PRÈS", "NEAR"),
        also=("openai PRES/5 artistes", "openai PRÈS/5 artistes", "openai NEAR/5 artistes"),
    ),
    Operator(
        "prefix",
        "Les mots qui commencent ainsi, entre guillemets aussi.",
        "artist*",
        signs=("*",),
        also=('"red tea*"',),
    ),
    Operator("letter", "N’importe quelle lettre.", "m?t", signs=("?",)),
    Operator(
        "fuzzy",
        "Ce mot à une faute près (~2 : deux), la première lettre étant juste.",
        "midjourny~",
        signs=("~",),
        also=("midjourny~2",),
    ),
)

NAMED: tuple[QueryField, ...] = (
    QueryField("title", "words", ("titre", "title"), "Dans le titre de l’article.", "titre:sora"),
    QueryField(
        "lead",
        "words",
        ("chapo", "chapeau", "lead"),
        "Dans le chapeau de l’article.",
        "chapo:artistes",
    ),
    QueryField(
        "heading",
        "words",
        ("intertitre", "heading"),
        "Dans l’intertitre d’une section ou le titre d’un commentaire.",
        "intertitre:budget",
    ),
    QueryField(
        "text",
        "words",
        ("texte", "text"),
        "Dans le passage lui-même, sans compter le titre de l’article.",
        "texte:sora",
    ),
    QueryField(
        "category",
        "key",
        ("rubrique", "catégorie", "category"),
        "Dans cette rubrique.",
        "rubrique:droit",
        column="category",
    ),
    QueryField(
        "author",
        "key",
        ("auteur", "author"),
        "Articles de cet auteur ; son nom entier, ou son début suivi de *.",
        'auteur:"Jean Dupont"',
        column="author",
    ),
    QueryField(
        "commenter",
        "key",
        ("pseudo", "commentateur", "commenter"),
        "Commentaires de cette personne ; @pseudo est plus court.",
        "pseudo:Mihashi",
        column="commenter",
    ),
    QueryField(
        "url",
        "address",
        ("lien", "url", "site", "domaine", "domain"),
        "L’adresse de l’article, ou d’un lien : son site, un de ses mots, ou tout entière.",
        "lien:next.ink",
        column="url",
    ),
    QueryField(
        "place",
        "place",
        ("dans", "in"),
        "Dans les articles, dans les commentaires, ou dans les seuls titres.",
        "dans:commentaires",
        column="kind",
        choices=(
            Choice(("article", "articles"), "article"),
            Choice(("commentaires", "commentaire", "comments", "comment"), "comment"),
            Choice(("titre", "titres", "title", "titles"), "title"),
        ),
    ),
    QueryField(
        "article",
        "article",
        ("article", "story"),
        "Dans cet article et ses commentaires.",
        "article:demo:sora",
        column="article",
    ),
    QueryField(
        "date",
        "date",
        ("date",),
        "Ce jour, ce mois, cette année, ou d’une date à l’autre, les deux comprises.",
        "date:2024-01..2024-03",
    ),
    QueryField(
        "during",
        "date",
        ("pendant", "during"),
        "Comme date:, en toutes lettres.",
        'pendant:"semaine dernière"',
    ),
    QueryField(
        "around",
        "date",
        ("vers", "around"),
        "Vers cette date, la plus proche d’abord : « début mai 2023 », « Noël 2022 ».",
        "vers:2023-05",
    ),
    QueryField(
        "before", "date", ("avant", "before"), "Avant cette date, elle exclue.", "avant:2025"
    ),
    QueryField(
        "since",
        "date",
        ("depuis", "since"),
        "Depuis cette date, elle comprise.",
        'depuis:"mars 2023"',
    ),
    QueryField(
        "after",
        "date",
        ("après", "after"),
        "Après cette date, elle exclue.",
        "après:2024-06-01",
    ),
    QueryField(
        "comments",
        "number",
        ("commentaires", "comments"),
        "Nombre de commentaires de l’article.",
        "commentaires>10",
        column="comments",
    ),
    QueryField(
        "minutes",
        "number",
        ("lecture", "minutes"),
        "Temps de lecture de l’article, en minutes.",
        "lecture<5",
        column="minutes",
    ),
    QueryField(
        "is",
        "state",
        ("est", "is"),
        "Passages modifiés depuis leur parution, réponses à un commentaire.",
        "est:modifié",
        column="state",
        choices=(
            Choice(("modifié", "modifiée", "edited", "modified"), "edited"),
            Choice(("réponse", "reply", "answer"), "reply"),
        ),
    ),
    QueryField(
        "has",
        "state",
        ("a", "has"),
        "Passages qui contiennent un lien, qui citent quelqu’un.",
        "a:lien",
        column="state",
        choices=(
            Choice(("lien", "liens", "link", "url"), "link"),
            Choice(("citation", "citations", "quote"), "quote"),
        ),
    ),
    QueryField(
        "order",
        "order",
        ("tri", "sort"),
        "L’ordre des résultats.",
        "tri:récent",
        choices=(
            Choice(
                ("récent", "récents", "récente", "récentes", "date", "newest", "recency"), "newest"
            ),
            Choice(("ancien", "anciens", "ancienne", "anciennes", "oldest"), "oldest"),
            Choice(("pertinence", "relevance"), "relevance"),
            Choice(("commenté", "commentés", "comments", "most_commented"), "most_commented"),
        ),
    ),
)

# by folded name
FIELD_NAMES: Mapping[str, QueryField] = MappingProxyType(
    {french.fold(name): field for field in NAMED for name in field.names}
)
WORDS: Mapping[str, str] = MappingProxyType(
    {word: operator.code for operator in OPERATORS for word in operator.words}
)


def field_named(name: str) -> QueryField | None:
    """The field that goes by this name, whatever its case and accents.

    >>> field_named("Après").code
    'after'
    """
    return FIELD_NAMES.get(french.fold(name))


def choice_named(field: QueryField, name: str) -> Choice | None:
    """The value of a field that goes by this name, whatever its case and accents.

    >>> choice_named(FIELD_NAMES["tri"], "Récent").value
    'newest'
    """
    folded = french.fold(name.strip())
    for choice in field.choices:
        if folded in map(french.fold, choice.names):
            return choice
    return None


def markdown() -> str:
    """The language as a table, for the README."""
    rows = ["| écrire | sens |", "|---|---|"]
    for sign in OPERATORS:
        examples = " · ".join(_cell(example) for example in (sign.example, *sign.also))
        rows.append(f"| {examples} | {sign.meaning.replace('|', '&#124;')} |")
    for field in NAMED:
        names = ", ".join(f"`{name}:`" for name in field.names)
        rows.append(f"| {_cell(field.example)} ({names}) | {field.meaning} |")
    return "\n".join(rows)


def _cell(example: str) -> str:
    return "`" + example.replace("|", "\\|") + "`"


if __name__ == "__main__":
    print(markdown())
