"""Simulated placement logs: made by a program from stated assumptions, and called simulated wherever they are shown."""
