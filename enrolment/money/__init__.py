"""What awards bind of the state's money, the ledger of what is paid and claimed back, and the owner's statement."""
