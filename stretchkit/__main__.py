"""`python -m stretchkit` is the command `stretchkit`."""

from stretchkit.cli import main

main()
