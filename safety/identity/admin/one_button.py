class OneButton:
    """Mix into a ModelAdmin: what a screen does is its title, and one button does it.

    `to_add` is the title and the button of a new row.
    """

    change_form_template = "identity/admin/one_button.html"
    to_add = ("", "")

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        title, button = self.to_add if add else (str(obj), "Save")
        context = {**context, "title": title, "button": button}
        return super().render_change_form(request, context, add, change, form_url, obj)
