"""Does SERVICE.md say what works? Its examples are followed to the letter."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
import pytest
from playwright.sync_api import Page, expect

from tests.webui.service_document import PRINTED, ROOT, SAID, blocks
from webui.addresses.parameters import ARTICLE, DRAWING, LISTING, TURNED
from webui.alerts.command import alert_command
from webui.alerts.files import questions
from webui.commands import serve_command


def test_every_parameter_is_named() -> None:
    declared = {parameter.name for parameter in (*TURNED, *LISTING, *DRAWING, *ARTICLE)}
    assert {name for name in declared if not re.search(rf"[`?&]{name}[=`]", SAID)} == set()


def test_the_commands(glose: str, tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    scripts = [block for block in blocks("sh") if "curl" in block]
    assert len(scripts) > 1
    script = "\n".join(scripts)
    completed = subprocess.run(
        ["sh", "-e"], input=script.replace(PRINTED, glose), text=True, check=True,
        capture_output=True, cwd=tmp_path,
    )  # fmt: skip
    first, _ = json.JSONDecoder().raw_decode(completed.stdout)
    assert first["totals"]["comments"] > 0
    assert "mot de passe" in (tmp_path / "mot-de-passe.csv").read_text("utf-8-sig")
    assert (tmp_path / "mot-de-passe.atom").read_text().rstrip().endswith("</feed>")


def test_the_python_client(glose: str) -> None:
    [program] = blocks("python")
    stdout = subprocess.run(
        [sys.executable, "-c", program.replace(PRINTED, glose)], check=True,
        capture_output=True, text=True,
    ).stdout  # fmt: skip
    assert "['mot', 'passe']" in stdout or "['mots', 'passe']" in stdout
    lines = program.split("for resultat")[0].strip().splitlines()
    assert sum(bool(line.strip()) for line in lines) <= 12


@pytest.mark.browser
def test_the_box(glose: str, open_tab: Callable[..., Page], tmp_path: Path) -> None:
    [box] = blocks("html")
    host = tmp_path / "index.html"
    host.write_text(f"<!doctype html><meta charset=utf-8>{box.replace(PRINTED, glose)}")
    page = open_tab()
    page.goto(host.as_uri())
    page.get_by_label("Chercher").fill("mot de passe")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("passages")
    expect(page.locator(".glose-comment mark").first).to_be_visible()
    assert page.locator(".glose-section").count() == 0
    script = (ROOT / "webui" / "static" / "embed.js").read_text()
    for name in set(re.findall(r"`\.glose-(\w+)`", SAID)) - {"comment"}:
        assert re.search(rf'"{name}[ "]', script), name
    assert "innerHTML" not in script


def test_the_tables_of_options() -> None:
    options_written = set(re.findall(r"`(--[a-z-]+)`", "\n".join(re.findall(r"^\|.*", SAID, re.M))))
    known_options = {option for parameter in serve_command.params for option in parameter.opts}
    # every command has --config once the front door was opened
    assert options_written - {"--config"} == known_options - {"--index", "--config"}
    defaults = {parameter.opts[0]: parameter.default for parameter in serve_command.params}
    for row in re.findall(r"^\| `(--[a-z-]+)` \| ([0-9]+) ", SAID, re.M):
        assert defaults[row[0]] == float(row[1]), row
    matches = set(re.findall(r"`?(--[a-z-]+)", SAID.partition("### Prévenir")[2]))
    assert matches - {"--config"} <= {
        option for parameter in alert_command.params for option in parameter.opts
    }


def test_the_saved_questions(demo_index: Path, tmp_path: Path) -> None:
    [saved_questions] = [block for block in blocks("toml") if "[[question]]" in block]
    place = tmp_path / "veille.toml"
    place.write_text(saved_questions)
    watch = questions(place, ZoneInfo("Europe/Paris"))
    assert len(watch.questions) == 2
    assert watch.mail is not None
    process = subprocess.run(
        [sys.executable, "-m", "glose", "alert", str(place), "--index", str(demo_index)],
        capture_output=True, text=True, cwd=ROOT, check=True,
    )  # fmt: skip
    assert "y répondent déjà" in process.stdout
    assert (tmp_path / "veille.state.json").exists()


UNITS = ROOT / "docs" / "systemd"
SERVICES = sorted(path.name for path in UNITS.glob("*.service"))


def test_the_units() -> None:
    unit_names = set(re.findall(r"\(docs/systemd/([\w.-]+)\)", SAID))
    assert unit_names == {path.name for path in (*UNITS.glob("*.service"), *UNITS.glob("*.timer"))}
    units = "\n".join((UNITS / name).read_text("utf-8") for name in SERVICES)
    commands = re.findall(r"^ExecStart=\S+/glose (.*)$", units, re.M)
    assert len(commands) == len(SERVICES)
    for command in commands:
        name, *arguments = command.split()
        [known_options] = [command for command in _commands() if command.name == name]
        options = {option for parameter in known_options.params for option in parameter.opts}
        assert {argument for argument in arguments if argument.startswith("--")} <= options
    # what the page shows of them is they
    assert (UNITS / "glose.toml").read_text("utf-8") in blocks("toml")
    # each night once the one before is over
    hours = re.findall(r"OnCalendar=\*-\*-\* (\d\d):(\d\d)", "".join(
        (UNITS / f"glose-{name}.timer").read_text() for name in ("index", "backup")
    ))  # fmt: skip
    assert hours[0] < hours[1]
    for hour, minute in hours:
        assert f"à {int(hour)} h {minute}" in SAID


def test_the_units_configuration_is_right(tmp_path: Path) -> None:
    text = (UNITS / "glose.toml").read_text("utf-8")
    for place in re.findall(r'"(/[^"]+)"', text):
        (tmp_path / place[1:]).mkdir(parents=True, exist_ok=True)
        text = text.replace(f'"{place}"', f'"{tmp_path}{place}"')
    (tmp_path / "glose.toml").write_text(text)
    process = subprocess.run(
        [sys.executable, "-m", "glose", "config", str(tmp_path / "glose.toml")], cwd=ROOT,
        capture_output=True, text=True,
    )  # fmt: skip
    assert process.returncode == 0, process.stderr


def _placed(tmp_path: Path) -> list[str]:
    """The units, for systemd's own tools: with the program that is here."""
    glose = shutil.which("glose", path=str(Path(sys.executable).parent))
    assert glose is not None
    for path in (*UNITS.glob("*.service"), *UNITS.glob("*.timer")):
        text = path.read_text("utf-8").replace("/opt/glose/bin/glose", glose)
        (tmp_path / path.name).write_text(text)
    return sorted(map(str, tmp_path.iterdir()))


