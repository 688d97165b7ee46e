"""What several hooks ask of one step, put together: feeds and run options."""


def merged_feeds(requests):
    """One feed_dict of all `SessionRunArgs`, which must not feed the same tensor twice."""
    feeds = {}
    for request in requests:
        for key, value in (request.feed_dict or {}).items():
            if key in feeds:
                raise RuntimeError(f"Two hooks feed the same tensor, {key!r}. Leave out one.")
            feeds[key] = value
    return feeds


def merge_options(merged, options):
    """Adds each of `options` to `merged`; of two numbers, the larger one counts."""
    for addition in options:
        largest = {
            name: max(getattr(merged, name), getattr(addition, name))
            for name in ("trace_level", "timeout_in_ms", "inter_op_thread_pool")
        }
        merged.MergeFrom(addition)
        for name, value in largest.items():
            setattr(merged, name, value)
