"""What does SPIP say of its site: name, addresses, rubrics, authors, and what is for members?"""

from __future__ import annotations

from itertools import chain
from urllib.parse import quote

from indexer.article import Publication, addresses
from indexer.files import RowTables, row_number
from indexer.markup import line, spip_text
from indexer.spip.schema import PUBLISHED, TABLES, Kind
from indexer.threads import display_name

_SETTINGS = ("nom_site", "adresse_site", "type_urls", "langue_site", "post_dates")
_DELETED = "5poubelle"
_DEEPEST = 50


class Site:
    """The site of one dump; what it holds in memory are names, not texts."""

    def __init__(self, tables: RowTables, publication: Publication, site: str = "") -> None:
        self._tables = tables
        self._publication = publication
        settings = {
            row["nom"]: row["valeur"].strip()
            for row in tables.rows("meta", TABLES["meta"])
            if row["nom"] in _SETTINGS
        }
        home = (settings.get("adresse_site") or site).rstrip("/")
        self.home = home if addresses.site(home) else ""
        self.name = spip_text.line(settings.get("nom_site", "")) or None
        self.language = settings.get("langue_site") or None
        self.hides_the_future = settings.get("post_dates", "non") == "non"
        """Whether pages show an article from its date on only, as a SPIP that is not told does."""
        self._addresses = settings.get("type_urls", "")
        self._rubrics = {
            row_number(row["id_rubrique"]): (row_number(row["id_parent"]), row["titre"])
            for row in tables.rows("rubriques", TABLES["rubriques"])
        }
        self._authors = {
            row_number(row["id_auteur"]): display_name(line(row["nom"]))
            for row in tables.rows("auteurs", TABLES["auteurs"])
            if row["statut"] != _DELETED
        }
        self._words = {
            row_number(row["id_mot"]): spip_text.line(row["titre"])
            for row in tables.rows("mots", TABLES["mots"])
        }
        self._members = self._for_members()

    def author(self, number: str) -> str | None:
        """The name of an author, None for one that is gone."""
        return self._authors.get(row_number(number))

    def word(self, number: str) -> str:
        """A keyword."""
        return self._words.get(row_number(number), "")

    def rubrics(self, number: str) -> tuple[str, ...]:
        """The titles of a rubric and of those it is in, the widest first."""
        titles = (spip_text.line(self._rubrics[at][1]) for at in reversed(self._above(number)))
        return tuple(dict.fromkeys(filter(None, titles)))

    def for_members(self, rubric: str) -> bool:
        """Whether a rubric, or one it is in, is shown to members only (plugin Accès restreint)."""
        return bool(self._members) and not self._members.isdisjoint(self._above(rubric))

    def title(self, kind: str, number: int) -> str:
        """The title of an object that readers may see, for a link without words; "" for none.

        SPIP 4.4 writes the title of a draft as well: it is no text that was published.
        """
        if kind == "rubrique":
            return self._rubrics.get(number, (0, ""))[1]
        if kind == "auteur":
            return self._authors.get(number) or ""
        if kind == "mot":
            return self._words.get(number, "")
        if kind not in ("article", "breve", "document"):
            return ""
        rows = self._tables.rows(f"{kind}s", ("titre", "statut"), where={f"id_{kind}": number})
        row = next(rows, None)
        if row is None or not self._publication.allows_of(row["statut"] or None, PUBLISHED):
            return ""
        return row["titre"]

    def urls(self, kind: Kind, number: int) -> tuple[str, ...]:
        """The addresses of an object, that of its pages first; none when the site's is unknown."""
        if not self.home:
            return ()
        pages = [f"{self.home}/spip.php?{kind.name}{number}", f"{self.home}/?{kind.name}{number}"]
        if self._addresses in ("simple", "html"):
            simple = f"?page={kind.name}&id_{kind.name}={number}"
            page_path = f"{kind.name}{number}.html" if self._addresses == "html" else simple
            pages.insert(0, f"{self.home}/{page_path}")
        named_pages = [self._whole(path) for path in self._named(kind.name, number)]
        if self._addresses in ("page", "simple", "html"):
            return tuple(dict.fromkeys((*pages, *named_pages)))
        return tuple(dict.fromkeys((*named_pages, *pages)))

    def _whole(self, path: str) -> str:
        path = quote(path.strip("/"), safe="/%-._~!$&'()*+,;=:@")
        if self._addresses == "propres_qs":
            return f"{self.home}/?{path}"
        return f"{self.home}/{path}" + (".html" if self._addresses == "propres2" else "")

    def _named(self, kind: str, number: int, depth: int = 0) -> list[str]:
        """The paths of an object, that in use first; under that of its rubric in a tree."""
        rows = list(
            self._tables.rows("urls", TABLES["urls"], where={"id_objet": number, "type": kind})
        )
        rows.sort(key=lambda row: (row_number(row["perma"]), row["date"]), reverse=True)
        paths = []
        for row in rows[:20]:
            if not row["url"].strip("/ "):
                continue
            above = row_number(row["id_parent"])
            if above and self._addresses.startswith("arbo") and depth < _DEEPEST:
                folders = self._named("rubrique", above, depth + 1)[:1]
                paths += [f"{folder}/{row['url']}" for folder in folders]
            else:
                paths.append(row["url"])
        return paths

    def _above(self, rubric: str) -> list[int]:
        """A rubric and those it is in."""
        above: list[int] = []
        at = row_number(rubric)
        while at in self._rubrics and at not in above and len(above) < _DEEPEST:
            above.append(at)
            at = self._rubrics[at][0]
        return above

    def _for_members(self) -> frozenset[int]:
        """The rubrics of zones that the public site does not show."""
        tables = self._tables
        closed = {
            row["id_zone"]
            for row in tables.rows("zones", TABLES["zones"])
            if row["publique"] == "oui"
        }
        linked = chain(
            tables.rows("zones_liens", TABLES["zones_liens"], where={"objet": "rubrique"}),
            (
                {"id_zone": row["id_zone"], "id_objet": row["id_rubrique"]}
                for row in tables.rows("zones_rubriques", TABLES["zones_rubriques"])
            ),
        )
        return frozenset(row_number(row["id_objet"]) for row in linked if row["id_zone"] in closed)
