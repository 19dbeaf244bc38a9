# SPDX-License-Identifier: Apache-2.0
"""Handlers that write logs."""

import logging
import sys

logger = logging.getLogger("orders")


def printed(event, context):
    print("one\ntwo")
    print("three", file=sys.stderr)
    sys.stdout.write("no end")
    context.log("by context")


def levels(event, context):
    logging.basicConfig(level=logging.DEBUG, format="ignored")
    for level in (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL):
        logger.log(level, "at %d", level)


def several_lines(event, context):
    logger.warning("first\nsecond\n\tthird")


def failing(event, context):
    try:
        {}["key"]
    except KeyError:
        logger.exception("not found", extra={"order": 7, "none": None})


def by_event(event, context):
    logging.getLogger().setLevel(event)
    logger.debug("shown")
    logger.info({"a": 1})


def unhandled(event, context):
    raise ValueError("in JSON")
