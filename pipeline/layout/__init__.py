"""Lines → one flow of rows, tables and pictures, page furniture set aside."""

from pipeline.layout.arrange import arrange, page_text
from pipeline.layout.flow import Element, Furniture, Layout, Picture, Row, Table
from pipeline.layout.traced import Traced

__all__ = ["Element", "Furniture", "Layout", "Picture", "Row", "Table", "Traced", "arrange", "page_text"]
