"""Why a verdict is what it is."""
