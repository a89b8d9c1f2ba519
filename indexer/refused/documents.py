"""Which documents, wires and dumps are known by how they begin, and what is given instead of them?

Each is of a kind that holds articles, or texts at least, in a form that is not read here.
"""

from __future__ import annotations

import re

from indexer.refused.matching import Refusal, begins, every, lines, rooted

_FACTIVA = "texte de Factiva : enregistrez plutôt la page de ses articles en HTML"
_NEXIS = (
    "document de Nexis : il n’est pas encore lu ; enregistrez les articles dans Europresse "
    "(format HTML), ou donnez un tableau (titre, texte, date, journal)"
)
_TO_HTML = "convertissez-le en HTML"
_HEADERS = re.compile(rb"(?:[A-Za-z][\w-]{0,60}:[ \t][^\n]*\n(?:[ \t][^\n]*\n)*+)++")
_MBOX = re.compile(rb"\AFrom [^\n]{1,200}\n")
_HEADER = re.compile(rb"(?m)^([A-Za-z][\w-]{0,60}):")
_MAIL = begins(
    rb"(?:From \S+ .{10,60}\d{4}\r?\n[A-Z][\w-]+:|(?:Return-Path|Delivered-To|Received): )"
    rb"|(?i:(?:(?:from|to|cc|subject|date|mime-version|message-id|reply-to|content-type"
    rb"|content-transfer-encoding|x-[\w-]+): [^\n]*\n(?:[ \t][^\n]*\n)*+){4})"
)
_SENT = {b"to", b"cc", b"received", b"message-id", b"delivered-to", b"return-path", b"reply-to"}
_SENT |= {b"dkim-signature", b"authentication-results", b"arc-seal"}


def _mail(head: bytes) -> bool:
    """An e-mail, and no page saved as MHTML, which has no reader and was not sent.

    >>> _mail(b"From: <Saved by Blink>\\nSubject: A\\nDate: x\\nMIME-Version: 1.0\\n"
    ...     b"Content-Type: multipart/related;\\n boundary=b\\n\\n")
    False
    """
    names = _header_names(head)
    page = b"multipart/related" in head[:4096].lower() or b"content-location" in names
    if page and not names & _SENT:
        return False
    has_headers = {b"from", b"subject"} <= names and names & {b"date", b"mime-version", *_SENT}
    return bool(has_headers) or _MAIL(head)


def _header_names(head: bytes) -> set[bytes]:
    """The names of the headers that a file begins with, below the line that begins a mbox."""
    block = _HEADERS.match(_MBOX.sub(b"", head.lstrip(), count=1))
    return {name.lower() for name in _HEADER.findall(block[0])} if block else set()


def _usenet(head: bytes) -> bool:
    """A message of Usenet, or a mbox of them."""
    return b"newsgroups" in _header_names(head)


