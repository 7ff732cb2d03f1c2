"""What officers do to sentra and businesses: keyword-only, atomic, the same door for admin, commands and imports."""
