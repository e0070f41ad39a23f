"""What was looked at or changed, by the words in the trail."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from wholeperson.casework.authorizations import presenters as authorizations
from wholeperson.casework.care import presenters as care
from wholeperson.casework.referrals import sayings as referrals
from wholeperson.record.models import AuditRow

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
    "trail.look_at": _("Who read or changed the record"),
    "trail.export": _("Who read or changed the record, taken along as a file"),
}
# what was changed, by the kind of thing
CHANGED: dict[str, Any] = {
    "members.member": _("The record"),
    "members.fact": _("What is known of the person"),
    "members.identifier": _("A number of the person"),
    "members.phone": _("A telephone number"),
    "members.address": _("Where the person lives"),
    "referrals.membermailbox": _("An email address"),
    "members.coverage": _("Which plan covers the person"),
    "members.languageneeds": _("Language and letters"),
    "members.foodneeds": _("Food and kitchen"),
    "members.formername": _("A former name"),
    "members.renaming": _("The name"),
    "members.relationship": _("Who may see the record"),
    "members.representative": _("Who speaks for the person"),
    "members.contact": _("A contact"),
    "members.contactrule": _("A rule of contact"),
    "members.consent": _("A consent"),
    "members.breakglass": _("A record opened in an emergency"),
    "members.likeness": _("Two records that may be of one person"),
    "members.joining": _("Two records of one person"),
    "eligibility.basis": _("What may fit"),
    "referrals.referral": _("A referral"),
    "referrals.asking": _("What was told with a referral"),
    "referrals.sending": _("To whom a referral was sent"),
    "referrals.elsewhere": _("To whom a referral was sent"),
    "referrals.notice": _("A message about a referral"),
    "record.outgoing": _("A message that went out"),
    "record.document": _("A paper"),
    "authorizations.authorization": _("An authorization"),
    "care.case": _("Care management"),
    "care.planreview": _("A look at the care plan"),
    "releases.leaving": _("The day of a release"),
}
# the words of a step, by the word in the trail under `verb` or `to`
STEPS: dict[str, tuple[str, Mapping[str, Any]]] = {
    "referrals.referral": ("verb", referrals.STEPS),
    "referrals.sending": ("to", referrals.SENDINGS),
    "authorizations.authorization": ("to", {one: said for one, (said, _tone) in authorizations.STATUSES.items()}),
    "care.case": ("to", {one: said for one, (said, _tone) in care.STATUSES.items()}),
}
ENDED = ("relationship.end", "relationship.close", "representative.end", "identifier.end", "contact_rule.lift")
STRUCK = ("contact.strike", "former_name.strike", "care.strike_review")
NAMED = {
    **dict.fromkeys(ENDED, _("ended")), **dict.fromkeys(STRUCK, _("struck out")), "member.correct": _("corrected"),
    "member.register": _("made"), "care.lead": _("who leads it"),
}  # fmt: skip


def said(row: AuditRow) -> str:
    """What a row of the trail tells of, in words; a word that nobody put into words as it stands there."""
    if row.did == "read":
        return str(LOOKED_AT.get(row.verb, row.verb))
    thing, how = str(CHANGED.get(row.thing_kind, row.thing_kind)), NAMED.get(row.verb, "")
    if row.thing_kind in STEPS and not how:
        field, words = STEPS[row.thing_kind]
        how = words.get(row.verb if field == "verb" else row.details.get("to", ""), "")
    return f"{thing}: {how}" if how else thing
