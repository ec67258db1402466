"""Reminders before the last day of a step, to those who still have something to do; they stop when it is done."""

from enrolment.rounds.reminding.tasks import remind

__all__ = ["remind"]
