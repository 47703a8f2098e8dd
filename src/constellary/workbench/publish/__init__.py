"""Publishing: the workbench's own pages as a static site that only shows."""
