"""Open data: one declaration per dataset, from which files, API, its description and the dictionary are all made."""
