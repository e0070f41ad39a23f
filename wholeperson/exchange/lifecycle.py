"""The life of a file that came: checked, as often as one likes, and then loaded once; a large one waits for each."""

from wholeperson.record.lifecycle import Lifecycle

RECEIVE = "exchange.receive"

FILE = Lifecycle(
    of="received_file",
    begins="arrived",
    moves=[
        ("check", "arrived", "checked", RECEIVE),
        ("load", "checked", "loaded", RECEIVE),
        ("queue", "checked", "waiting", RECEIVE),
        ("load", "waiting", "loaded", RECEIVE),
        ("give_back", "waiting", "checked", RECEIVE),
    ],
)
