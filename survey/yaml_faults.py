"""What does the library that reads YAML raise for a file that is none?"""

from __future__ import annotations

import yaml

# Beside its own: a day 0000-00-00, a number of thousands of digits or a tag that does not fit, and lists in
# lists without end, which it follows until Python's stack is full.
YAML_FAULTS = (yaml.YAMLError, ValueError, AttributeError, LookupError, RecursionError)
