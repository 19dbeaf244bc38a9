# SPDX-License-Identifier: Apache-2.0
"""Takes jobs from the queue, does their work, and keeps their state and results."""

import json
import os
from datetime import datetime, timezone

import boto3

TABLE = boto3.resource("dynamodb").Table(os.environ["TABLE"])
S3 = boto3.client("s3")
BUCKET = os.environ["BUCKET"]
KEEP_SECONDS = int(os.environ["KEEP_DAYS"]) * 86400


def count_words(job):
    return {"words": len(job["text"].split())}


def total(job):
    return {"total": sum(job["numbers"])}


# The work. A job of another task fails each time, and ends in the dead-letter queue.
TASKS = {"count-words": count_words, "sum": total}


def handler(event, context):
    """Answers with the failed messages only, so that no job is repeated because of another."""
    for record in event["Records"]:
        accept(record)
    failures = []
    for record in event["Records"]:
        try:
            process(record)
        except Exception as error:
            print(f"job {job_id(record)} failed: {error!r}")
            change(record, "failed", error=str(error))
            failures.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failures}


def accept(record):
    """Writes the first state of a job, unless the job has one: a queue may deliver twice."""
    sent = int(record["attributes"]["SentTimestamp"]) // 1000
    item = {
        "id": job_id(record),
        "status": "queued",
        "createdAt": timestamp(sent),
        "updatedAt": timestamp(sent),
        "expires": sent + KEEP_SECONDS,
    }
    try:
        TABLE.put_item(Item=item, ConditionExpression="attribute_not_exists(id)")
    except TABLE.meta.client.exceptions.ConditionalCheckFailedException:
        pass


def process(record):
    change(record, "processing")
    job = json.loads(record["body"])
    if job["task"] not in TASKS:
        raise ValueError(f"there is no task '{job['task']}'")
    key = f"results/{job_id(record)}.json"
    result = {"id": job_id(record), "task": job["task"], "result": TASKS[job["task"]](job)}
    S3.put_object(
        Bucket=BUCKET, Key=key, Body=json.dumps(result), ContentType="application/json"
    )
    change(record, "completed", result=f"s3://{BUCKET}/{key}")


def change(record, status, **more):
    """Sets the state; an earlier error or result is removed."""
    values = {
        ":status": status,
        ":now": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        ":attempts": int(record["attributes"]["ApproximateReceiveCount"]),
    }
    sets = ["#status = :status", "updatedAt = :now", "attempts = :attempts"]
    names = {"#status": "status", "#error": "error", "#result": "result"}
    removes = []
    for name in ("error", "result"):
        if name in more:
            values[":" + name] = more[name]
            sets.append(f"#{name} = :{name}")
        else:
            removes.append("#" + name)
    TABLE.update_item(
        Key={"id": job_id(record)},
        UpdateExpression="SET " + ", ".join(sets) + " REMOVE " + ", ".join(removes),
        ExpressionAttributeNames=names,
        ExpressionAttributeValues=values,
    )


def job_id(record):
    return record["messageAttributes"]["jobId"]["stringValue"]


def timestamp(seconds):
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="seconds")
