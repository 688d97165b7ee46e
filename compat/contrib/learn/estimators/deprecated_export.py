"""The export of `tf.contrib.learn` before there were SavedModels."""


class DeprecatedExport:
    """The method of Estimators that wrote session bundles."""

    def export(
        self,
        export_dir,
        input_fn=None,
        input_feature_key=None,
        use_deprecated_input_fn=True,
        signature_fn=None,
        prediction_key=None,
        default_batch_size=1,
        exports_to_keep=None,
        checkpoint_path=None,
    ):
        """Not served: it wrote session bundles, which neither TensorFlow nor its servers read.

        Raises:
            NotImplementedError: Always; it says what to use.
        """
        raise NotImplementedError(
            "Estimator.export() wrote a session bundle, which TensorFlow 2 and today's TensorFlow "
            "Serving cannot read. Use Estimator.export_savedmodel(export_dir_base, "
            "serving_input_fn), with a serving_input_fn such as the one that "
            "tf.contrib.learn.build_parsing_serving_input_fn(feature_spec) returns."
        )
