"""From a coded condition to its ICD-10-CM code, and from that to what a visit was about.

An ICD-10-CM code stands as it came, upper case and with its dot. A SNOMED CT concept is translated by conditions.csv,
which has only those that some rule may ask for and that ICD-10-CM (the code set of October 2025) can say without a
guess. Any other system, the WHO's ICD-10 among them, is another language.
"""

import re
from collections.abc import Iterable
from functools import cache

from wholeperson.formats.fhir.elements import codings
from wholeperson.formats.fhir.tables import rows

ICD_10_CM = {"http://hl7.org/fhir/sid/icd-10-cm", "urn:oid:2.16.840.1.113883.6.90"}
_SHAPE = re.compile(r"([A-Z]\d[0-9A-Z])\.?([0-9A-Z]{1,4})?")
_SUBSTANCE = re.compile(r"F1[0-689]")  # F17 is tobacco, which the drug treatment systems leave out
_MENTAL = re.compile(r"F[2-9]\d")
# Codes that say somebody is pregnant on that day. The rest of chapter O is said after birth as well.
_PREGNANT = re.compile(r"Z33\.[13]|Z34|Z3A|O09")
# Illnesses that pass: injuries, symptoms, infections but the lasting ones, heart attack, stress reaction, of pregnancy.
_PASSING = re.compile(r"[ORST]|A(?!1[5-9])|B(?!18|20)|I21|J[0-2]|U07|F43\.0")


@cache
def _translated() -> dict[tuple[str, str], str]:
    return {(row["system"], row["code"]): row["icd10"] for row in rows("conditions.csv")}


def icd10_of(concept: object) -> str:
    """Its ICD-10-CM code, or nothing. A code the sender chose goes before one we translate."""
    told = codings(concept)
    own = [_written(coding.code) for coding in told if coding.system in ICD_10_CM]
    ours = [_translated().get((coding.system, coding.code), "") for coding in told]
    return next(filter(None, own + ours), "")


def _written(code: str) -> str:
    shape = _SHAPE.fullmatch(code.upper())
    return ".".join(filter(None, shape.groups())) if shape else ""


def is_pregnancy(icd10: str) -> bool:
    return bool(_PREGNANT.match(icd10))


def passes(icd10: str) -> bool:
    """Whether this illness ends by itself, so that a record nobody closed speaks of its own day only."""
    return bool(_PASSING.match(icd10))


def what_about(reasons: Iterable[str]) -> str | None:
    """Mental health or substance use, by the first reason that is either; None: not known, never "neither"."""
    for icd10 in reasons:
        if _SUBSTANCE.match(icd10):
            return "substance_use"
        if _MENTAL.match(icd10):
            return "mental_health"
    return None
