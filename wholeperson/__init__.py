"""Whole Person: from a need to a service, with the loop closed.

The programme's rules are data in `policy`; `rules` reads them and decides about one person on one day; the doors
(`commands`, and later the pages and the interfaces) ask it and say what it answered.
"""

__version__ = "0.1.0"
