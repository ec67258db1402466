"""Common Norwegian names, put together by chance. Whoever is called so in the world has nothing to do with the demonstration."""

from demo.dice import Dice

FIRST = (
    "Anne Inger Kari Marit Ingrid Liv Eva Berit Astrid Bjørg Hilde Anna Solveig Marianne Randi Ida Nina Maria Elisabeth Kristin Bente "
    "Heidi Silje Hanne Linda Tone Camilla Julie Emma Nora Sara Thea Ragnhild Turid Gerd Wenche Mona Elin Siri Guro Maja Ellen Fatima "
    "Aisha Zahra Mariam Anita Jan Per Bjørn Ole Lars Kjell Knut Arne Svein Thomas Hans Geir Tor Morten Terje Odd Erik Martin Andreas "
    "John Anders Rune Trond Tore Daniel Jon Kristian Magnus Henrik Stian Øyvind Eirik Håkon Sindre Vegard Nils Aslak Mikkel Mohamed "
    "Ahmed Ali Omar Yusuf Ivar Leif Harald Roar Espen"
).split()
LAST = (
    "Hansen Johansen Olsen Larsen Andersen Pedersen Nilsen Kristiansen Jensen Karlsen Johnsen Pettersen Eriksen Berg Haugen Hagen "
    "Johannessen Andreassen Jacobsen Dahl Jørgensen Halvorsen Henriksen Lund Sørensen Jakobsen Moen Gundersen Iversen Strand Solberg "
    "Svendsen Eide Knutsen Martinsen Paulsen Bakken Kristoffersen Mathisen Lie Amundsen Nguyen Rasmussen Lunde Solheim Berge Moe "
    "Nygård Bakke Fredriksen Kristensen Holm Lien Hauge Christensen Andresen Nielsen Knudsen Evensen Sæther Aas Myhre Haugland Ahmed "
    "Sandvik Rønning Ali Thorsen Vik Tveit Sivertsen Birkeland Ruud Antonsen Khan Danielsen Utsi Sara Eira Gaup Hætta Somby Nesset "
    "Fossum Brekke Bråthen Ødegård Næss Vangen Aune Ness Hovland"
).split()


def name(dice: Dice) -> str:
    return f"{dice.one_of(FIRST)} {dice.one_of(LAST)}"
