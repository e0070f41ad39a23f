"""How a process that goes on for long leaves the collector of garbage alone."""

import gc


def settle() -> None:
    """What is loaded by now stays for good, so it need not be looked through again with each request or job.

    A page, or a thousand rows of a file, make and drop tens of thousands of things: it looks after as many, and not
    after each seven hundred.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
