"""Does what is built install from nothing, and run? And do shells, man and builders read it?"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from glose import main
from index.doors.shell_commands import SHELLS

TOP = Path(__file__).parent.parent
PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["project"]
ROOMS = ("index", "indexer", "webui")


def program(name: str) -> str:
    path = shutil.which(name) or shutil.which(name, path=str(Path(sys.executable).parent))
    if path is None:
        pytest.skip(f"{name} is not installed")
    return path


def run(*command: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    process = subprocess.run([*map(str, command)], capture_output=True, text=True, **options)  # type: ignore[call-overload]
    assert process.returncode == 0, process.stdout + process.stderr
    return process  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel and an sdist of what git holds, and of what is not yet committed."""
    place = tmp_path_factory.mktemp("built")
    tree = place / "tree"
    listed = run("git", "ls-files", "-co", "--exclude-standard", cwd=TOP).stdout.splitlines()
    for name in listed:
        if (TOP / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(TOP / name, tree / name)
    # setuptools is called as pip would, without the network
    script = "from setuptools import build_meta as b; b.build_sdist('..'); b.build_wheel('..')"
    run(sys.executable, "-W", "ignore", "-c", script, cwd=tree)
    return place


@pytest.mark.slow
def test_all_data_are_in_the_wheel(built: Path) -> None:
    [wheel] = built.glob("*.whl")
    inside = set(zipfile.ZipFile(wheel).namelist())
    data_files = run("git", "ls-files", *ROOMS, cwd=TOP).stdout.splitlines()
    assert {name for name in data_files if (TOP / name).is_file()} - inside == set()
    assert not {name for name in inside if name.startswith(("tests", "docs", "findings"))}
    assert any(name.endswith("share/man/man1/glose.1") for name in inside)


@pytest.mark.slow
def test_it_installs_and_runs_from_nothing(built: Path, tmp_path: Path) -> None:
    [wheel] = built.glob("*.whl")
    venv.create(tmp_path / "venv")
    python = tmp_path / "venv" / "bin" / "python"
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    # a pip of its own, and all that is never imported, take longer to compile than to install
    pip("--python", python, "install", "--no-compile", "-c", without_hashes(tmp_path), wheel)
    glose = tmp_path / "venv" / "bin" / "glose"
    assert PROJECT["version"] in run(glose, "--version", env=environment, cwd=tmp_path).stdout
    assert (tmp_path / "venv/share/man/man1/glose.1").exists()
    for arguments in ([], [tmp_path / "kept"]):
        with demo(glose, arguments, environment, tmp_path) as address:
            with urllib.request.urlopen(f"{address}search?q=panne", timeout=300) as page:
                assert b"<mark>" in page.read()
            with urllib.request.urlopen(f"{address}search.json?q=panne", timeout=300) as answer:
                assert json.load(answer)["totals"]["articles"] > 0
            with urllib.request.urlopen(f"{address}static/embed.js", timeout=300) as script:
                assert script.read()
    leftovers = list((tmp_path / "tmp").iterdir())
    assert leftovers == []
    status = run(glose, "status", "--json", "--index", tmp_path / "kept", env=environment)
    assert json.loads(status.stdout)["articles"] == 16


@pytest.mark.slow
def test_the_sources_make_the_same_wheel(built: Path, tmp_path: Path) -> None:
    """As pip makes it, with what pyproject.toml says that takes: it runs as that one does."""
    [wheel], [sources] = built.glob("*.whl"), built.glob("*.tar.gz")
    pip("wheel", "--no-deps", "-w", tmp_path, sources)
    [rebuilt] = tmp_path.glob("*.whl")
    assert contents(rebuilt) == contents(wheel)


def contents(wheel: Path) -> dict[str, bytes]:
    """The files of a wheel, but the list of them."""
    with zipfile.ZipFile(wheel) as archive:
        return {
            name: archive.read(name)
            for name in archive.namelist()
            if not name.endswith((".dist-info/RECORD", ".dist-info/WHEEL"))
        }


def pip(*words: str | Path) -> None:
    """Have pip do something; skips where the package registry cannot be reached."""
    command = [sys.executable, "-m", "pip", *words, "-q", "--disable-pip-version-check"]
    process = subprocess.run([*map(str, command)], capture_output=True, text=True)
    if process.returncode and re.search("Could not find|ConnectionError|timed out", process.stderr):
        pytest.skip(f"the package registry cannot be reached: {process.stderr[-200:]}")
    assert process.returncode == 0, process.stderr


def without_hashes(place: Path) -> Path:
    """The constraints, as pip takes them beside a file that has no hash."""
    text = (TOP / "constraints-run.txt").read_text()
    pinned = re.findall(r"^([\w.-]+==[^\\\n]+?) *\\?$", text, re.M)
    assert len(pinned) > 20
    path = place / "constraints.txt"
    path.write_text("\n".join(pinned) + "\n")
    return path


@contextmanager
def demo(
    glose: Path, arguments: list[Path], environment: dict[str, str], place: Path
) -> Iterator[str]:
    (place / "tmp").mkdir(exist_ok=True)
    process = subprocess.Popen(
        [glose, "demo", *arguments, "--port", "0"], stdout=subprocess.PIPE, text=True,
        env={**environment, "TMPDIR": str(place / "tmp")}, cwd=place,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        address = ""
        while not address:
            line = process.stdout.readline()
            assert line, "it ended"
            address = next(iter(re.findall(r"http://\S+/", line)), "")
        yield address
    finally:
        process.terminate()
        process.wait(300)
        assert process.stdout is not None
        process.stdout.close()


def test_extras_are_named_by_what_they_bring() -> None:
    extras = PROJECT["optional-dependencies"]
    [all_extra] = extras["all"]
    extra_names = set(all_extra.removeprefix("glose[").removesuffix("]").split(","))
    assert extra_names == set(extras) - {"all", "build", "dev", "docs"}


@pytest.mark.parametrize("shell", SHELLS)
def test_completion(shell: str, tmp_path: Path) -> None:
    script = CliRunner().invoke(main, ["completion", shell])
    assert script.exit_code == 0
    place = tmp_path / f"glose.{shell}"
    place.write_text(script.output)
    run(program(shell), "-n", place)


@pytest.mark.parametrize(
    ("words", "completions"),
    [
        ("glose se", {"search", "serve"}),
        ("glose serve --wo", {"--workers"}),
        ("glose index --format wx", {"wxr"}),
        ("glose completion ", set(SHELLS)),
    ],
)
def test_what_bash_is_offered(words: str, completions: set[str]) -> None:
    arguments = words.split(" ")
    script = "from glose import main; main(prog_name='glose')"
    environment = {
        **os.environ,
        "_GLOSE_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(arguments) - 1),
    }
    result = run(sys.executable, "-c", script, env=environment, cwd=TOP)
    assert {line.partition(",")[2] for line in result.stdout.splitlines()} >= completions


def test_bash_completes_as_one_types(tmp_path: Path) -> None:
    bash = program("bash")
    glose = tmp_path / "glose"
    glose.write_text(
        f"#!/bin/sh\ncd {TOP}\nexec {sys.executable} -c 'from glose import main; "
        'main(prog_name="glose")\' "$@"\n'
    )
    glose.chmod(0o755)
    script = (
        'eval "$(glose completion bash)"; COMP_WORDS=(glose rest); COMP_CWORD=1; '
        '_glose_completion glose; echo "${COMPREPLY[@]}"'
    )
    path = f"{tmp_path}:{os.environ['PATH']}"
    assert run(bash, "-c", script, env={**os.environ, "PATH": path}).stdout.split() == ["restore"]


def test_the_manual_page_is_made_from_the_commands() -> None:
    page = (TOP / "docs" / "man" / "glose.1").read_text("ascii")
    assert CliRunner().invoke(main, ["man"]).output == page, "run `make man`"
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        part = re.search(rf'^\.SS "glose {name}\b.*?(?=^\.S[SH])', page, re.M | re.S)
        assert part, name
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.opts[-1].replace("-", r"\-") in part[0], (name, option.opts)


def test_groff_reads_it_without_a_warning() -> None:
    page = TOP / "docs" / "man" / "glose.1"
    result = run(program("groff"), "-man", "-Tutf8", "-wall", page)
    assert result.stderr == ""
    text = re.sub(r".\x08|\x1b\[[0-9;]*m", "", result.stdout)
    assert "Chercher dans des articles français" in " ".join(text.split())


CONTAINERFILE = (TOP / "Containerfile").read_text("utf-8")


def test_the_container_s_file_is_linted() -> None:
    result = run(program("hadolint"), TOP / "Containerfile")
    assert result.stdout == ""


def test_the_container_needs_no_root_and_writes_nothing_but_the_index() -> None:
    last = CONTAINERFILE.rpartition("\nFROM ")[2]
    user = re.findall(r"^USER (\d+):(\d+)$", last, re.M)
    assert user
    assert int(user[-1][0]) >= 1000
    assert re.findall(r"^VOLUME (.*)$", last, re.M) == ["/var/lib/glose"]
    assert "HEALTHCHECK" in last
    assert "/healthz" in last
    assert all(":" in image for image in re.findall(r"^FROM (\S+)", CONTAINERFILE, re.M))
    assert "ADD " not in CONTAINERFILE
    assert (TOP / ".containerignore").read_text() == (TOP / ".dockerignore").read_text()


def test_the_container_s_health_check_is_python() -> None:
    [words] = re.findall(r"HEALTHCHECK.*\n +CMD (\[.*\])", CONTAINERFILE)
    _, _, code = json.loads(words)
    compile(code, "healthcheck", "exec")


@pytest.mark.slow
def test_the_container_is_built_and_answers() -> None:
    for name in ("podman", "docker"):
        builder = shutil.which(name)
        if builder and subprocess.run([builder, "info"], capture_output=True).returncode == 0:
            break
    else:
        pytest.skip("neither podman nor docker runs here: the Containerfile is only linted")
    run(builder, "build", "-q", "-f", "Containerfile", "-t", "glose:test", ".", cwd=TOP)
    result = run(
        builder, "run", "--rm", "--read-only", "--tmpfs", "/tmp", "glose:test", "--version"
    )
    assert PROJECT["version"] in result.stdout
    whoever = run(builder, "run", "--rm", "--entrypoint", "id", "glose:test", "-u")
    assert whoever.stdout.strip() == "10001"
