"""By which rules are texts and questions read, in sentences for those who search?

In plain words, each with an example that a test asks: the /syntax page and the README print it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadingRule:
    """A rule of reading. `question` finds `text`; "" when there is nothing to show."""

    french: str
    english: str
    text: str = ""
    question: str = ""


READING: tuple[ReadingRule, ...] = (
    ReadingRule(
        "Ni les majuscules ni les accents ne comptent, dans le texte comme dans la question ; un "
        "accent tapé est une préférence : marché passe devant marche.",
        "Neither capitals nor accents count, in the text as in the question; an accent that is "
        "typed is a preference.",
        "L’ÉTAT a cédé.", "etat",
    ),
    ReadingRule(
        "L’article élidé est ôté, avec toutes les apostrophes qui se tapent ; aujourd’hui ou "
        "prud’homme gardent la leur ; « l identité » se lit comme s’il l’avait.",
        "The elided article is taken off, whatever the apostrophe; a word that has one of its own "
        "keeps it; “l identité” is read as if it had one.",
        "Un mot de l’avocat.", "avocat",
    ),
    ReadingRule(
        "Un mot simple trouve ses autres formes : pluriels, féminins, temps des verbes. Entre "
        "guillemets ou après =, il est cherché tel quel.",
        "A plain word finds its other forms: plurals, feminines, tenses. In quotes or after =, "
        "it is looked for as it is.",
        "Les journaux paraissaient encore.", "journal paraître",
    ),
    ReadingRule(
        "L’écriture inclusive répond au masculin et au féminin.",
        "Inclusive writing answers to the masculine and to the feminine.",
        "Nos lecteur·rice·s écrivent.", "lectrices",
    ),
    ReadingRule(
        "Un mot composé se trouve joint, séparé ou avec son trait d’union.",
        "A compound is found joined, apart or with its hyphen.",
        "Une red-team entière.", "redteam",
    ),
    ReadingRule(
        "Les nombres se trouvent avec ou sans leurs espaces, les heures avec ou sans les leurs.",
        "Numbers are found with their spaces or without, and so are times.",
        "Plus de 150 000 comptes à 10 h 38.", "150000 10h38",
    ),
    ReadingRule(
        "Un sigle se trouve avec ou sans ses points.",
        "An acronym is found with its dots or without.",
        "La S.N.C.F. répond.", "SNCF",
    ),
    ReadingRule(
        "Les noms techniques restent entiers : C++, .NET, GPT-4o, CVE-2024-3094, les adresses, "
        "@pseudo et #motdièse.",
        "Technical names stay whole: C++, .NET, GPT-4o, CVE-2024-3094, addresses, @name and "
        "#hashtag.",
        "Un correctif pour CVE-2024-3094, en C++.", "cve-2024-3094 c++",
    ),
    ReadingRule(
        "Aucun petit mot n’est perdu : une suite entre guillemets les compte tous. Dans une "
        "question simple, ils sont mis de côté, et c’est dit.",
        "No small word is lost: a phrase in quotes counts them all. In a plain question they are "
        "set aside, and it is said.",
        "Le mot de passe a fuité.", '"le mot de passe"',
    ),
    ReadingRule(
        "Quelques synonymes sont cherchés aussi, et montrés dans « Compris ainsi » ; = les ôte.",
        "Some synonyms are looked for too, and shown in how the question was understood; = takes "
        "them off.",
        "Réglée par l’intelligence artificielle.", "IA",
    ),
    ReadingRule(
        "Un mot qui n’est nulle part est cherché aussi comme ceux dont il est à une faute : ce qui "
        "est trouvé ainsi est signalé, jamais compté, et = l’ôte.",
        "A word that is nowhere is looked for as those that it is a slip away from: what is found "
        "so is flagged, never counted, and = takes it off.",
    ),
    ReadingRule(
        "Viennent d’abord les passages où le mot est écrit comme dans la question, où les mots "
        "rares sont plusieurs fois, et où les mots se suivent.",
        "First come the passages that have the word as it was typed, that have the rare words "
        "several times, and the words in a row.",
    ),
    ReadingRule(
        "Ce qui ne contient qu’une partie des mots vient après, signalé et jamais compté. Mais à "
        "partir de trois mots, un passage qui en contient presque tous, et souvent, peut passer "
        "devant un autre qui les cite tous une fois ; + ou ET les rend obligatoires.",
        "What has only some of the words comes after, flagged and never counted. But from three "
        "words on, a passage that has nearly all of them, and often, may stand before one that "
        "mentions each of them once; + or AND makes them required.",
    ),
)  # fmt: skip


def markdown() -> str:
    """Return the rules as a list, for the README.

    >>> markdown().splitlines()[6]
    '- Un sigle se trouve avec ou sans ses points. `SNCF` trouve « La S.N.C.F. répond ».'
    """
    return "\n".join(f"- {rule.french}{_sentence_of(rule)}" for rule in READING)


def _sentence_of(rule: ReadingRule) -> str:
    return f" `{rule.question}` trouve « {rule.text.rstrip('.')} »." if rule.question else ""
