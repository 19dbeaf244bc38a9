# SPDX-License-Identifier: Apache-2.0
"""Publishes each change of the table to the subscribers of the GraphQL API."""
import json
import os
import urllib.request

import boto3
from boto3.dynamodb.types import TypeDeserializer
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest

MUTATION = """mutation Publish($change: ChangeInput!) {
  publishChange(change: $change) {
    id kind item { id title content version updatedAt }
  }
}"""
KINDS = {"INSERT": "CREATED", "MODIFY": "UPDATED", "REMOVE": "DELETED"}

session = boto3.Session()
read = TypeDeserializer().deserialize


def handler(event, context):
    # The first record that fails ends the batch: the ones after it come again, in order.
    for record in event["Records"]:
        try:
            publish(change_of(record))
        except Exception as failure:
            print("not published:", failure)
            return {"batchItemFailures": [{"itemIdentifier": record["dynamodb"]["SequenceNumber"]}]}
    return {"batchItemFailures": []}


def change_of(record):
    images = record["dynamodb"]
    image = images.get("NewImage") or images["OldImage"]
    item = {name: read(value) for name, value in image.items()}
    item["version"] = int(item["version"])
    return {"id": item["id"], "kind": KINDS[record["eventName"]], "item": item}


def publish(change):
    # The mutation's selection set is what subscribers can see, so it selects everything.
    body = json.dumps({"query": MUTATION, "variables": {"change": change}})
    request = AWSRequest("POST", os.environ["GRAPHQL_URL"], {"Content-Type": "application/json"}, body)
    SigV4Auth(session.get_credentials(), "appsync", session.region_name).add_auth(request)
    sent = urllib.request.Request(request.url, body.encode(), dict(request.headers), method="POST")
    with urllib.request.urlopen(sent, timeout=10) as answer:
        errors = json.load(answer).get("errors")
    # AppSync answers 200 to a mutation that failed.
    if errors:
        raise RuntimeError(json.dumps(errors))
