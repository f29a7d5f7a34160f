"""Cross-field checks: what in a record a person should look at."""

from pipeline.check.checks import check

__all__ = ["check"]
