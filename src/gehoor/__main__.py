"""``python -m gehoor``: the command line."""

from gehoor.cli import main

main()
