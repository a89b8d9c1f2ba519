"""One file for every command: checked to the line, beaten by flags, never the place of a secret."""

from __future__ import annotations

import json
import os
import re
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from glose import main
from index.doors import configuration, toml_lines
from index.doors.configuration_commands import example_of

TOP = Path(__file__).parent.parent
ARTICLES = TOP / "indexer" / "demo" / "articles.jsonl"


EXAMPLE = TOP / "docs" / "glose.toml"


def command_of(name: str) -> click.Command:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    return command


def run(*arguments: str, **environment: str) -> Result:
    result = CliRunner().invoke(main, list(arguments), env=environment)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


@pytest.fixture
def configuration_path(tmp_path: Path) -> Path:
    """Where a configuration is written, with a folder of sources beside it."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.jsonl").write_bytes(ARTICLES.read_bytes().splitlines()[0])
    return tmp_path / "glose.toml"


# what stands on the line, in a table [serve] that begins on line 1, and what is said of it
WRONG = [
    ("prot = 8000", 2, "« prot » n’est pas une clef de [serve] ; peut-être « port » ?"),
    ("proxy_hops = 1", 2, "peut-être « proxy-hops » ?"),
    ("zzzz = 1", 2, "« zzzz » n’est pas une clef de [serve] ; il y a"),
    ('port = "8000"', 2, "« port » veut un nombre entier, pas un texte"),
    ("port = 80.5", 2, "« port » veut un nombre entier, pas le nombre 80.5"),
    ("port = true", 2, "« port » veut un nombre entier, pas true ou false"),
    ("port = 70000", 2, "« port » : 70000 n’est pas permis : de 0 à 65535"),
    ("\n\nworkers = 0", 4, "« workers » : 0 n’est pas permis"),
    ("budget = nan", 2, "« budget » veut un nombre"),
    ("budget = inf", 2, "« budget » veut un nombre"),
    ('log = "oui"', 2, "« log » veut true ou false, pas un texte"),
    ("log = 1", 2, "« log » veut true ou false"),
    ("host = 127", 2, "« host » veut un texte entre guillemets, pas le nombre 127"),
    ("host = 2026-11-28", 2, "pas une date ou une heure (2026-11-28)"),
    ('host = ["a"]', 2, "« host » veut un texte entre guillemets, pas une liste"),
    ('host = ""', 2, "un texte vide"),
    ("host.name = 'a'", 2, "pas une table"),
    ('public-url = "journal"', 2, "une adresse http:// ou https://"),
    ('synonyms = "absent.txt"', 2, "introuvable"),
    ('trusted-host = [\n  "a",\n  4,\n]', 4, "« trusted-host » veut une liste de textes"),
    ('metrics-token = "secret"', 2, "metrics-token-file nomme un fichier qui le tient"),
    ('password = "secret"', 2, "un secret ne s’écrit pas ici"),
    ('index = "opensearch://moi:secret@h/presse"', 2, "ni nom ni mot de passe"),
    ('index = "ftp://h/presse"', 2, "ne sait pas ouvrir un index"),
    ("port = 80\nport = 81", 3, "« serve.port » est donné deux fois, d’abord à la ligne 2"),
    ("port = 80\n[serve]", 3, "« serve » est donné deux fois, d’abord à la ligne 1"),
    ("port = 80\n[serv]\nx = 1", 3, "il n’y a pas de table [serv] ; peut-être [serve] ?"),
    ("[all]\nport = 80", 3, "« port » n’est pas une clef de [all]"),
    ("[search]\nlimit = 3", 2, "il n’y a pas de table [search]"),
    ("[opensearch]\npassword = 'x'", 3, "password-file nomme un fichier"),
    ("[backup]\nkeep = 0", 3, "« keep »"),
    ("[index]\nsources = 3", 3, "« sources » veut une liste de textes"),
    ("[index]\nsources = ['', 'pages']", 3, "un texte vide"),
    ("[index]\ncaptured = 10:30:00", 3, "« captured » veut une date"),
    ("[index]\ncaptured = 'demain'", 3, "« demain »"),
    ("[index]\nformat = 'docx'", 3, "'docx' n’est pas l’un de"),
    ("[index]\nrate = 1000", 3, "« rate » : 1000"),
    ("[[alert.question]]\nq = 'a'\ninn = 'b'", 4, "« inn » de la question 1 n’est pas connu"),
    ("[[alert.question]]\nq = 'a'\n[alert.mail]\nto = 1", 4, "[mail] : to est une adresse"),
    ("[alert]\nquestions = 'v.toml'\naddress = 'https://a.example'", 4, "nomme déjà le fichier"),
    ("port 80", 2, "il manque un = après la clef"),
    ("port = 80 90", 2, "quelque chose de trop"),
    ("host = 'a", 2, "ce qui commence ici n’est pas fini"),
    ("host = yes", 2, "un texte se met entre guillemets"),
    ("[index]\nsources = [\n'a',\n", 3, "ce qui commence ici n’est pas fini"),
    ("[index]\ncaptured = 2026-02-30", 3, "cette date n’existe pas"),
]


@pytest.mark.parametrize(("text", "line", "sentence"), WRONG)
def test_what_is_wrong_is_told_with_its_line(
    text: str, line: int, sentence: str, configuration_path: Path
) -> None:
    configuration_path.write_text(f"[serve]\n{text}\n")
    for command in (
        ["config", str(configuration_path)],
        ["serve", "--config", str(configuration_path)],
    ):
        result = run(*command)
        assert result.exit_code == 2, result.output
        assert f"« {configuration_path} », ligne {line} : " in result.output
        assert sentence in result.output
        assert "secret@" not in result.output


def test_a_key_outside_of_any_table_says_where_it_goes(configuration_path: Path) -> None:
    configuration_path.write_text('port = 80\nindex.x = 1\nsynonyms = "a"\n')
    result = run("config", str(configuration_path))
    assert "ligne 1 : « port » va sous une table : [serve]." in result.output
    assert "ligne 3 : « synonyms » va sous [all]." in result.output
    assert "ligne 2 : « x » n’est pas une clef de [index]" in result.output


def test_every_fault_is_told_at_once(configuration_path: Path) -> None:
    configuration_path.write_text("[serve]\nport = 'a'\nhots = 'b'\n[serv]\n[index]\nstrict = 3\n")
    lines = re.findall(r"ligne (\d+) :", run("config", str(configuration_path)).output)
    assert lines == ["2", "3", "4", "6"]


def test_a_file_that_is_not_there_or_not_text(configuration_path: Path) -> None:
    assert "introuvable" in run("config", str(configuration_path)).output
    configuration_path.write_bytes("[serve]\nport = 80\n# é".encode("latin-1"))
    result = run("status", "--config", str(configuration_path))
    assert (result.exit_code, "ligne 3 : ce n’est pas de l’UTF-8" in result.output) == (2, True)
    configuration_path.write_text("[serve]\nport = 80\n", "utf-16")
    assert run("config", str(configuration_path)).exit_code == 2
    assert run("config").exit_code == 2


def test_paths_are_relative_to_the_file(
    configuration_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # with a byte order mark, lines that end as on Windows, dotted keys and an inline table
    configuration_path.write_bytes(
        b'\xef\xbb\xbfall.index = "kept/index"\r\n'
        b'index = {sources = ["pages"], captured = 2024-12-04}\r\n'
        b'[backup]\r\ntarget = "."\r\n'
    )
    (configuration_path.parent / "kept").mkdir()
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    result = run("index", "--config", str(configuration_path), "--json")
    assert (result.exit_code, json.loads(result.output)["articles"]) == (0, 1)
    assert (configuration_path.parent / "kept" / "index" / "glose.json").exists()
    assert run("backup", "--config", str(configuration_path)).exit_code == 0
    assert len(list(configuration_path.parent.glob("glose-*.tar.gz"))) == 1
    # a command without a table takes what is for all; so does one told by the environment
    assert (
        json.loads(run("status", "--json", "--config", str(configuration_path)).output)["articles"]
        == 1
    )
    status = run(
        "--config", str(configuration_path), "status", "--json", GLOSE_CONFIG="absent.toml"
    )
    assert json.loads(status.output)["articles"] == 1
    status = run("status", "--json", GLOSE_CONFIG=str(configuration_path))
    assert json.loads(status.output)["articles"] == 1
    assert os.listdir() == []


def test_whoosh_and_addresses_stay_what_they_are(configuration_path: Path) -> None:
    configuration_path.write_text(
        '[all]\nindex = "whoosh:ici"\n[index]\nsources = ["https://journal.example", "pages"]\n'
    )
    values = configuration.load(configuration_path, command_of, "index")
    assert values.shared["index"] == f"whoosh:{configuration_path.parent}/ici"
    assert values.values["index"]["source_args"] == [
        "https://journal.example",
        str(configuration_path.parent / "pages"),
    ]
    configuration_path.write_text('[all]\nindex = "opensearch://h:9200/presse"\n')
    assert (
        configuration.load(configuration_path, command_of, "index")
        .shared["index"]
        .endswith("/presse")
    )


def test_flags_win_over_the_environment_and_it_over_the_file(configuration_path: Path) -> None:
    configuration_path.write_text('[all]\nindex = "file"\n[index]\nsources = ["pages"]\n')
    folder = configuration_path.parent
    arguments = ["index", "--config", str(configuration_path)]
    assert (
        run(*arguments, "--index", str(folder / "flag"), GLOSE_INDEX=str(folder / "env")).exit_code
        == 0
    )
    assert sorted(p.name for p in folder.iterdir()) == ["flag", "glose.toml", "pages"]
    assert run(*arguments, GLOSE_INDEX=str(folder / "env")).exit_code == 0
    assert run(*arguments).exit_code == 0
    assert sorted(p.name for p in folder.iterdir()) == [
        "env",
        "file",
        "flag",
        "glose.toml",
        "pages",
    ]
    # sources of the line are instead of those of the file, not beside them
    (folder / "other.jsonl").write_bytes(ARTICLES.read_bytes().splitlines()[1])
    result = run(*arguments, str(folder / "other.jsonl"), "--json")
    assert json.loads(result.output)["articles"] == 1


def test_a_table_wins_over_what_is_for_all(configuration_path: Path) -> None:
    configuration_path.write_text('[all]\nindex = "a"\n[index]\nindex = "b"\nsources = "pages"\n')
    assert run("index", "--config", str(configuration_path)).exit_code == 0
    assert (configuration_path.parent / "b").exists()
    assert not (configuration_path.parent / "a").exists()


def test_questions_may_stand_in_the_same_file(configuration_path: Path) -> None:
    configuration_path.write_text(
        '[all]\nindex = "i"\n[index]\nsources = ["pages"]\n[alert]\naddress = "https://a.example"\n'
        '[[alert.question]]\nname = "Tout"\nq = "les"\n'
        '[alert.mail]\nto = "a@b.example"\nfrom = "a@b.example"\nserver = "localhost"\n'
        'user = "a"\npassword_file = "smtp"\n'
    )
    assert run("config", str(configuration_path)).exit_code == 0
    assert run("index", "--config", str(configuration_path)).exit_code == 0
    result = run("alert", "--config", str(configuration_path), "--all", "--json")
    assert (result.exit_code, "Tout" in result.output) == (0, True)
    assert (configuration_path.parent / "glose.state.json").exists()


def test_the_cluster_s_identity_is_told_by_the_file_unless_by_the_environment(
    configuration_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configuration_path.write_text(
        '[opensearch]\nuser = "file"\npassword-file = "mot"\nca = "/etc/ca.pem"\n'
    )
    names = [f"GLOSE_OPENSEARCH_{name}" for name in ("USER", "PASSWORD_FILE", "CA")]
    for name in names:
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setenv("GLOSE_OPENSEARCH_USER", "env")
    run("status", "--config", str(configuration_path))
    assert [os.environ.get(name) for name in names] == [
        "env",
        str(configuration_path.parent / "mot"),
        "/etc/ca.pem",
    ]


def test_what_is_shown_is_toml_without_a_secret(configuration_path: Path) -> None:
    (configuration_path.parent / "jeton").write_text("sesame-du-fichier")
    configuration_path.write_text(
        '[all]\nindex = "i"\n[serve]\nport = 9000\nmetrics-token-file = "jeton"\n'
        '[index]\nsources = ["pages"]\ncaptured = 2024-12-04\n'
    )
    result = run(
        "config",
        str(configuration_path),
        "--show",
        GLOSE_METRICS_TOKEN="sesame-de-l-environnement",
        GLOSE_INDEX="opensearch://moi:sesame/x@h/presse",
    )
    assert result.exit_code == 0
    assert "sesame" not in result.output
    tables = tomllib.loads(result.stdout)
    assert (tables["serve"]["port"], tables["serve"]["workers"]) == (9000, 1)
    assert tables["index"]["captured"] == "2024-12-04"
    assert re.search(r"^port = 9000  # ligne 4$", result.stdout, re.M)
    assert "# $GLOSE_INDEX" in result.stdout


def test_the_example_is_made_from_the_commands() -> None:
    example = EXAMPLE.read_text("utf-8")
    assert example == example_of(command_of), "run `make readme`"
    assert run("config", "--example").output == example
    tables = [*configuration.TABLES]
    for table in tables:
        own = example.split(f"\n[{table}]\n")[1].split("\n[")[0]
        known_keys = set(re.findall(r"^# ([a-z-]+) = ", own, re.M)) | set(configuration.SHARED)
        keys = configuration.keys_of(command_of(table))
        assert {key for key, parameter in keys.items() if parameter is not None} <= known_keys


def test_the_example_is_right_once_its_keys_are_given(tmp_path: Path) -> None:
    """Each in its turn, since some exclude others; with the paths it names made under a folder."""
    example = EXAMPLE.read_text("utf-8")
    text = re.sub(r"^# ([a-z-]+ = )", r"\1", example, flags=re.M)
    assert len(re.findall(r"^[a-z-]+ = ", text, re.M)) > 50
    for path in set(re.findall(r'"(/(?:etc|srv|var)/[^"]+)"', text)):
        text = text.replace(f'"{path}"', f'"{tmp_path}{path}"')
        if path.startswith("/srv"):
            (tmp_path / path[1:]).mkdir(parents=True, exist_ok=True)
        else:
            (tmp_path / path[1:]).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path[1:]).write_text(
                '[[adapter]]\nname = "a"\nitem = "li"\nbody = "p"\n'
                if "adaptateurs" in path
                else ""
            )
    place = tmp_path / "glose.toml"
    place.write_text(text)
    result = run("config", str(place))
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ('a = 1\n\n[b]\nc = """\nx\n"""\nd = 2\n', ("b", "d"), 7),
        ("[[q]]\na = 1\n[[q]]\na = 2\n[q.r]\ns = 3\n", ("q", 1, "r", "s"), 6),
        ("[[q]]\na = 1\n[[q]]\na = 2\n", ("q", 1), 3),
        ('l = [ # ]\n  "]",\n  "b", "c",\n]\n', ("l", 2), 3),
        ("l = ['a', 'b']\n", ("l", 1), 1),
        ("a.'b.c'.\"d\" = 1\na.e = {f = 2}\n", ("a", "e", "f"), 2),
        ("# only a comment\n\n", ("a",), 1),
    ],
)
def test_the_line_of_a_value(text: str, key: toml_lines.Key, line: int) -> None:
    assert toml_lines.read(text.encode()).line(*key) == line


def test_a_long_list_is_read_once() -> None:
    rows = "".join(f'  "/srv/{number}",\n' for number in range(3000))
    document = toml_lines.read(f"sources = [\n{rows}]\nlast = 1\n".encode())
    assert document.line("last") == 3003
