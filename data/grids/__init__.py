"""Rooms of cells: what a CSV file or a workbook holds, within stated limits."""
