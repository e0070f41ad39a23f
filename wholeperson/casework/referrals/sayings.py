"""Every word of a referral in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STATUSES: dict[str, tuple["str | Promise", str]] = {  # status: (its word, its tone)
    "received": (_("Received"), "soon"),
    "screened": (_("Looked at, to be sent"), "soon"),
    "asked": (_("Something was asked"), "soon"),
    "sent": (_("Sent, waiting for an answer"), "soon"),
    "elsewhere": (_("With another plan or provider"), "soon"),
    "accepted": (_("Taken"), "good"),
    "reaching": (_("The person is being reached"), "good"),
    "started": (_("The service has begun"), "good"),
    "on_hold": (_("On hold"), "quiet"),
    "closed": (_("Closed"), "quiet"),
    "withdrawn": (_("Was taken back"), "quiet"),
}
NEXT: dict[str, "str | Promise"] = {
    "received": _("Somebody looks at it and finds out which plan it belongs to."),
    "screened": _("An organization that gives this service is chosen."),
    "asked": _("Whoever asked tells what is missing. If nobody answers, it goes on without."),
    "sent": _("The organization answers. If it cannot, or says nothing, another one is chosen."),
    "elsewhere": _("The other plan or provider answers, and what they say is written down here."),
    "accepted": _("The organization calls or visits the person."),
    "reaching": _("The organization goes on until it has reached the person, and begins."),
    "started": _("The request is closed. The service itself goes on."),
    "on_hold": _("Somebody looks at it again."),
    "closed": _("Nothing more happens. If help is needed again, it can be opened again."),
    "withdrawn": _("Nothing more happens. You can ask again at any time."),
}
RECEIVED_AND_CLOSED = _("The request is done. The service itself goes on.")
# what whoever may not know more is told: a word, its tone, what comes next
LITTLE: dict[str, tuple["str | Promise", str, "str | Promise"]] = {
    "received": (_("Received"), "soon", _("Somebody looks at it.")),
    "worked_on": (_("Being worked on"), "good", _("Somebody works on it. You can look again here at any time.")),
    "closed": (_("Closed"), "quiet", _("It is closed. If help is still needed, ask again, or call the health plan.")),
}
VERBS: dict[str, "str | Promise"] = {
    "screen": _("Looked at: go on"),
    "ask": _("Ask for what is missing"),
    "send": _("Choose where it goes"),
    "send_elsewhere": _("It goes to somebody outside"),
    "hear": _("Write down what they told"),
    "recall": _("Take it back and choose another"),
    "accept": _("We take it"),
    "decline": _("We cannot take it"),
    "give_back": _("Give it back"),
    "reach": _("We tried to reach the person"),
    "start": _("The service has begun"),
    "hold": _("Put it on hold"),
    "resume": _("Go on with it"),
    "close": _("Close it"),
    "reopen": _("Open it again"),
    "withdraw": _("Take the request back"),
    "tell": _("Tell what was asked"),
}
YES_NO = [("yes", _("Yes")), ("no", _("No"))]
SAME = [("yes", _("Yes, it is told twice")), ("no", _("No, it was another try"))]
DONE: dict[str, "str | Promise"] = {  # what an answer did, for whoever gave it
    "accept": _("You took it. Call or visit the person next."),
    "decline": _("You said no: %(reason)s. It went back to %(handler)s; you have nothing more to do."),
    "give_back": _("You gave it back: %(reason)s. It is with %(handler)s again; you have nothing more to do."),
}
STEPS: dict[str, "str | Promise"] = {  # what happened, in a story
    "begin": _("Somebody asked for it"),
    "screen": _("It was looked at"),
    "ask": _("Something was asked"),
    "tell": _("What was asked was answered"),
    "go_on": _("Nobody answered, and it goes on without"),
    "send": _("It was sent to an organization"),
    "send_elsewhere": _("It was sent to somebody outside"),
    "return": _("They said no; another one is chosen"),
    "accept": _("The organization took it"),
    "decline": _("The organization could not take it"),
    "lapse": _("Nobody answered in time; another one is chosen"),
    "recall": _("It was taken back to choose another"),
    "give_back": _("The organization gave it back"),
    "reach": _("They tried to reach the person"),
    "start": _("The service began"),
    "hold": _("It was put on hold"),
    "resume": _("It goes on"),
    "resume_work": _("It goes on"),
    "close": _("It was closed"),
    "withdraw": _("It was taken back"),
    "reopen": _("It was opened again"),
}
SENDINGS: dict[str, "str | Promise"] = {
    "waiting": _("Waits for an answer"),
    "accepted": _("They take it"),
    "declined": _("They cannot take it"),
    "lapsed": _("Nobody answered in time"),
    "recalled": _("It was taken back"),
    "given_back": _("They gave it back"),
}
CLOSURES: dict[str, "str | Promise"] = {
    "services_received": _("The service was received"),
    "provider_declined": _("No provider could take it"),
    "unable_to_reach": _("The person could not be reached"),
    "no_longer_eligible": _("The person can no longer have it"),
    "no_longer_needs_or_declines": _("The person no longer needs or wants it"),
    "other": _("Another reason"),
}
DECLINES: dict[str, "str | Promise"] = {
    "no_room": _("We have no room now"),
    "not_our_service": _("We do not give this service"),
    "not_our_area": _("The person is too far away"),
    "language_or_access": _("We cannot offer the language or access they need"),
    "needs_more_care": _("The person needs more care than we can give"),
    "could_not_reach": _("We could not reach the person"),
    "other": _("Another reason"),
}
STANDINGS: dict[str, "str | Promise"] = {
    "self": _("I ask for myself"),
    "family": _("I am family"),
    "caregiver": _("I care for the person at home"),
    "representative": _("I speak for the person: parent, guardian or representative"),
    "treating": _("I treat the person, or work where they are treated"),
    "social_services": _("I help the person in my work: shelter, school, social services"),
    "community": _("I know the person as a neighbor, a friend or from the community"),
    "facility": _("I work where the person is held or lives"),
    "plan": _("I work for the health plan"),
    "other": _("Something else"),
}
ASKERS: dict[str, "str | Promise"] = {  # the same, to whoever reads who asked
    "self": _("The person themselves"),
    "family": _("Family of the person"),
    "caregiver": _("Cares for the person at home"),
    "representative": _("Speaks for the person: parent, guardian or representative"),
    "treating": _("Treats the person, or works where they are treated"),
    "social_services": _("Helps the person at work: shelter, school, social services"),
    "community": _("A neighbor, a friend or somebody from the community"),
    "facility": _("Works where the person is held or lives"),
    "plan": _("Works for the health plan"),
    "other": _("Somebody else"),
}
PUBLIC_STANDINGS = ("self", "family", "caregiver", "representative", "community", "social_services")
SAFETY: dict[str, "str | Promise"] = {
    "yes": _("Yes, call or write"),
    "ask_first": _("I am not sure: think first about who else could hear or read it"),
    "do_not_contact": _("No: do not call or write. Reach the person another way"),
}
URGENCIES: dict[str, "str | Promise"] = {
    "standard": _("It can wait a few days"),
    "expedited": _("It cannot wait: somebody may come to harm, or has no place to go"),
}
CONFIRMED: dict[str, "str | Promise"] = {
    "self": _("They are the person themselves"),
    "treating": _("They treat the person"),
    "representation": _("They may speak for the person"),
    "consent": _("The person agreed that they are told"),
}
STATE_STATUSES: dict[str, "str | Promise"] = {
    "pending": _("Pending"),
    "accepted": _("Accepted"),
    "declined": _("Declined"),
    "outreach_initiated": _("Outreach initiated"),
    "referral_loop_closed": _("Referral loop closed"),
}
ANSWERS_ELSEWHERE: dict[str, "str | Promise"] = {
    "received": _("They have it (a receipt)"),
    "accepted": _("They take it"),
    "authorized": _("They authorized it"),
    "refused": _("They said no"),
    "started": _("The service has begun"),
    "other": _("Something else"),
}
WAYS_ELSEWHERE: dict[str, "str | Promise"] = {
    "portal": _("Their web page"),
    "form": _("Their form on paper"),
    "email": _("Secure email"),
    "telephone": _("Telephone"),
    "file": _("A file"),
}
NOTICES: dict[str, "str | Promise"] = {
    "received": _("that the request is here"),
    "assigned": _("who has it now"),
    "started": _("that the service began"),
    "closed": _("that it is closed"),
}
HELD_BACK: dict[str, "str | Promise"] = {
    "do_not_contact": _("Nobody may call or write to the person"),
    "ask_first": _("Whether it is safe to write is not known yet"),
    "unsafe": _("The person flees violence"),
    "no_address": _("There is no verified address"),
    "format": _("They asked for braille, or for something to listen to"),
    "not_approved": _("Nobody at the plan has approved the text"),
}
MAILBOXES: dict[str, tuple[str, "str | Promise"]] = {
    "verified": ("good", _("Verified")),
    "sent": ("soon", _("A link was sent. Nobody has pressed its button yet")),
    "too_old": ("soon", _("The link is too old, and nobody pressed its button")),
    "not_sent": ("soon", _("Not verified. Nothing was sent: somebody has to look first whether it is safe to write")),
    "came_back": ("late", _("The mail came back. Nothing is written there")),
}
TIMES: dict[str, "str | Promise"] = {
    "any": _("At any time"),
    "morning": _("In the morning"),
    "afternoon": _("In the afternoon"),
    "evening": _("In the evening"),
}
MESSAGES: dict[str, "str | Promise"] = {
    "no": _("No, or nobody knows"),
    "yes": _("Yes, they said so"),
}
CALLS: dict[str, "str | Promise"] = {
    "no_answer": _("Nobody answered"),
    "message_left": _("A message was left"),
    "answered": _("We talked. They need nothing more"),
    "wrong_number": _("It is not their number"),
    "other": _("Another reason to call no more"),
}
# what a form may ask for, in the order of the sheet
FORM_FIELDS: dict[str, "str | Promise"] = {
    "today": _("Day on which the form is filled"),
    "asker": _("Name of whoever asks"),
    "asker_organization": _("Organization of whoever asks"),
    "asker_standing": _("What they are to the person"),
    "asker_phone": _("Telephone of whoever asks"),
    "request_number": _("Number of the request"),
    "full_name": _("First and last name of the person"),
    "first_name": _("First name of the person who needs help"),
    "last_name": _("Last name"),
    "birth_date": _("Birth date"),
    "medi_cal_number": _("Medi-Cal number"),
    "phone": _("Telephone of the person"),
    "where": _("Where to find the person"),
    "language": _("Language"),
    "language_written": _("Language they read"),
    "interpreter": _("Interpreter"),
    "format": _("How they want to get letters"),
    "allergies": _("Food that makes them ill"),
    "diet": _("How they eat"),
    "kitchen": _("To keep and warm food"),
    "safe_to_contact": _("Safe to call or write?"),
    "service": _("Service"),
    "urgency": _("How soon?"),
    "urgent_because": _("Why it cannot wait"),
    "wish": _("The person's wish"),
    "comment": _("In their words"),
}
