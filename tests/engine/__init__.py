"""Tests of matching: passages, features, engine."""
