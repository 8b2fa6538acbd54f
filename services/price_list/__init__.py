"""A supplier's price list: which parts it names, at what cost and price, what is new and what changes."""
