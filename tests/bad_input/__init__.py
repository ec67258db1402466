"""Whatever is sent, by whom and to which address: a sentence, never a fault of ours, nothing half saved, nothing of it run.

The world, the roles and the addresses are those of tests/access, so a route that is added is tried here as soon as it has its rule.
"""
