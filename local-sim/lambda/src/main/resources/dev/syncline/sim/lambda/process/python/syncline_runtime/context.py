# SPDX-License-Identifier: Apache-2.0
"""The context object of an invocation."""

import json
import os
import time

from .faults import Fault
from .records import write_record


class Fields:
    """An object of given attributes, None when the source lacks them."""

    __slots__ = ()

    def __init__(self, source):
        for name in self.__slots__:
            setattr(self, name, source.get(name))

    def __repr__(self):
        shown = ",".join("%s=%s" % (name, getattr(self, name)) for name in self.__slots__)
        return "%s([%s])" % (type(self).__name__, shown)


class CognitoIdentity(Fields):
    __slots__ = ["cognito_identity_id", "cognito_identity_pool_id"]


class Client(Fields):
    __slots__ = [
        "installation_id",
        "app_title",
        "app_version_name",
        "app_version_code",
        "app_package_name",
    ]


class ClientContext(Fields):
    __slots__ = ["custom", "env", "client"]


class LambdaContext:
    def __init__(self, headers):
        variable = os.environ.get
        self.aws_request_id = headers.get("lambda-runtime-aws-request-id")
        self.log_group_name = variable("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = variable("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = variable("AWS_LAMBDA_FUNCTION_NAME")
        self.memory_limit_in_mb = variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = variable("AWS_LAMBDA_FUNCTION_VERSION")
        self.invoked_function_arn = headers.get("lambda-runtime-invoked-function-arn")
        self.tenant_id = headers.get("lambda-runtime-aws-tenant-id") or None
        self.client_context = None
        given = parsed(headers, "Client Context")
        if given is not None:
            self.client_context = ClientContext(given)
            client = self.client_context.client
            self.client_context.client = None if client is None else Client(client)
        identity = parsed(headers, "Cognito Identity") or {}
        self.identity = CognitoIdentity(
            {
                "cognito_identity_id": identity.get("cognitoIdentityId"),
                "cognito_identity_pool_id": identity.get("cognitoIdentityPoolId"),
            }
        )
        self._epoch_deadline_time_in_ms = int(headers.get("lambda-runtime-deadline-ms", "0"))

    def get_remaining_time_in_millis(self):
        return max(0, self._epoch_deadline_time_in_ms - int(time.time() * 1000))

    def log(self, msg):
        write_record(str(msg))

    def __repr__(self):
        names = (
            "aws_request_id log_group_name log_stream_name function_name memory_limit_in_mb"
            " function_version invoked_function_arn client_context identity tenant_id"
        )
        shown = ",".join("%s=%s" % (name, getattr(self, name)) for name in names.split(" "))
        return "LambdaContext([%s])" % shown


def parsed(headers, name):
    text = headers.get("lambda-runtime-" + name.lower().replace(" ", "-"))
    if not text:
        return None
    try:
        return json.loads(text)
    except Exception as failure:
        raise Fault(
            "Runtime.LambdaContextUnmarshalError",
            "Unable to parse %s JSON: %s" % (name, failure),
        )
