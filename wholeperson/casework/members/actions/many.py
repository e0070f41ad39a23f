"""What `register`, `add_phone`, `hear_language` and the like do, for hundreds of members in a few questions."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from wholeperson.access.models import Organisation
from wholeperson.casework.members.actions.hearing import Heard, new_in
from wholeperson.casework.members.models import Coverage, Identifier, LanguageNeeds, Member, Phone
from wholeperson.casework.members.numbers import lawful_number
from wholeperson.record.actors import require
from wholeperson.record.pile import Pile
from wholeperson.record.sealed import fingerprint


class Members:
    """The members of some rows of a file, their telephones and months; what is new goes onto the pile.

    `known` are those that are kept already: they are locked, so that nobody else adds to them until the transaction
    ends. Call it, and write the pile, with the wall opened.
    """

    def __init__(self, pile: Pile, known: Collection[Member], *, plan: Organisation) -> None:
        require(pile.by, "member.register")
        self.pile, self.plan = pile, plan
        theirs = {"member__in": [one.pk for one in known]}
        locked = Member.objects.select_for_update(no_key=True).filter(pk__in=theirs["member__in"])
        list(locked.order_by("pk").values_list("pk"))
        self._phones = set(Phone.objects.filter(**theirs).values_list("member_id", "fingerprint"))
        heard = LanguageNeeds.objects.filter(**theirs).first_what_holds().reverse()
        self._heard: dict[UUID, LanguageNeeds] = {row.member_id: row for row in heard}
        months = Coverage.objects.filter(**theirs, plan=plan)
        self._months: set[tuple[UUID, date]] = set(months.values_list("member_id", "month"))

    def register(
        self, *, given_name: str, family_name: str, birth_date: date, language: str, county: str, cin: str
    ) -> Member:
        """Somebody new, with their CIN. Raises ValidationError for what no member can be called."""
        made = Member(
            given_name=given_name, family_name=family_name, birth_date=birth_date, language=language, county=county
        )
        made.clean_fields()
        self.pile.keep(made)
        self.pile.wrote(made, "member.register", subject=made.pk)
        value = lawful_number("cin", cin)
        number = Identifier(member_id=made.pk, system="cin", value=value, fingerprint=fingerprint("cin", value))
        self.pile.keep(number)
        self.pile.wrote(number, "identifier.add", subject=made.pk, details={"system": "cin"})
        return made

    def add_phone(self, member: Member, *, number: str, source: str) -> None:
        mark = fingerprint("phone", number)
        if (member.pk, mark) in self._phones:
            return
        self._phones.add((member.pk, mark))
        made = Phone(member_id=member.pk, number=number, fingerprint=mark, source=source, kept_at=self.pile.at)
        self.pile.keep(made)
        self.pile.wrote(made, "phone.add", subject=member.pk)

    def hear_language(self, member: Member, heard: Heard, *, source: str) -> None:
        if made := new_in(heard, self._heard.get(member.pk), member):
            made.source, made.kept_at = source, self.pile.at
            self._heard[member.pk] = made
            self.pile.keep(made)
            self.pile.wrote(made, "language.hear", subject=member.pk)

    def cover(self, member: Member, *, month: date, source: str) -> None:
        month = month.replace(day=1)
        if (member.pk, month) in self._months:
            return
        self._months.add((member.pk, month))
        made = Coverage(
            member_id=member.pk, plan_id=self.plan.pk, month=month, source=source, kept_at=self.pile.at
        )  # fmt: skip
        self.pile.keep(made)
        self.pile.wrote(made, "coverage.keep", subject=member.pk)
