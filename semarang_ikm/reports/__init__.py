"""The public form for wrong data and for taking consent back. Its rows and rules are in the sentra app."""
