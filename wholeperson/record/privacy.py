"""What each field tells about somebody, in one of four words. A house test finds the field that nobody judged."""

from dataclasses import dataclass

WORDS = ("open", "identifies", "sensitive", "part2")


@dataclass(frozen=True)
class Privacy:
    """The fields of a model by their word, as text: ``Privacy(open="status at", identifies="name")``.

    open: tells nothing about a person. identifies: says who they are. sensitive: health, custody, safety, secrets.
    part2: that somebody was treated for substance use. The key `id` is open everywhere.
    """

    open: str = ""
    identifies: str = ""
    sensitive: str = ""
    part2: str = ""

    def of(self, field: str) -> str | None:
        """The word for a field, or None where nobody judged it."""
        if field == "id":
            return "open"
        return next((word for word in WORDS if field in getattr(self, word).split()), None)

    def fields(self) -> list[str]:
        return [field for word in WORDS for field in getattr(self, word).split()]
