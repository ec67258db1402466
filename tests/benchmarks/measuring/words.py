"""Words as the field puts them together: compounds, so that there are many, and some much more common than others."""

from itertools import accumulate
from random import Random

FIRST = (
    "lese skrive regne tall brøk geometri naturfag matematikk norsk engelsk samisk kroppsøvings musikk drama "
    "teknologi klima energi realfags språk tekst sjanger grammatikk litteratur uttale begreps undervisnings lærings "
    "vurderings elev klasse skole trinn praksis fag tverrfaglig digital programmerings leke uteskole spesial "
    "mangfolds inkluderings ferdighets metode forsknings utviklings profesjons veilednings ledelses rettleiings "
    "samfunns historie geografi religions etikk"
).split()
LAST = (
    "opplæring didaktikk vurdering forståelse ferdigheter arbeid metoder teori praksis planlegging utvikling "
    "kompetanse kunnskap analyse oppgaver samtaler strategier vansker glede prosesser verktøy ressurser kultur rom "
    "miljø prosjekt modeller eksempler perspektiv teksting rettleiing undersøkelser samarbeid"
).split()
SMALL = "og i for med av på til om fra ved".split()
COMPOUNDS = Random(60).sample([first + last for first in FIRST for last in LAST], len(FIRST) * len(LAST))
WORDS = SMALL + COMPOUNDS
# Some words are in every plan of study, most in few (a word's share falls with its number); every fourth word is a small one.
_SHARES = [1 / number for number in range(1, len(COMPOUNDS) + 1)]
OF_COMPOUNDS = list(accumulate(_SHARES))
OF_WORDS = list(accumulate([OF_COMPOUNDS[-1] / 3 / len(SMALL)] * len(SMALL) + _SHARES))


def word(dice: Random) -> str:
    return dice.choices(COMPOUNDS, cum_weights=OF_COMPOUNDS)[0]


def sentence(dice: Random, length: int) -> str:
    return f"{' '.join(dice.choices(WORDS, cum_weights=OF_WORDS, k=length)).capitalize()}."


def title(dice: Random) -> str:
    return f"{word(dice).capitalize()} {dice.choice(SMALL)} {word(dice)}"
