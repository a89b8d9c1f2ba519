"""What does an operator read when an engine cannot go on?

One French sentence: what is wrong, then what to do. The engines' own words are kept at
its end, for whoever reads the logs. `why` says what the system answered, about any file.
"""

from __future__ import annotations

import errno
import os
import re
from shlex import quote

from index.unavailable import IndexUnavailable as IndexUnavailable


class IndexMissing(IndexUnavailable):
    """There is no index at that place yet, and one may be made there."""


class StateLost(IndexUnavailable):
    """The state being read is no longer kept: the reader reads another from now on."""


def shown(location: str) -> str:
    """An address as a sentence may show it: without what may be a password, wherever it stands.

    >>> shown("opensearch://moi:se/same@h/presse"), shown("https://h/presse?api_key=sesame")
    ('opensearch://…@h/presse', 'https://h/presse')
    """
    # an @ of another width is one to urllib
    without_names = re.sub("(?s)(?<=:)(/*).*[@＠﹫]", r"\1…@", location)
    return re.split("[?#]", without_names)[0]


def missing(location: str) -> str:
    return (
        f"Il n’y a pas d’index à l’emplacement « {location} ». "
        f"Créez-le : glose index SOURCE --index {quote(location)}"
    )


def foreign(location: str) -> str:
    return (
        f"« {location} » n’est pas un index de Glose. "
        "Donnez un autre emplacement avec --index, ou un dossier vide."
    )


def unnameable(location: str) -> str:
    shown = location.encode("utf-8", "replace").decode()
    return (
        f"« {shown} » : ce nom n’est pas en UTF-8, et Glose ne sait pas ouvrir un index à ce nom. "
        "Donnez un autre emplacement avec --index."
    )


def unmakeable(location: str) -> str:
    return (
        f"Aucun dossier ne peut être créé à l’emplacement « {location} » : donnez-en un autre "
        "avec --index."
    )


def astray(location: str) -> str:
    return (
        f"« {location} » est un lien qui ne mène nulle part : remettez ce qu’il montre, ou donnez "
        "un autre emplacement avec --index."
    )


def other_engine(location: str, engine: str, right: str) -> str:
    return f"L’index « {location} » est tenu par {engine} : donnez --index {quote(right)}"


def other_version(location: str, version: str, expected: str, *, mendable: bool) -> str:
    """
    >>> other_version("mon index", "français 2", "français 4", mendable=True)[-52:]
    "sans ses sources : glose rebuild --index 'mon index'"
    """
    opening = (
        f"L’index « {location} » a été fait par une autre version ({version} ; "
        f"il faut {expected}). "
    )
    if mendable:
        return (
            opening
            + f"Refaites-le sur place, sans ses sources : glose rebuild --index {quote(location)}"
        )
    return opening + (
        f"Supprimez ce dossier, puis refaites-le : glose index SOURCE --index {quote(location)}"
    )


def newer_version(location: str, version: str, expected: str) -> str:
    return (
        f"L’index « {location} » a été fait par une version plus récente de Glose ({version} ; "
        f"celle-ci tient {expected}) : mettez Glose à jour ici, ou restaurez une copie plus "
        "ancienne avec glose restore."
    )


def unreachable(location: str, why: str) -> str:
    return (
        f"L’index « {location} » ne peut pas être écrit d’ici, et il n’y a pas de dossier "
        "temporaire par où le lire : donnez-en un par la variable TMPDIR, ou le droit d’y écrire. "
        f"({why})"
    )


def busy(location: str, holder: str) -> str:
    """
    >>> busy("glose.index", "")[:62]
    'L’index « glose.index » est déjà en cours d’écriture par une a'
    """
    by = f" ({holder})" if holder else " par une autre commande"
    return (
        f"L’index « {location} » est déjà en cours d’écriture{by} : "
        "attendez qu’elle finisse, puis relancez."
    )


def damaged(location: str, what: str) -> str:
    return (
        f"L’index « {location} » est endommagé ({what}) : restaurez une copie avec glose restore, "
        f"ou supprimez ce dossier et refaites-le avec glose index. Le détail : "
        f"glose verify --index {quote(location)}"
    )


def dead(location: str) -> str:
    return (
        f"L’écriture de l’index « {location} » s’est arrêtée sur une erreur : relancez la "
        "commande ; ce qui était déjà enregistré est intact."
    )


