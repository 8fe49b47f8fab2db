"""Europass CVs in XML: SkillsPassport (until 2020) and Candidate (since), told apart by their root."""

from xml.etree.ElementTree import Element

from matcher.ingest.parsed import Parsed, Refused
from matcher.ingest.readers import europass_candidate, europass_passport
from matcher.ingest.readers.xmltree import local, parse_xml

_PASSPORT = {"SkillsPassport", "Europass", "LearnerInfo"}
_CANDIDATE = {"Candidate", "CandidateProfile"}


def read(data: bytes) -> Parsed:
    """Read an XML file; only Europass is understood."""
    return read_root(parse_xml(data))


def read_root(root: Element) -> Parsed:
    """Read a Europass document that is parsed already."""
    name = local(root)
    if name in _PASSPORT:
        return europass_passport.read(root)
    if name in _CANDIDATE:
        return europass_candidate.read(root)
    raise Refused("unknown_xml", found=name[:60])
