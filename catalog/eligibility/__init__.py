"""Can I get in, what do I need: answered from plain questions, before anybody signs in."""
