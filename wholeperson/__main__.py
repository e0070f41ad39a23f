"""`python -m wholeperson` is the same door as the command `wholeperson`."""

import sys

from wholeperson.commands.main import main

if __name__ == "__main__":
    sys.exit(main())
