"""From degrees to the drawing: kilometres around the middle of the city, seen through a lens that draws the middle larger.

Seven of the sixteen kecamatan cover a tenth of the city; on a phone their names would not fit. The lens is
r' = R asinh(k r / R) / asinh(k): smooth, undone by sinh, and it leaves the order of things around the middle as it is.
Lengths on the drawing are therefore not to scale.
"""

from math import asinh, hypot, sinh

from semarang_ikm.shared.geometry import KM_PER_DEGREE, LONGITUDE_SCALE

Point = tuple[float, float]

# The mean of the kelurahan points of the seven inner kecamatan, degrees.
MIDDLE_LATITUDE, MIDDLE_LONGITUDE = -6.9866, 110.4242
# The lens: strength, and the radius in km that stays as it is.
STRENGTH, REACH = 3.0, 14.0
# Units of the drawing per lensed km, and where the middle stands on it. The city is then about 710 units wide.
SCALE = 27.0
MIDDLE_X, MIDDLE_Y = 410.0, 197.0


def to_km(latitude: float, longitude: float) -> Point:
    """East and north of the middle."""
    return (longitude - MIDDLE_LONGITUDE) * KM_PER_DEGREE * LONGITUDE_SCALE, (
        latitude - MIDDLE_LATITUDE
    ) * KM_PER_DEGREE


def km_to_drawing(east: float, north: float) -> Point:
    distance = hypot(east, north)
    stretch = REACH * asinh(STRENGTH * distance / REACH) / (asinh(STRENGTH) * distance) if distance else 0.0
    return MIDDLE_X + east * stretch * SCALE, MIDDLE_Y - north * stretch * SCALE


def drawing_to_km(x: float, y: float) -> Point:
    """Undoes `km_to_drawing`: what a drawn path means on the ground."""
    east, north = (x - MIDDLE_X) / SCALE, (MIDDLE_Y - y) / SCALE
    distance = hypot(east, north)
    stretch = REACH * sinh(distance * asinh(STRENGTH) / REACH) / (STRENGTH * distance) if distance else 0.0
    return east * stretch, north * stretch


def to_drawing(latitude: float, longitude: float) -> Point:
    """Where a point (degrees) stands on the drawing."""
    return km_to_drawing(*to_km(latitude, longitude))
