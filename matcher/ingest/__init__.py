"""Bytes to text to sections to records."""
