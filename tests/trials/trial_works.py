"""What is an index asked to do while it is cut, and what must be found after?

Each work is done by a process of its own (this file, run as a script), which says what is
done as soon as it is. Whatever cut it, `check` looks at what is left: it must be what was
before, or after, never a mix, and after when that was said; and the same work, asked again,
must come to its end.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import click
from trial_rounds import acknowledged, article, check, do, send, state, stored, work

from index import engines
from index.engines import IndexUnavailable, disk, faults, stamp
from index.keeping.backups import backup, restore
from index.keeping.forgetting import forget
from index.keeping.rewriting import delete, rewrite
from index.keeping.verifying import verify

# What one work alone needs is imported where it is used: each process that is cut imports this
# file, under strace, and there are hundreds.

NAME = "Zoé 1"
KINDS = ("tantivy", "whoosh")


def location(kind: str, place: Path, name: str = "x") -> str:
    """Where an index stands under a place."""
    return f"{'' if kind == 'tantivy' else 'whoosh:'}{place / name}.index"


@dataclass(frozen=True, slots=True)
class Work:
    """`before` makes what is there, `action` is what gets cut, `check` looks at what is left.

    They are given the kind of engine and the place; `check`, what the process said too.
    """

    before: Callable[[str, Path], None]
    action: Callable[[str, Path], None]
    check: Callable[[str, Path, str], None]


def command(name: str, kind: str, place: Path) -> list[str]:
    """A work as a process of its own."""
    return [sys.executable, __file__, name, kind, str(place)]


def _rounds(kind: str, place: Path, last: int = 2) -> None:
    for turn in range(last + 1):
        do(location(kind, place), turn)


# Making an index, writing in it, making it anew


def _prepare(kind: str, place: Path, text: str) -> None:
    import pytest

    where, at = location(kind, place), acknowledged(text, -1)
    if not (place / "x.index" / stamp.NAME).exists():
        assert at == -1
        with pytest.raises(IndexUnavailable, match="Il n’y a pas d’index"):
            stored(where)
        do(where, 0)
        assert stored(where) == state(0)
        assert verify(where).problems == []
    else:
        check(where, at)


def _check_written(kind: str, place: Path, text: str) -> None:
    check(location(kind, place), acknowledged(text, 2))


# Making what is there anew


def _rewrite(kind: str, place: Path, *, former: bool = False) -> None:
    # as `glose rebuild` and `glose compact` do
    rewrite(engines.open(location(kind, place), former=former), sharing=not former)
    send(1, "anew\n")


def _compacted(kind: str, place: Path, text: str) -> None:
    check(location(kind, place), 2)
    if "anew" in text:
        assert len(list((place / "x.index").glob("data-*"))) == 1


def _of_a_former_french(kind: str, place: Path) -> None:
    _rounds(kind, place)
    stamped = stamp.read(place / "x.index", kind, "")
    stamp.write(place / "x.index", replace(stamped, french=stamp.FRENCH - 1))


def _rebuilt(kind: str, place: Path, text: str) -> None:
    import pytest

    where = location(kind, place)
    if stamp.read(place / "x.index", kind, where, former=True).french != stamp.FRENCH:
        assert "anew" not in text
        with pytest.raises(IndexUnavailable, match="glose rebuild"):
            stored(where)
        _rewrite(kind, place, former=True)
    check(where, 2)


# Telling what is new


def _questions(place: Path) -> Path:
    return place / "watch.toml"


def _alert_command(kind: str, place: Path) -> list[str]:
    return [str(_questions(place)), "--index", location(kind, place), "--json"]


def _alert(kind: str, place: Path) -> None:
    from webui.alerts.command import alert_command

    # to the real output, as it goes: it is what was told before the cut
    alert_command.main(_alert_command(kind, place), standalone_mode=False)


def _alerted_names(kind: str, place: Path) -> str:
    from click.testing import CliRunner

    from webui.alerts.command import alert_command

    result = CliRunner().invoke(alert_command, _alert_command(kind, place))
    assert result.exit_code == 0, result.output
    return result.output


def _watched(kind: str, place: Path) -> None:
    do(location(kind, place), 0)
    _questions(place).write_text('[[question]]\nname = "r"\nq = "requin"\n', "utf-8")
    _alerted_names(kind, place)
    # comments that were not there before
    do(location(kind, place), 1)
    do(location(kind, place), 2)


def _alerted(kind: str, place: Path, text: str) -> None:
    """What is new was told, by who was cut or by who comes after: never by nobody."""
    new = state(2).keys() - state(0).keys()
    assert new
    second_alert = _alerted_names(kind, place)
    for passage in new:
        assert f'"{passage}"' in text + second_alert, f"nobody told of {passage}"
    third = _alerted_names(kind, place)
    assert not any(f'"{passage}"' in third for passage in new), "told for ever"
    check(location(kind, place), 2)


# Taking out


_GONE = ("a1", "a2#comment-1")


def _state_without(turn: int, *authors: str) -> dict[str, str]:
    return {
        record_id: text
        for record_id, text in state(turn).items()
        if record_id not in authors and record_id.split("#")[0] not in authors
    }


def _delete(kind: str, place: Path) -> None:
    for record_id in _GONE:
        delete(engines.open(location(kind, place)), [record_id])
        send(1, "gone\n")


def _deleted(kind: str, place: Path, text: str) -> None:
    where, at = location(kind, place), text.count("gone\n")
    states = [_state_without(2, *_GONE[:count]) for count in range(len(_GONE) + 1)]
    assert stored(where) in states[at : at + 2]
    delete(engines.open(where), list(_GONE))
    assert stored(where) == states[-1]
    assert verify(where).problems == []


def _unknown(turn: int) -> dict[str, str]:
    records = (record for number in range(6) for record in article(number, turn))
    return {record.id: record.text for record in records if record.author != NAME}


def _forget(kind: str, place: Path) -> None:
    receipt = forget(engines.open(location(kind, place)), NAME, at="")
    assert receipt.traces == (), receipt
    send(1, "forgotten\n")


def _forgotten(kind: str, place: Path, text: str) -> None:
    where = location(kind, place)
    if "forgotten" in text:
        assert stored(where) == _unknown(2)
        # none of the files in which they were
        assert len(list((place / "x.index").glob("data-*"))) == 1
    else:
        assert stored(where) in (state(2), _unknown(2))
    assert forget(engines.open(where), NAME, at="").traces == ()
    assert stored(where) == _unknown(2)
    do(where, 3)
    assert stored(where) == _unknown(3), "an import brought them back"
    assert verify(where).problems == []


# Copying away, and bringing back


def _copy(place: Path) -> Path:
    return place / "copy.tar"


def _copied_once(kind: str, place: Path) -> None:
    _rounds(kind, place)
    backup(engines.open(location(kind, place)), _copy(place))


def _backup(kind: str, place: Path) -> None:
    do(location(kind, place), 3)
    send(1, "round 3\n")
    backup(engines.open(location(kind, place)), _copy(place))
    send(1, "copied\n")


def _copied(kind: str, place: Path, text: str) -> None:
    where, second_location = location(kind, place), location(kind, place, "again")
    restore(_copy(place), second_location)
    texts = stored(second_location)
    assert texts == state(3) or (texts == state(2) and "copied" not in text)
    at = check(where, acknowledged(text, 2)) + 1
    backup(engines.open(where), _copy(place))
    restore(_copy(place), second_location, force=True)
    assert stored(second_location) == state(at)
    _nothing_left(place)


def _copied_then_written(kind: str, place: Path) -> None:
    _copied_once(kind, place)
    for turn in (3, 4):
        do(location(kind, place), turn)


def _restore(kind: str, place: Path) -> None:
    restore(_copy(place), location(kind, place), force=True)
    send(1, "restored\n")


def _restored(kind: str, place: Path, text: str) -> None:
    where = location(kind, place)
    texts = stored(where)
    assert texts == state(2) or (texts == state(4) and "restored" not in text)
    restore(_copy(place), where, force=True)
    check(where, 2)
    _nothing_left(place)


def _copied_elsewhere(kind: str, place: Path) -> None:
    other_location = location(kind, place, "other")
    for turn in range(3):
        do(other_location, turn)
    backup(engines.open(other_location), _copy(place))
    disk.remove(place / "other.index")


def _bring(kind: str, place: Path) -> None:
    restore(_copy(place), location(kind, place))
    send(1, "restored\n")


def _check_restored(kind: str, place: Path, text: str) -> None:
    where = location(kind, place)
    exists = (place / "x.index").exists()
    assert exists or "restored" not in text
    if exists:
        assert stored(where) == state(2)
    restore(_copy(place), where, force=True)
    check(where, 2)
    _nothing_left(place)


def _nothing_left(place: Path) -> None:
    assert not list(place.glob(".*")), "half-made copies stay"


WORKS = {
    "making": Work(
        lambda kind, place: None,
        lambda kind, place: work(location(kind, place), 0, 1),
        _prepare,
    ),
    "writing": Work(_rounds, lambda kind, place: work(location(kind, place), 3, 4), _check_written),
    "rewriting": Work(
        _rounds,
        lambda kind, place: work(location(kind, place), 3, 4, rewriting=True),
        _check_written,
    ),
    "compacting": Work(_rounds, _rewrite, _compacted),
    "rebuilding": Work(
        _of_a_former_french, lambda kind, place: _rewrite(kind, place, former=True), _rebuilt
    ),
    "alerting": Work(_watched, _alert, _alerted),
    "deleting": Work(_rounds, _delete, _deleted),
    "forgetting": Work(_rounds, _forget, _forgotten),
    "copying": Work(_copied_once, _backup, _copied),
    "restoring": Work(_copied_then_written, _restore, _restored),
    "bringing": Work(_copied_elsewhere, _bring, _check_restored),
}


def main(name: str, kind: str, place: Path) -> None:
    try:
        WORKS[name].action(kind, place)
    except IndexUnavailable as error:
        send(2, f"glose : {error}\n")
        sys.exit(1)
    except click.ClickException as error:
        send(2, f"glose : {error.format_message()}\n")
        sys.exit(1)
    except OSError as error:
        # of the copy, and not of the index: the commands say so of that file
        send(2, f"glose : {faults.sentence(str(_copy(place)), error)}\n")
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
