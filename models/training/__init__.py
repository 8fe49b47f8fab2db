"""Training the adapter: strings in, weights out. The only place where torch is imported with the module."""
