"""The map of the city: where a place stands on the drawing, the areas' paths, and the drawing of a page.

`projection` and `city` are what pages need. `arcs`, `schematic` and `boundaries` make the paths, with Shapely, in
commands only (docs/adr/0007-map.md).
"""
