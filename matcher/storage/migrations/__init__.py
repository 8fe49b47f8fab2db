"""Alembic migrations, run by `matcher.storage.open`; there is no way back but a backup."""
