"""The numbers members are known by, and how each must look."""

import re

from wholeperson.rules.problems import Problem, Refused, Where

FORMS = {"cin": (re.compile(r"[0-9]{8}[A-Z]"), "eight digits and a capital letter, such as 91234567A")}


def lawful_number(system: str, value: str) -> str:
    """The number as it is kept; refuses one that cannot be a number of that kind."""
    tidy = "".join(value.split()).upper() if system in FORMS else value.strip()
    if not tidy or (system in FORMS and not FORMS[system][0].fullmatch(tidy)):
        form = FORMS[system][1] if system in FORMS else "not empty"
        raise Refused(
            Problem(
                "not_a_number",
                f"this is no {system.upper()}",
                "a wrong number would join two people's records, or split one's",
                "copy it again from the card or the file",
                Where(path=system),
                (form,),
            )
        )
    return tidy
