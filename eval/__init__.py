"""Is it good, and for whom: measures, runs, baselines, reports."""
