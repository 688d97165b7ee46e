"""The operations of a step, compiled for a session, with what hooks ask for besides."""

from estimator_heads._tensorflow import sessions
from estimator_heads.estimator.loop import hook_requests
from estimator_heads.estimator.loop.autotuning import AutotunedCall

_MAX_COMPILED = 32


class SessionStep:
    """A function that runs a step, and finds out how it runs fastest.

    Args:
        session: The `tf.compat.v1.Session`.
        fetches: List of the tensors to fetch in each step.
        targets: List of the operations to run in each step.
        inline_input: The `InlineInput` of the graph.
    """

    def __init__(self, session, fetches, targets, inline_input):
        self._session = session
        self._fetches = fetches
        self._targets = targets
        self._inline_input = inline_input
        self._with_fetches = {}
        self._inline = False
        self._run = self._usual_or_inline()

    def __call__(self):
        """Runs a step that no hook has asked anything of; returns the values of the fetches."""
        return self._run()

    def close(self):
        """Lets go of the session."""
        self._run = self._session = None
        self._with_fetches.clear()

    def with_requests(self, step, requests):
        """Runs a step with what hooks ask for.

        Args:
            step: The `Step`, which gets their options.
            requests: Dict of `SessionRunArgs` by hook.

        Returns:
            A tuple of the values of the fetches, and of a dict of theirs by hook.
        """
        wanted = [(call, r.fetches) for call, r in requests.items() if r.fetches is not None]
        fetches = [fetch for _, fetch in wanted]
        feeds = hook_requests.merged_feeds(requests.values())
        options = [request.options for request in requests.values() if request.options]
        if feeds or options:
            hook_requests.merge_options(step.options, options)
            _, values, results = self._session.run(
                [self._targets, self._fetches, fetches], feeds, step.options, step.run_metadata
            )
        else:
            values, results = self._compiled_with(fetches)()
        return values, {call: result for (call, _), result in zip(wanted, results, strict=True)}

    def _usual_or_inline(self):
        """A small model gains more from fewer threads than from operations running in parallel."""
        usual, inline = self._both_ways(self._fetches)
        if inline is None:
            return usual

        def chosen(way):
            if self._inline != (way is inline):
                self._inline = way is inline
                self._with_fetches.clear()

        return AutotunedCall(usual, inline, chosen)

    def _both_ways(self, fetches):
        return sessions.session_callables(
            self._session, fetches, self._targets, self._inline_replacements
        )

    def _inline_replacements(self, fetches, targets):
        replacements = self._inline_input.replacements(fetches, targets)
        if replacements:
            self._inline_input.initialize(self._session)
        return replacements

    def _compiled_with(self, fetches):
        """A function for a step with these fetches besides, which hooks tend to ask for again."""
        key = hook_requests.fetches_key(fetches)
        if key not in self._with_fetches:
            if len(self._with_fetches) >= _MAX_COMPILED:
                self._with_fetches.clear()
            self._with_fetches[key] = self._compile_with(fetches)
        return self._with_fetches[key]

    def _compile_with(self, fetches):
        flat = hook_requests.flat_fetches(fetches)
        structure = hook_requests.structured(iter(flat), fetches)  # A hook may change its own.
        usual, inline = self._both_ways([*self._fetches, *flat])
        run = inline if self._inline and inline else usual
        own = len(self._fetches)

        def step():  # It keeps the tensors alive, whose ids are in the key.
            values = run()
            return values[:own], hook_requests.structured(iter(values[own:]), structure)

        return step
