"""Who is acting: people, organisations, the hat one wears, sign-in, the audit trail and messages."""
