"""How fast an audit is, as ratios in one run: `python -m bench`. Source: ENGINE, section 1."""
