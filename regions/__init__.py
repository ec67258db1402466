"""Does it meet the need: coverage, needs, plans, money, forum, reports."""
