"""python -m litsearch."""

import sys

from litsearch.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
