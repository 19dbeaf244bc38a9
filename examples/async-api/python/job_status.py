# SPDX-License-Identifier: Apache-2.0
"""Answers GET /status/{id} from the table of jobs."""

import json
import os

import boto3

TABLE = boto3.resource("dynamodb").Table(os.environ["TABLE"])
SHOWN = ("id", "status", "createdAt", "updatedAt", "attempts", "result", "error")


def handler(event, context):
    item = TABLE.get_item(Key={"id": event["pathParameters"]["id"]}, ConsistentRead=True).get("Item")
    if item is None:
        # A job that the function has not taken from the queue yet has no record.
        return answer(404, {"error": "There is no job of this id, or it waits in the queue."})
    return answer(200, {name: item[name] for name in SHOWN if name in item})


def answer(status, body):
    return {
        "statusCode": status,
        "headers": {"Content-Type": "application/json", "Cache-Control": "no-store"},
        "body": json.dumps(body, default=int),
    }
