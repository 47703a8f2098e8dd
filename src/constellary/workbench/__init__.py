"""The workbench: the web application. It shows, asks and hands on; what is computed, others compute."""
