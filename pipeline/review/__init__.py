"""A person checks records: a local web application, its decisions, and what is published of them."""

from pipeline.review.document import Archive
from pipeline.review.published import Published, publish, published

__all__ = ["Archive", "Published", "publish", "published"]
