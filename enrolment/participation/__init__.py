"""Taking part after the seat is accepted: confirmed in autumn and spring by teacher and owner, deferred, interrupted, and what is paid for it."""
