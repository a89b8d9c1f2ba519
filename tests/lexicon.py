"""Makes index/french/inflections.txt from a published lexicon: run by `make lexicon`.

The lexicon is the French spelling dictionary of Grammalecte (Olivier R., version 7.5, MPL 2.0,
which may be combined with the GPL), as npm's dictionary-fr packs it: each word with the flags of
its endings. Only what the rules and the lists of stemming.toml do not find is kept.
"""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import tarfile
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from textwrap import fill
from typing import NamedTuple

from index.french import COMMON, fold, gluing, stemming

PACKAGE = "dictionary-fr@3.0.0"
SHA512 = "fhDRX1cRyHPA69GJg8R4XgNYgSQvbNHj3kr5UqvEG1OS5pJqH6P3GbO7wpTCwvr5KMQ0NxGIsXps9P5NyXRVEg=="
MADE = Path(stemming.__file__).with_name("inflections.txt")
GLUED = MADE.with_name("glued.txt")
CHOICES = Path(__file__).with_name("lexicon.toml")
_SECOND_GROUP = "issaient"
# No noun or adjective has so many forms.
_VERB = 12
# A verb so rare that its forms look like so many other words is left aside: saurer.
_MOST_BESIDE = 6
# Endings of verbs that speech has lost, and that many nouns have.
_BOOKISH = ("ions", "asse", "asses", "ate", "ates", "assions")


_HEAD = (
    f"# Made by `make lexicon` from {PACKAGE}: do not edit.",
    "# Grammalecte, Olivier R. This file is under the Mozilla Public License, version 2.0.",
)


class Word(NamedTuple):
    """A headword and its forms, folded."""

    lemma: str
    forms: frozenset[str]
    verb: bool
    name: bool = False


class Choices(NamedTuple):
    """What no lexicon says: see lexicon.toml."""

    apart: frozenset[str]
    verbs: Mapping[str, str]
    ignored: frozenset[str]


def package(directory: Path) -> tuple[str, str]:
    """The endings and the words of the package. Raises CalledProcessError, ValueError."""
    run = ["npm", "pack", "--silent", PACKAGE]
    name = subprocess.run(run, cwd=directory, check=True, capture_output=True, text=True).stdout
    packed = directory / name.strip()
    digest = base64.b64encode(hashlib.sha512(packed.read_bytes()).digest()).decode()
    if digest != SHA512:
        raise ValueError(f"{PACKAGE} is not the one that was read: {digest}")
    with tarfile.open(packed) as files:
        endings, words = (
            files.extractfile(f"package/index.{kind}").read().decode()  # type: ignore[union-attr]
            for kind in ("aff", "dic")
        )
    return endings, words


Ending = tuple[str, str, re.Pattern[str]]
"""What is taken off, what is put instead, and what the word must end with."""


def _endings(lines: str) -> Mapping[str, list[Ending]]:
    """Flag → its endings: Hunspell's suffixes."""
    endings: dict[str, list[Ending]] = defaultdict(list)
    for line in lines.splitlines():
        cells = line.split()
        if len(cells) >= 5 and cells[0] == "SFX":
            off, on = (cell.split("/")[0].replace("0", "") for cell in cells[2:4])
            endings[cells[1]].append((off, on, re.compile(cells[4] + "$")))
    return endings


def words(endings: str, lines: str) -> Iterator[Word]:
    """Every word of the lexicon, with its forms."""
    endings_by_root = _endings(endings)
    for line in lines.splitlines()[1:]:
        lemma, _, flags = line.split()[0].partition("/") if line.strip() else ("", "", "")
        if not lemma.isalpha():
            continue
        forms, verb = {lemma}, False
        for at in range(0, len(flags), 2):
            verb_forms = [
                lemma[: len(lemma) - len(off)] + on
                for off, on, fits in endings_by_root.get(flags[at : at + 2], ())
                if fits.search(lemma) and lemma.endswith(off)
            ]
            verb = verb or len(verb_forms) > _VERB
            forms.update(filter(str.isalpha, verb_forms))
        yield Word(fold(lemma), frozenset(map(fold, forms)), verb, not lemma.islower())


