"""FHIR R4 Bundles into the plain record of one person. Standard library only, no clock, no FHIR library.

Choices that a reader should know of; each stands in the module that makes it:

- Only what is said is kept, and only for as long as it can be trusted (screening.py, questionnaire.py). There is no
  "today" here: how long an answer holds is counted from the day it was given.
- Nothing is ever complete: a bundle is what one system had, so no absence in it means "no".
- A claim for payment is not read for visits; its Encounter is, and reading both would count a visit twice.
- What a sender wrote is repeated in a reason only where it is a code or an insurer's name, never a person's words.
"""

from wholeperson.formats.fhir.bundle import FhirReading, read_bundle
from wholeperson.formats.fhir.opening import NotABundle

__all__ = ["FhirReading", "NotABundle", "read_bundle"]
