"""What is held of a person, where it leaves and on which ground; the copy that the person may ask for (UU 27/2022).

For officers only: nothing here may be called for a public page, which goes through `sentra.consent`.
"""