class Lexicon:
    """What is made of the words: roots of regular verbs, adverbs, and forms with their stem."""

    def __init__(self, all_words: Iterable[Word], choices: Choices) -> None:
        self._words = [word for word in all_words if word.lemma not in choices.ignored]
        self._choices = choices
        self.rules = stemming.by_hand()
        self._hand = frozenset(self.rules.by_heart)
        self._everyday = frozenset(self.rules.first)
        self._lemmas: dict[str, set[Word]] = defaultdict(set)
        for word in self._words:
            for form in word.forms:
                self._lemmas[form].add(word)
        self.first: set[str] = set()
        self.second: set[str] = set()
        self.forms: dict[str, str] = {}

    def make(self) -> None:
        """Irregular verbs, then roots: what the rules then find needs no line of its own."""
        regular = []
        for verb in (word for word in self._words if word.verb):
            if verb.lemma.endswith("er") or any(f.endswith(_SECOND_GROUP) for f in verb.forms):
                regular.append(verb)
            else:
                self._family(verb)
        for verb in regular:
            self._learn(verb)
        for verb in regular:
            if not self._is_rare(verb):
                self._family(verb)
        for word in self._words:
            if not word.verb and not word.name:
                self._noun(word)

    def _family(self, verb: Word) -> None:
        stem = self._stem(verb)
        for form in sorted(verb.forms | {verb.lemma}):
            # qu'il parlât is of books, and « at » of many other words
            if self._is_of(form, verb, stem) and not (form.endswith("at") and stem != verb.lemma):
                self._keep(form, stem)

    def _stem(self, verb: Word) -> str:
        """An irregular verb has its infinitive; any other what the rules make of it."""
        regular = verb.lemma.endswith("er") or verb.lemma[:-2] in self.rules.second
        return self.rules.stem(verb.lemma) if regular else verb.lemma

    def _learn(self, verb: Word) -> None:
        """Tell the rules a root, and by heart the words that they would then take for its forms."""
        root = verb.lemma[:-2]
        er = verb.lemma.endswith("er")
        known_forms, learnt = (
            (self.rules.first, self.first) if er else (self.rules.second, self.second)
        )
        if root in known_forms:
            return
        sources = [
            form
            for form in self._near(root)
            if any(word.lemma != verb.lemma for word in self._lemmas[form])
        ]
        before = {form: self.rules.stem(form) for form in sources}
        known_forms.add(root)
        changed_stems = {
            form: stem for form, stem in before.items() if self.rules.stem(form) != stem
        }
        if len(changed_stems) > _MOST_BESIDE:
            known_forms.discard(root)
            return
        learnt.add(root)
        for form, stem in changed_stems.items():
            self.forms[form] = self.rules.by_heart[form] = stem

    def _near(self, root: str) -> Iterator[str]:
        """The words of the lexicon that the rules may take for a form of this root."""
        for begins in (root, root + "e", root.removesuffix("y") + "i"):
            for ending in (*stemming.ENDINGS, *stemming.SECOND_GROUP):
                for form in (begins + ending, begins + ending + "s"):
                    if form in self._lemmas:
                        yield form

    def _is_of(self, form: str, verb: Word, stem: str) -> bool:
        """Whether readers take a form for this verb's, of all that it may be a form of."""
        verb_of_form = self._choices.verbs.get(form)
        if verb_of_form is not None:
            return verb_of_form == verb.lemma
        if self._is_said(form):
            return False
        other_words = [w for w in self._lemmas[form] if w.lemma != verb.lemma]
        if verb.lemma.endswith("er"):
            return not other_words
        # éluer, cuiter: nobody means them
        other_words = [w for w in other_words if not w.verb or not self._is_rare(w)]
        if any(word.verb and self._stem(word) != stem for word in other_words):
            return False
        # an adjective or a noun that is the participle: vaincu, reçu; but « vivants » are people
        return not form.endswith(("ants", "ante", "antes")) and all(
            other_word.lemma in verb.forms for other_word in other_words if not other_word.verb
        )

    def _is_rare(self, verb: Word) -> bool:
        return verb.lemma.endswith("er") and verb.lemma[:-2] not in self._everyday

    def _noun(self, word: Word) -> None:
        lemma = word.lemma
        stem = self.forms.get(lemma) or self.rules.stem(lemma)
        if lemma.endswith(_BOOKISH) and lemma not in self._hand:
            stem = lemma
        if lemma.endswith("ement") and word.forms == {lemma} and stem != lemma:
            # generalement is not generale; chiffrement, which has a plural, is chiffrer's
            self._keep(lemma, lemma)
        for form in sorted(word.forms):
            nouns = [
                noun
                for noun in self._lemmas[form]
                if noun.lemma != lemma and self.rules.stem(noun.lemma) != stem
            ]
            # options, liasses and diplomates are hardly ever what « nous » or « vous » did
            if form.endswith(_BOOKISH):
                nouns = [noun for noun in nouns if not noun.lemma.endswith("er")]
            if not nouns and not self._is_said(form):
                self._keep(form, stem)

    def _is_said(self, form: str) -> bool:
        """Whether we, and not the lexicon, say what it is."""
        is_chosen = form in self._choices.apart or form in self._choices.verbs
        return is_chosen or form in COMMON or form in self._hand

    def _keep(self, form: str, stem: str) -> None:
        if self.rules.stem(form) != stem:
            self.rules.by_heart.setdefault(form, stem)
            self.forms.setdefault(form, stem)


def render(lexicon: Lexicon) -> str:
    """The file: roots by group, then each stem with the forms that the rules do not take to it."""
    families: dict[str, list[str]] = defaultdict(list)
    for form, stem in lexicon.forms.items():
        families[stem].append(form)
    roots = {"first": lexicon.first, "second": lexicon.second}
    return "\n".join(
        [
            *_HEAD,
            *(
                f"{group}-group roots: {' '.join(sorted(roots_of_group))}"
                for group, roots_of_group in roots.items()
            ),
            *(f"{stem}: {' '.join(sorted(families[stem]))}" for stem in sorted(families)),
            "",
        ]
    )


def glued(all_words: Iterable[Word]) -> str:
    """The stems of the words that are another word with an article before it: légalité."""
    forms = {form for word in all_words for form in word.forms}
    known_forms = {
        stemming.stem(article + form)
        for form in forms
        if len(form) >= 4 and form[0] in "aeiouyh"
        for article in gluing.ELIDED
        if article + form in forms
    }
    return "\n".join([*_HEAD, fill(" ".join(sorted(known_forms)), 100), ""])


def choices() -> Choices:
    """What lexicon.toml says."""
    value = tomllib.loads(CHOICES.read_text("utf-8"))
    verbs = {form: verb for verb, forms in value["verbs"].items() for form in forms.split()}
    participles = (
        word + suffix for word in value["adjectives"].split() for suffix in ("", "s", "e", "es")
    )
    apart = frozenset([*value["apart"].split(), *participles])
    return Choices(apart, verbs, frozenset(value["ignored"].split()))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as directory:
        all_words = list(words(*package(Path(directory))))
    lexicon = Lexicon(all_words, choices())
    lexicon.make()
    GLUED.write_text(glued(all_words), "utf-8")
    MADE.write_text(render(lexicon), "utf-8")
    print(f"{len(lexicon.first)} + {len(lexicon.second)} roots, {len(lexicon.forms)} forms")
