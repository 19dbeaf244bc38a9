# SPDX-License-Identifier: Apache-2.0
"""The Runtime API."""

import os
import sys

from .marshal import to_json


class RuntimeApi:
    """One kept connection. An environment whose Runtime API has gone has no further work."""

    def __init__(self, address):
        host, _, self.prefix = address.partition("/")
        self.prefix = ("/" + self.prefix if self.prefix else "") + "/2018-06-01/runtime/"
        name, _, port = host.rpartition(":")
        self.host, self.target = host, (name or host, int(port or 80))
        self.stream = None

    def call(self, method, path, body=b"", headers=()):
        """The status, the headers by lower-case name, and the body."""
        import socket

        if self.stream is None:
            connection = socket.create_connection(self.target)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.stream = connection.makefile("rwb")
            connection.close()
        version = "%d.%d.%d" % sys.version_info[:3]
        head = ["%s %s%s HTTP/1.1" % (method, self.prefix, path), "Host: " + self.host]
        head.append("User-Agent: aws-lambda-python/%s-syncline" % version)
        head += ["%s: %s" % header for header in headers]
        if method == "POST":
            head.append("Content-Length: %d" % len(body))
        self.stream.write(("\r\n".join(head) + "\r\n\r\n").encode("utf-8", "replace") + body)
        self.stream.flush()
        status = self.stream.readline()
        if not status:
            os._exit(1)
        answered = {}
        for line in iter(self.stream.readline, b"\r\n"):
            name, _, value = line.decode("utf-8").partition(":")
            answered[name.strip().lower()] = value.strip()
        content = self.stream.read(int(answered.get("content-length", "0")))
        if answered.get("connection", "").lower() == "close":
            self.stream = None
        return int(status.split()[1]), answered, content

    def post(self, path, body, headers):
        status, _, content = self.call("POST", path, body, headers)
        if status != 202:
            raise RuntimeError("Runtime API refused %s: %d %s" % (path, status, content.decode()))

    def post_error(self, path, error, error_type):
        self.post(
            path,
            to_json(error).encode("utf-8"),
            [
                ("Content-Type", "application/json"),
                ("Lambda-Runtime-Function-Error-Type", error_type),
            ],
        )
