"""A map of California's counties as tiles, each about where it lies: drawn by us from nothing but this table.

Every county is as large as every other, so that a small one full of people is not overlooked.
"""

from collections.abc import Mapping
from dataclasses import dataclass

# short name: as road signs have it
ROWS = """
del_norte DN, siskiyou SIS, modoc MOD
humboldt HUM, trinity TRI, shasta SHA, lassen LAS
mendocino MEN, tehama TEH, butte BUT, plumas PLU
lake LAK, glenn GLE, yuba YUB, sierra SIE
sonoma SON, colusa COL, sutter SUT, nevada NEV
marin MRN, napa NAP, yolo YOL, placer PLA
san_francisco SF, solano SOL, sacramento SAC, el_dorado ED
san_mateo SM, contra_costa CC, san_joaquin SJ, amador AMA, alpine ALP
-, alameda ALA, stanislaus STA, calaveras CAL, tuolumne TUO, mono MNO
santa_cruz SCR, santa_clara SCL, merced MER, mariposa MPA
-, san_benito SBT, madera MAD, fresno FRE, inyo INY
-, monterey MON, kings KIN, tulare TUL
-, san_luis_obispo SLO, kern KER, -, san_bernardino SBD
-, santa_barbara SB, ventura VEN, los_angeles LA
-, -, -, orange ORA, riverside RIV
-, -, -, -, san_diego SD, imperial IMP
"""
SIDE, GAP = 52, 6
STEPS = (0, 1, 3, 10, 30)  # so many services or more, for each shade


@dataclass(frozen=True)
class Tile:
    """A county at its place, with how many services it has."""

    county: str
    short: str
    name: str
    x: int
    y: int
    number: int

    @property
    def shade(self) -> int:
        return max(step for step, least in enumerate(STEPS) if self.number >= least)

    @property
    def middle(self) -> int:
        return self.x + SIDE // 2

    @property
    def upper(self) -> int:
        return self.y + 23

    @property
    def center(self) -> int:
        return self.y + 31

    @property
    def lower(self) -> int:
        return self.y + 41


def places() -> dict[str, tuple[str, int, int]]:
    """County: short name, column, row."""
    found = {}
    for row, line in enumerate(ROWS.strip().splitlines()):
        for column, cell in enumerate(line.split(", ")):
            if cell != "-":
                county, short = cell.split()
                found[county] = (short, column, row)
    return found


def tiles(numbers: Mapping[str, int], names: Mapping[str, str]) -> list[Tile]:
    step = SIDE + GAP
    return [
        Tile(county, short, names.get(county, county), column * step, row * step, numbers.get(county, 0))
        for county, (short, column, row) in places().items()
    ]


def size() -> tuple[int, int]:
    step = SIDE + GAP
    columns, rows = zip(*((column, row) for _short, column, row in places().values()), strict=True)
    return (max(columns) + 1) * step - GAP, (max(rows) + 1) * step - GAP
