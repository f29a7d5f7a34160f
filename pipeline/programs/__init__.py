"""The external programs: one module each, which alone knows its flags, limits and error texts."""