DOCUMENTS = (
    Refusal("un plan de site : il n’a pas le texte des pages", rooted("urlset", "sitemapindex")),
    Refusal("une liste de flux (OPML) : donnez les flux eux-mêmes", rooted("opml")),
    Refusal("export de J2XML (Joomla) : donnez les tables en CSV", rooted("j2xml")),
    Refusal("export XML de phpMyAdmin : donnez les tables en CSV", rooted("pma_xml_export")),
    Refusal(
        "export de MediaWiki : enregistrez les pages en HTML",
        rooted("mediawiki"),
    ),
    Refusal("notes d’Evernote : rien n’y est public", rooted("en-export")),
    Refusal(f"un document en TEI : {_TO_HTML}", rooted("TEI", "teiCorpus")),
    Refusal(
        f"un document en DocBook : {_TO_HTML}",
        begins(rb"(?is)<.{0,1500}<(?:article|book)\s[^>]{0,300}docbook\.org/ns"),
    ),
    Refusal(
        f"un article en JATS (NLM) : {_TO_HTML}",
        begins(rb"(?is)<.{0,1500}(?:NLM//DTD|<article\s[^>]{0,300}\barticle-type=)"),
    ),
    Refusal(
        "réponse d’un entrepôt OAI-PMH : elle n’a pas le texte des articles", rooted("OAI-PMH")
    ),
    Refusal(
        "sauvegarde de Stack Exchange (XML) : enregistrez les pages en HTML",
        begins(rb"(?s)(?:<\?xml[^>]*\?>\s*)?<(?:posts|comments|users|votes)>\s*<row Id="),
    ),
    Refusal(
        "article ou commentaire de PluXml : enregistrez les pages du site en HTML",
        begins(
            rb"(?s)<\?xml[^>]*\?>\s*(?:<document>.{0,2000}<allow_com>"
            rb"|<comment>\s*<author>.{0,2000}<type>)"
        ),
    ),
    Refusal(
        "une page de Safari (.webarchive) : enregistrez-la en HTML, par SingleFile",
        begins(rb"(?s)bplist00|<\?xml.{0,400}<plist.{0,2000}\bWebMainResource\b"),
    ),
    Refusal(
        "sauvegarde de PostgreSQL dans son propre format : faites-en du SQL "
        "(pg_restore -f base.sql BASE.dump, ou pg_dump sans -F)",
        begins(rb"PGDMP"),
    ),
    Refusal(
        "archive 7z ou RAR : faites-en une archive .zip ou .tar",
        begins(rb"7z\xbc\xaf\x27\x1c|Rar!\x1a\x07"),
    ),
    Refusal(
        "sauvegarde d’All-in-One WP Migration (.wpress) : donnez l’export du site (Outils → "
        "Exporter), ou sa base en SQL",
        begins(rb"package\.json\0"),
    ),
    Refusal("un fichier ZIM : donnez ses pages en HTML, ou la moisson en WARC", begins(b"ZIM\x04")),
    Refusal(
        "un document de bureautique : enregistrez-le en HTML ou en texte",
        begins(rb"\{\\rtf1|\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ),
    Refusal(
        "références bibliographiques (RIS) : dans Zotero, exportez plutôt en CSV",
        begins(rb"TY  - \w+\r?\n"),
    ),
    Refusal(
        "références bibliographiques (BibTeX) : dans Zotero, exportez plutôt en CSV",
        begins(rb"@[A-Za-z]{4,20}\s?\{[^\s,{}]{0,100},\s"),
    ),
    Refusal(
        "références bibliographiques (EndNote) : dans Zotero, exportez plutôt en CSV",
        begins(rb"%0 [A-Z][\w ]{2,40}\r?\n%[A-Z0-9] "),
    ),
    Refusal(
        "références bibliographiques (Zotero RDF) : dans Zotero, exportez plutôt en CSV",
        every(rooted("rdf:RDF"), lambda head: b"www.zotero.org/namespaces/export" in head),
    ),
    Refusal(_FACTIVA, begins(rb"(?s)(?:SE|HD) {2,}\S.{0,400}\n(?:BY|WC|PD|SN) {2,}\S")),
    # as its site shows an article, and as its text is saved
    Refusal(_FACTIVA, lines(rb"[\d ]{1,9} (?:mots|words)", rb"Document [A-Z]{2,12}\d{10,}\w*")),
    Refusal(
        _NEXIS,
        begins(
            rb"(?is)<(?:!doctype )?html.{0,20000}?"
            rb"(?:<DOCFULL>|>\s*\d+ (?:of|de|sur) \d+ DOCUMENTS?\b)"
        ),
    ),
    Refusal(_NEXIS, begins(rb"\d+ (?:of|de|sur) \d+ DOCUMENTS\b")),
    Refusal(_NEXIS, lines(rb"(?:End of Document|Fin du document)", rb"(?:Load-Date|Length): .*")),
    Refusal(
        "texte copié d’Europresse : choisissez « Enregistrer », format HTML",
        every(begins(rb"[^<{\[]"), lines(rb"news\xc2\xb7\d{8}\xc2\xb7.*")),
    ),
    Refusal(
        f"un texte en AsciiDoc : {_TO_HTML}",
        begins(rb"= [^\n=]{1,200}\n(?:\r?\n|[^\n]{1,200}\n|:[\w-]+:)"),
    ),
    Refusal(f"un texte d’Org : {_TO_HTML}", begins(rb"(?i)#\+(?:title|author|date|language): ")),
    Refusal(
        f"un texte en reStructuredText : {_TO_HTML}",
        begins(rb"[^\n]{3,200}\n[=*~-]{3,200}\s*\n(?:\s*\n)?:\w[\w -]{0,40}: "),
    ),
    Refusal(
        f"un texte en LaTeX : {_TO_HTML}", begins(rb"(?:%[^\n]*\n\s*)*+\\(?:documentclass|title)\b")
    ),
    Refusal(
        "un PDF : enregistrez la page en HTML ; dans Europresse, « Enregistrer » puis HTML",
        begins(rb"%PDF-"),
    ),
    Refusal(
        "texte de wallabag : il n’a ni adresses ni dates ; exportez en JSON",
        begins(rb"\s*={100}\s*\n[^\n]*\n\s*={100}\s*\n"),
    ),
    Refusal(
        "des messages de Usenet, avec les adresses de leurs auteurs : enregistrez la page du fil "
        "en HTML, où une archive le montre",
        _usenet,
    ),
    Refusal("des courriels : rien n’y est public", _mail),
)
"""The first that is true of a file tells why it is not read."""
