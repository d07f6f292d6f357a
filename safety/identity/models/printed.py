"""What was printed last of the site itself, as it is kept with the newest edition."""

from publishing.printing import records


def plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value


def row(instance):
    """Return an instance as JSON can hold it."""
    fields = [field for field in instance._meta.concrete_fields if field.name != "id"]
    return {field.attname: plain(getattr(instance, field.attname)) for field in fields}


def restored(model, values):
    """Return the instance that row() was made of; None where somebody changed it, or there is none."""
    try:
        fields = {field.attname: field for field in model._meta.concrete_fields}
        made = model(**{name: fields[name].to_python(value) for name, value in values.items()})
        return made if made.is_right else None
    except Exception:  # whatever was made of the file, there is a way out
        return None


def lost(model, since):
    """Return the instance that was printed and is newer than all that the database has, or None.

    `since` names the field that says when one came into force. The site deletes none: somebody
    did, by SQL, or an older backup was put back, and one that was replaced would come back.
    """
    kept = records.last_kept("identity") or {}
    last = restored(model, kept.get(model._meta.model_name))
    when = last and getattr(last, since)
    if not when or model.objects.filter(**{f"{since}__gte": when}).exists():
        return None
    return last
