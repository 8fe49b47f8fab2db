"""Who is asking over HTTP: sessions, forms that are ours, keys, limits, headers, and sign-in at an OIDC issuer."""
