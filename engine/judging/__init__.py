"""From duties and records to verdicts, one obligation at a time."""
