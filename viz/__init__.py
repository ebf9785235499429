"""Answers to pages and pictures."""
