"""The policy's short words (groups, units, how sure, whether a paper must be there) as a reader meets them."""

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from wholeperson.rules.calendar import span

Named = dict[str, Promise]

GROUPS: Named = {
    "housing": _("A place to live"),
    "recuperative": _("Time to heal and rest"),
    "home_like": _("Well and at home"),
}
ABOUT_GROUPS: Named = {
    "housing": _("Help to find a home, to move in, to pay for it at first, and to keep it."),
    "recuperative": _("A bed and care after a hospital stay. Rest for those who care. A safe place to sober up."),
    "home_like": _("Meals, help at home, a safer house, a way out of the nursing home."),
}
KINDS: Named = {
    "benefit": _("A benefit of Medi-Cal"),
    "population_of_focus": _("One of the groups for Enhanced Care Management"),
    "community_support": _("A Community Support"),
    "pre_release": _("Services before release"),
}
SURE: Named = {
    "verified": _("Confirmed"),
    "reported": _("Told by others, not confirmed"),
    "unconfirmed": _("Not confirmed yet"),
}
GRADES: Named = {
    "A": _("The State's own text, or the law"),
    "B": _("A health plan's own page or policy"),
    "C": _("A file or program of somebody who does this work"),
    "D": _("Somebody else's account"),
}
REQUIRED: Named = {
    "True": _("must be there"),
    "False": _("not asked for"),
    "if_possible": _("helps, if you have it"),
    "unless_waived": _("must be there, unless the plan says it can be left out"),
}
UNITS: Named = {
    "15_minutes": _("15 minutes"),
    "day": _("day"),
    "encounter": _("encounter"),
    "meal": _("meal"),
    "month": _("month"),
    "service": _("service"),
    "session": _("session"),
    "unit": _("unit"),
    "visit": _("visit"),
}
MOMENT: dict[str, Named] = {
    "expedited": {
        "usual": _("A fast answer is usual"),
        "after_a_hospital_stay": _("A fast answer may be asked for after a hospital stay"),
    },
    "retroactive": {"usual": _("A yes for days that are past is usual")},
}
SHORT = {"cs": "Community Supports", "cct": "CCT", "mssp": "MSSP"}
TOGETHER: Named = {
    "no": _("It takes the place of this program"),
    "either": _("You choose one of the two"),
    "ecm_first": _("Enhanced Care Management comes first"),
    "both": _("You can have both. The same help is not paid for twice"),
}
LEADS: Named = {
    "propose": _("may come next"),
    "task": _("somebody looks after it"),
    "automatic": _("comes by itself"),
}
OFFERS: Named = {
    "everywhere": _("Every health plan has this."),
    "some_everywhere": _("Every health plan must offer this to some people. It may offer it to others."),
    "offered": _("This plan offers it in this county."),
    "not_offered": _("This plan does not offer it in this county on this day. You may still ask."),
    "ask_the_plan": _("We do not know if this plan offers it here. Ask the plan."),
    "facility": _("This comes from the place that holds the person, not from the health plan alone."),
    "no_plan": _("Choose a health plan to see what it offers and how to ask."),
}
TONES = {"offered": "good", "everywhere": "good", "some_everywhere": "good", "not_offered": "late"}
CHANGES: Named = {
    "began": _("The program began"),
    "ended": _("The program ended"),
    "came": _("New"),
    "went": _("No longer a rule"),
    "codes": _("The list of codes changed"),
}
FOR: Named = {
    "anyone": _("anyone"),
    "member": _("members"),
    "provider": _("providers"),
    "community": _("the community"),
    "correctional_facility": _("jails, prisons and youth facilities"),
}
DAYS: Named = {
    "monday": _("Monday"),
    "tuesday": _("Tuesday"),
    "wednesday": _("Wednesday"),
    "thursday": _("Thursday"),
    "friday": _("Friday"),
    "saturday": _("Saturday"),
    "sunday": _("Sunday"),
}


def provider_type(word: str) -> str:
    """The policy's own word for a kind of provider, as English."""
    said = " ".join(SHORT.get(each, each) for each in word.split("_"))
    return said[0].upper() + said[1:]


def length(value: object) -> str:
    """``12 months`` in the reader's language; ``plan`` is the plan's to say."""
    if value == "plan":
        return gettext("the plan decides how long")
    found = span(str(value))
    if found is None:
        return str(value)
    if found.months:
        return ngettext("%(count)d month", "%(count)d months", found.months) % {"count": found.months}
    if found.days % 7 == 0:
        weeks = found.days // 7
        return ngettext("%(count)d week", "%(count)d weeks", weeks) % {"count": weeks}
    return ngettext("%(count)d day", "%(count)d days", found.days) % {"count": found.days}
