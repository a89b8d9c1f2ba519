"""How is each word, or quoted row of words, of a question looked for?

Here the typed words meet the index's own: neighbours written as one word, unknown words
written as two, prefixes, misspellings, synonyms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import islice

from whoosh.query import Query

from index import french
from index.french import Token, number_words
from index.french.patterns import late
from index.french.tokens import WORDED
from index.question import clauses, elisions, neighbours, phrases, typed, wordings
from index.question.clauses import Alternative, Clause, Scope
from index.question.combining import Part, every, gathered
from index.question.grammar import LIMITS
from index.question.lookups import At, Lookups
from index.question.marks import Quoted, Word
from index.question.piece_meaning import PieceMeaning
from index.question.typed import Unit
from index.question.vocabulary import expanding
from index.question.vocabulary.expanding import Pattern, Vocabulary
from index.question.wordings import Wordings

_WILD_IN_ROW = late(r"[^\W_]\*|[^\W_]\?[^\W_]")
_JOINED_ROWS, _RARER_ROWS, _SHOWN_ROWS = 3, 4, 12


class Words:
    """Looks words up for one question.

    `several`: it has more than one, of which `wild` have * or ?.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        synonyms: Mapping[str, tuple[str, ...]],
        say: Callable[..., None],
        several: bool = True,
        wild: int = 0,
    ) -> None:
        self._lookups = Lookups(vocabulary, say, several, wild)
        self._wordings = Wordings(synonyms)
        self._say = say

    # plain words

    def neighbours(self, units: Sequence[Unit], question: str) -> list[list[Alternative]]:
        """For each of some plain words in a row, the other ways to write it with its neighbours."""
        return neighbours.of_words(units, question, self._lookups, self._wordings)

    def plain(self, unit: Unit, scope: Scope, ways: Sequence[Alternative] = ()) -> PieceMeaning:
        """A plain word, by its stem; or words held together by a hyphen, in a row."""
        value = next((way for way in ways if way.instead), None)
        if value:
            return self._number(unit, value, ways, scope)
        words, tokens = unit.words[: LIMITS.phrase], unit.tokens
        if len(tokens) == 1 and words[0] in french.COMMON and not typed.is_common(tokens[0]):
            # maïs is in few of the passages that have « mais »
            agreeing = self._lookups.agreeing(words[0])
            return self._exact(tokens, scope, *agreeing)._replace(kind="word", loose=True)
        variants = [
            variant._replace(form=figures, stem=variant.stem or figures)
            for token in tokens
            for variant in token.variants
            if not variant.part
            for figures in [variant.form.removeprefix(WORDED)]
        ]
        alternatives = [*ways, *self._wordings.of(" ".join(words))]
        if len(tokens) == 1:
            for variant in variants:
                alternatives += self._wordings.of_form(variant.form)
            split = self._lookups.split(words[0])
            alternatives += [Alternative("", pair) for pair in split]
            for pair in split:
                alternatives += map(clauses.inflected, self._lookups.inflected(pair))
            cut = self._lookups.cut(words[0], tokens[0].rule == "hashtag", bool(split))
            alternatives += [Alternative("", cut)] if cut else []
            apart = self._lookups.apart(words[0])
            alternatives += [clauses.synonym(french.stem(form), [form]) for form in apart]
            stems = list(dict.fromkeys((tokens[0].stem, *(variant.stem for variant in variants))))
            weight = self._lookups.weight(tokens[0].stem)
            clause = clauses.plain(scope, words[0], stems, alternatives, weight)
            # a number or an emoji is never misspelt
            is_known = not (split or words[0].isalpha()) or self._lookups.known(words[0])
            if split and not is_known:
                clause = self._parted(clause, split[0], scope)
            accents = clauses.accented(scope, typed.accented(tokens[0]), weight)
            clause = clause._replace(bonus=(*clause.bonus, *accents))
            family = self._lookups.family(words[0], tokens[0].stem)
            at = unit.start, unit.end
            read = [*split, *([form] for form in apart)]
            instead = [] if is_known else self._lookups.instead(words[0], read, at)
        else:
            if len(tokens) > LIMITS.phrase:
                self._say("phrase_too_long", unit.start, unit.end, limit=LIMITS.phrase)
            ends = tokens[0].start, tokens[-1].end
            variants = [variant for variant in variants if (variant.start, variant.end) == ends]
            for variant in variants:
                alternatives.append(clauses.joined(variant.stem, variant.form))
                alternatives += self._wordings.of(variant.form)
            alternatives += map(clauses.inflected, self._lookups.inflected(words))
            alternatives += wordings.of_range(tokens)
            for other in self._wordings.of_pieces(words):
                rows = self._lookups.inflected(other.words)
                alternatives += [other, *map(clauses.inflected, rows)]
            parts = [
                clauses.plain(
                    scope, token.exact, [token.stem], (), self._lookups.weight(token.stem)
                )
                for token in tokens
                if token.exact not in french.COMMON
            ]
            clause = clauses.compound(scope, words, alternatives, parts)
            if amount := typed.amount(tokens, variants):
                weight = self._lookups.weight(amount.stem)
                clause = clauses.plain(scope, amount.form, [amount.stem], alternatives, weight)
            family, instead = [], []
        matches = [" ".join(words), *(variant.form for variant in variants)]
        matches += [" ".join(other.words) for other in alternatives]
        matches += number_words.said(words)
        meaning = PieceMeaning("word", clause, (*matches, *family), tuple(words), loose=True)
        return self._forgiving(meaning, scope, instead)

    def _number(
        self, unit: Unit, value: Alternative, ways: Sequence[Alternative], scope: Scope
    ) -> PieceMeaning:
        """A word of a number in words: a text answers by the value of the whole number."""
        weight = self._lookups.weight(unit.tokens[0].stem)
        others = [way for way in ways if not way.instead]
        clause = clauses.plain(scope, value.words[0], [value.stem], others, weight)
        if any(way.slop > 1 for way in others):  # of 72 heures, each word is a partial match
            clause = self._parted(clause, unit.words, scope)
        matches = dict.fromkeys(" ".join(way.words) for way in (value, *others))
        return PieceMeaning("word", clause, (*matches,), tuple(unit.words), loose=True)

    def letter(self, meaning: PieceMeaning, row: Sequence[Unit], scope: Scope) -> PieceMeaning:
        """A letter that names what is before it in a row: « vitamine A » is no « il a ».

        `meaning` is that of a plain word, and stays that of a letter that is no word.
        """
        words = [word for unit in row for word in unit.words]
        if words[-1] not in typed.LETTER_WORDS:
            return meaning
        # of comments without capitals, the two together: le rer a
        rows = {name: [words] for name in scope.columns}
        return meaning._replace(clause=clauses.phrase(scope, rows, [words[-1].upper()]))

    def _forgiving(
        self, meaning: PieceMeaning, scope: Scope, instead: Sequence[str]
    ) -> PieceMeaning:
        """The same, with the words that a misspelt one may have been meant for."""
        if not instead or meaning.clause.own is None:
            return meaning
        weights = {word: self._lookups.weight(french.stem(word)) for word in instead}
        return meaning._replace(instead=tuple(instead), meant=clauses.meant(scope, weights))

    def _parted(self, clause: Clause, words: Sequence[str], scope: Scope) -> Clause:
        """The clause of a word that reads as several, which may be met apart from each other."""
        longer = [word for word in words if word[2:] or word.isdecimal()]  # openai is no « ai »
        stems = {word: french.stem(word) for word in longer if word not in french.COMMON}
        weights = {word: self._lookups.weight(stem) for word, stem in stems.items()}
        parts = [clauses.plain(scope, word, [stems[word]], (), weights[word]) for word in stems]
        return clauses.with_parts(clause, parts)

    def beside(self, row: Sequence[Unit], scope: Scope) -> list[Query]:
        """What makes a passage better, of a word that ends a row: the row itself, in order.

        The row is the word before, the common words between, which count a little too, and
        the word.
        """
        words = [word for unit in row for word in unit.words]
        bonus = [
            clauses.common(scope, word, self._lookups.weight(word))
            for unit in row
            if unit.common
            for word in unit.words
        ]
        if 1 < len(words) <= LIMITS.phrase and not row[0].common:
            ends = (row[0].tokens[-1].stem, row[-1].tokens[0].stem)
            weight = sum(map(self._lookups.weight, ends)) / 2
            bonus.append(clauses.following(scope, words, weight))
        return bonus

    # marked words

    def marked(self, node: Word, scope: Scope, *, exact: bool) -> PieceMeaning | None:
        """A typed word with its marks; `exact` when = or an exclusion asks for this very form."""
        chunk = typed.read(node.text)
        at = node.startchar, node.endchar
        tokens = french.tokens(chunk.text)
        if not tokens:
            if not typed.prose(node.text):
                self._say("not_a_word", *at, word=node.text)
            return None
        if chunk.stripped:
            self._say("leading_wildcard", *at, word=chunk.text)
        meaning = None
        if chunk.wild and tokens[0].rule == "censored" and len(tokens) == 1:
            # m*rde as it is written, before what its star may stand for
            word = tokens[0].exact
            if self._lookups.holds(word, ("text", "title")):
                return self.row([word], (), scope)
        if chunk.wild:
            meaning = self._wild(chunk.text, at, scope)
        elif chunk.faults:
            meaning = self._misspelt(chunk, at, scope)
        if meaning is not None:
            return meaning
        bare = chunk.text.replace("*", "") if chunk.wild else chunk.text
        if not exact:
            return self._units(bare, node.startchar, scope)
        tokens, emojis = typed.without_emojis(french.tokens(bare))
        if len(tokens) == 1 and tokens[0].exact in french.COMMON and not typed.accented(tokens[0]):
            typed_word = bare[tokens[0].start : tokens[0].end]
            if french.fold(typed_word) != typed_word.lower():
                self._say("accent_not_kept", *at, word=typed_word)
        meaning = self._exact(tokens or emojis[:1], scope)
        return self._with_emojis(meaning, emojis if tokens else emojis[1:], at, scope)

    def _exact(self, tokens: Sequence[Token], scope: Scope, *others: str) -> PieceMeaning:
        forms = (*typed.accented(tokens[0]), *others) if len(tokens) == 1 else ()
        if forms:
            # mûr is not mur, nor marché marche
            clause = clauses.forms(scope, clauses.everywhere(forms))
            return PieceMeaning("exact", clause, forms, (tokens[0].exact,))
        return self.row([token.exact for token in tokens], typed.written_as_one(tokens), scope)

    def _units(self, text: str, start: int, scope: Scope) -> PieceMeaning | None:
        """Every unit of a chunk, as plain words all required."""
        meanings = [self.plain(unit, scope) for unit in typed.units(text, start)]
        parts = [Part(meaning.clause, meant=meaning.meant) for meaning in meanings]
        united = every(gathered(parts))
        if united is None:
            return None
        matches = tuple(match for meaning in meanings for match in meaning.matches)
        words = tuple(word for meaning in meanings for word in meaning.words)
        instead = tuple(word for meaning in meanings for word in meaning.instead)
        return PieceMeaning("word", united.clause, matches, words, True, instead, united.meant)

    def _wild(self, text: str, at: At, scope: Scope) -> PieceMeaning | None:
        typed_pattern = expanding.pattern(text)
        if typed_pattern is None or not self._lookups.allows(typed_pattern[1], text, at):
            return None
        before, pattern = typed_pattern
        if before:
            return self._wild_row([[*before, pattern]], at, scope)
        expanded = self._lookups.expanded(pattern, scope, at)
        clause = clauses.forms(scope, expanded.by_column)
        return PieceMeaning("prefix", clause, expanded.words, loose=True)

    def _misspelt(self, chunk: typed.TypedWord, at: At, scope: Scope) -> PieceMeaning | None:
        tokens = french.tokens(chunk.text)
        word = tokens[0].exact if len(tokens) == 1 else ""
        expanded = self._lookups.close(word, chunk.text, chunk.faults or 1, scope, at)
        if expanded is None:
            return None
        clause = clauses.forms(scope, expanded.by_column)
        return PieceMeaning("fuzzy", clause, expanded.words, loose=True)

    # rows

    def quoted(self, node: Quoted, scope: Scope) -> PieceMeaning | None:
        """What is between quotes: an exact word, a row of words, or words near each other."""
        at = node.startchar, node.endchar
        words, emojis = typed.without_emojis(french.tokens(node.text))
        if not (words or emojis):
            self._say("nothing_inside", *at)
            return None
        meaning = self._quoted(node, words or emojis[:1], scope)
        return self._with_emojis(meaning, emojis if words else emojis[1:], at, scope)

    def _with_emojis(
        self, meaning: PieceMeaning, emojis: Sequence[Token], at: At, scope: Scope
    ) -> PieceMeaning:
        """The same, where emojis are required too, which have no place among words."""
        if not emojis:
            return meaning
        forms = tuple(dict.fromkeys(token.exact for token in emojis))
        self._say("emoji_anywhere", *at, word=" ".join(forms))
        return meaning.requiring(forms, scope)

    def _quoted(self, node: Quoted, tokens: Sequence[Token], scope: Scope) -> PieceMeaning:
        at, inside = (node.startchar, node.endchar), node.inside
        if len(tokens) > LIMITS.phrase:
            cut = inside + tokens[LIMITS.phrase].start
            self._say("phrase_too_long", cut, inside + len(node.text), limit=LIMITS.phrase)
        words = [token.exact for token in tokens[: LIMITS.phrase]]
        other_rows = elisions.rows(node.text)
        slop = node.slop
        if slop and len(words) > 1:
            if slop > LIMITS.slop:
                self._say("slop_too_wide", inside + len(node.text), at[1], limit=LIMITS.slop)
            # the letter of an elision is near its word in any text, or is not written
            fewest = min([words, *other_rows], key=len)
            return self.near([(fewest, min(slop, LIMITS.slop))], scope)
        if _WILD_IN_ROW.search(node.text):
            meaning = self._wild_quote(node.text, at, scope)
            if meaning is not None:
                return meaning
        other_rows += phrases.otherwise(tokens[: LIMITS.phrase], self._lookups)
        meaning = self.row(words, typed.written_as_one(tokens), scope, other_rows)
        plainly = [
            clauses.plain(scope, token.exact, [token.stem], (), self._lookups.weight(token.stem))
            for token in tokens[: LIMITS.phrase]
            if token.exact not in french.COMMON
        ]
        return meaning._replace(plainly=tuple(plainly))

    def row(
        self,
        words: Sequence[str],
        joined: Sequence[str],
        scope: Scope,
        other_rows: Sequence[Sequence[str]] = (),
    ) -> PieceMeaning:
        """Exact words in a row, or `joined`, or one of `other_rows`; one word is that very form."""
        words = words[: LIMITS.phrase]
        joined = [*joined, *(row[0] for row in other_rows if len(row) == 1)]
        rows = [list(words), *(list(row) for row in other_rows if len(row) > 1)]
        if len(words) == 1 and not (joined or rows[1:]):
            clause = clauses.forms(scope, clauses.everywhere(words))
            return PieceMeaning("exact", clause, (words[0],), (words[0],))
        for left in range(len(words) - 1):
            pair = words[left : left + 2]
            if any(word in french.COMMON for word in pair):
                continue
            for form in self._lookups.joined(pair, ("variants",)):
                if len(words) == 2:
                    joined.append(form)
                elif len(rows) <= _JOINED_ROWS:
                    rows.append([*words[:left], form, *words[left + 2 :]])
        if len(words) > 2:
            glued = "".join(words)
            joined += [glued] if self._lookups.holds(glued, ("variants", "text")) else []
        clause = clauses.phrase(scope, dict.fromkeys(scope.columns, rows), joined)
        matches = [" ".join(row) for row in rows] + joined
        return PieceMeaning("phrase", clause, tuple(matches), tuple(words))

    def common(self, words: Sequence[str], text: str, scope: Scope) -> PieceMeaning:
        """Common words and no other, `text` as typed: in a row, or said by a rarer word.

        « je suis » is jsuis too.
        """
        other_rows = elisions.rows(text)
        meaning = self.row(words, (), scope, other_rows)
        words = words[: LIMITS.phrase]
        rarer = islice(self._wordings.rarer(words, self._lookups.holds), _RARER_ROWS)
        rows = [list(words), *other_rows, *rarer]
        if len(rows) == 1:
            return meaning
        single_words = [row[0] for row in rows if len(row) == 1]
        rows = [row for row in rows if len(row) > 1]
        clause = clauses.phrase(scope, dict.fromkeys(scope.columns, rows), single_words)
        matches = (*(" ".join(row) for row in rows), *single_words)
        return meaning._replace(clause=clause, matches=matches)

    def near(self, pairs: Sequence[tuple[Sequence[str], int]], scope: Scope) -> PieceMeaning:
        """Words at a distance at most, in any order."""
        words = tuple(dict.fromkeys(word for operand_words, _ in pairs for word in operand_words))
        if len(words) == 1:
            return self.row(words, (), scope)
        return PieceMeaning("near", clauses.near(scope, pairs), (" … ".join(words),), words)

    def _wild_quote(self, text: str, at: At, scope: Scope) -> PieceMeaning | None:
        """A quoted row with * or ?; None when none of them may be expanded."""
        slots = phrases.slots(text, lambda pattern, word: self._lookups.allows(pattern, word, at))
        patterns = [slot for slot in slots if isinstance(slot, Pattern)]
        if not patterns:
            return None
        spellings = elisions.otherwise(text)
        ways = [phrases.slots(way, lambda pattern, _: pattern in patterns) for way in spellings]
        return self._wild_row([slots, *ways], at, scope)

    def _wild_row(
        self, ways: Sequence[Sequence[str | Pattern]], at: At, scope: Scope
    ) -> PieceMeaning:
        """Rows with patterns in them: each column has the rows of the words that it holds.

        The first is the row as it is typed, the others the ways to write it.
        """
        patterns = [slot for slot in ways[0] if isinstance(slot, Pattern)]
        # with two patterns, every pair of their words is a row
        limit = int((self._lookups.expansions / len(ways)) ** (1 / len(patterns)))
        expanded = {
            pattern: self._lookups.expanded(pattern, scope, at, limit)
            for pattern in dict.fromkeys(patterns)
        }
        by_column = {name: phrases.expanded(ways, expanded, name) for name in scope.columns}
        examples = [" ".join(row) for rows in by_column.values() for row in rows[:_SHOWN_ROWS]]
        fixed = tuple(slot for slot in ways[0] if isinstance(slot, str))
        return PieceMeaning(
            "phrase", clauses.phrase(scope, by_column), tuple(dict.fromkeys(examples)), fixed
        )
