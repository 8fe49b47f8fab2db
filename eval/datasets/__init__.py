"""Data sets written for this project."""
