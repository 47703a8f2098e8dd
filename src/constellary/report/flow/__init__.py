"""The flow diagram of a review, drawn: texts of boxes, their places, and the SVG."""
