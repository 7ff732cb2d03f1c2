"""Obstacles: when several become one of a sentra, what goes into a letter, and what the public may know."""
