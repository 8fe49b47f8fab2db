"""JSON: a JSON Resume (https://jsonresume.org/schema) or a schema.org JobPosting."""

import json
from collections.abc import Mapping

from matcher.ingest.limits import MARKUP_BYTES, MEGABYTE
from matcher.ingest.parsed import Parsed, Refused
from matcher.ingest.readers import job_posting, json_resume
from matcher.ingest.readers.plain import decode

_RESUME = ({"basics"}, {"work", "education"}, {"education", "skills"})


def read(data: bytes) -> Parsed:
    """Read a JSON file; what is neither a resume nor a posting is refused."""
    if len(data) > MARKUP_BYTES:
        raise Refused("too_large", size=-(-len(data) // MEGABYTE), limit=MARKUP_BYTES // MEGABYTE)
    try:
        document = json.loads(decode(data), strict=False)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":  # one record a line
            raise Refused("unknown_json") from error
        raise Refused("damaged", why=str(error)) from error
    if isinstance(document, Mapping) and any(keys <= document.keys() for keys in _RESUME):
        return json_resume.read(document)
    posting = next(job_posting.postings_in(document), None)
    if posting is None:
        raise Refused("unknown_json")
    return job_posting.parsed(posting)
