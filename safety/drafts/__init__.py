"""What staff have typed into a form of the newsroom and not saved, kept for them alone.

models  the draft, and when it is deleted
admin   every form of the admin takes up its author's draft
meanwhile  nobody saves over what a colleague saved while a form was open
views   what the script (static/js/drafts.js) and the notice ask
"""
