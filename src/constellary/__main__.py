"""`python -m constellary`: the command line without its script."""

from constellary.cli.main import main

if __name__ == "__main__":
    main()
