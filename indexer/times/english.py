"""What do the English dates of a text, and those of Unix, say in French?"""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

_NAMES = """
    january=janvier february=fevrier march=mars april=avril may=mai june=juin july=juillet
    august=aout september=septembre october=octobre november=novembre december=decembre
    jan=janvier feb=fevrier mar=mars apr=avril jun=juin jul=juillet aug=aout sept=septembre
    sep=septembre oct=octobre nov=novembre dec=decembre
"""
_WEEK = """
    monday=lundi tuesday=mardi wednesday=mercredi thursday=jeudi friday=vendredi
    saturday=samedi sunday=dimanche
    mon=lundi tue=mardi tues=mardi wed=mercredi thu=jeudi thur=jeudi thurs=jeudi fri=vendredi
    sat=samedi sun=dimanche
"""
_SPANS = """
    second=secondes sec=secondes minute=minutes min=minutes hour=heures hr=heures day=jours
    week=semaines month=mois year=ans yr=ans
"""
_MONTHS, _DAYS, _UNITS = (
    dict(pair.split("=") for pair in names.split()) for names in (_NAMES, _WEEK, _SPANS)
)
_NAMES_IN_FRENCH = list(_MONTHS.values())[:12]
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_AMERICAN = re.compile(rf"\b({_MONTH})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b")
_BRITISH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH})\.?,? (\d{{4}})\b")
_AGO = re.compile(rf"\b(\d{{1,4}}|an?|one) ({'|'.join(_UNITS)})s? ago\b")
_NEAR_DAYS = re.compile(r"\b(yesterday|today|just now)\b")
_WEEKDAY = re.compile(rf"\b({'|'.join(_DAYS)})\.?,? (?=\d)")
_TWELVE = re.compile(r"\b(\d{1,2})(?::(\d\d))?(?::\d\d)? ?([ap])\.?m\b\.?")
_EDITED = re.compile(
    r"\b(?:last (?:edit|update|revision)|(?:last )?(?:edited|updated|modified))"
    r"(?: ?:| on| by .{1,40}? on)? (?=\w)"
)
_AT = re.compile(r"(?<=\d{4}) (?:at |@ ?)|(?<=hier) at |(?<=aujourd'hui) at ")


_SHORT = "jan|fev|feb|mars?|avr|apr|mai|may|juin|jun|juil|jul|aou|aout|aug|sep|sept|oct|nov|dec"
_UNIX = re.compile(
    rf"\b(?:[a-z]{{3,4}}\.?,? )?(?:(?P<month>{_SHORT}) +(?P<day>\d{{1,2}})|(?P<first>\d{{1,2}})"
    rf" (?P<second>{_SHORT})\.?) (?P<clock>\d\d:\d\d)(?::\d\d)?"
    r" (?:(?P<zone>[a-z]{3,4}|[+-]\d{4}) )?(?P<year>\d{4})\b"
)
"""« Lun 4 Mar 08:15:00 CET 2024 », as `date` and the archives of Mailman write it."""
_OURS = (None, "cet", "cest", "met", "mest")


def _of_unix(match: re.Match[str]) -> str:
    """The same in French; the day alone when its hour is that of another zone than Paris's."""
    month = match["month"] or match["second"]
    day = f"{match['day'] or match['first']} {_MONTHS.get(month, month)} {match['year']}"
    return f"{day} a {match['clock']}" if match["zone"] in _OURS else day


_MAIL = re.compile(
    rf"\b(?:[a-z]{{3}}, ?)?(?P<day>\d{{1,2}}) (?P<month>{_SHORT}) (?P<year>\d{{4}})"
    r" (?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)(?::\d\d)?"
    r" (?P<zone>[+-]\d{4}|gmt|utc?|cet|cest)\b(?: \([a-z]{1,5}\))?"
)
"""« Sat, 2 Mar 2024 08:00:00 +0100 », as letters say it and archives of them repeat it."""
_NUMBERS = {name: at for at, name in enumerate(dict.fromkeys(_NAMES_IN_FRENCH), start=1)}


def _of_mail(match: re.Match[str]) -> str:
    """The same in French, at the hour of Paris."""
    month = _MONTHS.get(match["month"], match["month"])
    day = f"{match['day']} {month} {match['year']}"
    zone = match["zone"]
    if zone in _OURS:
        return f"{day} a {match['hour']}:{match['minute']}"
    offset = f"{zone[:3]}:{zone[3:]}" if zone[0] in "+-" else "+00:00"
    number = _NUMBERS.get(month)
    iso_text = (
        f"{match['year']}-{number or 0:02}-{int(match['day']):02}"
        f"T{match['hour']}:{match['minute']}{offset}"
    )
    try:
        moment = datetime.fromisoformat(iso_text).astimezone(ZoneInfo("Europe/Paris"))
    except ValueError:
        return day
    name = list(_NUMBERS)[moment.month - 1]
    return f"{moment.day} {name} {moment.year} a {moment:%H:%M}"


_ENGLISH = re.compile(rf"\b(?:{_MONTH}|ago|yesterday|today|just now|edited|updated)\b|\d ?[ap]\.?m")


def in_french(text: str) -> str:
    """A folded text with its English dates said in French.

    >>> in_french("december 2, 2024 at 9:08 pm"), in_french("3 days ago")
    ('2 decembre 2024 a 21h08', 'il y a 3 jours')
    >>> in_french("lun 4 mar 08:15:00 cet 2024"), in_french("mon mar  4 08:15:00 utc 2024")
    ('4 mars 2024 a 08:15', '4 mars 2024')
    >>> in_french("sat, 2 mar 2024 08:00:00 +0100"), in_french("fri, 1 mar 2024 23:30:00 gmt")
    ('2 mars 2024 a 08:00', '2 mars 2024 a 00:30')
    """
    text = _MAIL.sub(_of_mail, _UNIX.sub(_of_unix, text))
    if not _ENGLISH.search(text):
        return text
    text = _EDITED.sub("modifie le ", text)
    text = _AMERICAN.sub(lambda m: f"{m[2]} {_MONTHS[m[1]]} {m[3]}", text)
    text = _WEEKDAY.sub(lambda m: _DAYS[m[1]] + " ", text)
    text = _BRITISH.sub(lambda m: f"{m[1]} {_MONTHS[m[2]]} {m[3]}", text)
    text = _AGO.sub(
        lambda m: f"il y a {m[1] if m[1].isdigit() else 1} {_UNITS[m[2]]}",
        text,
    )
    words = {"yesterday": "hier", "today": "aujourd'hui", "just now": "a l'instant"}
    text = _NEAR_DAYS.sub(lambda m: words[m[1]], text)
    text = _TWELVE.sub(_clock, text)
    return _AT.sub(" a ", text)


def _clock(match: re.Match[str]) -> str:
    hour = int(match[1]) % 12 + (12 if match[3] == "p" else 0)
    return f"{hour}h{match[2] or '00'}"
