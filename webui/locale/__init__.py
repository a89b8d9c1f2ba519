"""What does the service say, in French and in English?"""

from webui.locale.catalogue import CATALOGUE, MONTHS
from webui.locale.text import (
    Language,
    Tongue,
    excerpt,
    number,
    period_in_english,
    typeset,
    unbroken,
)
