# SPDX-License-Identifier: Apache-2.0
"""The runtime client of Python functions: it takes invocations from the Runtime API, calls the
handler, and posts its result. Only the standard library is used, and as little of it as possible,
because each environment imports it. Posts, exit statuses and log records are those of AWS's client
(its file has this name too: the frames of a file named bootstrap.py are cut from traces)."""

import importlib
import json
import logging
import os
import sys
import traceback

from syncline_runtime.context import LambdaContext
from syncline_runtime.faults import Fault
from syncline_runtime.marshal import to_json
from syncline_runtime.records import Current, log_error, set_up_logging
from syncline_runtime.runtime_api import RuntimeApi

MAX_XRAY_HEADER = 1024 * 1024
UNHANDLED = (
    "LAMBDA_WARNING: Unhandled exception. The most likely cause is an issue in the function code."
    " However, in rare cases, a Lambda runtime update can cause unexpected function behavior. For"
    " functions using managed runtimes, runtime updates can be triggered by a function change, or"
    " can be applied automatically. To determine if the runtime has been updated, check the runtime"
    " version in the INIT_START log entry. If this error correlates with a change in the runtime"
    " version, you may be able to mitigate this error by temporarily rolling back to the previous"
    " runtime version. For more information, see"
    " https://docs.aws.amazon.com/lambda/latest/dg/runtimes-update.html\r"
)


def error_of(message, error_type, trace, request_id=""):
    return {
        "errorMessage": message or "",
        "errorType": error_type or "",
        "requestId": request_id,
        "stackTrace": trace or [],
    }


def frames_of(failure):
    """The frames of the function: those of this file, at the beginning, are not shown."""
    frames = [
        (frame.filename, frame.lineno, frame.name, frame.line)
        for frame in traceback.extract_tb(failure.__traceback__)
    ]
    for index, frame in enumerate(frames):
        if "/bootstrap.py" not in frame[0]:
            return frames[index:]
    return frames


def error_from(failure, request_id=""):
    trace = traceback.format_list(frames_of(failure))
    return error_of(str(failure), type(failure).__name__, trace, request_id)


def xray_cause(failure):
    fault = isinstance(failure, Fault)
    frames = [] if fault else frames_of(failure)
    return {
        "working_directory": os.getcwd(),
        "exceptions": [
            {
                "message": str(failure),
                "type": "LambdaValidationError" if fault else type(failure).__name__,
                "stack": [{"label": name, "path": path, "line": line} for path, line, name, _ in frames],
            }
        ],
        "paths": list({frame[0] for frame in frames}),
    }


def find_handler(handler):
    try:
        module_name, name = handler.rsplit(".", 1)
    except ValueError as failure:
        raise Fault("Runtime.MalformedHandlerName", "Bad handler '%s': %s" % (handler, failure))
    try:
        if module_name.split(".")[0] in sys.builtin_module_names:
            raise Fault(
                "Runtime.BuiltInModuleConflict",
                "Cannot use built-in module %s as a handler module" % module_name,
            )
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as failure:
        raise Fault(
            "Runtime.ImportModuleError",
            "Unable to import module '%s': %s" % (module_name, failure),
        )
    except SyntaxError as failure:
        raise Fault(
            "Runtime.UserCodeSyntaxError",
            "Syntax error in module '%s': %s" % (module_name, failure),
            ['  File "%s" Line %s\n    %s' % (failure.filename, failure.lineno, failure.text)],
        )
    try:
        return getattr(module, name)
    except AttributeError:
        raise Fault(
            "Runtime.HandlerNotFound",
            "Handler '%s' missing on module '%s'" % (name, module_name),
        )


def event_of(content, content_type):
    if content_type != "application/json":
        return content
    try:
        return json.loads(content.decode("utf-8"))
    except Exception as failure:
        raise Fault("Runtime.UnmarshalError", "Unable to unmarshal input: %s" % failure)


