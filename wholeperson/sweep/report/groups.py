"""The groups a membership is counted by: county, language, race and ethnicity, age band."""

from datetime import date
from typing import Final

from wholeperson.sweep.leaves.plan import latest_birth
from wholeperson.sweep.report.bands import BANDS

NOT_TOLD: Final = "not_told"
SEVERAL: Final = "two_or_more"
DIMENSIONS: Final = ("county", "language", "race_ethnicity", "age_band")


def group_columns(on: date) -> dict[str, str]:
    """For every way of counting the SQL that puts a member in one group: the language is the first that is told."""
    first_language = "split_part(m.languages, ';', 1)"
    return {
        "county": f"coalesce(m.county, '{NOT_TOLD}')",
        "language": f"coalesce(nullif({first_language}, ''), '{NOT_TOLD}')",
        "race_ethnicity": f"""CASE WHEN m.race_ethnicity IS NULL THEN '{NOT_TOLD}'
            WHEN contains(m.race_ethnicity, ';') THEN '{SEVERAL}' ELSE m.race_ethnicity END""",
        "age_band": _age_band(on),
    }


def _age_band(on: date) -> str:
    older = " ".join(f"WHEN m.birth <= {latest_birth(years, on)} THEN '{band}'" for years, band in reversed(BANDS))
    return f"CASE {older} ELSE '{NOT_TOLD}' END"
