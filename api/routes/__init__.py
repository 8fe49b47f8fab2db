"""JSON endpoints under /api/v1, thin: read the request, ask the engine, answer in wire types."""
