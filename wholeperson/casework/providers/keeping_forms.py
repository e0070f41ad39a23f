"""What a keeper says: of a service, of a place, of what is free."""

import re
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from wholeperson.access.models import Organisation
from wholeperson.casework.providers import asked, offers
from wholeperson.casework.providers.actions import Said
from wholeperson.casework.providers.models import Service, Site
from wholeperson.casework.providers.models.offering import ECM
from wholeperson.casework.providers.models.room import BEDS

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
MOST = 9999
ABOUT = _("Plain words. Anyone can read this.")
HOURS = _("From and until, like 09:00-17:00. Leave it empty where it is closed.")
FROM_UNTIL = re.compile(r"^([01]\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]\d|2[0-3]):([0-5]\d)$")


def _many(label: Any, *, required: bool = False, **named: Any) -> forms.MultipleChoiceField:
    said = {"required": _("Choose at least one.")}
    box = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, required=required, widget=box, error_messages=said, **named)


class ServiceForm(forms.Form):
    """A service as it stands, or a new one."""

    name = forms.CharField(
        label=_("Your own name for it"), help_text=_("If you have one."), max_length=200, required=False
    )
    about = forms.CharField(
        label=_("What you do"),
        help_text=ABOUT,
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    populations = _many(_("For whom"))
    counties = _many(_("Counties"), required=True)
    zips = forms.CharField(
        label=_("Only these ZIP codes"), help_text=_("Leave it empty if you go everywhere in these counties."),
        max_length=2000, required=False,
    )  # fmt: skip
    languages = _many(_("Languages"))
    sites = _many(_("Where you give it"))
    youngest = forms.IntegerField(label=_("Youngest age"), min_value=0, max_value=120, required=False)
    oldest = forms.IntegerField(label=_("Oldest age"), min_value=0, max_value=120, required=False)
    most = forms.IntegerField(
        label=_("People at once"),
        help_text=_("By your license or contract."),
        min_value=0,
        max_value=MOST,
        required=False,
    )
    licence = forms.CharField(label=_("License"), max_length=120, required=False)
    licence_until = forms.DateField(label=_("License holds until"), required=False, widget=DAY)
    phone = forms.CharField(label=_("Telephone"), help_text=_("Anyone can read this."), max_length=40, required=False)
    email = forms.EmailField(label=_("Email"), help_text=_("Anyone can read this."), max_length=254, required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    keeper_email = forms.EmailField(
        label=_("Whom we ask what is free"), help_text=_("An email address. Only we and your plans see it."),
        max_length=254, required=False,
    )  # fmt: skip
    keeper_phone = forms.CharField(
        label=_("Telephone for referrals"), help_text=_("Only we and your plans see it."), max_length=40, required=False
    )
    field_order = ("organisation", "programme")

    def __init__(
        self,
        *given: Any,
        owners: Iterable[Organisation],
        sites: Iterable[Site],
        service: Service | None = None,
        **named: Any,
    ) -> None:
        super().__init__(*given, **named)
        self.service, self.known_sites = service, {site.public_id: site for site in sites}
        self._choices("populations", [(one, asked.name(one)) for one in offers.populations()])
        self._choices("counties", _counties())
        self._choices("languages", asked.LANGUAGES.items())
        self._choices("sites", [(id, site.name) for id, site in self.known_sites.items()])
        if service is None:
            self._begin(list(owners))
        else:
            self.initial = _before(service)
            if service.programme != ECM:
                del self.fields["populations"]
        if not self.known_sites:
            del self.fields["sites"]

    def _choices(self, field: str, choices: Any) -> None:
        cast(forms.ChoiceField, self.fields[field]).choices = list(choices)

    def _begin(self, owners: list[Organisation]) -> None:
        self.owners = {one.public_id: one for one in owners}
        whose = [(id, one.name) for id, one in self.owners.items()]
        what = [(one, asked.name(one)) for one in offers.offered()]
        self.fields["programme"] = forms.ChoiceField(label=_("What do you give?"), choices=what)
        self.fields["organisation"] = forms.ChoiceField(label=_("For which organization?"), choices=whose)
        if len(whose) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.fields["organisation"].initial = whose[0][0]
        self.order_fields(self.field_order)

    def clean_zips(self) -> list[str]:
        words = str(self.cleaned_data["zips"]).replace(",", " ").split()
        wrong = [word for word in words if not re.fullmatch(r"\d{5}", word)]
        if wrong:
            raise forms.ValidationError(_("A ZIP code has five digits."))
        return words

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        youngest, oldest = said.get("youngest"), said.get("oldest")
        if youngest is not None and oldest is not None and oldest < youngest:
            self.add_error("oldest", _("The oldest age is below the youngest."))
        if (said.get("programme") or (self.service.programme if self.service else "")) == ECM and not said.get(
            "populations"
        ):
            self.add_error("populations", _("Choose at least one."))
        return said

    @property
    def said(self) -> dict[str, Any]:
        told = {name: value for name, value in self.cleaned_data.items() if name not in ("organisation", "programme")}
        if "sites" in told:
            told["sites"] = [self.known_sites[id] for id in told["sites"]]
        if self.cleaned_data.get("programme", ECM) != ECM:
            told["populations"] = []
        return told


def _counties() -> list[tuple[str, str]]:
    """All of California's, by name."""
    names = sorted((str(one["name"]), id) for id, one in asked.policy().counties.items())
    return [(id, name) for name, id in names]


def _before(service: Service) -> dict[str, Any]:
    fields = {field.name: getattr(service, field.name) for field in Service._meta.concrete_fields}
    sets = {"counties": service.said("county"), "languages": service.said("language"),
            "populations": service.said("population"), "zips": ", ".join(service.said("zip")),
            "sites": [site.public_id for site in service.sites.all()]}  # fmt: skip
    return {**fields, **sets}


class SiteForm(forms.Form):
    """A place."""

    name = forms.CharField(label=_("Name of the place"), max_length=200)
    street = forms.CharField(label=_("Street and number"), max_length=200, required=False)
    city = forms.CharField(label=_("Town"), max_length=80, required=False)
    zip = forms.RegexField(r"^\d{5}$", label=_("ZIP code"), required=False,
                           error_messages={"invalid": _("A ZIP code has five digits.")})  # fmt: skip
    county = forms.ChoiceField(label=_("County"))
    is_hidden = forms.BooleanField(
        label=_("Keep the address secret"), help_text=_("For a refuge: only its county is shown."), required=False
    )
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    accessibility = _many(_("What the building has"), choices=list(offers.ACCESSIBLE.items()))
    closed_on = forms.DateField(label=_("Closed from this day on"), required=False, widget=DAY)

    def __init__(
        self, *given: Any, site: Site | None = None, owners: Iterable[Organisation] = (), **named: Any
    ) -> None:
        super().__init__(*given, **named)
        cast(forms.ChoiceField, self.fields["county"]).choices = _counties()
        for day, label in offers.DAYS.items():
            self.fields[f"hours_{day}"] = forms.CharField(label=label, required=False, max_length=20)
        self.fields["hours_MO"].help_text = HOURS
        self.owners = {one.public_id: one for one in owners}
        if site is None:
            whose = [(id, one.name) for id, one in self.owners.items()]
            self.fields["organisation"] = forms.ChoiceField(label=_("For which organization?"), choices=whose)
            self.order_fields(["organisation"])
        else:
            fields = {field.name: getattr(site, field.name) for field in Site._meta.concrete_fields}
            self.initial = fields | {f"hours_{day}": "-".join(pair) for day, pair in site.hours.items()}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        hours = {}
        for day in offers.DAYS:
            text = str(said.pop(f"hours_{day}", "")).strip()
            found = FROM_UNTIL.match(text)
            if text and not found:
                self.add_error(f"hours_{day}", HOURS)
            elif found:
                hours[day] = [f"{found[1]}:{found[2]}", f"{found[3]}:{found[4]}"]
        return {**said, "hours": hours}

    @property
    def said(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "organisation"}


class RoomForm(forms.Form):
    """What is free: beds by who may have them, or places; and how many wait. What stays empty is not said."""

    def __init__(self, *given: Any, service: Service, **named: Any) -> None:
        super().__init__(*given, **named)
        known = {
            (row.kind, row.who, row.accessible): row.number for row in service.capacities.all() if row.site_id is None
        }
        self.keys: dict[str, tuple[str, str, bool]] = {}
        for kind in offers.kinds_for(service.programme):
            for who, accessible in _rows(kind):
                self._add(kind, who, accessible, known.get((kind, who, accessible)))

    def _add(self, kind: str, who: str, accessible: bool, before: int | None) -> None:
        name = f"{kind}_{who}{'_roll' if accessible else ''}"
        label = " · ".join(str(one) for one in (
            offers.KINDS[kind], *([offers.WHO[who]] if kind == BEDS else []),
            *([offers.ACCESSIBLE["wheelchair"]] if accessible else []),
        ))  # fmt: skip
        self.fields[name] = forms.IntegerField(
            label=label, min_value=0, max_value=MOST, required=False, initial=before,
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        )  # fmt: skip
        self.keys[name] = (kind, who, accessible)

    @property
    def said(self) -> list[Said]:
        """What was said; a number that was there and is gone is none."""
        told = []
        for name, (kind, who, accessible) in self.keys.items():
            value, before = self.cleaned_data.get(name), self.fields[name].initial
            if value is not None or before is not None:
                told.append(Said(kind, value or 0, who, accessible))
        return told

    @property
    def before(self) -> list[Said]:
        """What was said last, to be said again."""
        known = [(self.fields[name].initial, *key) for name, key in self.keys.items()]
        return [Said(kind, number, who, accessible) for number, kind, who, accessible in known if number is not None]


def _rows(kind: str) -> list[tuple[str, bool]]:
    if kind == BEDS:
        return [(who, accessible) for who in offers.WHO for accessible in (False, True)]
    return [("anyone", False)]


class ContractForm(forms.Form):
    """That a plan pays for a service, from a day and until a day."""

    plan = forms.ChoiceField(label=_("Health plan"))
    since = forms.DateField(label=_("From"), widget=DAY)
    until = forms.DateField(
        label=_("Until"), help_text=_("Leave it empty if no end is known."), required=False, widget=DAY
    )

    def __init__(self, *given: Any, plans: Iterable[Organisation], **named: Any) -> None:
        super().__init__(*given, **named)
        self.plans = {one.public_id: one for one in plans}
        cast(forms.ChoiceField, self.fields["plan"]).choices = [(id, one.name) for id, one in self.plans.items()]
