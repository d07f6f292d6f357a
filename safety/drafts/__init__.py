"""What staff have typed into a form of the newsroom and not saved, kept for them alone.

models  the draft, and when it is deleted
admin   every form of the admin takes up its author's draft
views   what the script (static/js/drafts.js) and the notice ask
"""
