"""Frames in words."""

from catalog.offers import words as offer_words
from config.languages import _
from regions.frames.models import Frame
from regions.versions.words import status

__all__ = ["frame", "group", "scheme", "status"]


def group(one: Frame) -> str:
    return f"{one.group.number} {one.group.name}" if one.group else _("All groups")


def scheme(one: Frame) -> str:
    return one.scheme.name if one.scheme else _("All schemes")


def frame(one: Frame) -> str:
    """«Further education, 1 …, All schemes»."""
    return ", ".join([offer_words.strand(one.strand), group(one), scheme(one)])
