"""What whoever is to help has to be able to do: speak as the person does, write what they read, cook what they eat."""

from collections.abc import Iterator

from wholeperson.access.models import Person
from wholeperson.casework.members import needs
from wholeperson.casework.members.queries import foods_of, languages_of, records_of
from wholeperson.casework.referrals.models import Referral

MEALS = ("cs.mtm_msf",)


def needs_of(referral: Referral, reader: Person) -> Iterator[tuple[str, str, str]]:
    """How they speak and read, and what whoever brings meals asks for: it was told once, and nobody types it again."""
    member = referral.member
    records = records_of(reader, [member.pk])
    spoken = languages_of(reader, records).get(member.pk)
    eaten = foods_of(reader, records).get(member.pk) if referral.programme in MEALS else None
    for key, name, value in (*needs.of_language(member, spoken), *needs.of_food(eaten)):
        yield key, str(name), str(value)
