"""The pen: a process of its own that turns specifications into SVG, one line of JSON a drawing.

The converter keeps Python's lock while it draws, so that in one process nothing else could be computed
meanwhile. Run as `python -m constellary.report.pen`; `drawing.Desk` starts it and ends it.
"""

from __future__ import annotations

import json
import sys


def main() -> None:
    """Answer each line `{"spec": ..., "version": ...}` with `{"svg": ...}` or `{"fault": ...}`."""
    import vl_convert

    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = {"svg": vl_convert.vegalite_to_svg(asked["spec"], vl_version=asked["version"])}
        except ValueError as error:
            answer = {"fault": str(error)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
