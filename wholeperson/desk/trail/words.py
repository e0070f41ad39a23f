"""What was looked at, by the word in the trail."""

from django.utils.translation import gettext_lazy as _

LOOKED_AT = {
    "member.look_at": _("The record"),
    "member.story": _("The whole story"),
    "member.list": _("A list of members"),
    "member.export": _("A list of members, taken along as a file"),
    "member.reach": _("How to reach the person"),
    "consent.list": _("Consents"),
    "consent.read": _("A consent"),
    "consent.open_form": _("The form for a consent"),
    "consent.open_revoke": _("The form to take a consent back"),
    "break_glass.look_at": _("A record opened in an emergency, to judge it"),
    "determination.read": _("What may fit"),
    "determination.read_one": _("What may fit, and why"),
    "determination.changes": _("A list of what changed"),
    "found.list": _("A list of who may fit"),
    "referral.look_at": _("A referral"),
    "referral.list": _("A list of referrals"),
    "authorization.list": _("A list of authorizations"),
    "authorization.new": _("The form for an authorization"),
    "care.today": _("A list of the day's people"),
    "file.preview": _("A file for a plan"),
    "document.open": _("A paper"),
    "trail.look_at": _("Who read the record"),
}
