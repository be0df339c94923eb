"""python -m litsearch."""

import sys

from litsearch.doors.cli import main

if __name__ == "__main__":
    sys.exit(main())
