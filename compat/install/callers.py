"""What the code that called us is doing, read from its bytecode."""

from __future__ import annotations

import dis
import types

ATTRIBUTE = frozenset(("LOAD_ATTR", "LOAD_METHOD"))  # `a.b`, and until 3.11 `a.b()`


def running_operation(frame: types.FrameType) -> str:
    """The name of the operation that a frame is in the middle of, such as "IMPORT_NAME"."""
    code, position = frame.f_code.co_code, frame.f_lasti
    while code[position] == dis.EXTENDED_ARG:  # 3.10 is there while the next one runs
        position += 2
    return dis.opname[code[position]]


def instructions_until_now(frame: types.FrameType) -> list[dis.Instruction]:
    """The instructions of a frame up to the one that is running, as `dis` describes them."""
    instructions = []
    for instruction in instructions_of(frame.f_code):
        instructions.append(instruction)
        if instruction.offset >= frame.f_lasti:
            break
    return instructions


def instructions_of(code: types.CodeType) -> list[dis.Instruction]:
    """All instructions of a code object. The arguments of one are in it, however long they are."""
    return [found for found in dis.get_instructions(code) if found.opname != "EXTENDED_ARG"]
