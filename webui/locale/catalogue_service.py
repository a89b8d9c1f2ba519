"""What does the service say of itself, and in what is not a page?

Help, endpoint, status, errors, commands, alerts and tables; as in `catalogue.py`, which has the
sentences of the other pages and holds all of them together.
"""

from __future__ import annotations

SERVICE: dict[str, tuple[str, str]] = {
    # syntax, endpoint, status
    "syntax_says": ("Les mots simples suffisent. Le reste sert à préciser ; rien de ce que vous "
                    "tapez n’est une erreur.",
                    "Plain words are enough. The rest makes a question more precise; nothing "
                    "you type is an error."),
    "reading": ("Comment les textes et les questions sont lus",
                "How texts and questions are read"),
    "finds": ("trouve", "finds"),
    "syntax_meaning": ("Pour", "To"),
    "syntax_write": ("Écrire", "Write"),
    "syntax_also": ("Ou encore", "Or"),
    "endpoint_says": ("Mêmes paramètres, mêmes résultats : le suffixe de l’adresse choisit le "
                      "format. Lecture seule, sans clé ni cookie.",
                      "Same parameters, same results: the suffix of the address chooses the "
                      "format. Read only, no key, no cookie."),
    "endpoint_addresses": ("Adresses", "Addresses"),
    "endpoint_parameters": ("Paramètres", "Parameters"),
    "endpoint_empty": (
        "Une valeur vide est comme l’absence du paramètre : un formulaire envoie aussi ses champs "
        "laissés vides.",
        "An empty value is as none: a form sends its empty fields too."),
    "endpoint_problems": ("Erreurs", "Errors"),
    "endpoint_problems_says": (
        "Une erreur est un « problem » (RFC 9457), qui dit ce qui ne va pas et ce qui est "
        "accepté.",
        "An error is a “problem” (RFC 9457) that says what is wrong and what is accepted."),
    "parameter": ("Paramètre", "Parameter"),
    "meaning": ("Sens", "Meaning"),
    "accepts": ("Accepte", "Accepts"),
    "default": ("Par défaut", "Default"),
    "address": ("Adresse", "Address"),
    "repeated": ("répétable", "repeatable"),
    "status_articles": ("Articles", "Articles"),
    "status_sections": ("Sections", "Sections"),
    "status_comments": ("Commentaires", "Comments"),
    "status_updated": ("Dernière mise à jour", "Last update"),
    "status_generation": ("Génération", "Generation"),
    "status_bytes": ("Taille sur le disque", "Size on the disk"),
    "status_version": ("Version de Glose", "Glose version"),
    "never": ("jamais", "never"),
    "route_search": ("résultats, page par page", "results, page by page"),
    "route_csv": ("tous les résultats, en tableau", "all the results, as a table"),
    "route_xlsx": ("les mêmes, pour un tableur (paquet en option)",
                   "the same, for a spreadsheet (an optional package)"),
    "route_atom": ("les 100 derniers résultats vus, en fil",
                   "the last 100 results seen, as a feed"),
    "route_values": ("les rubriques, auteurs ou pseudos d’une question",
                     "the categories, authors or commenters of a question"),
    "route_timeline": ("une question par jour, mois ou an", "a question by day, month or year"),
    "route_article": ("un article et son fil de commentaires", "an article and its thread"),
    "route_suggest": ("suggestions pendant la frappe, pour les navigateurs (OpenSearch)",
                      "suggestions while typing, for browsers (OpenSearch)"),
    "route_complete": ("suggestions pendant la frappe : mots, titres, pseudos",
                       "suggestions while typing: words, titles, commenters"),
    "route_metrics": ("nombres pour la supervision (Prometheus)",
                      "numbers for supervision (Prometheus)"),
    "route_status": ("ce que contient l’index", "what the index holds"),
    "route_healthz": ("le service répond-il ?", "does the service answer?"),
    "route_openapi": ("la description pour les programmes", "the description for programs"),
    # errors
    "error_400": ("Cette adresse n’est pas valable", "This address is not valid"),
    "error_unknown_parameter": ("Ce filtre n’existe pas ici", "There is no such filter here"),
    "error_404": ("Cette page n’existe pas", "This page does not exist"),
    "error_405": ("Cette page se lit, rien d’autre", "This page can only be read"),
    "error_413": ("La demande est trop grosse", "The request is too large"),
    "error_500": ("Une erreur s’est produite ici", "Something failed here"),
    "error_503": ("L’index ne répond pas", "The index does not answer"),
    "error_414": ("L’adresse est trop longue", "The address is too long"),
    "error_431": ("Les en-têtes de la demande sont trop gros", "The request’s headers are too big"),
    "error_busy": ("Trop de questions à la fois", "Too many questions at once"),
    "error_index_unavailable_says": (
        "L’index ne peut pas être lu pour l’instant. Le journal du service dit pourquoi à qui en a "
        "la charge. Réessayez dans {n} {n:seconde|secondes}.",
        "The index cannot be read for now. The service’s log says why to whoever runs it. Try "
        "again in {n} {n:second|seconds}.",
    ),
    "error_busy_says": (
        "Ce service répond déjà à autant de questions qu’il peut. Réessayez dans {n} "
        "{n:seconde|secondes}.",
        "This service is answering as many questions as it can. Try again in {n} "
        "{n:second|seconds}."),
    "error_too_long": ("Cette question prend trop de temps", "This question takes too long"),
    "error_too_long_says": (
        "Elle n’a pas pu être menée au bout dans le temps accordé. Réessayez dans {n} "
        "{n:seconde|secondes}, ou posez-la plus simplement.",
        "It could not be finished in the time allowed. Try again in {n} {n:second|seconds}, or "
        "ask it more simply."),
    "error_too_often": ("Trop de questions de votre part", "Too many questions from you"),
    "error_too_often_says": (
        "Le nombre de questions par minute est limité. Réessayez dans {n} {n:seconde|secondes}.",
        "Questions are limited by the minute. Try again in {n} {n:second|seconds}."),
    "error_other": ("La demande n’a pas abouti", "The request failed"),
    "error_no_xlsx_says": (
        "Ce service n’écrit pas de tableaux XLSX : qui en a la charge peut installer glose[xlsx]. "
        "Le même tableau est en CSV.",
        "This service writes no XLSX tables: whoever runs it may install glose[xlsx]. The same "
        "table is in CSV."),
    "error_404_says": ("Aucune page à l’adresse « {path} ».", "No page at “{path}”."),
    "error_article_says": ("Aucun article « {id} » dans l’index.",
                           "No article “{id}” in the index."),
    "error_405_says": ("Seules les méthodes {methods} sont servies.",
                       "Only {methods} are served."),
    "error_500_says": ("L’incident {incident} est noté dans le journal du service.",
                       "Incident {incident} is in the service’s log."),
    "error_host_says": ("Ce service ne répond pas sous ce nom.",
                        "This service does not answer under that name."),
    "error_parameter_says": ("Le paramètre « {name} » vaut « {value} » ; il accepte {accepts}.",
                             "The parameter “{name}” is “{value}”; it accepts {accepts}."),
    "error_unknown_says": (
        "Cette adresse ne prend pas « {name} », qui ne filtrerait rien ; elle prend {accepts}.",
        "This address takes no “{name}”, which would filter nothing; it takes {accepts}."),
    "error_bad_says": ("La demande ne peut pas être lue.", "The request cannot be read."),
    # gunicorn (27.0) refuses letters beyond ASCII in an address, which curl sends as they are typed
    "error_line_says": (
        "La première ligne de la demande ne peut pas être lue. Une adresse n’a ni espace ni "
        "accent : é s’y écrit %C3%A9. Avec curl : --get --data-urlencode 'q=été'.",
        "The first line of the request cannot be read. An address has no space and no accent: é is "
        "written %C3%A9 in it. With curl: --get --data-urlencode 'q=été'.",
    ),
    "ask_alone": ("Chercher {q} sans filtre", "Search {q} without filters"),
    "try_again": ("Réessayer", "Try again"),
    # the command
    "serving": (
        "Glose sert {articles} {articles:article|articles} et {comments} "
        "{comments:commentaire|commentaires} : {address} (Ctrl+C pour arrêter)",
        "Glose serves {articles} {articles:article|articles} and {comments} "
        "{comments:comment|comments}: {address} (Ctrl+C to stop)",
    ),
    "serving_empty": ("L’index est vide. Pour le remplir : glose index DOSSIER --index {location}",
                      "The index is empty. To fill it: glose index FOLDER --index {location}"),
    "serve_taken": (
        "Le port {port} est déjà pris sur {host}. Choisissez-en un autre : "
        "glose serve --port 8080 (0 en choisit un libre).",
        "Port {port} is taken on {host}. Choose another: glose serve --port 8080 "
        "(0 picks a free one).",
    ),
    "serve_forbidden": (
        "Ce compte n’a pas le droit d’ouvrir le port {port} ; au-dessus de 1023 il l’a.",
        "This account may not open port {port}; above 1023 it may.",
    ),
    "serve_bad_host": ("« {host} » n’est pas une adresse de cette machine.",
                       "“{host}” is not an address of this machine."),
    # alerts
    "alert_subject": ("Glose : {n} {n:nouveau passage|nouveaux passages} ({names})",
                      "Glose: {n} new {n:passage|passages} ({names})"),
    "alert_new": ("{name} : {n} {n:nouveau passage|nouveaux passages}",
                  "{name}: {n} new {n:passage|passages}"),
    "alert_none": ("{name} : rien de nouveau", "{name}: nothing new"),
    "alert_first": (
        "{name} : {n} {n:passage y répond|passages y répondent} déjà ; les prochains seront "
        "signalés.",
        "{name}: {n} {n:passage answers|passages answer} already; the next ones will be told."),
    "alert_more": ("  … et {n} {n:autre|autres}", "  … and {n} more"),
    # csv
    "csv_article": ("Article", "Article"),
    "csv_categories": ("Rubriques", "Categories"),
    "csv_published": ("Publié", "Published"),
    "csv_kind": ("Genre", "Kind"),
    "csv_author": ("Auteur", "Author"),
    "csv_start": ("Date", "Date"),
    "csv_end": ("Date au plus tard", "Latest date"),
    "csv_precision": ("Précision", "Precision"),
    "csv_precision_second": ("seconde", "second"),
    "csv_precision_minute": ("minute", "minute"),
    "csv_precision_day": ("jour", "day"),
    "csv_precision_month": ("mois", "month"),
    "csv_precision_year": ("année", "year"),
    "csv_precision_unknown": ("inconnue", "unknown"),
    "csv_edited": ("Modifié", "Edited"),
    "csv_heading": ("Intertitre", "Heading"),
    "csv_text": ("Texte", "Text"),
    "csv_found": ("Mots trouvés", "Words found"),
    "xlsx_cut": (
        " […] (coupé : une case tient 32 767 signes, ce texte en a {n} ; le CSV l’a en entier)",
        " […] (cut: a cell holds 32,767 characters, this text has {n}; the CSV holds it whole)"),
    "xlsx_full": (
        "Une feuille tient {rows} lignes : la suite n’y est pas. Le tableau CSV va jusqu’au bout.",
        "A sheet holds {rows} rows: the rest is not here. The CSV table goes to the end."),
    "csv_link": ("Lien", "Link"),
    "csv_source": ("Original", "Original"),
    "csv_id": ("Identifiant", "Identifier"),
    "kind_title": ("titre", "title"),
    "kind_lead": ("chapô", "standfirst"),
    "kind_section": ("section", "section"),
    "kind_comment": ("commentaire", "comment"),
    "yes": ("oui", "yes"),
    "no": ("non", "no"),
}  # fmt: skip
