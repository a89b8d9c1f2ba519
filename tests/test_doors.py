"""Bad input at the command line: one sentence, the right exit code, nothing half-written."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import glose
from glose import main
from index import engines
from index.engines import disk, stamp
from webui import create_app

DEMO = Path(__file__).parent.parent / "indexer" / "demo" / "articles.jsonl"


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


@pytest.mark.parametrize("command", ["search rien", "status", "export", "serve"])
def test_a_missing_index_says_how_to_make_one(command: str, tmp_path: Path) -> None:
    result = run(*command.split(), "--index", str(tmp_path / "nowhere"))
    assert result.exit_code == 1
    assert "glose index SOURCE" in result.output
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "lettre.txt").write_text("Chère amie,")
    for command in (["search", "amie"], ["index", str(DEMO)]):
        result = run(*command, "--index", str(tmp_path))
        assert result.exit_code == 1
        assert "n’est pas un index de Glose" in result.output
    assert os.listdir(tmp_path) == ["lettre.txt"]


def test_an_index_of_another_version_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = str(tmp_path / "index")
    assert run("index", str(DEMO), "--index", where).exit_code == 0
    monkeypatch.setattr(stamp, "FORMAT", 999)
    for command in (["search", "panne"], ["index", str(DEMO)], ["status"]):
        result = run(*command, "--index", where)
        assert result.exit_code == 1
        assert "999" in result.output


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no /proc here")
def test_a_place_where_no_folder_can_be_made_is_refused() -> None:
    result = run("index", str(DEMO), "--index", "/proc/glose")
    assert result.exit_code == 1
    assert "Aucun dossier ne peut être créé" in result.output


def test_a_file_in_place_of_an_index_is_refused(tmp_path: Path) -> None:
    where = tmp_path / "index"
    where.write_text("un fichier")
    for command in (["search", "panne"], ["index", str(DEMO)]):
        assert run(*command, "--index", str(where)).exit_code == 1
    assert where.read_text() == "un fichier"


@pytest.mark.parametrize("source", ["absent.txt", "vide/"])
def test_a_source_without_anything_to_read_says_so(source: str, tmp_path: Path) -> None:
    (tmp_path / "vide").mkdir()
    result = run("index", str(tmp_path / source), "--index", str(tmp_path / "index"))
    assert result.exit_code in (1, 2)
    assert len(result.output.strip().splitlines()) <= 5
    assert not (tmp_path / "index").exists()


def test_usage_is_exit_code_two() -> None:
    assert run("search").exit_code == 2
    assert run("index").exit_code == 2
    assert run("nonsense").exit_code == 2
    for command in ("search", "explain"):
        result = run(command, "panne", "--limt", "3", "--index", ":memory:")
        assert result.exit_code == 2
        assert f"glose {command} -- --limt" in result.output
        for words in (["-panne"], ["--", "--limt"], ["--limt et plus"], ["--index=:memory:", "x"]):
            assert run(command, "--index", ":memory:", *words).exit_code == 0, words


def test_a_locked_index_says_so(tmp_path: Path) -> None:
    from index import engines

    where = str(tmp_path / "index")
    with engines.open(where, create=True).writer():
        result = run("index", str(DEMO), "--index", where)
    assert result.exit_code == 1
    assert "en cours" in result.output


def test_an_address_no_engine_serves_is_refused() -> None:
    assert run("search", "x", "--index", "ftp://host/index").exit_code == 1


def test_a_page_after_the_last_says_which_is_the_last(tmp_path: Path) -> None:
    where = str(tmp_path / "index")
    run("index", str(DEMO), "--index", where)
    one, two, beyond = (
        run("search", "les", "--limit", "1", "--index", where, "--page", page).output
        for page in ("1", "2", "999")
    )
    assert "Suite : --page 2" in one
    assert "2. " in two
    last = re.search(r"Rien à la page 999 : la dernière est --page (\d+)", beyond)
    assert last is not None
    assert "Il n’y a rien" not in run("search", "zzyzx", "--index", where).output
    final = run("search", "les", "--limit", "1", "--index", where, "--page", last[1]).output
    assert f"{last[1]}. " in final
    assert "Suite" not in final


def test_the_size_of_an_index_is_told(tmp_path: Path) -> None:
    where = tmp_path / "index"
    assert run("index", str(DEMO), "--index", str(where)).exit_code == 0
    files = [file for file in where.rglob("*") if file.is_file()]
    size = sum(file.stat().st_size for file in files)
    assert json.loads(run("status", "--json", "--index", str(where)).output)["bytes"] == size
    assert "Taille : " in run("status", "--index", str(where)).output
    client = create_app(engines.open(str(where))).test_client()
    assert client.get("/status.json").get_json()["bytes"] == size
    assert "Taille sur le disque" in client.get("/status?lang=fr").text


def test_an_index_on_a_network_s_disk_is_warned_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = f"server:/x {tmp_path} nfs4 rw 0 0"
    is_remote = disk.network_warning
    monkeypatch.setattr(disk, "network_warning", lambda path: is_remote(path, mounts))
    for command in (["index", str(DEMO)], ["status"]):
        result = run(*command, "--index", str(tmp_path / "index"))
        assert result.exit_code == 0
        assert "système de fichiers en réseau (nfs4)" in result.stderr


@pytest.mark.parametrize("kind", ["", "whoosh:"])
def test_a_file_cut_short_while_it_is_served_is_a_sentence(tmp_path: Path, kind: str) -> None:
    where = f"{kind}{tmp_path / 'index'}"
    # with Whoosh, `verify` takes seconds for the whole demo
    few = tmp_path / "articles.jsonl"
    few.write_text("".join(DEMO.read_text("utf-8").splitlines(keepends=True)[:4]), "utf-8")
    assert run("index", str(few), "--index", where).exit_code == 0
    client = create_app(engines.open(where)).test_client()
    assert client.get("/search.json?q=panne").status_code == 200
    largest_file = max((tmp_path / "index").rglob("*.*"), key=lambda file: file.stat().st_size)
    content = largest_file.read_bytes()
    os.truncate(largest_file, 100)
    for address in ("/search.json?q=panne", "/search?q=panne", "/healthz"):
        answer = client.get(address)
        assert answer.status_code == 503, address
    for command in (["search", "panne"], ["index", str(few)], ["verify"], ["rebuild"]):
        result = run(*command, "--index", where)
        assert result.exit_code == 1
        assert largest_file.name in result.output
    # nothing was made anew, and what comes back answers
    with largest_file.open("r+b") as file:
        file.write(content)
    assert client.get("/search.json?q=panne").status_code == 200
    assert run("verify", "--index", where).exit_code == 0


@pytest.mark.parametrize("question", ["tri:récent panne", "panne", "panne " * 900, "« la panne »"])
@pytest.mark.parametrize("order", [None, "relevance", "oldest"])
def test_both_doors_give_the_very_same_value(
    question: str, order: str | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    where = tmp_path_factory.getbasetemp() / "doors.index"
    if not where.exists():
        assert run("index", str(DEMO), "--index", str(where)).exit_code == 0
    sort = ["--sort", order] if order else []
    printed = json.loads(run("search", question, "--json", "--index", str(where), *sort).output)
    address = {"q": question} | ({"sort": order} if order else {})
    client = create_app(engines.open(str(where))).test_client()
    response = client.get("/search.json", query_string=address).get_json()
    del printed["took_ms"], response["took_ms"]
    assert printed == response


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("serach sora", "glose : 'serach' n’est pas une commande. Peut-être 'search' ?"),
        ("search", "glose : il manque 'QUESTION…'."),
        ("search --limit dix sora", "glose : '--limit' : 'dix' n’est pas un entier."),
        ("search --limit 0 sora", "glose : '--limit' : 0 n’est pas permis : de 1 à 100."),
        ("search --in tout sora", "'tout' n’est pas l’un de 'articles', 'comments', 'all'."),
        ("status --index", "glose : l’option '--index' veut une valeur."),
        ("status rien de plus", "glose : de trop : rien de plus"),
        ("status --jsno", "glose : '--jsno' n’est pas une option. Peut-être '--json' ?"),
        ("restore rien.tar", "'rien.tar' introuvable."),
    ],
)
def test_a_command_mistyped_is_told_so_in_french(arguments: str, sentence: str) -> None:
    result = run(*arguments.split())
    assert result.exit_code == 2
    assert result.output.splitlines()[-1].endswith(sentence)


def test_the_help_of_every_command_is_in_french() -> None:
    """What Click says of itself too, in a process of its own: some is said once, at the start."""
    script = """
