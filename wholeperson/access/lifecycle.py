"""The life of an invitation. That it has expired is no step: it is a question of the day."""

from wholeperson.record.lifecycle import Lifecycle

INVITATION = Lifecycle(
    of="invitation",
    begins="open",
    moves=[
        ("accept", "open", "accepted", "invitation.accept", ("person_id",)),
        ("withdraw", "open", "withdrawn", "person.change"),
    ],
)
