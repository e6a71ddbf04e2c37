"""From verdicts to alerts: the policy, its facts, and who concludes."""
