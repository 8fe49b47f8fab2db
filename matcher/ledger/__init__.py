"""What was shown and decided, by whom: verdicts, and an append-only decision log that can be checked and replayed."""
