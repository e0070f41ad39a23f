"""Each permission as a sentence that a person can read, beside the table that says who has it."""

from django.utils.translation import gettext_lazy as _

SAID = {
    "desk.open": _("Open their desk"),
    "application.answer": _("Go on with an application, by its private link"),
    "application.read": _("Read the applications of organizations that want to become providers"),
    "application.decide": _("Take an application to its next step, or decline it with a reason"),
    "directory.keep": _("Keep the directory entry of an organization"),
    "directory.contract": _("Say which providers have a contract with the plan"),
    "directory.import": _("Take in a directory from a file"),
    "place.hold": _("Hold a place for somebody for two hours"),
    "member.read": _("Read the record of a member they have a reason to see"),
    "member.register": _("Write down a new member"),
    "member.relate": _("Let an organization see a member, for a reason"),
    "member.export": _("Take a list of members along as a file"),
    "member.tell": _("Write down what is known of a member"),
    "determination.read": _("See what may fit a member, and why"),
    "determination.make": _("Ask the rules what may fit a member"),
    "consent.read": _("Read what a member agreed to"),
    "consent.record": _("Write down a member's consent"),
    "consent.revoke": _("Take a member's consent back for them"),
    "break_glass.open": _("Open a record when somebody's safety is at risk"),
    "break_glass.emergency": _("Open a record in a medical emergency"),
    "break_glass.review": _("Look at each record that was opened in an emergency"),
    "overlay.read": _("Read the overlays of plans"),
    "overlay.upload": _("Upload a plan's overlay, or withdraw one"),
    "overlay.approve": _("Approve an overlay that somebody else uploaded"),
    "contact.record": _("Write down a contact with a member"),
    "care.read": _("See the ECM cases of their organization"),
    "care.work": _("Take an ECM case to its next step"),
    "care.assign": _("Take over members that a plan has assigned"),
    "care.lead": _("Say who leads a member's care"),
    "exchange.receive": _("Load the files that plans send"),
    "exchange.send": _("Send the files that plans ask for"),
    "organisation.change": _("Change their organization and its numbers"),
    "person.change": _("Invite people, give roles and end them"),
    "invitation.accept": _("Accept an invitation they were given"),
    "trail.read": _("See who did what and who read what"),
    "piece.read": _("See what is being written for the shelf"),
    "piece.write": _("Write bulletins, sessions and answers"),
    "piece.review": _("Let through what somebody else wrote"),
    "piece.publish": _("Publish what was reviewed, and withdraw it"),
    "contact.verify": _("Say that a plan's contact answered"),
}

# how deep a role ever looks into a record, whatever is granted
DEPTH = {
    "minimal": _("Sees who the member is and where things stand."),
    "care": _("Sees what is needed to give care."),
    "sensitive": _("Sees care and health details."),
    "part2": _("Sees care, health details and, where the member agreed, drug treatment."),
}
