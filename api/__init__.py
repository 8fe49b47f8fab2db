"""How the outside reaches the engine: the `matcher` command, JSON and pages."""
