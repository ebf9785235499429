"""Accuracy and speed, printed as figures; never timed tests."""
