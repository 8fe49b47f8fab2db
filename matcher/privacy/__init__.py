"""What keeps people's identity out of the matching: redaction and masking."""
