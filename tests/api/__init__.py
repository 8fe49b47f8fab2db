"""Tests of the JSON API and of the app that carries it."""
