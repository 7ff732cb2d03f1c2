"""Distances on the ground, good enough for one city."""

# East-west degrees are this much shorter than north-south ones at Semarang (cosine of 7 degrees south).
LONGITUDE_SCALE = 0.9925
KM_PER_DEGREE = 111.2


def kilometres(squared_degrees: float) -> float:
    """From a squared distance in degrees of latitude."""
    return float(KM_PER_DEGREE * squared_degrees**0.5)
