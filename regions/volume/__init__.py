"""Is each priority group offered in the volume its rule asks for, against the former strategy period?"""
