"""Workbooks to fill in: the import template and the office's forms."""
