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
    "sphinx.ext.apidoc",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
]
exclude_patterns = ["_extensions", "reference/api/modules.rst"]
default_role = "literal"  # `one backtick` in a docstring is code, as it is on the Markdown pages
nitpicky = False

myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3

apidoc_modules = [
    {
        "path": "../src/constellary",
        "destination": "reference/api",
        "exclude_patterns": ["../src/constellary/cli", "../src/constellary/__main__.py"],
        "separate_modules": True,
        "module_first": True,
    }
]
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