def result_of(value):
    if isinstance(value, bytes):
        return value, "application/unknown"
    try:
        text = to_json(value)
    except Exception as failure:
        raise Fault("Runtime.MarshalError", "Unable to marshal response: %s" % failure)
    return text.encode("utf-8"), "application/json"


def invoke(api, handler, headers, content):
    request_id = headers.get("lambda-runtime-aws-request-id", "")
    try:
        context = LambdaContext(headers)
        event = event_of(content, headers.get("content-type"))
        body, content_type = result_of(handler(event, context))
    except Fault as fault:
        error = error_of(fault.message, fault.error_type, fault.trace, request_id)
        cause = xray_cause(fault)
    except Exception as failure:
        error = error_from(failure, request_id)
        cause = xray_cause(failure)
    else:
        api.post("invocation/%s/response" % request_id, body, [("Content-Type", content_type)])
        return
    log_error(error)
    posted = [("Content-Type", "application/json")]
    cause = to_json(cause)
    if len(cause.encode("utf-8")) < MAX_XRAY_HEADER:
        posted.append(("Lambda-Runtime-Function-XRay-Error-Cause", cause))
    api.post("invocation/%s/error" % request_id, to_json(error).encode("utf-8"), posted)


def restore(api):
    """SnapStart: the snapshot is taken between the two kinds of hooks."""
    import snapshot_restore_py as hooks

    try:
        before = hooks.get_before_snapshot()
        while before:
            function, positional, named = before.pop()
            function(*positional, **named)
        api.call("GET", "restore/next")
    except BaseException as failure:
        error = error_from(failure)
        log_error(error)
        api.post_error("init/error", error, "Runtime.BeforeSnapshotError")
        sys.exit(64)
    try:
        for function, positional, named in hooks.get_after_restore():
            function(*positional, **named)
    except BaseException as failure:
        error = error_from(failure)
        log_error(error)
        api.post_error("restore/error", error, "Runtime.AfterRestoreError")
        sys.exit(65)


def search_path():
    """The function first, then layers, then what Lambda includes, then the interpreter."""
    places = [os.environ["LAMBDA_TASK_ROOT"]]
    layers = os.environ.pop("_SYNCLINE_LAYERS", "")
    if layers:
        site = "lib/python%d.%d/site-packages" % sys.version_info[:2]
        wanted = os.environ.get("AWS_EXECUTION_ENV", "").rpartition("_")[2]
        places.append(os.path.join(layers, "python", site))
        if "python" in wanted and wanted not in site:
            places.append(os.path.join(layers, "python", "lib", wanted, "site-packages"))
        places.append(os.path.join(layers, "python"))
    places.append(os.environ["LAMBDA_RUNTIME_DIR"])
    sys.path[0:1] = places


def main():
    search_path()
    api = RuntimeApi(os.environ["AWS_LAMBDA_RUNTIME_API"])
    try:
        set_up_logging()
        handler = find_handler(os.environ["_HANDLER"])
    except Fault as fault:
        error = error_of(fault.message, fault.error_type, fault.trace)
    except Exception as failure:
        error = error_from(failure)
    else:
        error = None
    if error is not None:
        logging.warning(UNHANDLED)
        log_error(error)
        api.post_error("init/error", error, error["errorType"])
        sys.exit(1)
    if os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") == "snap-start":
        restore(api)
    while True:
        _, headers, content = api.call("GET", "invocation/next")
        Current.request_id = headers.get("lambda-runtime-aws-request-id")
        Current.tenant_id = headers.get("lambda-runtime-aws-tenant-id") or None
        trace_id = headers.get("lambda-runtime-trace-id")
        if trace_id:
            os.environ["_X_AMZN_TRACE_ID"] = trace_id
        else:
            os.environ.pop("_X_AMZN_TRACE_ID", None)
        invoke(api, handler, headers, content)


if __name__ == "__main__":
    main()
