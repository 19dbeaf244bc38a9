# SPDX-License-Identifier: Apache-2.0
"""Every operation of Event APIs' control plane, by boto3.

usage: appsync_control_plane.py ENDPOINT. Exit status 3 when boto3 is not installed.
"""
import datetime
import sys
import time

try:
    import boto3
    from botocore.config import Config
    from botocore.exceptions import ClientError
except ImportError:
    print("boto3 is not installed")
    sys.exit(3)

appsync = boto3.client(
    "appsync", endpoint_url=sys.argv[1], config=Config(retries={"max_attempts": 1})
)
CODE = """export function onPublish(ctx) { return ctx.events; }"""
MODES = [{"authType": "API_KEY"}, {"authType": "AWS_IAM"}]


def refused(code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        return error.response
    raise AssertionError(f"{call.__name__} was not refused")


config = {
    "authProviders": MODES,
    "connectionAuthModes": MODES,
    "defaultPublishAuthModes": MODES,
    "defaultSubscribeAuthModes": MODES,
    "logConfig": {
        "logLevel": "ERROR",
        "cloudWatchLogsRoleArn": "arn:aws:iam::111111111111:role/logs",
    },
}

# Api
api = appsync.create_api(
    name="first", ownerContact="me", tags={"team": "red"}, eventConfig=config
)["api"]
api_id = api["apiId"]
assert isinstance(api["created"], datetime.datetime), api
assert api["eventConfig"] == config, api["eventConfig"]
assert set(api["dns"]) == {"HTTP", "REALTIME"}, api["dns"]
assert appsync.get_api(apiId=api_id)["api"] == api
updated = appsync.update_api(apiId=api_id, name="second", eventConfig=config)["api"]
assert updated["name"] == "second" and updated["dns"] == api["dns"], updated
others = [appsync.create_api(name=f"n{i}", eventConfig=config)["api"]["apiId"] for i in range(3)]
listed = []
pages = appsync.get_paginator("list_apis").paginate(PaginationConfig={"PageSize": 2})
for page in pages:
    listed += [one["apiId"] for one in page["apis"]]
assert sorted(listed) == sorted(others + [api_id]), listed
refused("NotFoundException", appsync.get_api, apiId="a" * 26)
refused("BadRequestException", appsync.create_api, name="x", eventConfig={**config, "authProviders": []})

# DataSource
sources = {
    "fn": {
        "type": "AWS_LAMBDA",
        "lambdaConfig": {"lambdaFunctionArn": "arn:aws:lambda:us-east-1:111111111111:function:f"},
    },
    "bus": {
        "type": "AMAZON_EVENTBRIDGE",
        "eventBridgeConfig": {"eventBusArn": "arn:aws:events:us-east-1:111111111111:event-bus/default"},
    },
    "web": {"type": "HTTP", "httpConfig": {"endpoint": "http://localhost"}},
    "none": {"type": "NONE"},
}
role = "arn:aws:iam::111111111111:role/source"
for name, source in sources.items():
    extra = {} if name in ("web", "none") else {"serviceRoleArn": role}
    made = appsync.create_data_source(apiId=api_id, name=name, **extra, **source)["dataSource"]
    assert made["type"] == source["type"], made
    assert appsync.get_data_source(apiId=api_id, name=name)["dataSource"] == made
changed = appsync.update_data_source(
    apiId=api_id, name="web", type="HTTP", description="d", httpConfig={"endpoint": "http://127.0.0.1"}
)["dataSource"]
assert changed["httpConfig"]["endpoint"] == "http://127.0.0.1", changed
assert len(appsync.list_data_sources(apiId=api_id)["dataSources"]) == 4
refused("BadRequestException", appsync.create_data_source, apiId=api_id, name="none", type="NONE")

# ChannelNamespace
namespace = appsync.create_channel_namespace(
    apiId=api_id,
    name="default",
    publishAuthModes=[{"authType": "AWS_IAM"}],
    codeHandlers=CODE,
    tags={"a": "b"},
)["channelNamespace"]
assert namespace["codeHandlers"] == CODE, namespace
assert isinstance(namespace["lastModified"], datetime.datetime), namespace
assert namespace["handlerConfigs"] == {} and namespace["tags"] == {"a": "b"}, namespace
changed = appsync.update_channel_namespace(
    apiId=api_id,
    name="default",
    handlerConfigs={
        "onPublish": {
            "behavior": "DIRECT",
            "integration": {"dataSourceName": "fn", "lambdaConfig": {"invokeType": "EVENT"}},
        }
    },
)["channelNamespace"]
assert changed["handlerConfigs"]["onPublish"]["behavior"] == "DIRECT", changed
assert appsync.get_channel_namespace(apiId=api_id, name="default")["channelNamespace"] == changed
assert [
    one["name"] for one in appsync.list_channel_namespaces(apiId=api_id)["channelNamespaces"]
] == ["default"]
refused("ConflictException", appsync.create_channel_namespace, apiId=api_id, name="default")
error = refused(
    "BadRequestException",
    appsync.create_channel_namespace,
    apiId=api_id,
    name="broken",
    codeHandlers="export function onPublish(ctx) { try { } catch (e) { } }",
)
assert error["reason"] == "CODE_ERROR" and error["detail"]["codeErrors"], error

# ApiKey
expires = int(time.time()) + 30 * 86400
key = appsync.create_api_key(apiId=api_id, description="k", expires=expires)["apiKey"]
assert key["id"].startswith("da2-") and key["expires"] == expires - expires % 3600, key
assert key["deletes"] == key["expires"] + 60 * 86400, key
later = appsync.update_api_key(apiId=api_id, id=key["id"], expires=expires + 86400)["apiKey"]
assert later["expires"] == key["expires"] + 86400, later
assert [one["id"] for one in appsync.list_api_keys(apiId=api_id)["apiKeys"]] == [key["id"]]
refused(
    "ApiKeyValidityOutOfBoundsException",
    appsync.create_api_key,
    apiId=api_id,
    expires=int(time.time()) + 366 * 86400 + 7200,
)

# Tags
for arn in (api["apiArn"], namespace["channelNamespaceArn"]):
    appsync.tag_resource(resourceArn=arn, tags={"more": "1"})
    assert appsync.list_tags_for_resource(resourceArn=arn)["tags"]["more"] == "1"
    appsync.untag_resource(resourceArn=arn, tagKeys=["more"])
    assert "more" not in appsync.list_tags_for_resource(resourceArn=arn)["tags"]

# EvaluateCode
evaluated = appsync.evaluate_code(
    runtime={"name": "APPSYNC_JS", "runtimeVersion": "1.0.0"},
    code="export function request(ctx) { console.log('seen'); return { n: ctx.arguments.n + 1 }; }"
    " export function response(ctx) { return ctx.result; }",
    context='{"arguments": {"n": 1}}',
    function="request",
)
assert evaluated["evaluationResult"] == '{"n":2}', evaluated
assert any("seen" in line for line in evaluated["logs"]), evaluated

# Away with it
appsync.delete_api_key(apiId=api_id, id=key["id"])
appsync.delete_channel_namespace(apiId=api_id, name="default")
for name in sources:
    appsync.delete_data_source(apiId=api_id, name=name)
for one in others + [api_id]:
    appsync.delete_api(apiId=one)
assert appsync.list_apis()["apis"] == []
refused("NotFoundException", appsync.delete_api, apiId=api_id)
print("done")
