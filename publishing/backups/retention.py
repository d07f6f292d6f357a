"""Which backups are kept: the last of each of 24 hours, 30 days and 12 months.

Hours, days and months are those that have a backup, so that a machine that was off for a year, or
whose clock was wrong, loses none for it.
"""

PERIODS = (("%Y%m%d%H", 24), ("%Y%m%d", 30), ("%Y%m", 12))


def to_keep(moments):
    """Return those of some aware moments whose backups are kept."""
    kept = set()
    newest_first = sorted(moments, reverse=True)
    for form, count in PERIODS:
        last = {}
        for moment in newest_first:
            last.setdefault(moment.strftime(form), moment)
        kept.update(list(last.values())[:count])
    return kept
