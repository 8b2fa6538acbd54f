"""What `make bench` measures: the budgets of the Speed section, each a ratio to something on the same machine in the same run."""
