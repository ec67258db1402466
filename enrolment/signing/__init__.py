"""The keys that statements and badges are signed with: Seksti's own, and one for each institution that has asked for one."""
