"""One flow of rows and tables → the record: header, attendance, agenda, signatures.

`document` is the door; `sections` cuts the flow, by what lines announce (`markers`). Where things end:

- an attendance list: `attendance.list_end`
- an agenda item's title: `agenda.title_end`
- a resolution's text: `agenda.resolutions`
- a paragraph: `blocks`
- the agenda: `paper_end`
"""

from pipeline.parse.document import Parsed, parse
from pipeline.parse.draft import Capture

__all__ = ["Capture", "Parsed", "parse"]
