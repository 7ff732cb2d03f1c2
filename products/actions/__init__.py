"""What officers do to products and certificates: keyword-only, atomic, one door for admin, commands and imports."""
