"""Results that a teacher brings as an ELMO file (EMREX): read with care, and believed only when somebody trusted has signed it."""
