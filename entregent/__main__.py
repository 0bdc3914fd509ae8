"""`python -m entregent`: the command line."""

from entregent.server.cli import main

main()
