"""What keeps a store for ten years: backups, evidence, kept audits, proofs."""
