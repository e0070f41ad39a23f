"""The life of a file that came: checked, as often as one likes, and then loaded once."""

from wholeperson.record.lifecycle import Lifecycle

RECEIVE = "exchange.receive"

FILE = Lifecycle(of="received_file", begins="checked", moves=[("load", "checked", "loaded", RECEIVE)])
