"""Read by a Python with this folder on its path: under faketime with a true monotonic clock no sleep ends."""

import select
import time


def sleep(seconds: float) -> None:
    """As long as `time.sleep`, by a call of the system that faketime leaves alone."""
    select.select([], [], [], seconds)


time.sleep = sleep
