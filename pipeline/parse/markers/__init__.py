"""What a line announces: the document's title, an attendance list, an agenda item, a resolution …"""

from pipeline.parse.markers.find import document_marker, find_marker
from pipeline.parse.markers.marker import Announced, Marker

__all__ = ["Announced", "Marker", "document_marker", "find_marker"]
