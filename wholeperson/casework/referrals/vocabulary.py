"""The words of a referral as they are kept; how they are said stands in `sayings`."""

# how it came to us
CHANNELS = "signed_in public telephone facility file sheet screener sweep follow_on".split()
# what whoever asks is to the person, as they say themselves
STANDINGS = "self family caregiver representative treating social_services community facility plan other".split()
# what somebody made sure of, so that whoever asked may learn more than that it goes on
CONFIRMED = "self treating representation consent".split()
URGENCIES = ["standard", "expedited"]
# whether it is safe to call or write to the person
SAFETY = ["yes", "ask_first", "do_not_contact"]

# The State's five statuses of a referral, each with the day from which it holds
STATE_STATUSES = "pending accepted declined outreach_initiated referral_loop_closed".split()
# The State's reasons for closing the loop. Only the first was read in a source of the State; the rest is unconfirmed.
CLOSURES = (
    "services_received provider_declined unable_to_reach no_longer_eligible no_longer_needs_or_declines other".split()
)
# why an organization cannot take somebody; ours, since no source lists them
DECLINES = "no_room not_our_service not_our_area language_or_access needs_more_care could_not_reach other".split()
ANSWERS_ELSEWHERE = "received accepted authorized refused started other".split()
# when somebody may be called back; whether a message may be left; how calling back went
TIMES = ["any", "morning", "afternoon", "evening"]
MESSAGES = ["no", "yes"]
CALL_TRIES = ["no_answer", "message_left"]  # it is tried again
CALL_ENDS = ["answered", "wrong_number", "other"]
WAYS_ELSEWHERE = "portal form email telephone file".split()

EXEMPT = "closed_loop_referral"  # the key of a programme's file that says it is exempt from the State's loop
