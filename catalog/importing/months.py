"""The names of the months in bokmål, nynorsk and English, whole and shortened."""

import re

_NAMES = (
    "januar january jan",
    "februar february feb febr",
    "mars march mar",
    "april apr",
    "mai may",
    "juni june jun",
    "juli july jul",
    "august aug",
    "september sept sep",
    "oktober october okt oct",
    "november nov",
    "desember december des dec",
)
MONTHS = {name: month for month, names in enumerate(_NAMES, start=1) for name in names.split()}
MONTH = r"(?:" + "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True)) + r")"