def ends_with_process(location: str) -> str:
    return (
        f"« {location} » : cet index est vide quand la commande commence, et finit avec elle. "
        "Pour le garder, donnez un dossier avec --index."
    )


def in_memory(location: str) -> str:
    return f"« {location} » n’est pas sur un disque : donnez un dossier avec --index."


def sentence(location: str, error: BaseException) -> str:
    """The sentence for an error raised while working on `location`.

    >>> sentence("glose.index", OSError(28, "No space left on device")).split(" : ")[0]
    'L’index « glose.index » ne peut pas être écrit, le disque est plein'
    """
    subject = f"L’index « {location} »"
    text = str(error)
    number = getattr(error, "errno", None) or _number(text)
    if "LockBusy" in text or "lock" in type(error).__name__.lower():
        return busy(location, "")
    if number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return (
            f"{subject} ne peut pas être écrit, le disque est plein : libérez de la place et "
            "relancez ; ce qui était déjà enregistré est intact."
        )
    if number == errno.EIO:
        return (
            f"{subject} : le disque ne répond pas comme il faut (erreur d’entrée-sortie). "
            "Contrôlez le disque, puis glose verify ; ce qui était déjà enregistré n’a pas été "
            "touché."
        )
    if number == errno.EROFS:
        return (
            f"{subject} est sur un disque en lecture seule : on peut y chercher, pas y écrire. "
            "Rendez le disque inscriptible, ou travaillez sur une copie de ce dossier."
        )
    if number in (errno.EACCES, errno.EPERM):
        return (
            f"{subject} n’est pas accessible : donnez au {account()} le droit de le lire et de "
            "l’écrire."
        )
    if number in (errno.ENOTDIR, errno.EEXIST):
        return foreign(location)
    if number == errno.ENOENT or "FileDoesNotExist" in text:
        return (
            f"{subject} est incomplet, un fichier y manque : restaurez une copie avec glose "
            f"restore, ou supprimez ce dossier et refaites-le avec glose index. ({text[:200]})"
        )
    if "writer was killed" in text:
        # tantivy's threads do not say why they stopped
        return (
            f"L’écriture de l’index « {location} » s’est arrêtée, le disque l’a sans doute "
            "refusée : contrôlez la place libre et le disque, puis relancez ; ce qui était déjà "
            "enregistré est intact."
        )
    return damaged(location, f"{type(error).__name__}: {text[:200]}")


# tantivy hands on what the system said inside its own words: as Rust writes it, or spelled out
_WORDS = {
    "No space left": errno.ENOSPC,
    "StorageFull": errno.ENOSPC,
    "File too large": errno.EFBIG,
    "FileTooLarge": errno.EFBIG,
    "QuotaExceeded": errno.EDQUOT,
    "Input/output error": errno.EIO,
    "Read-only file system": errno.EROFS,
    "ReadOnlyFilesystem": errno.EROFS,
    "Permission denied": errno.EACCES,
    "PermissionDenied": errno.EACCES,
}
_CODES = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.EACCES)


def _number(text: str) -> int | None:
    for word, number in _WORDS.items():
        if word in text:
            return number
    return next(
        (code for code in _CODES if f"os error {code})" in text or f"code: {code}," in text), None
    )


def account() -> str:
    """Whose rights are those of this process: at night, or in a unit, it is not who reads."""
    try:
        from pwd import getpwuid

        return f"compte « {getpwuid(os.geteuid()).pw_name} »"
    except KeyError:
        # a container's account may have a number only
        return f"compte {os.geteuid()}"
    except ImportError:  # Windows
        return "compte qui lance Glose"


def unwritable(place: object, error: OSError) -> str:
    """What to say of a file that could not be written."""
    return f"« {place} » : {why(error)}. Contrôlez l’emplacement, la place libre et les droits."


def why(error: OSError) -> str:
    """A system error in a few French words.

    >>> why(OSError(errno.EISDIR, "Is a directory"))
    'c’est un dossier'
    """
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"le {account()} n’en a pas le droit"
    return _REASONS.get(error.errno or 0, error.strerror or str(error))


_REASONS = {
    errno.ENOENT: "introuvable",
    errno.EISDIR: "c’est un dossier",
    errno.ENOTDIR: "le chemin passe par un fichier",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "le quota du disque est atteint",
    errno.EROFS: "le disque est en lecture seule",
    errno.EIO: "le disque ne répond pas comme il doit",
    errno.ELOOP: "les liens tournent en rond",
    errno.ENAMETOOLONG: "le nom est trop long",
}
