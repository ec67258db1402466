"""Courses, modules, offerings and gatherings: what is on offer."""
