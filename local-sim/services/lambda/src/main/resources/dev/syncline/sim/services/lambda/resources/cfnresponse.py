# SPDX-License-Identifier: Apache-2.0
"""The module that CloudFormation adds to inline code of Python: answers a custom resource's request."""

import json
import urllib.error
import urllib.request

SUCCESS = "SUCCESS"
FAILED = "FAILED"


def send(
    event,
    context,
    responseStatus,
    responseData,
    physicalResourceId=None,
    noEcho=False,
    reason=None,
):
    body = json.dumps(
        {
            "Status": responseStatus,
            "Reason": reason
            or f"See the details in CloudWatch Log Stream: {context.log_stream_name}",
            "PhysicalResourceId": physicalResourceId or context.log_stream_name,
            "StackId": event["StackId"],
            "RequestId": event["RequestId"],
            "LogicalResourceId": event["LogicalResourceId"],
            "NoEcho": noEcho,
            "Data": responseData,
        }
    )
    print("Response body:")
    print(body)
    request = urllib.request.Request(
        event["ResponseURL"],
        data=body.encode("utf-8"),
        headers={"content-type": ""},
        method="PUT",
    )
    try:
        with urllib.request.urlopen(request) as response:
            print("Status code:", response.status)
    except urllib.error.HTTPError as refused:
        print("Status code:", refused.code)
    except Exception as failure:
        # The URL holds a signature, so only the kind of the error is shown.
        print("send(..) failed executing http.request(..):", type(failure).__name__)
