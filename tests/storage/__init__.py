"""Tests of matcher.storage."""
