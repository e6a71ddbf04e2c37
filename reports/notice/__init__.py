"""Alerts as papers for somebody."""
