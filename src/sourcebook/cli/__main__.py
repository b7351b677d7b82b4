"""``python -m sourcebook.cli``."""

import sys

from sourcebook.cli import main

__all__: list[str] = []

if __name__ == "__main__":
    sys.exit(main())
