"""Ids with vectors or tokens in, hits out."""
