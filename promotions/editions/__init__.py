"""Published editions: frozen as plain values, masked for each reader, set in type again from what was frozen."""
