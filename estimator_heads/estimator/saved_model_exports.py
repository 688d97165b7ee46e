"""The methods of an Estimator that write SavedModels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import tensorflow as tf

from estimator_heads.estimator import arguments
from estimator_heads.estimator.parts import EstimatorPart
from estimator_heads.estimator.storage import checkpoints, warm_start, write_failures
from estimator_heads.export import saved_model
from estimator_heads.keys import ModeKeys
from estimator_heads.types import Path, ServingInputReceiverFn


class SavedModelExports(EstimatorPart):
    """The exporting part of `Estimator`; it relies on the rest of it."""

    def export_saved_model(
        self,
        export_dir_base: Path,
        serving_input_receiver_fn: ServingInputReceiverFn,
        assets_extra: Mapping[str, Path] | None = None,
        as_text: bool = False,
        checkpoint_path: Path | None = None,
        experimental_mode: str = ModeKeys.PREDICT,
    ) -> bytes:
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
            strip_default_attrs=True,
        )

    def export_savedmodel(
        self,
        export_dir_base: Path,
        serving_input_receiver_fn: ServingInputReceiverFn,
        assets_extra: Mapping[str, Path] | None = None,
        as_text: bool = False,
        checkpoint_path: Path | None = None,
        strip_default_attrs: bool = False,
    ) -> bytes:
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
        export_dir_base: Path,
        input_receiver_fn_map: Mapping[str, ServingInputReceiverFn],
        assets_extra: Mapping[str, Path] | None = None,
        as_text: bool = False,
        checkpoint_path: Path | None = None,
    ) -> bytes:
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
            strip_default_attrs=True,
        )

    def _export_all_saved_models(
        self,
        export_dir_base: Path,
        input_receiver_fn_map: Mapping[str, ServingInputReceiverFn],
        assets_extra: Mapping[str, Path] | None = None,
        as_text: bool = False,
        checkpoint_path: Path | None = None,
        strip_default_attrs: bool = True,
    ) -> bytes:
        path = arguments.path_string(checkpoint_path) or self._checkpoint_to_export()
        modes = saved_model.modes_in_order(input_receiver_fn_map)
        folder = arguments.path_string(export_dir_base)
        with (
            write_failures.explained("export_dir_base", folder, lambda: "Nothing was exported."),
            saved_model.new_saved_model(export_dir_base, assets_extra, as_text) as new,
        ):
            builder, export_dir = new
            for mode in modes:
                self._add_meta_graph_for_mode(
                    builder,
                    input_receiver_fn_map,
                    path,
                    mode == modes[0],
                    mode=mode,
                    strip_default_attrs=strip_default_attrs,
                )
        return export_dir

    def _add_meta_graph_for_mode(
        self,
        builder: tf.compat.v1.saved_model.Builder,
        input_receiver_fn_map: Mapping[str, ServingInputReceiverFn],
        checkpoint_path: str,
        save_variables: bool = True,
        mode: str = ModeKeys.PREDICT,
        export_tags: Sequence[str] | None = None,
        check_variables: bool = True,
        strip_default_attrs: bool = True,
    ) -> None:
        if save_variables and not check_variables:
            raise ValueError(
                "Variables that are not restored from the checkpoint cannot be saved. Received: "
                "save_variables=True, check_variables=False."
            )
        with tf.Graph().as_default():
            self._seed_and_create_global_step()
            receiver = input_receiver_fn_map[mode]()
            spec = self._call_model_fn(
                features=receiver.features,
                labels=getattr(receiver, "labels", None),
                mode=mode,
                config=self.config,
            )
            if check_variables:
                _check_variables(mode, checkpoint_path, spec)
            saved_model.add_meta_graph(
                builder,
                mode,
                receiver,
                spec,
                checkpoint_path,
                save_variables,
                tags=export_tags,
                check_variables=check_variables,
                session_config=self._session_config,
                strip_default_attrs=strip_default_attrs,
            )

    def _checkpoint_to_export(self) -> str:
        path = self.latest_checkpoint() or self._latest_to_restore()
        if not path and self._warm_start_settings:
            path = warm_start.checkpoint_path(self._warm_start_settings)
        if not path:
            raise ValueError(
                f"There is no checkpoint to export in model_dir={self._model_dir!r}. Call train() "
                "first, or pass checkpoint_path."
            )
        return path


def _check_variables(mode, checkpoint_path, spec):
    try:
        checkpoints.check_restorable(checkpoint_path, spec.scaffold.saver)
    except tf.errors.NotFoundError as error:
        raise ValueError(f"Cannot export the mode {mode!r}. {error.message}") from error
