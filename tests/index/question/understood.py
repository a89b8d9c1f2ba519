"""How sixty questions over the demo's articles are understood, as a text one can read.

python tests/index/question/understood.py      # accept what is understood now
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from index import engines
from index.answering.searching import search
from index.engines import Reader
from index.question.query import parse
from index.question.synonyms import BUNDLED
from index.question.trees import text_of
from index.writing.writing import write
from indexer.canonical import conversion, jsonl

HERE = Path(__file__).parent
GOLDEN = HERE / "understood.txt"
DEMO = HERE.parents[2] / "indexer" / "demo" / "articles.jsonl"
NOW = datetime(2025, 7, 1, 12, tzinfo=ZoneInfo("Europe/Paris"))

QUESTIONS = """
mot de passe
"mot de passe"
« mot de passe »
“mot de passe” oublié
red team
red-team
redteam
« red team » SAUF sncf
l’avocat
abonné·e·s
abonnés OU lectrices
evenement
ÉTAT
État français
c++
C++ OU C# OU .NET
gpt-4o
cve-2024-3094
rgpd amende
IA
=IA
intelligence artificielle
S.N.C.F.
150 000
150000 assurés
10h38
3,5 millions
l'été
La Poste
"la poste"
être ou ne pas être
"être ou ne pas être"
de la
+de +la poste
travail gratuit
"travail gratuit"
"gratuit travail"~5
nda PRES/5 tient
artist*
"mot* de passe"
m?t
mutuelis~
chifrement~
titre:processeur cache
chapo:artistes
intertitre:accord
texte:sncf
rubrique:droit
auteur:"noémie vasseur"
pseudo:zorglub64 dans:commentaires
@citronelle
lien:demo.example
dans:titre satellites
article:demo:xz-porte-derobee-fatigue-mainteneurs panne
date:2024-04
depuis:2025 avant:mars
pendant:"l'année dernière" fibre
commentaires>20 serveur
lecture<=5
est:modifié nda
est:réponse a:citation
a:lien
tri:récent panne
-sncf panne
panne -(sncf OU noël)
(fibre OU cuivre) ADSL
couleur:bleu
"mot de passe
((fibre
SAUF
😉
***
Pourquoi les artistes parlent-ils de travail gratuit chez Luméo ?
combien coûte la modération par mois
"""


def reader() -> Reader:
    engine = engines.open(":memory:")
    lines = DEMO.read_bytes().splitlines()
    write(engine, (conversion.records_of(jsonl.article(line)) for line in lines), seen=1)
    return engine.reader()


def page() -> Iterator[str]:
    """The golden file, line by line."""
    index_reader = reader()
    for line in QUESTIONS.strip().splitlines():
        question = parse(line, index_reader, now=NOW, synonyms=BUNDLED)
        totals = search(index_reader, line, now=NOW).totals
        yield f"? {line}"
        for piece in question.pieces:
            yield f"  {piece.kind:<9} {piece.text}  =  {', '.join(piece.matches)}"
        for notice in question.notices:
            yield f"  ({notice.code}) {notice.message}"
        yield f"  {text_of(question.tree)}"
        yield (
            f"  {totals.articles} articles, {totals.sections} sections, "
            f"{totals.comments} comments, "
            f"{totals.partial} partial"
        )
        yield ""


if __name__ == "__main__":
    GOLDEN.write_text("\n".join(page()), "utf-8")
