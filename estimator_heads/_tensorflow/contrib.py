"""Modules from which tf.contrib took names."""

from __future__ import annotations

import types

from estimator_heads._tensorflow.missing import check_attributes, private_module

_NAMES = {
    "framework.ops": ["prepend_name_scope", "strip_name_scope"],
    "framework.smart_cond": ["smart_case", "smart_cond", "smart_constant_value"],
    "framework.tensor_spec": ["BoundedTensorSpec"],
    "ops.confusion_matrix": ["remove_squeezable_dimensions"],
    "ops.lookup_ops": [
        "DenseHashTable",
        "FastHashSpec",
        "HasherSpec",
        "IdTableWithHashBuckets",
        "InitializableLookupTableBase",
        "KeyValueTensorInitializer",
        "LookupInterface",
        "MutableHashTable",
        "StrongHashSpec",
        "TableInitializerBase",
        "TextFileIdTableInitializer",
        "TextFileIndex",
        "TextFileInitializer",
        "TextFileStringTableInitializer",
        "index_table_from_file",
        "index_table_from_tensor",
        "index_to_string_table_from_file",
        "index_to_string_table_from_tensor",
    ],
    "ops.summary_ops_v2": [
        "SummaryWriter",
        "_legacy_contrib_should_record_summaries",
        "all_v2_summary_ops",
        "always_record_summaries",
        "audio",
        "create_file_writer",
        "create_summary_file_writer",
        "eval_dir",
        "flush",
        "generic",
        "graph_v1",
        "histogram",
        "image",
        "import_event",
        "initialize",
        "never_record_summaries",
        "record_summaries_every_n_global_steps",
        "scalar",
        "summary_writer_initializer_op",
    ],
    "util.deprecation": ["deprecated", "deprecated_arg_values", "deprecated_args"],
    "util.nest": ["is_nested"],
}


def contrib_parts() -> types.SimpleNamespace:
    """The modules from which tf.contrib re-exported what has no public name now."""
    modules = {}
    for path, names in _NAMES.items():
        module = private_module(f"tensorflow.python.{path}", "for `tf.contrib`")
        check_attributes(module, names, "for `tf.contrib`")
        modules[path.rpartition(".")[2]] = module
    return types.SimpleNamespace(**modules)
