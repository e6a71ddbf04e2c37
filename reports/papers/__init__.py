"""Notices as papers that an office signs: PDF and Word, by GB/T 9704-2012."""
