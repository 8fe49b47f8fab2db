"""Tests of the training of the adapter."""
