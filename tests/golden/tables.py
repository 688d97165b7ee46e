"""What tables of cases have in common: the options of a case, and batches that vary a table's."""


def with_defaults(options, defaults, name):
    """The options of a case, with the default values of the others; unknown ones are refused."""
    unknown = set(options) - set(defaults)
    if unknown:
        raise ValueError(f"Unknown options {sorted(unknown)} in case {name}")
    return dict(defaults, **options)


def weighted(table, values, key="weights"):
    """The table's batches with a feature added; `values` has its value in each batch."""
    return [
        batch._replace(features=dict(batch.features, **{key: values[number]}))
        for number, batch in enumerate(table.batches)
    ]


def with_batches(table, function, field="labels"):
    """The table's batches, with one field changed by a function of it."""
    return [batch._replace(**{field: function(getattr(batch, field))}) for batch in table.batches]
