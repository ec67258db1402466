"""Batches for accounting: what of the ledger is paid out at once, closed with a digest, and exported the same way for ever."""
