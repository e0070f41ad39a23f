"""Which of a member's papers shows what a form says."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from wholeperson.access.roles import upto
from wholeperson.casework.members.models import Member
from wholeperson.record.models import Document

OFFERED = 50


def papers_to_show(member: Member, scope: str) -> list[Document]:
    """The newest papers of a member that somebody who sees so deep may open; more than anybody looks through."""
    rows = Document.objects.filter(subject_id=member.pk, scope__in=upto(scope))
    return list(rows.order_by("-made_at", "-pk")[:OFFERED])


class ShownByPaper(forms.Form):
    """A form that may ask for a paper: only where there are some, and only for one of those."""

    papers: dict[str, Document]

    def ask_for_paper(self, papers: Iterable[Document], *, after: str = "") -> None:
        """Offer these, behind the field `after` or behind all others."""
        self.papers = {paper.public_id: paper for paper in papers}
        if not self.papers:
            return
        names = [(key, paper.name) for key, paper in self.papers.items()]
        self.fields["paper"] = forms.ChoiceField(
            label=_("Which paper shows it?"), choices=[("", _("None")), *names], required=False,
            help_text=_("The newest fifty can be chosen.") if len(names) == OFFERED else "",
        )  # fmt: skip
        if after:
            order = [name for name in self.fields if name != "paper"]
            order.insert(order.index(after) + 1, "paper")
            self.order_fields(order)

    @property
    def shown_by(self) -> Document | None:
        return self.papers.get(self.cleaned_data.get("paper", ""))
