"""The constellation to look around in: one scene, by a view, for screen, file and program.

`view` says what is wanted, `build` makes the scene of it, `as_json`, `as_svg` and `as_drawing` write it.
"""
