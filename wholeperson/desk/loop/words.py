"""The words of the loop's charts."""

from django.utils.translation import gettext_lazy as _

STAGE_NAMES = {
    "asked": _("Asked for"),
    "looked_at": _("Looked at"),
    "sent": _("Sent"),
    "taken": _("Taken"),
    "reached": _("First contact"),
    "begun": _("Service began"),
}
OUTCOMES = {
    "open": _("Still open"),
    "services_received": _("Closed: the service was received"),
    "provider_declined": _("Closed: no provider could take it"),
    "unable_to_reach": _("Closed: the person could not be reached"),
    "no_longer_eligible": _("Closed: the person can no longer have it"),
    "no_longer_needs_or_declines": _("Closed: the person no longer needs or wants it"),
    "other": _("Closed: another reason"),
    "withdrawn": _("Taken back by whoever asked"),
}
GROUPS = {  # by what is counted: (the chart's title, what a line is)
    "programme": (_("By program"), _("Program")),
    "provider": (_("By provider"), _("Provider")),
    "asker": (_("By who asked first"), _("Who asked")),
    "language": (_("By the person's language"), _("Language")),
}
ASKERS = {
    "self": _("The person themself"),
    "family": _("Family"),
    "caregiver": _("Somebody who cares for them at home"),
    "representative": _("Somebody who speaks for them"),
    "treating": _("Somebody who treats them"),
    "social_services": _("Social services, shelters, schools"),
    "community": _("Neighbors, friends, the community"),
    "facility": _("A facility where they are held or live"),
    "plan": _("The health plan"),
    "other": _("Somebody else"),
}
SIGHTS = {"own": _("What you and your team handle"), "whole": _("Numbers of the whole organization")}
AGES = (_("0 to 2 days"), _("3 to 7 days"), _("8 to 14 days"), _("15 to 30 days"), _("More than 30 days"))
