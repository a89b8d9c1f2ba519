"""Which notices does a reader get about a question that was not, or not wholly, understood?

A code is stable, for programs; the messages are for people and may change.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from index.french.patterns import late
from index.results import Notice

MESSAGES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "too_long": (
            "La question dépasse {limit} caractères : la suite n’a pas été lue.",
            "The question is longer than {limit} characters: the rest was not read.",
        ),
        "too_many_words": (
            "La question compte plus de {limit} mots : la suite n’a pas été lue.",
            "The question has more than {limit} words: the rest was not read.",
        ),
        "too_deep": (
            "Plus de {limit} parenthèses l’une dans l’autre : les suivantes ne comptent pas.",
            "More than {limit} brackets inside one another: these do not count.",
        ),
        "phrase_too_long": (
            "Une phrase a au plus {limit} mots : la suite n’a pas été cherchée.",
            "A phrase has {limit} words at most: the rest was not searched.",
        ),
        "slop_too_wide": (
            "Une distance est de {limit} mots au plus : c’est celle qui est cherchée.",
            "A distance is {limit} words at most: this one is searched.",
        ),
        "emoji_anywhere": (
            "Un emoji n’a pas de place parmi les mots : {word} est cherché dans tout le passage.",
            "An emoji has no place among words: {word} is searched anywhere in the passage.",
        ),
        "accent_not_kept": (
            "« {word} » est cherché sans son accent, que l’index ne garde pas d’un mot si courant.",
            "“{word}” is searched without its accent, which the index keeps of no word so common.",
        ),
        "prefix_too_short": (
            "Il faut au moins {limit} lettres avant * : « {word} » est cherché tel quel.",
            "At least {limit} letters are needed before *: “{word}” is searched as it is.",
        ),
        "leading_wildcard": (
            "Un mot ne peut pas commencer par * ou ? : « {word} » est cherché sans ce signe.",
            "A word cannot begin with * or ?: “{word}” is searched without it.",
        ),
        "too_many_wild": (
            "Au plus {limit} mots avec * ou ? par question : « {word} » est cherché tel quel.",
            "At most {limit} words with * or ? in a question: “{word}” is searched as it is.",
        ),
        "too_many_expansions": (
            "« {word} » répond à plus de {limit} mots : seuls les plus fréquents sont cherchés.",
            "“{word}” stands for more than {limit} words: only the most frequent are searched.",
        ),
        "no_expansion": (
            "Aucun mot ne correspond à « {word} ».",
            "No word matches “{word}”.",
        ),
        "too_many_fuzzy": (
            "Au plus {limit} mots approchés par question : « {word} » est cherché tel quel.",
            "At most {limit} approximate words in a question: “{word}” is searched as it is.",
        ),
        "fuzzy_too_short": (
            "Un mot approché a au moins {limit} lettres : « {word} » est cherché tel quel.",
            "An approximate word has {limit} letters at least: “{word}” is searched as it is.",
        ),
        "fuzzy_too_far": (
            "Deux fautes au plus par mot : ~2 est cherché.",
            "Two faults at most in a word: ~2 is searched.",
        ),
        "common_word": (
            "« {word} » est trop courant pour être exigé ; +{word} l’exige.",
            "“{word}” is too common to be required; +{word} requires it.",
        ),
        "common_phrase": (
            "Tous les mots sont courants : ils sont cherchés à la suite, comme entre guillemets.",
            "All the words are common: they are searched in a row, as between quotes.",
        ),
        "unclosed_quote": (
            "Il manque un guillemet pour aller avec celui-ci : les mots sont cherchés sans lui.",
            "This quotation mark is not paired: the words are searched without it.",
        ),
        "unclosed_bracket": (
            "Il manque une parenthèse pour aller avec celle-ci : elle ne compte pas.",
            "This bracket is not paired: it does not count.",
        ),
        "nothing_inside": (
            "Il n’y a aucun mot à chercher ici.",
            "There is no word to search here.",
        ),
        "dangling_operator": (
            "« {word} » ne porte sur rien : il n’a pas été pris en compte.",
            "“{word}” applies to nothing: it was left out.",
        ),
        "not_a_word": (
            "« {word} » ne contient aucun mot : il n’a pas été cherché.",
            "“{word}” holds no word: it was not searched.",
        ),
        "small_operator": (
            "« {word} » est cherché comme un mot : en capitales, {capitals} est un opérateur.",
            "“{word}” is searched as a word: in capitals, {capitals} is an operator.",
        ),
        "near_needs_words": (
            "PRES se met entre deux mots : ici, les deux sont seulement exigés.",
            "NEAR goes between two words: here both are merely required.",
        ),
        "unknown_field": (
            "« {name}: » n’est pas un champ : c’est cherché comme du texte.",
            "“{name}:” is not a field: it is searched as text.",
        ),
        "unknown_field_near": (
            "« {name}: » n’est pas un champ : c’est cherché comme du texte. "
            "Vouliez-vous dire « {near}: » ?",
            "“{name}:” is not a field: it is searched as text. Did you mean “{near}:”?",
        ),
        "field_with_equals": (
            "« {name}= » est cherché comme du texte : un champ s’écrit {name}:",
            "“{name}=” is searched as text: a field is written {name}:",
        ),
        "unknown_value": (
            "« {value} » n’a pas de sens après « {name}: », qui attend {choices} : "
            "cela n’a pas été pris en compte.",
            "“{value}” has no meaning after “{name}:”, which expects {choices}: it was left out.",
        ),
        "absent_value": (
            "L’index n’a pas « {value} » pour « {name}: ».",
            "The index has no “{value}” for “{name}:”.",
        ),
        "absent_value_near": (
            "L’index n’a pas « {value} » pour « {name}: ». Proche : {near}.",
            "The index has no “{value}” for “{name}:”. Close: {near}.",
        ),
        "page_alone": (
            "Sous cette adresse, l’index n’a que le début de l’article (titre et chapô).",
            "Under this address, the index has the beginning of the article alone (title and "
            "standfirst).",
        ),
        "query_of_address": (
            "De cette adresse, « {query} » n’est pas cherché : le reste l’est.",
            "Of this address, “{query}” is not searched: the rest is.",
        ),
        "address_words": (
            "Aucune adresse n’est du site « {value} » : ses mots y sont cherchés.",
            "No address is of the site “{value}”: its words are searched in addresses.",
        ),
        "unreadable_date": (
            "La date « {value} » n’a pas été comprise : elle ne filtre rien. "
            'Par exemple : 2024, 2024-03, 12/03/2024, "mars 2023", hier.',
            "The date “{value}” was not understood: it filters nothing. "
            'For example: 2024, 2024-03, 12/03/2024, "march 2023", yesterday.',
        ),
        "unreadable_number": (
            "« {value} » n’est pas un nombre : cela n’a pas été pris en compte.",
            "“{value}” is not a number: it was left out.",
        ),
        "dates_swapped": (
            "La seconde date précède la première : elles ont été échangées.",
            "The second date comes before the first: they were swapped.",
        ),
        "unknown_parameter": (
            "L’adresse n’admet pas « {name} », qui n’a donc rien filtré. Dans la question, écrivez "
            "{name}:…",
            "The address takes no “{name}”: it filtered nothing. In the question, write {name}:…",
        ),
        "unknown_filter": (
            "L’adresse n’admet pas « {name} », qui n’a donc rien filtré.",
            "The address takes no “{name}”: it filtered nothing.",
        ),
        "unknown_parameter_near": (
            "L’adresse n’admet pas « {name} », qui n’a donc rien filtré. Vouliez-vous dire "
            "« {near} » ?",
            "The address takes no “{name}”: it filtered nothing. Did you mean “{near}”?",
        ),
        "split_word": (
            "« {word} » n’est nulle part : on a aussi cherché {near}.",
            "“{word}” is nowhere: {near} was searched too.",
        ),
        "misspelt_word": (
            "« {word} » n’est nulle part : on cherche à sa place {near}, sans compter ces "
            "passages ; ={word} ne cherche que lui.",
            "“{word}” is nowhere: {near} searched instead, and not counted; "
            "={word} searches it alone.",
        ),
        "split_or_misspelt_word": (
            "« {word} » n’est nulle part : on a aussi cherché {cut} et, sans compter ces "
            "passages, {near} ; ={word} ne cherche que lui.",
            "“{word}” is nowhere: {cut} was searched too and, not counted, {near}; "
            "={word} searches it alone.",
        ),
        "quotes_loosened": (
            "Aucun passage ne contient tout : les guillemets ne sont plus exigés.",
            "No passage holds everything: the quotes are no longer required.",
        ),
        "too_heavy": (
            "Ces mots sont trop courants, et trop nombreux, pour que leur suite ou leur distance "
            "soit vérifiée partout : certains passages ont les mots, mais pas ainsi. "
            "Les nombres sont des maximums.",
            "These words are too common, and too many, for their order or distance to be checked "
            "everywhere: some passages have the words, but not so. The numbers are maximums.",
        ),
        "not_counted": (
            "Cette question demande trop de calcul : une partie de ce qui entoure les réponses "
            "(filtres, nombres, propositions, réponses partielles) n’a pas été comptée.",
            "This question asks for too much work: some of what surrounds the answers (filters, "
            "numbers, suggestions, partial answers) was not counted.",
        ),
        "nothing_understood": (
            "Il n’y a rien à chercher dans cette question.",
            "There is nothing to search in this question.",
        ),
    }
)


def notice(code: str, start: int, end: int, /, **values: object) -> Notice:
    """The notice of a code about the characters [start, end) of the question.

    >>> notice("slop_too_wide", 3, 7, limit=10).message
    'Une distance est de 10 mots au plus : c’est celle qui est cherchée.'
    """
    french, english = MESSAGES[code]
    printable_values = {name: _printable(str(value)) for name, value in values.items()}
    quoted = {name: _QUOTES.sub(r"“\1”", value) for name, value in printable_values.items()}
    return Notice(code, start, end, french.format(**printable_values), english.format(**quoted))


_QUOTES = late("«\\s?([^«»]*?)\\s?»")


def printable(text: str) -> str:
    """The text with each lone surrogate as ?, so that it can be written down; same length."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _printable(value: str) -> str:
    value = " ".join(printable(value).split())
    return value if len(value) <= 60 else value[:59] + "…"
