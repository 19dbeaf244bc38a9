# SPDX-License-Identifier: Apache-2.0
"""Errors that the runtime itself reports."""


class Fault(Exception):
    """An error that the runtime itself reports."""

    def __init__(self, error_type, message, trace=None):
        super().__init__(message)
        self.error_type = error_type
        self.message = message
        self.trace = trace
