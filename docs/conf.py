"""How the documentation is built: Markdown pages, and reference pages read off the code."""

import sys
from importlib.metadata import version as installed_version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_extensions"))

project = "Constellary"
author = "The Constellary authors"
project_copyright = "The Constellary authors, MIT licence"
version = release = installed_version("constellary")

extensions = [
    "mathml",
    "myst_parser",
    "rooms",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
]
exclude_patterns = ["_extensions"]
default_role = "literal"  # `one backtick` in a docstring is code, as it is on the Markdown pages
suppress_warnings = ["ref.python"]  # two rooms may each have a class of one name

myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3

autodoc_default_options = {"members": True, "member-order": "bysource"}
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented_params"
autodoc_class_signature = "separated"
napoleon_google_docstring = False
napoleon_use_rtype = False
napoleon_use_ivar = True

html_theme = "furo"
html_title = "Constellary"
html_math_renderer = "mathml"
html_copy_source = False
html_show_sphinx = False
