"""What was found in a page, by which witness, and what was not?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from indexer.reporting import Remark, plural, shorten
from indexer.times import Capture

if TYPE_CHECKING:
    # what reads a page is not read to say that there was none
    from indexer.html.parts import PageParts


@dataclass(frozen=True, slots=True)
class Finding:
    """Something found in a page: how many times, by which witness or selector, and one value."""

    member: str
    by: str
    value: str
    count: int = 1


@dataclass
class HtmlReport:
    """The account of one page, for `glose check`. `reason`: why it is no article."""

    findings: list[Finding] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    reason: str | None = None

    def add(self, member: str, value: object, by: str = "page", count: int = 1) -> None:
        """Note something found, or missing when the value is blank."""
        if value in (None, "", 0, ()):
            self.missing.append(member)
        else:
            text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
            self.findings.append(Finding(member, by, text, count))

    def remark(self, kind: str, message: str) -> None:
        self.remarks.append(Remark(kind, message))

    def as_json(self) -> dict[str, Any]:
        """The account as plain data."""
        return {
            "reason": self.reason,
            "found": [
                {
                    "what": finding.member,
                    "by": finding.by,
                    "count": finding.count,
                    "value": finding.value,
                }
                for finding in self.findings
            ],
            "missing": self.missing,
            "warnings": [{"kind": remark.kind, **remark.as_json()} for remark in self.remarks],
        }


_MEMBERS = {
    "id": "numéro",
    "author": "auteur",
    "role": "rôle",
    "date": "date",
    "edited": "modifié",
    "title": "titre",
    "body": "texte",
    "kind": "sorte",
    "deleted": "supprimé",
    "url": "adresse",
    "votes_for": "votes pour",
    "votes_against": "votes contre",
}


def account_for(report: HtmlReport, parts: PageParts) -> None:
    """Note what each witness and each selector found, in page order."""
    saved, head, thread = parts.saved, parts.head, parts.thread
    by = head.by
    report.add("titre", head.headline, by.get("titre", ""))
    report.add("accroche", head.alternative_headline, by.get("accroche", ""))
    report.add("chapô", head.description, by.get("chapô", ""))
    report.add("auteur", head.author, by.get("auteur", ""), len(head.author))
    report.add("date", head.date_published, by.get("date", ""))
    report.add("modification", head.date_modified, by.get("modification", ""))
    report.add("rubriques", head.article_section, by.get("rubriques", ""))
    report.add("mots-clés", head.keywords, by.get("mots-clés", ""))
    report.add("adresse", head.url)
    report.add("capture", saved.capture.text, saved.captured_by or _capture_by(saved.capture))
    for place, section in enumerate(parts.body.sections):
        size = plural(len(section.text), "caractère")
        section_text = f"{section.headline} ({size})" if section.headline else size
        report.add(f"section {place}", section_text, parts.body.by)
    if not parts.body.sections:
        report.missing.append("corps")
    for account in parts.accounts:
        report.add("adaptateur", plural(account.items, "commentaire"), account.adapter)
    account = thread.account
    if not thread.comments:
        report.missing.append("commentaires")
    else:
        report.add("commentaires", account.adapter, account.adapter, len(thread.comments))
    for member, name in _MEMBERS.items():
        if count := account.counts.get(member):
            value = shorten(account.samples[member].replace("\n", " "), 60)
            report.findings.append(Finding(f"· {name}", account.by[member], value, count))
    answers = sum(c.parent is not None or bool(c.parent_native) for c in thread.comments)
    if answers:
        report.findings.append(Finding("· réponses", "", "", answers))
    if account.declared is not None:
        sentence = f"{plural(account.declared, 'annoncé')}, {plural(len(thread.comments), 'lu')}"
        report.add("nombre annoncé", sentence, account.declared_by)


def _capture_by(capture: Capture) -> str:
    return "date du fichier" if capture.guessed else "indiquée"
