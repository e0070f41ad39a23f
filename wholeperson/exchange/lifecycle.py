"""The life of a file that came: checked, as often as one likes, and then loaded once; a large one waits for each.

A list of requests goes the same way by verbs of its own, since others may ask than those who load a plan's file.
"""

from wholeperson.record.lifecycle import Lifecycle

RECEIVE, ASK_MANY = "exchange.receive", "referral.ask_many"
OF_A_LIST = {"check": "look_at", "load": "ask", "queue": "ask_later", "give_back": "take_back"}

FILE = Lifecycle(
    of="received_file",
    begins="arrived",
    moves=[
        ("check", "arrived", "checked", RECEIVE),
        ("load", "checked", "loaded", RECEIVE),
        ("queue", "checked", "waiting", RECEIVE),
        ("load", "waiting", "loaded", RECEIVE),
        ("give_back", "waiting", "checked", RECEIVE),
        ("look_at", "arrived", "checked", ASK_MANY),
        ("ask", "checked", "loaded", ASK_MANY),
        ("ask_later", "checked", "waiting", ASK_MANY),
        ("ask", "waiting", "loaded", ASK_MANY),
        ("take_back", "waiting", "checked", ASK_MANY),
    ],
)
