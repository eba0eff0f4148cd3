"""Rights, the register of personal data, the audit trail, erasure."""
