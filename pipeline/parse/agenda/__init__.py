"""The agenda: a tree of numbered items with their bodies and resolutions.

`numbering` says where an item begins, `title_end` where its title ends, `resolutions` where a resolution's text ends;
`tabled` reads an agenda that stands in ruled tables, `cells` their cells;
`beside` takes a column of resolutions without rules.
"""

from pipeline.parse.agenda.parser import Agenda, parse_agenda
from pipeline.parse.agenda.resolutions import decision_of
from pipeline.parse.agenda.tabled import holds_agenda

__all__ = ["Agenda", "decision_of", "holds_agenda", "parse_agenda"]
