"""For each sentence of the second reading, a world whose verdicts hang on it: its kind and seed.

`python -m tests.reference --reach` prints lines for those that have none yet.
"""

from __future__ import annotations

from tests.engine.judging.reaching_words import WORD_SEEDS

SEEDS: dict[str, tuple[str, int]] = {
    # section 2
    "rest_asks_nothing": ("except", 8),
    "rest_counts": ("daily", 24),
    # section 3
    "acting": ("range", 29),
    "prorate": ("nested", 9),
    "half_up": ("between", 3),
    "decimals": ("quota", 154),
    "full": ("count", 11),
    "excuse": ("count", 58),
    "never_more": ("quota", 154),
    # section 4
    "standing": ("count", 4),
    "future": ("while", 16),
    # section 5
    "cap": ("range", 245),
    "behind": ("nested", 27),
    **WORD_SEEDS,
}
"""Kind of world and seed, by the key of the sentence (`tests.reference.branches`)."""
