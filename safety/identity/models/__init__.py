from .looks import Look
from .notices import UrgentNotice
from .owners import Owner

__all__ = ["Look", "Owner", "UrgentNotice"]
