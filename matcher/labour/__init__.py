"""Danish labour-market facts as dated data: study programmes, kinds of work and what people call them."""

from matcher.labour.isco import UnitGroup, UnknownUnitGroup, read_unit_groups, unit_group
from matcher.labour.programmes import ImpliedCompetence, Programme, read_programmes
from matcher.labour.recognition import find_programmes, recognise

__all__ = [
    "ImpliedCompetence",
    "Programme",
    "UnitGroup",
    "UnknownUnitGroup",
    "find_programmes",
    "read_programmes",
    "read_unit_groups",
    "recognise",
    "unit_group",
]
