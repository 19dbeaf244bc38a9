#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Extracts AWS's published service models from the installed botocore.

Writes one compressed JSON file per service and an index, VERSION.json, with the version of
botocore, the names of each service and the SHA-256 of each file's uncompressed content. The
content depends on the version of botocore only: documentation is dropped, the order of members
and enum values is kept, everything else is sorted. (The compressed bytes also depend on the zlib
that Python was built with. A file whose content is unchanged is therefore not rewritten.)

Usage: python3 tools/models/extract_models.py [--output DIRECTORY]

Needs Python 3.9 or newer and botocore (pip install botocore==VERSION).
"""

import argparse
import gzip
import hashlib
import json
import pathlib
import sys

DEFAULT_OUTPUT = (
    pathlib.Path(__file__).resolve().parents[2]
    / "local-sim/service/src/main/resources/dev/syncline/sim/service/models"
)

# Names as in botocore's data directory, which are the AWS CLI's names.
SERVICES = """
acm apigateway apigatewayv2 appsync athena batch bedrock-runtime cloudformation cloudwatch codebuild
cognito-identity cognito-idp comprehend dynamodb dynamodbstreams ecr ecs eks emr-serverless
events firehose glue iam kinesis kms lambda logs pipes polly rds-data redshift-data rekognition
s3 scheduler secretsmanager ses sesv2 sns sqs ssm stepfunctions sts textract transcribe translate
""".split()

# The ids of rooms, where they are no other name of the service.
ROOMS = {"cognito-idp": ["cognito"]}

# What is kept and what is dropped. A key in neither list stops the script: it is new in botocore,
# and a person has to decide.
METADATA = (
    {"apiVersion", "endpointPrefix", "jsonVersion", "protocol", "protocols", "serviceId",
     "signingName", "targetPrefix", "xmlNamespace"},
    {"auth", "awsQueryCompatible", "checksumFormat", "globalEndpoint", "protocolSettings",
     "ripServiceName", "serviceAbbreviation", "serviceFullName", "signatureVersion", "uid"},
)  # fmt: skip
OPERATION = (
    {"authtype", "deprecated", "endpoint", "errors", "http", "input", "output"},
    {"auth", "deprecatedMessage", "deprecatedSince", "documentation", "documentationUrl",
     "endpointdiscovery", "endpointoperation", "httpChecksum", "httpChecksumRequired",
     "idempotent", "name", "operationContextParams", "readonly", "requestcompression",
     "staticContextParams", "unsignedPayload"},
)  # fmt: skip
SHAPE = (
    {"box", "document", "enum", "error", "event", "eventstream", "exception", "fault",
     "flattened", "key", "locationName", "max", "member", "members", "min", "pattern", "payload",
     "required", "sensitive", "streaming", "timestampFormat", "type", "union", "value",
     "wrapper", "xmlNamespace"},
    {"deprecated", "deprecatedMessage", "deprecatedSince", "documentation", "retryable",
     "synthetic", "xmlOrder"},
)  # fmt: skip
REFERENCE = (
    {"box", "eventpayload", "flattened", "hostLabel", "idempotencyToken", "jsonvalue", "location",
     "locationName", "resultWrapper", "shape", "streaming", "timestampFormat", "xmlAttribute",
     "xmlNamespace"},
    {"contextParam", "deprecated", "deprecatedMessage", "deprecatedSince", "documentation",
     "enum"},
)  # fmt: skip


def pick(source, keys, where):
    kept, dropped = keys
    unknown = sorted(set(source) - kept - dropped)
    if unknown:
        sys.exit(f"{where}: unknown keys {unknown}: keep or drop them in {__file__}")
    # A false flag says nothing.
    return {key: source[key] for key in sorted(source) if key in kept and source[key] is not False}


def reference(source, where):
    """A reference to a shape: its name, or an object where there is more to say."""
    picked = pick(source, REFERENCE, where)
    return picked["shape"] if list(picked) == ["shape"] else picked


def operation(source, where):
    picked = pick(source, OPERATION, where)
    for key in ("input", "output"):
        if key in picked:
            picked[key] = reference(picked[key], where)
    if "errors" in picked:
        picked["errors"] = [error["shape"] for error in picked["errors"]]
    if not picked.get("errors", True):
        del picked["errors"]
    return picked


def shape(source, where):
    picked = pick(source, SHAPE, where)
    for key in ("key", "member", "value"):
        if key in picked:
            picked[key] = reference(picked[key], where)
    if "members" in picked:
        picked["members"] = {
            name: reference(member, f"{where}.{name}") for name, member in picked["members"].items()
        }
    if not picked.get("required", True):
        del picked["required"]
    return picked


def lines(name, values):
    """One value a line, so that two versions of a file compare well."""
    body = ",\n".join(f"{compact(key)}:{compact(values[key])}" for key in sorted(values))
    return f'"{name}":{{\n{body}\n}}'


def compact(value):
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def extract(source, service):
    metadata = pick(source["metadata"], METADATA, f"{service} metadata")
    operations = {
        name: operation(one, f"{service} operation {name}")
        for name, one in source["operations"].items()
    }
    shapes = {
        name: shape(one, f"{service} shape {name}") for name, one in source["shapes"].items()
    }
    return metadata, (
        f'{{"metadata":{compact(metadata)},\n'
        f'{lines("operations", operations)},\n{lines("shapes", shapes)}}}\n'
    )


def aliases(models):
    """Other names by which each service is found: the SDK's, and its endpoint's if unique."""
    by_endpoint = {}
    for service, metadata in models.items():
        by_endpoint.setdefault(metadata["endpointPrefix"], []).append(service)
    found = {}
    for service, metadata in models.items():
        names = {metadata["serviceId"].replace(" ", "").lower()}
        if by_endpoint[metadata["endpointPrefix"]] == [service]:
            names.add(metadata["endpointPrefix"])
        names.update(ROOMS.get(service, []))
        found[service] = sorted(names - set(models))
    return found


def content(file):
    return gzip.decompress(file.read_bytes()).decode("ascii") if file.exists() else None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--output", type=pathlib.Path, default=DEFAULT_OUTPUT)
    output = parser.parse_args().output

    try:
        import botocore
        import botocore.loaders
    except ImportError:
        sys.exit("botocore is not installed: pip install botocore")

    # Only the models of botocore itself: a user may have others in ~/.aws/models.
    loader = botocore.loaders.Loader(
        extra_search_paths=[botocore.loaders.Loader.BUILTIN_DATA_PATH],
        include_default_search_paths=False,
        include_default_extras=False,
    )
    output.mkdir(parents=True, exist_ok=True)
    models = {}
    index = {}
    for service in SERVICES:
        models[service], text = extract(loader.load_service_model(service, "service-2"), service)
        index[service] = {"sha256": hashlib.sha256(text.encode("ascii")).hexdigest()}
        file = output / f"{service}.json.gz"
        if content(file) != text:
            file.write_bytes(gzip.compress(text.encode("ascii"), 9, mtime=0))
    for service, names in aliases(models).items():
        index[service]["aliases"] = names
    for stale in output.glob("*.json.gz"):
        if stale.name[: -len(".json.gz")] not in index:
            stale.unlink()
    (output / "VERSION.json").write_text(
        '{"source":"botocore, https://github.com/boto/botocore, Apache License 2.0",\n'
        f'"botocore":"{botocore.__version__}",\n'
        f'{lines("services", index)}}}\n',
        encoding="ascii",
        newline="\n",
    )
    print(f"{len(models)} service models of botocore {botocore.__version__} in {output}")


if __name__ == "__main__":
    main()
