"""`python -m api.cli` is `matcher`."""

from api.cli.main import main

main()
