"""What this program is called and which version it is, as written into records."""

from importlib.metadata import PackageNotFoundError, version

PROGRAM = "thai-minutes"

try:
    VERSION = version(PROGRAM)
except PackageNotFoundError:  # run from a checkout that is not installed
    VERSION = "0"
