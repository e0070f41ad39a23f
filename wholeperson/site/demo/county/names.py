"""Invented names by the language somebody speaks, given in turn: the same place in line gets the same name."""

# language: (given names, family names)
NAMES = {
    "en": (
        "Alder Beryl Curtis Della Ezra Fern Gordon Hazel Irving Joyce Kermit Lorna Miles Nettie Otis Pearl Quincy "
        "Rhoda Silas Thelma Ulysses Verna Wade Yvonne",
        "Ashby Barlow Crane Dunmore Ellery Fairfax Garrick Holloway Ingram Jessup Kettering Lovell Marsh Norwood "
        "Oakes Prescott Quarles Redfern Stroud Thorne Underhill Vance Whitlock Yardley",
    ),
    "es": (
        "Alma Benito Celia Dario Elvira Fermin Graciela Horacio Irma Joaquin Lidia Moises Nieves Osvaldo Paloma "
        "Ramiro Socorro Tadeo",
        "Arroyo Barragan Carmona Duenas Escobedo Fierro Galindo Huerta Iniguez Jaramillo Ledesma Macias Naranjo "
        "Ocampo Pantoja Quiroz Rendon Sandoval",
    ),
    "zh-hant": ("An Bao Chun Da-wei Fang Guo-liang Hui Jia-yi Lan Mei-hua", "Chan Fung Ho Kwan Lau Mok Pang Tse"),
    "vi": ("Anh Binh Cuc Dung Hanh Khanh Lan Minh", "Bui Dang Ho Lam Ngo Phan Truong Vo"),
    "hmn": ("Chue Kou Mee Pao Xeng Yer", "Her Lor Moua Thao Xiong"),
    "tl": ("Amihan Bayani Corazon Dakila Ligaya", "Abad Bautista Dizon Magsaysay Salonga"),
}


def name_of(language: str, place: int) -> tuple[str, str]:
    """The given and family name of whoever stands at this place; English ones where we have none of a language."""
    given, family = (words.split() for words in NAMES.get(language, NAMES["en"]))
    return given[place % len(given)], family[(place * 7 + place // len(given)) % len(family)]
