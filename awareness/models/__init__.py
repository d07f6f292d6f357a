from .blocks import BLOCKS, Callout, Helplines, Image, Quotation, Signs, Steps, Text
from .feedback import Feedback
from .pages import Kind, Page
from .releases import NotAllowedError, Release

__all__ = [
    "BLOCKS",
    "Callout",
    "Feedback",
    "Helplines",
    "Image",
    "Kind",
    "NotAllowedError",
    "Page",
    "Quotation",
    "Release",
    "Signs",
    "Steps",
    "Text",
]
