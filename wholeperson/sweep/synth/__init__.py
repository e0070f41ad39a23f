"""An invented membership of any size, in the form that `sweep import` reads: for trying, showing and measuring.

Every block of members has random streams of its own, so the same seed gives the same bytes whatever the threads, and no
more than a few blocks are ever in memory. Nobody in it lives: the shares are those public reports give for Medi-Cal.
"""
