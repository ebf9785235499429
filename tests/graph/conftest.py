"""The hand-made documents, for the unit tests of the graph."""

import importlib.util
import sys
from pathlib import Path

if "factories" not in sys.modules:
    spec = importlib.util.spec_from_file_location("factories", Path(__file__).parents[1] / "factories.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["factories"] = module
    spec.loader.exec_module(module)
