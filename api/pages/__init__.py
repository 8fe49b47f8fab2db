"""Server-rendered pages in Danish and English: templates, static files and thin routes over the engine."""
