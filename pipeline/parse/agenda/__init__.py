"""The agenda: a tree of numbered items with their bodies and resolutions.

`numbering` says where an item begins, `title_end` where its title ends, `resolutions` where a resolution's text ends.
"""

from pipeline.parse.agenda.parser import Agenda, parse_agenda
from pipeline.parse.agenda.resolutions import decision_of

__all__ = ["Agenda", "decision_of", "parse_agenda"]
