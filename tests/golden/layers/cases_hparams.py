"""The cases of `tf.contrib.training.HParams` and `parse_values`: each asks one question.

A case is a function of `training`, the module that has both. What it returns is recorded, or the
type of the error that it raises.
"""


def _hparams(training, **values):
    values = values or {
        "count": 3,
        "rate": 0.5,
        "on": True,
        "name": "relu",
        "counts": [1, 2],
        "rates": [0.5, 1.5],
        "flags": [True, False],
        "names": ["a", "b"],
        "nothing": None,
    }
    return training.HParams(**values)


def _parse(text):
    return lambda training: _hparams(training).parse(text).values()


def _values(text, ignore_unknown=False, **types):
    def case(training):
        parsed = training.parse_values(text, types, ignore_unknown)
        return [[name, repr(value)] for name, value in sorted(parsed.items())]

    return case


def _set(name, value):
    def case(training):
        hparams = _hparams(training)
        hparams.set_hparam(name, value)
        return [repr(getattr(hparams, name)), type(getattr(hparams, name)).__name__]

    return case


def _get(*arguments):
    return lambda training: repr(_hparams(training).get(*arguments))


def _after(method, *arguments):
    def case(training):
        hparams = _hparams(training)
        returned = getattr(hparams, method)(*arguments)
        return [returned is hparams, hparams.values()]

    return case


def _structure(training):
    hparams = training.HParams(model_structure="one", a=1)
    first = hparams.get_model_structure()
    hparams.set_model_structure("two")
    return [first, hparams.get_model_structure(), hparams.values()]


PARSED = [
    "count=5", "count= 5", "count = 5", "count=-1", "count=5.0", "count=", "count=five",
    "count=1e3", "count=0x10", "count=5,", "count=5,,rate=1", ",count=5", "count=5 rate=1",
    "rate=1", "rate=-.5e-3", "rate=x", "on=true", "on=True", "on=false", "on=False",
    "on=1", "on=0", "on=2", "on=TRUE", "on=yes", "on=", "name=tanh", "name= tanh ", "name=a b",
    "name=", "name=1", "name='x'", "name=a=b", "name=[a]", "count=[5]", "counts=5",
    "counts=[5]", "counts=[5,6,7]", "counts=[ 5, 6 ]", "counts=[5 6]", "counts=[]", "counts=[5,]",
    "counts=[5.5]", "counts=[5", "counts=5]", "rates=[1,2.5]", "flags=[true,0]", "names=[x,y z]",
    "counts[0]=5", "counts[9]=5", "counts[0]=[5]", "counts[0]=5,counts[0]=6",
    "counts[0]=5,counts[1]=6", "counts=[1],counts[0]=5", "counts[0]=5,counts=[1]",
    "count=1,count=2", "count=1,rate=2,on=false,name=x,counts=[3]", "unknown=1", "", " ", "count",
    "=5", "1count=5", "nothing=5", "nothing=[5]", "Count=5", "count[0]=5",
]  # fmt: skip

