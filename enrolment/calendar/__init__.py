"""When one is away: the agenda, the cover a school needs, and feeds for the calendar one already uses."""
