"""What the house costs, as ratios to the bare thing beside it: absolute times belong to a machine, ratios to the program."""
