"""SQLAlchemy tables, one store, Alembic migrations."""
