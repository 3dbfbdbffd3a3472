"""Making a house ready to serve, and the demonstration center: founded by the same acts that people press."""
