"""When sums may be seen anew: pure."""

from enrolment.evaluation.values import STEP


def is_step(answers: int) -> bool:
    """Whether what has come in since the last time is enough to be shown: five at a time, so that two looks never differ by one person's answer."""
    return answers > 0 and answers % STEP == 0
