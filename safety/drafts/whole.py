"""Forms that keep to every constraint of the database, also to those of what they do not show."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError


class Whole:
    """Mix into a ModelForm, before it.

    Django asks no constraint that names a field which the form does not show: saving would fail
    at it. Here it is asked with what is saved of that field, once nothing else is wrong.
    """

    def validate_unique(self):
        super().validate_unique()
        if self.errors:
            return
        try:
            self.instance.validate_constraints()
        except ValidationError as error:
            self.add_error(None, error)


class WholeAdmin:
    """Mix into a ModelAdmin, before it."""

    def changeform_view(self, request, *args, **kwargs):
        """Look again where the database refused what a colleague added at the same moment.

        Nothing of the first time is left by then, and the form finds and says what is taken.
        """
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            return super().changeform_view(request, *args, **kwargs)
