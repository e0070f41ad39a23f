"""The words of the tables."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wholeperson.casework.providers.shown import county_name
from wholeperson.desk.equity.tables import EVERYBODY
from wholeperson.desk.loop import few
from wholeperson.desk.loop.charts import language_name

TITLES = {  # by what is grouped: the title, what a line is
    "language": (gettext_lazy("By the person's language"), gettext_lazy("Language")),
    "age": (gettext_lazy("By age"), gettext_lazy("Age")),
    "county": (gettext_lazy("By county"), gettext_lazy("County")),
}
ASKED, TAKEN, BEGUN, CLOSED = (
    gettext_lazy("Asked for"), gettext_lazy("Taken"), gettext_lazy("Service began"), gettext_lazy("Closed"),
)  # fmt: skip
DAYS = gettext_lazy("Days until taken, for half of them")
SHARE = gettext_lazy("of 100 asked for")


def name(key: str, group: str) -> Any:
    if group == few.TOGETHER:
        return _("Groups of 10 or fewer people, together")
    if group == EVERYBODY:
        return _("Everybody")
    if key == "language":
        return language_name(group)
    return (county_name(group) if key == "county" else group) or _("Not known")