CASES = {
    "parse/" + text: _parse(text) for text in PARSED
}  # fmt: skip
CASES.update(
    {
        "parse returns": lambda t: (lambda h: h.parse("count=7") is h)(_hparams(t)),
        "parse dotted": lambda t: t.HParams(**{"a.b": 1}).parse("a.b=2").values(),
        "parse underscore": lambda t: t.HParams(_a=1).parse("_a=2").values(),
        "parse bytes": lambda t: repr(t.HParams(raw=b"x").parse("raw=y").raw),
        "parse None": _parse(None),
        "values": lambda t: _hparams(t).values(),
        "values/order": lambda t: list(t.HParams(b=1, a=2).values()),
        "str": lambda t: str(_hparams(t)),
        "repr": lambda t: repr(_hparams(t)),
        "repr/subclass": lambda t: repr(type("Mine", (t.HParams,), {})(a=1)),
        "contains": lambda t: ["count" in _hparams(t), "x" in _hparams(t)],
        "attributes": lambda t: [getattr(_hparams(t), name) for name in ("count", "names")],
        "types": lambda t: sorted(
            (name, kind.__name__, is_list)
            for name, (kind, is_list) in _hparams(t)._hparam_types.items()
        ),
        "tuple": lambda t: repr(t.HParams(a=(1, 2)).a),
        "empty": lambda t: t.HParams().values(),
        "structure": _structure,
        "add": _after("add_hparam", "new", 1),
        "add/taken": _after("add_hparam", "count", 1),
        "add/None taken": _after("add_hparam", "nothing", 1),
        "add/method": _after("add_hparam", "parse", 1),
        "add/private": _after("add_hparam", "_hparam_types", 1),
        "add/empty list": _after("add_hparam", "new", []),
        "add/reserved in the constructor": lambda t: t.HParams(values=1).values(),
        "add/empty list in the constructor": lambda t: t.HParams(a=[]).values(),
        "add/mixed list": lambda t: t.HParams(a=[1, 2.5]).a,
        "add/dict": lambda t: t.HParams(a={"b": 1}).values(),
        "delete": _after("del_hparam", "count"),
        "delete/unknown": _after("del_hparam", "unknown"),
        "delete/method": _after("del_hparam", "parse"),
        "override_from_dict": _after("override_from_dict", {"count": 9, "names": ["z"]}),
        "override_from_dict/unknown": _after("override_from_dict", {"unknown": 9}),
        "override_from_dict/wrong type": _after("override_from_dict", {"count": "9"}),
        "override_from_dict/empty": _after("override_from_dict", {}),
        "set_from_map": _after("set_from_map", {"rate": 2}),
        "parse_json": _after("parse_json", '{"count": 4, "rates": [1, 2], "name": "x"}'),
        "parse_json/unknown": _after("parse_json", '{"x": 4}'),
        "parse_json/wrong type": _after("parse_json", '{"count": 4.5}'),
        "parse_json/null": _after("parse_json", '{"count": null}'),
        "parse_json/no JSON": _after("parse_json", "count=4"),
        "parse_json/list": _after("parse_json", "[1]"),
        "to_json": lambda t: _hparams(t).to_json(sort_keys=True),
        "to_json/options": lambda t: t.HParams(b=1, a=[2]).to_json(
            indent=1, separators=(";", "="), sort_keys=True
        ),
        "to_json/object": lambda t: t.HParams(a=object()).to_json(),
        "get/known": _get("count"),
        "get/known with default": _get("count", 4),
        "get/wrong default": _get("count", 4.5),
        "get/list default": _get("count", [4]),
        "get/scalar default of list": _get("counts", 4),
        "get/right list default": _get("counts", [4]),
        "get/wrong list default": _get("counts", [4.5]),
        "get/unknown": _get("unknown"),
        "get/unknown with default": _get("unknown", 4),
        "set/unknown": _set("unknown", 1),
        "set/method": _set("parse", 1),
        "set/int": _set("count", 4),
        "set/int of bool": _set("count", True),
        "set/int of float": _set("count", 4.0),
        "set/int of text": _set("count", "4"),
        "set/int of list": _set("count", [4]),
        "set/int of None": _set("count", None),
        "set/float of int": _set("rate", 4),
        "set/float of bool": _set("rate", True),
        "set/float of text": _set("rate", "4"),
        "set/bool of int": _set("on", 1),
        "set/bool of bool": _set("on", False),
        "set/text of bytes": _set("name", b"x"),
        "set/text of int": _set("name", 4),
        "set/None of anything": _set("nothing", [1]),
        "set/None of text": _set("nothing", "x"),
        "set/list": _set("counts", [4]),
        "set/list empty": _set("counts", []),
        "set/list of tuple": _set("counts", (4, 5)),
        "set/list of scalar": _set("counts", 4),
        "set/list of floats": _set("counts", [4.5]),
        "set/floats of ints": _set("rates", [4, 5]),
        "set/list of dict": _set("counts", {0: 4}),
        "parse_values": _values("a=1,b=[x,y],c[2]=0.5", a=int, b=str, c=float),
        "parse_values/unknown": _values("a=1,b=2", a=int),
        "parse_values/unknown ignored": _values("a=1,b=2,c=[1]", ignore_unknown=True, a=int),
        "parse_values/bool": _values("a=true,b=[0,True]", a=bool, b=bool),
        "parse_values/empty": _values("", a=int),
        "parse_values/malformed": _values("a", a=int),
    }
)


def ask(case, training):
    """The answer of one case, as JSON has it."""
    return case(training)