def _systemd(name: str) -> str:
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed: tests/install.sh")
    return name


def test_the_units_are_read_by_systemd(tmp_path: Path) -> None:
    process = subprocess.run(
        [_systemd("systemd-analyze"), "verify", "--man=no", *_placed(tmp_path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    # it also reads the machine's own units, and complains of those
    own_lines = [line for line in process.stderr.splitlines() if "glose" in line]
    assert (process.returncode, own_lines) == (0, [])


@pytest.mark.parametrize("name", SERVICES)
def test_the_units_are_held_tight(name: str, tmp_path: Path) -> None:
    _placed(tmp_path)
    process = subprocess.run(
        [_systemd("systemd-analyze"), "security", "--offline=true", "--threshold=20", "--no-pager",
         str(tmp_path / name)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    # of 100, the least exposed first
    score = re.search(r"exposure level for [\w.-]+: ([\d.]+)", process.stdout)
    assert score, process.stderr
    assert process.returncode == 0, process.stdout
    assert float(score[1]) <= 1.7


def test_the_user_and_the_folders(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    for kind in ("sysusers", "tmpfiles"):
        program = _systemd(f"systemd-{kind}")
        if os.geteuid():
            pytest.skip("it takes root to make a user's folders")
        process = subprocess.run(
            [program, f"--root={tmp_path}", *(["--create"] if kind == "tmpfiles" else []),
             str(UNITS / f"{kind}.d" / "glose.conf")],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert process.returncode == 0, process.stderr
    [user] = re.findall(r"^glose:.*$", (tmp_path / "etc" / "passwd").read_text(), re.M)
    assert user.endswith("nologin")
    number = int(user.split(":")[2])
    for place in ("var/lib/glose", "var/backups/glose"):
        status = (tmp_path / place).stat()
        assert (status.st_uid, status.st_mode & 0o007) == (number, 0)


def _commands() -> list[Any]:
    import glose

    context = click.Context(glose.main)
    return [glose.main.get_command(context, name) for name in glose.main.list_commands(context)]
