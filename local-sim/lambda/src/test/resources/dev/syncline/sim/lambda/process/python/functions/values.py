# SPDX-License-Identifier: Apache-2.0
"""Handlers that return values."""

import collections
import decimal
import json
import os
import sys

Point = collections.namedtuple("Point", "x y")


def echo(event, context):
    return event


def mixed(event, context):
    return {
        "text": 'é "quoted" \u2028 \x7f',
        "decimal": decimal.Decimal("10.50"),
        "none": None,
        "nan": float("nan"),
        "list": (1, 2.5, True),
        1: "number",
    }


def others(event, context):
    return [Point(1, Point(2, 3)), {"bytes": b"raw", b"key": decimal.Decimal("NaN")}]


def raw(event, context):
    return b"\x00\x01raw"


def text(event, context):
    return "text"


def nothing(event, context):
    pass


def unserialisable(event, context):
    return {1, 2}


def circular(event, context):
    value = []
    value.append(value)
    return value


def described(event, context):
    return {
        "id": context.aws_request_id,
        "arn": context.invoked_function_arn,
        "name": context.function_name,
        "version": context.function_version,
        "memory": context.memory_limit_in_mb,
        "group": context.log_group_name,
        "stream": context.log_stream_name,
        "identity": [
            context.identity.cognito_identity_id,
            context.identity.cognito_identity_pool_id,
        ],
        "custom": context.client_context and context.client_context.custom,
        "installation": context.client_context and context.client_context.client.installation_id,
        "shown": repr(context.client_context),
        "tenant": context.tenant_id,
        "time": 0 < context.get_remaining_time_in_millis() <= 60_000,
        "trace": os.environ.get("_X_AMZN_TRACE_ID"),
        "handler": os.environ["_HANDLER"],
    }


def paths(event, context):
    root, runtime = os.environ["LAMBDA_TASK_ROOT"], os.environ["LAMBDA_RUNTIME_DIR"]
    return {
        "first": sys.path[0] == root,
        "working": os.getcwd() == root,
        "site": [path for path in sys.path if path.endswith("site-packages")],
        "runtime": runtime in sys.path,
        "flags": [sys.flags.no_user_site, sys.flags.unbuffered if hasattr(sys.flags, "unbuffered") else 1],
    }


def large(event, context):
    return "x" * event


counter = 0


def count(event, context):
    global counter
    counter += 1
    if event == "fail":
        raise ValueError("number %d" % counter)
    return json.dumps(counter)
