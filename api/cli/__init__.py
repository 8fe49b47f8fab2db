"""The `matcher` command."""
