class OneButton:
    """Mix into a ModelAdmin: what a screen does is its title, and one button does it.

    `to_add` is the title and the button of a new row, `button_of(obj)` the button of one that is there.
    """

    change_form_template = "identity/admin/one_button.html"
    to_add = ("", "")

    def button_of(self, obj):
        return "Save"

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        title, button = self.to_add if add else (str(obj), self.button_of(obj))
        context = {**context, "title": title, "button": button}
        return super().render_change_form(request, context, add, change, form_url, obj)
