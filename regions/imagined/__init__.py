"""What if a module were added: which cells of coverage would become complete, and for how many teachers?"""
