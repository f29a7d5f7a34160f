"""Lines → one flow of rows and tables, page furniture set aside."""

from pipeline.layout.arrange import arrange, page_text
from pipeline.layout.flow import Element, Furniture, Layout, Row, Table
from pipeline.layout.traced import Traced

__all__ = ["Element", "Furniture", "Layout", "Row", "Table", "Traced", "arrange", "page_text"]
