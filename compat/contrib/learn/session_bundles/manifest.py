"""The protocol buffers in a session bundle, which TensorFlow 2 no longer has."""

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

_PACKAGE = "tensorflow.serving"
_FIELD = descriptor_pb2.FieldDescriptorProto

# {message: {field: (number, type)}}. A type is "string", a message, "map " and a message for a map
# from strings, or "one " and a message for one of which only one is there.
_MESSAGES = {
    "TensorBinding": {"tensor_name": (1, "string")},
    "AssetFile": {"tensor_binding": (1, "TensorBinding"), "filename": (2, "string")},
    "RegressionSignature": {"input": (1, "TensorBinding"), "output": (2, "TensorBinding")},
    "ClassificationSignature": {
        "input": (1, "TensorBinding"),
        "classes": (2, "TensorBinding"),
        "scores": (3, "TensorBinding"),
    },
    "GenericSignature": {"map": (1, "map TensorBinding")},
    "Signature": {
        "regression_signature": (1, "one RegressionSignature"),
        "classification_signature": (2, "one ClassificationSignature"),
        "generic_signature": (3, "one GenericSignature"),
    },
    "Signatures": {
        "default_signature": (1, "Signature"),
        "named_signatures": (2, "map Signature"),
    },
}


def _file_descriptor():
    file = descriptor_pb2.FileDescriptorProto(
        name="tensorflow/contrib/session_bundle/manifest.proto", package=_PACKAGE, syntax="proto3"
    )
    for name, fields in _MESSAGES.items():
        message = file.message_type.add(name=name)
        if any(kind.startswith("one ") for _, kind in fields.values()):
            message.oneof_decl.add(name="type")
        for field_name, (number, kind) in fields.items():
            _add_field(message, field_name, number, *kind.rpartition(" ")[::2])
    return file


def _add_field(message, name, number, form, kind):
    field = message.field.add(name=name, number=number, label=_FIELD.LABEL_OPTIONAL)
    if kind == "string":
        field.type = _FIELD.TYPE_STRING
        return
    field.type = _FIELD.TYPE_MESSAGE
    field.type_name = f".{_PACKAGE}.{kind}"
    if form == "one":
        field.oneof_index = 0
    elif form == "map":
        # A map is a list of entries, whose message has the name of the field in it.
        entry_name = "".join(part.title() for part in name.split("_")) + "Entry"
        entry = message.nested_type.add(name=entry_name)
        entry.options.map_entry = True
        _add_field(entry, "key", 1, "", "string")
        _add_field(entry, "value", 2, "", kind)
        field.label = _FIELD.LABEL_REPEATED
        field.type_name = f".{_PACKAGE}.{message.name}.{entry_name}"


def _message_class(name):
    descriptor = _POOL.FindMessageTypeByName(f"{_PACKAGE}.{name}")
    return message_factory.GetMessageClass(descriptor)


_POOL = descriptor_pool.DescriptorPool()
_POOL.Add(_file_descriptor())

AssetFile = _message_class("AssetFile")
Signature = _message_class("Signature")
Signatures = _message_class("Signatures")
