"""The shipped map is what its recipe gives, its final paths fit together, and every place stands where it belongs."""

from itertools import combinations

import pytest
import shapely
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, Polygon

from sentra.map import arcs, projection
from sentra.map.city import apart, shades_up_to, step_of
from sentra.map.drawing import schematic, short_name
from sentra.map.measure import borders, compare
from sentra.map.paths import bounds, rings_of
from sentra.map.schematic import areas_of
from tests.sentra import whole_city

# Bytes. The mini map may have six kilobytes with its links and labels.
MOST_BYTES = 2600


@pytest.fixture(scope="module")
def drawn() -> dict[str, Polygon]:
    """The final paths in units of the drawing, by code."""
    return {code: Polygon(next(rings_of(shape.path))) for code, shape in schematic().shapes.items()}


def test_the_file_is_what_the_recipe_gives():
    call_command("draw_map", "--check", verbosity=0)


def test_sixteen_areas_in_few_bytes(drawn):
    assert len(drawn) == 16
    assert sum(len(shape.path) for shape in schematic().shapes.values()) < MOST_BYTES


def test_every_area_is_one_whole_piece(drawn):
    assert [code for code, area in drawn.items() if not area.is_valid or area.area < 1000] == []


def test_neighbours_share_their_border_exactly(drawn):
    """No hairline gap, no overlap: together they are one piece without a hole, as large as the sum of the parts."""
    together = shapely.union_all(list(drawn.values()))
    assert together.geom_type == "Polygon"
    assert not together.interiors
    assert together.area == pytest.approx(sum(area.area for area in drawn.values()), abs=0.01)


def test_the_final_paths_keep_ground_and_borders_of_the_areas_they_draw():
    areas = areas_of(whole_city.places())
    found = compare(schematic(), areas)
    assert found.share > 0.97
    assert found.missing == found.extra == ()
    assert found.right == len(borders(areas)) == 34


def test_every_kelurahan_point_stands_in_its_own_kecamatan(drawn):
    astray = [
        place
        for place in whole_city.places()
        if not drawn[place.kecamatan].contains(Point(projection.to_drawing(place.latitude, place.longitude)))
    ]
    assert astray == []


def test_labels_stand_in_their_areas_and_do_not_touch_one_another(drawn):
    names = {row["code"]: short_name(row["name"]) for row in whole_city.rows() if row["level"] == "kecamatan"}
    boxes = {}
    for code, shape in schematic().shapes.items():
        assert drawn[code].contains(Point(shape.label_x, shape.label_y))
        half = 6 * len(names[code])
        boxes[code] = shapely.box(shape.label_x - half, shape.label_y - 20, shape.label_x + half, shape.label_y + 22)
    assert [pair for pair in combinations(boxes, 2) if boxes[pair[0]].intersects(boxes[pair[1]])] == []


def test_the_box_holds_the_drawing_and_little_else():
    box = schematic().box
    edges = [bounds(shape.path) for shape in schematic().shapes.values()]
    assert 0 < min(edge[0] for edge in edges) - box.left <= 6
    assert 0 < box.left + box.width - max(edge[2] for edge in edges) <= 6


@given(st.floats(-16, 16), st.floats(-16, 16))
def test_the_lens_can_be_undone(east: float, north: float):
    assert projection.drawing_to_km(*projection.km_to_drawing(east, north)) == pytest.approx((east, north), abs=1e-6)


def test_the_lens_draws_the_middle_larger_and_keeps_directions():
    near, far = projection.km_to_drawing(1, 0), projection.km_to_drawing(13, 0)
    further = projection.km_to_drawing(14, 0)
    assert near[0] - projection.MIDDLE_X > 2.5 * (further[0] - far[0])
    assert near[1] == far[1] == projection.MIDDLE_Y


def test_areas_that_leave_nothing_to_draw_are_refused():
    speck = shapely.box(0, 0, 0.005, 0.005)
    with pytest.raises(arcs.CannotDraw):
        arcs.draw({"a": speck}, str)


def test_an_area_of_two_parts_and_one_inside_another_are_drawn_whole():
    island = shapely.union_all([shapely.box(0, 0, 4, 4), shapely.box(6, 0, 9, 4)])
    hole = shapely.box(1, 1, 3, 3)
    drawing = arcs.draw({"a": island.difference(hole), "b": hole}, str)
    assert drawing.shapes["a"].path.count("M") == 3
    assert drawing.shapes["b"].path.count("M") == 1


def test_shades_are_equal_parts_of_the_largest_number_and_none_has_its_own():
    assert [step_of(count, 6) for count in range(7)] == [0, 1, 1, 2, 2, 3, 3]
    assert [(shade.step, shade.low, shade.high) for shade in shades_up_to(6)] == [
        (0, 0, 0),
        (1, 1, 2),
        (2, 3, 4),
        (3, 5, 6),
    ]
    assert [(shade.step, shade.low, shade.high) for shade in shades_up_to(0)] == [(0, 0, 0)]


def test_crowded_points_part_until_numbers_fit_and_others_stay():
    near = apart([(0, 0), (1, 0), (1, 0), (500, 500)], 20)
    gaps = [Point(a).distance(Point(b)) for a, b in combinations(near[:3], 2)]
    assert min(gaps) > 15
    assert near[3] == (500, 500)
