"""The only writes to members. Reading somebody's record is an action too: it leaves a row in the trail."""

from wholeperson.casework.members.actions.alike import (
    ask_again,
    find_alike,
    find_alike_among_all,
    look_at_everybody,
    look_for_alike,
    tell_apart,
)
from wholeperson.casework.members.actions.break_glass import (
    break_glass,
    has_tried_too_often,
    judge,
    keep_attempt,
    look_at_glass,
)
from wholeperson.casework.members.actions.consents import give_consent, revoke_consent
from wholeperson.casework.members.actions.contacts import (
    Said,
    ToldBefore,
    ToldOtherwise,
    may_strike,
    record_contact,
    record_try,
    strike_contact,
)
from wholeperson.casework.members.actions.family import (
    Spokesperson,
    close_to,
    end_representative,
    name_representative,
)
from wholeperson.casework.members.actions.hearing import Heard
from wholeperson.casework.members.actions.joining import join, part
from wholeperson.casework.members.actions.looking import look_at, look_at_list
from wholeperson.casework.members.actions.many import add_identifier, add_phone, cover, hear_language, register
from wholeperson.casework.members.actions.naming import NewName, rename, rename_with
from wholeperson.casework.members.actions.needs import (
    Eats,
    Speaks,
    add_former_name,
    say_food,
    say_language,
    strike_former_name,
)
from wholeperson.casework.members.actions.people import correct, tell
from wholeperson.casework.members.actions.reaching import lift_rule, move, set_rule
from wholeperson.casework.members.actions.reasons import close_relationship, keep_what_is_a_minors, relate

__all__ = [
    "Eats",
    "Heard",
    "NewName",
    "Said",
    "Speaks",
    "Spokesperson",
    "ToldBefore",
    "ToldOtherwise",
    "add_former_name",
    "add_identifier",
    "add_phone",
    "ask_again",
    "break_glass",
    "close_relationship",
    "close_to",
    "correct",
    "cover",
    "end_representative",
    "find_alike",
    "find_alike_among_all",
    "give_consent",
    "has_tried_too_often",
    "hear_language",
    "join",
    "judge",
    "keep_attempt",
    "keep_what_is_a_minors",
    "lift_rule",
    "look_at",
    "look_at_everybody",
    "look_at_glass",
    "look_at_list",
    "look_for_alike",
    "may_strike",
    "move",
    "name_representative",
    "part",
    "record_contact",
    "record_try",
    "register",
    "relate",
    "rename",
    "rename_with",
    "revoke_consent",
    "say_food",
    "say_language",
    "set_rule",
    "strike_contact",
    "strike_former_name",
    "tell",
    "tell_apart",
]