import click
import glose
from glose import main
context = click.Context(main, info_name="glose")
print(main.get_help(context))
for name in main.list_commands(context):
    command = main.get_command(context, name)
    print(command.get_help(click.Context(command, info_name=name, parent=context)))
"""
    process = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert process.returncode == 0, process.stderr
    assert "Afficher cette aide." in process.stdout
    english = {"the", "this", "This", "and", "show", "Show", "default", "env", "required"}
    english |= {"Commands", "ARGS", "TEXT", "FILE", "PATH", "DIRECTORY", "INTEGER", "FLOAT"}
    # what an option is called is no sentence
    text = re.sub(r"--[a-z-]+", "", process.stdout)
    assert english & set(re.findall(r"\w+", text)) == set()


def test_the_list_of_commands_says_each_sentence_to_its_end() -> None:
    """Click cuts them where a line ends: « Dire ce qui est nouveau, depuis la dernière... »."""
    text = " ".join(run("--help").output.split())
    assert "..." not in text
    for sentence in (command[1] for command in glose._DECLARED.values()):
        assert sentence in text


def test_what_click_adds_to_an_option_has_the_blanks_of_french() -> None:
    for name in main.list_commands(click.Context(main)):
        for line in run(name, "--help").output.splitlines():
            assert not re.search(r"\S; |^ +[;:]", line), (name, line)


def test_a_command_to_copy_is_whole_on_its_line() -> None:
    whole = "glose completion bash > ~/.local/share/bash-completion/completions/glose"
    assert f"  {whole}\n" in run("completion", "--help").output
    page = run("man").output
    roff = whole.replace("-", "\\-").replace("~", "\\(ti")
    assert (
        f".nf\nmkdir \\-p \\(ti/.local/share/bash\\-completion/completions\n{roff}\n.fi\n" in page
    )
    # groff would part words, and print other quotation marks than a shell reads
    assert "\n.nh\n" in page
    assert "glose search \\(aq\\(dqred team" in page


def test_verify_against_one_source_of_several(tmp_path: Path) -> None:
    """Articles of the others are not lost, and those of an emptied folder are."""
    where = str(tmp_path / "x.index")
    lines = DEMO.read_text("utf-8").splitlines(keepends=True)
    for name, source_lines in (("un", lines[:2]), ("deux", lines[2:4])):
        (tmp_path / name).mkdir()
        (tmp_path / name / "articles.jsonl").write_text("".join(source_lines), "utf-8")
        assert run("index", str(tmp_path / name), "--index", where).exit_code == 0
    result = run("verify", "--against", str(tmp_path / "un"), "--index", where, "--json")
    report = json.loads(result.stdout)
    assert (result.exit_code, report["problems"], report["elsewhere"]) == (0, [], 2)
    (tmp_path / "un" / "articles.jsonl").write_text("".join(lines[:1]), "utf-8")
    result = run("verify", "--against", str(tmp_path / "un"), "--index", where, "--json")
    assert (result.exit_code, len(json.loads(result.stdout)["problems"])) == (1, 1)
    (tmp_path / "un" / "articles.jsonl").unlink()
    result = run("verify", "--against", str(tmp_path / "un"), "--index", where, "--json")
    assert (result.exit_code, len(json.loads(result.stdout)["problems"])) == (1, 2)
