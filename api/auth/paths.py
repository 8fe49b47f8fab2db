"""Where to go after sign-in: only to a page of ours."""

from urllib.parse import urlsplit


def own_path(wanted: str) -> str:
    r"""Return a path of this service, with its query, or "/" for whatever leads elsewhere.

    >>> own_path("/postings/p1?page=2")
    '/postings/p1?page=2'
    >>> own_path("//example.org"), own_path("/\\example.org"), own_path("https://example.org")
    ('/', '/', '/')
    """
    plain = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted and wanted.isprintable()
    if not plain:
        return "/"
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return "/"
    return "/" if parts.scheme or parts.netloc else wanted
