"""What does real Lucene answer to the questions of a judged set?

Its jars come from Maven Central, pinned in lucene/pom.xml; lucene/FrenchRanking.java is run by a
JDK as it stands. Lucene 10 wants Java 21: where there is no such JDK, or no Maven, `Lucene.at_hand`
says so.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.doors import evaluating
from index.doors.evaluating import Ranked
from indexer.doors.judgements import JudgementSet

HERE = Path(__file__).resolve().parent / "lucene"
_JAVA = 21
_JDKS = Path("/usr/lib/jvm")


class NoLucene(Exception):
    """Lucene cannot be run here; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Lucene:
    """A JDK's java, and the jars of Lucene."""

    java: Path
    jars: Path

    @classmethod
    def at_hand(cls, scratch: Path) -> Lucene:
        """Find a JDK and copy the jars into `scratch`. Raises NoLucene."""
        java = fetch_jars(HERE, scratch)
        return cls(java, scratch)

    def ranks(self, judged: JudgementSet, texts: Sequence[str]) -> list[Ranked]:
        """What it answers to each text, best first."""
        with tempfile.TemporaryDirectory() as scratch:
            documents, questions = Path(scratch, "documents"), Path(scratch, "questions")
            with documents.open("w", encoding="utf-8") as lines:
                for article in judged.articles():
                    text = " ".join(section.text for section in article.sections)
                    lines.write("\t".join(map(_cell, (article.id, article.headline, text))) + "\n")
            questions.write_text("".join(_cell(text) + "\n" for text in texts), "utf-8")
            run = subprocess.run(
                [
                    *(self.java, "-Xmx1g", "-cp", f"{self.jars}/*", HERE / "FrenchRanking.java"),
                    *(documents, questions, str(evaluating.DEPTH)),
                ],
                capture_output=True,
                text=True,
                encoding="utf-8",
                check=False,
            )
        if run.returncode != 0:
            raise NoLucene("it stopped:\n" + run.stderr[-1000:])
        return [_ranked(line) for line in run.stdout.split("\n")[: len(texts)]]


def fetch_jars(project: Path, jars: Path) -> Path:
    """A JDK's java, once the jars that `project`'s pom.xml pins are copied. Raises NoLucene."""
    java = _java()
    maven = shutil.which("mvn")
    if java is None or maven is None:
        raise NoLucene(f"no JDK of version {_JAVA} or more" if java is None else "no mvn")
    command = [maven, "-q", "-B", "dependency:copy-dependencies"]
    process = subprocess.run(
        [*command, f"-DoutputDirectory={jars}"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    if process.returncode != 0:
        raise NoLucene("mvn could not bring its jars:\n" + process.stdout[-1000:])
    return java


def _cell(text: str) -> str:
    return " ".join(text.split())


def _ranked(line: str) -> list[tuple[str, float]]:
    """
    >>> _ranked("a 2.5 b 1")
    [('a', 2.5), ('b', 1.0)]
    """
    words = line.split()
    return [(id, float(score)) for id, score in zip(words[::2], words[1::2], strict=True)]


def _java() -> Path | None:
    """The java of the latest JDK that is recent enough: those installed, or the one in PATH."""
    installed: list[tuple[int, Path]] = []
    onpath = shutil.which("java")
    for java in [*_JDKS.glob("*/bin/java"), *([Path(onpath)] if onpath else [])]:
        completed = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)
        version = re.search(r'version "(\d+)', completed.stderr)
        # a runtime without its compiler runs no source file
        if version and int(version[1]) >= _JAVA and java.resolve().with_name("javac").exists():
            installed.append((int(version[1]), java))
    return max(installed)[1] if installed else None
