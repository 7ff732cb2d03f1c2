"""`make bench`: measurements, never part of the test suite. run.py is the way in."""
