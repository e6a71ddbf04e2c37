"""Verdicts put into words, tables and pages for people."""
