# SPDX-License-Identifier: Apache-2.0
"""Handlers that fail."""

import os
import sys


class MyError(Exception):
    pass


def boom(event, context):
    helper("bad thing")


def helper(text):
    raise MyError(text)


def silent(event, context):
    raise KeyError()


def lines(event, context):
    raise ValueError("one\ntwo")


def chained(event, context):
    try:
        helper("first")
    except MyError as first:
        raise RuntimeError("zweiter Fehler ü") from first


def recursion(event, context):
    return nested(3)


def nested(depth):
    if depth == 0:
        raise OverflowError("deep")
    return nested(depth - 1)


def leaves(event, context):
    sys.exit(3)


def leaves_well(event, context):
    sys.exit(0)


def leaves_with_text(event, context):
    sys.exit("left")


def ends(event, context):
    os._exit(5)


def killed(event, context):
    os.kill(os.getpid(), 9)


async def asynchronous(event, context):
    return 1
