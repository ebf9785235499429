"""The ways in: command line, REST and pages over one service."""
