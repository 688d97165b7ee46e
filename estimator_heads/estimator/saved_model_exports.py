"""The methods of an Estimator that write SavedModels."""

import tensorflow as tf

from estimator_heads.estimator import arguments
from estimator_heads.estimator.storage import checkpoints, warm_start, write_failures
from estimator_heads.export import saved_model
from estimator_heads.keys import ModeKeys


class SavedModelExports:
    """The exporting part of `Estimator`; it relies on the rest of it."""

    def export_saved_model(
        self,
        export_dir_base,
        serving_input_receiver_fn,
        assets_extra=None,
        as_text=False,
        checkpoint_path=None,
        experimental_mode=ModeKeys.PREDICT,
    ):
        """Writes the model as a SavedModel to a new folder <export_dir_base>/<seconds since 1970>.

        Args:
            export_dir_base: Folder for the timestamped folders.
            serving_input_receiver_fn: Function without arguments that returns a
                `ServingInputReceiver` or `TensorServingInputReceiver`.
            assets_extra: Dict from a path within the folder assets.extra to the file to copy there.
            as_text: Whether to write saved_model.pbtxt instead of saved_model.pb.
            checkpoint_path: Path of the checkpoint to export; None: the latest one.
            experimental_mode: The `ModeKeys` value of the graph to export.

        Returns:
            The path of the new folder, as bytes.

        Raises:
            ValueError: If there is no checkpoint or no receiver function, or the checkpoint lacks
                variables.
        """
        return self._export_all_saved_models(
            export_dir_base,
            {experimental_mode: arguments.checked_receiver_fn(serving_input_receiver_fn)},
            assets_extra=assets_extra,
            as_text=as_text,
            checkpoint_path=checkpoint_path,
        )

    def export_savedmodel(
        self,
        export_dir_base,
        serving_input_receiver_fn,
        assets_extra=None,
        as_text=False,
        checkpoint_path=None,
        strip_default_attrs=False,
    ):
        """`export_saved_model` under its older name, which keeps default attributes in the graph.

        Args:
            export_dir_base: As for `export_saved_model`.
            serving_input_receiver_fn: As for `export_saved_model`.
            assets_extra: As for `export_saved_model`.
            as_text: As for `export_saved_model`.
            checkpoint_path: As for `export_saved_model`.
            strip_default_attrs: Whether to leave out attributes that have their default value.

        Returns:
            The path of the new folder, as bytes.
        """
        return self._export_all_saved_models(
            export_dir_base,
            {ModeKeys.PREDICT: arguments.checked_receiver_fn(serving_input_receiver_fn)},
            assets_extra=assets_extra,
            as_text=as_text,
            checkpoint_path=checkpoint_path,
            strip_default_attrs=strip_default_attrs,
        )

    def experimental_export_all_saved_models(
        self,
        export_dir_base,
        input_receiver_fn_map,
        assets_extra=None,
        as_text=False,
        checkpoint_path=None,
    ):
        """Writes the graphs of several modes with one set of variables as a SavedModel.

        Args:
            export_dir_base: As for `export_saved_model`.
            input_receiver_fn_map: Dict from `ModeKeys` to functions that return the input receiver
                of that mode; for TRAIN and EVAL usually a `SupervisedInputReceiver`.
            assets_extra: As for `export_saved_model`.
            as_text: As for `export_saved_model`.
            checkpoint_path: As for `export_saved_model`.

        Returns:
            The path of the new folder, as bytes.

        Raises:
            ValueError: As for `export_saved_model`.
        """
        return self._export_all_saved_models(
            export_dir_base,
            input_receiver_fn_map,
            assets_extra=assets_extra,
            as_text=as_text,
            checkpoint_path=checkpoint_path,
        )

    def _export_all_saved_models(
        self,
        export_dir_base,
        input_receiver_fn_map,
        assets_extra=None,
        as_text=False,
        checkpoint_path=None,
        strip_default_attrs=True,
    ):
        checkpoint_path = arguments.path_string(checkpoint_path) or self._checkpoint_to_export()
        build_graphs = {
            mode: self._graph_builder(mode, receiver_fn, checkpoint_path)
            for mode, receiver_fn in input_receiver_fn_map.items()
            if receiver_fn
        }
        folder = arguments.path_string(export_dir_base)
        with write_failures.explained("export_dir_base", folder, lambda: "Nothing was exported."):
            return saved_model.export_saved_model(
                export_dir_base,
                build_graphs,
                checkpoint_path,
                session_config=self._session_config,
                assets_extra=assets_extra,
                as_text=as_text,
                strip_default_attrs=strip_default_attrs,
            )

    def _graph_builder(self, mode, input_receiver_fn, checkpoint_path):
        """A function that builds the graph of `mode` and returns the receiver and the spec."""

        def build_graph():
            self._seed_and_create_global_step()
            receiver = input_receiver_fn()
            labels = getattr(receiver, "labels", None)
            spec = self._call_model_fn(receiver.features, labels, mode, self.config)
            try:
                checkpoints.check_restorable(checkpoint_path, spec.scaffold.saver)
            except tf.errors.NotFoundError as error:
                raise ValueError(f"Cannot export the mode {mode!r}. {error.message}") from error
            return receiver, spec

        return build_graph

    def _checkpoint_to_export(self):
        path = self._latest_to_restore()
        if not path and self._warm_start_settings:
            path = warm_start.checkpoint_path(self._warm_start_settings)
        if not path:
            raise ValueError(
                f"There is no checkpoint to export in model_dir={self._model_dir!r}. Call train() "
                "first, or pass checkpoint_path."
            )
        return path
