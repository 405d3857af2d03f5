"""`python -m clipview` does what `clipview` does."""

import sys

from clipview.cli import main

if __name__ == "__main__":
    sys.exit(main())
