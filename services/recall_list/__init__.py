"""A maker's list of recalls: which cars each of them is for, by make, model, model year and VIN."""
