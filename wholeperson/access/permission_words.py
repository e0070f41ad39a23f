"""Each permission as a sentence that a person can read, beside the table that says who has it."""

from django.utils.translation import gettext_lazy as _

SAID = {
    "desk.open": _("Open their desk"),
    "member.read": _("Read the record of a member they have a reason to see"),
    "member.register": _("Write down a new member"),
    "member.relate": _("Let an organization see a member, for a reason"),
    "organisation.change": _("Change their organization and its numbers"),
    "person.change": _("Invite people, give roles and end them"),
    "trail.read": _("See who did what and who read what"),
}

# how deep a role ever looks into a record, whatever is granted
DEPTH = {
    "minimal": _("Sees who the member is and where things stand."),
    "care": _("Sees what is needed to give care."),
    "sensitive": _("Sees care and health details."),
    "part2": _("Sees care, health details and, where the member agreed, drug treatment."),
}
