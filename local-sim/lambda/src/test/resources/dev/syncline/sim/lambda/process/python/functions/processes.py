# SPDX-License-Identifier: Apache-2.0
"""Handlers about the process they run in."""

import os
import subprocess
import sys

import __main__


def leave_a_child(event, context):
    subprocess.Popen(["sleep", event], start_new_session=True)
    return os.environ["TMPDIR"]


def end_before_the_next(event, context):
    call = __main__.RuntimeApi.call

    def ending(self, method, *arguments):
        if method == "GET":
            os._exit(128)
        return call(self, method, *arguments)

    __main__.RuntimeApi.call = ending
    return os.getpid()


def write(event, context):
    path = os.path.join(os.environ["TMPDIR"], "file")
    with open(path, "w") as file:
        file.write(event)
    return path


def variables(event, context):
    return {name: os.environ.get(name) for name in event}


def imports(event, context):
    found = {}
    for name in event:
        try:
            found[name] = __import__(name).__name__
        except ImportError as failure:
            found[name] = str(failure)
    return found


def wrapped(event, context):
    return [os.environ.get("BY_WRAPPER"), sys.flags.no_site]
