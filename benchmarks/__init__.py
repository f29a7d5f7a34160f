"""How fast and how right the converter is, on the project's own samples."""
