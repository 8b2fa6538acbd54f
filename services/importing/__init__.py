"""A garage's own list of customers and cars: read, understood, checked, imported."""
