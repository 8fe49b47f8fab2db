"""What matching means: records, ingest, features, engine."""
