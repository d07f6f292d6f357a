from .block import Block
from .blocks import Callout, Helplines, Image, Quotation, Signs, Steps, Text
from .feedback import Feedback
from .head import HEAD
from .kinds import Kind
from .pages import Page
from .preview_links import PreviewLink
from .releases import NotAllowedError, Release

__all__ = [
    "HEAD",
    "Block",
    "Callout",
    "Feedback",
    "Helplines",
    "Image",
    "Kind",
    "NotAllowedError",
    "Page",
    "PreviewLink",
    "Quotation",
    "Release",
    "Signs",
    "Steps",
    "Text",
]
