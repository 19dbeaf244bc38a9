# SPDX-License-Identifier: Apache-2.0
"""The log: each record is one event, also when it has several lines. The simulator cuts the records
out of the output by their marks."""

import json
import logging
import os
import time
import traceback

from .marshal import to_json

RECORD_BEGIN = b"\x00syncline-record:"
RECORD_END = b"\x00syncline-end\n"
JSON_LOG = os.environ.get("AWS_LAMBDA_LOG_FORMAT", "").upper() == "JSON"


class Current:
    """The invocation that runs, for log records."""

    request_id = None
    tenant_id = None


def write_record(text):
    """Writes one log event, which may have several lines."""
    if text.endswith("\n"):
        text = text[:-1]
    data = RECORD_BEGIN + text.encode("utf-8", "replace") + RECORD_END
    while data:
        data = data[os.write(1, data) :]


def log_error(error):
    if JSON_LOG:
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        write_record(to_json({"timestamp": now, "log_level": "ERROR", **error}))
        return
    head = "[ERROR]"
    if error["errorType"]:
        head += " " + error["errorType"]
    if error["errorMessage"]:
        head += (":" if error["errorType"] else "") + " " + error["errorMessage"]
    lines = [head, "Traceback (most recent call last):"]
    for frame in error["stackTrace"]:
        for line in frame.splitlines() or [""]:
            text = line.lstrip(" ")
            lines.append("\u00a0" * (len(line) - len(text)) + text)
    write_record("\n".join(lines))


class RecordHandler(logging.Handler):
    """The root logger's handler."""

    def emit(self, record):
        write_record(self.format(record))


def add_ids(record):
    record.aws_request_id = Current.request_id or ""
    record.tenant_id = Current.tenant_id
    return True


class JsonFormatter(logging.Formatter):
    """One JSON object a record, with the keys of `extra`."""

    HIDDEN = frozenset(
        "name msg args levelname levelno pathname filename module exc_info exc_text stack_info"
        " lineno funcName created msecs relativeCreated thread threadName processName process"
        " aws_request_id tenant_id _frame_type".split(" ")
    )

    def format(self, record):
        record.levelno = min(50, max(0, record.levelno)) // 10 * 10
        record.levelname = logging.getLevelName(record.levelno)
        failure = record.exc_info
        shown = {
            "timestamp": self.formatTime(record, "%Y-%m-%dT%H:%M:%SZ"),
            "level": record.levelname,
            "message": record.getMessage(),
            "logger": record.name,
            "stackTrace": traceback.format_tb(failure[2]) if failure else None,
            "errorType": failure[0].__name__ if failure else None,
            "errorMessage": str(failure[1]) if failure else None,
            "requestId": getattr(record, "aws_request_id", None),
            "location": (
                "%s:%s:%s" % (record.pathname, record.funcName, record.lineno) if failure else None
            ),
        }
        if getattr(record, "tenant_id", None) is not None:
            shown["tenantId"] = record.tenant_id
        for key, value in record.__dict__.items():
            if key not in self.HIDDEN and key not in shown:
                shown[key] = value
        shown = {key: value for key, value in shown.items() if value is not None}
        return json.dumps(shown, ensure_ascii=False)


def set_up_logging():
    logging.Formatter.converter = time.gmtime
    handler = RecordHandler()
    if JSON_LOG:
        handler.setFormatter(JsonFormatter())
    else:
        handler.setFormatter(
            logging.Formatter(
                "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n",
                "%Y-%m-%dT%H:%M:%S",
            )
        )
    handler.addFilter(add_ids)
    level = os.environ.get("AWS_LAMBDA_LOG_LEVEL", "")
    level = "DEBUG" if level == "TRACE" else level.upper()
    if level in ("CRITICAL", "FATAL", "ERROR", "WARN", "WARNING", "INFO", "DEBUG", "NOTSET"):
        logging.getLogger().setLevel(level)
    logging.getLogger().addHandler(handler)
