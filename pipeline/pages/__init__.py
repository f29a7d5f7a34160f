"""From a file to upright grey pictures of its pages."""

from pipeline.pages.blank import is_blank
from pipeline.pages.image import Grey, PageImage
from pipeline.pages.rules import Rule, find_rules
from pipeline.pages.source import Source, open_source
from pipeline.pages.unruled import without_rules
from pipeline.pages.upright import deskewed, turned_upright

__all__ = [
    "Grey",
    "PageImage",
    "Rule",
    "Source",
    "deskewed",
    "find_rules",
    "is_blank",
    "open_source",
    "turned_upright",
    "without_rules",
]
