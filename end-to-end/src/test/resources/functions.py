# SPDX-License-Identifier: Apache-2.0
"""Functions in Python and with a bootstrap, deployed and called by boto3, and calling back by boto3.

usage: functions.py ENDPOINT. Exit status 3 when boto3 is not installed.
"""
import base64
import io
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile

try:
    import boto3
    from botocore.config import Config
except ImportError:
    print("boto3 is not installed")
    sys.exit(3)

ROLE = "arn:aws:iam::111111111111:role/functions"
RUNTIME = "python3.%d" % min(14, max(9, sys.version_info[1]))


def client(service):
    return boto3.client(
        service,
        endpoint_url=sys.argv[1],
        config=Config(retries={"max_attempts": 1}, s3={"addressing_style": "path"}),
    )


functions, s3, logs = client("lambda"), client("s3"), client("logs")


def package(files):
    """A zip; a name that begins with + is executable."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name.lstrip("+"))
            entry.external_attr = (0o100755 if name.startswith("+") else 0o100644) << 16
            archive.writestr(entry, data)
    return content.getvalue()


def create(name, files, runtime=RUNTIME, handler="app.handler", **more):
    functions.create_function(
        FunctionName=name,
        Runtime=runtime,
        Role=ROLE,
        Handler=handler,
        Code={"ZipFile": package(files)},
        Timeout=60,
        **more,
    )


def invoke(name, event):
    answer = functions.invoke(FunctionName=name, Payload=json.dumps(event), LogType="Tail")
    tail = base64.b64decode(answer["LogResult"]).decode()
    return answer.get("FunctionError"), answer["Payload"].read(), tail


def python_calls_back():
    s3.create_bucket(Bucket="results")
    code = """
import boto3
import logging

s3 = boto3.client("s3")
logging.getLogger().setLevel("INFO")


def handler(event, context):
    if "number" not in event:
        raise ValueError("no number\\nin the event")
    s3.put_object(Bucket="results", Key=context.aws_request_id, Body=str(event["number"] * 2))
    logging.info("stored\\nit")
    return {"key": context.aws_request_id, "text": "\u00e9"}
"""
    create("store", {"app.py": code})
    error, payload, tail = invoke("store", {"number": 21})
    assert error is None, payload
    key = json.loads(payload)["key"]
    assert s3.get_object(Bucket="results", Key=key)["Body"].read() == b"42"
    assert "[INFO]\t" in tail and "\tstored\nit\n" in tail, tail

    error, payload, tail = invoke("store", {})
    assert error == "Unhandled", payload
    failure = json.loads(payload)
    assert list(failure) == ["errorMessage", "errorType", "requestId", "stackTrace"], payload
    assert failure["errorMessage"] == "no number\nin the event", payload
    assert failure["errorType"] == "ValueError", payload
    assert 'app.py", line 11, in handler\n' in failure["stackTrace"][0], payload
    messages = [
        event["message"]
        for event in logs.filter_log_events(logGroupName="/aws/lambda/store")["events"]
    ]
    assert any(
        message.startswith("[ERROR] ValueError: no number\nin the event\nTraceback")
        for message in messages
    ), messages


def json_logs():
    code = """
import logging


def handler(event, context):
    logging.info("not shown")
    logging.warning("shown", extra={"order": 7})
    print("plain")
"""
    create(
        "talk",
        {"app.py": code},
        LoggingConfig={"LogFormat": "JSON", "ApplicationLogLevel": "WARN", "SystemLogLevel": "DEBUG"},
    )
    error, payload, tail = invoke("talk", {})
    assert error is None and payload == b"null", payload
    lines = [line for line in tail.splitlines() if line]
    assert "plain" in lines, tail
    records = [json.loads(line) for line in lines if line.startswith("{")]
    own = [record for record in records if "level" in record]
    assert len(own) == 1 and own[0]["message"] == "shown" and own[0]["order"] == 7, tail
    assert own[0]["level"] == "WARNING" and own[0]["requestId"], tail
    types = [record["type"] for record in records if "type" in record]
    assert types == ["platform.start", "platform.runtimeDone", "platform.report"], tail
    report = records[-1]["record"]
    assert report["status"] == "success" and report["metrics"]["memorySizeMB"] == 128, tail


def inline_code():
    template = """
Resources:
  Inline:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: inline
      Runtime: %s
      Role: %s
      Handler: index.handler
      Code:
        ZipFile: |
          def handler(event, context):
              return event["a"] + 1
""" % (RUNTIME, ROLE)
    stacks = client("cloudformation")
    stacks.create_stack(StackName="inline", TemplateBody=template)
    stacks.get_waiter("stack_create_complete").wait(
        StackName="inline", WaiterConfig={"Delay": 1, "MaxAttempts": 60}
    )
    assert invoke("inline", {"a": 1})[1] == b"2"


def failing_starts():
    create("absent", {"app.py": ""}, handler="other.handler")
    error, payload, _ = invoke("absent", {})
    assert error == "Unhandled", payload
    assert json.loads(payload) == {
        "errorMessage": "Unable to import module 'other': No module named 'other'",
        "errorType": "Runtime.ImportModuleError",
        "requestId": "",
        "stackTrace": [],
    }, payload
    create("ends", {"app.py": "import os\ndef handler(event, context): os._exit(4)"})
    error, payload, _ = invoke("ends", {})
    assert json.loads(payload)["errorType"] == "Runtime.ExitError", payload
    assert json.loads(payload)["errorMessage"].endswith("exit status 4"), payload
    create("empty", {"readme": ""}, "provided.al2023")
    error, payload, _ = invoke("empty", {})
    assert b"Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]" in payload
    create("plain", {"bootstrap": "#!/bin/sh\n"}, "provided.al2")
    assert b"fork/exec /var/task/bootstrap: permission denied" in invoke("plain", {})[1]


SHELL = """#!/bin/sh
while true; do
  HEADERS="$(mktemp)"
  EVENT=$(curl -sS -LD "$HEADERS" "http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation/next")
  ID=$(grep -Fi Lambda-Runtime-Aws-Request-Id "$HEADERS" | tr -d '[:space:]' | cut -d: -f2)
  curl -sS -o /dev/null "http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation/$ID/response" \\
    -d "$_HANDLER got $EVENT in $PWD with $AWS_EXECUTION_ENV"
done
"""

PROGRAM = r"""
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static char answer[65536];

static char *call(const char *host, int port, const char *request) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  inet_pton(AF_INET, host, &address.sin_addr);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0) exit(9);
  if (write(fd, request, strlen(request)) < 0) exit(8);
  size_t size = 0;
  ssize_t count;
  while ((count = read(fd, answer + size, sizeof answer - 1 - size)) > 0) size += count;
  answer[size] = 0;
  close(fd);
  return answer;
}

int main(void) {
  char host[256], path[256] = "", request[4096], id[64];
  int port;
  sscanf(getenv("AWS_LAMBDA_RUNTIME_API"), "%255[^:]:%d%255s", host, &port, path);
  for (;;) {
    snprintf(request, sizeof request,
             "GET %s/2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: %s:%d\r\n"
             "Connection: close\r\n\r\n", path, host, port);
    char *found = strstr(call(host, port, request), "Lambda-Runtime-Aws-Request-Id: ");
    if (!found) exit(7);
    sscanf(found, "Lambda-Runtime-Aws-Request-Id: %63s", id);
    snprintf(request, sizeof request,
             "POST %s/2018-06-01/runtime/invocation/%s/response HTTP/1.1\r\nHost: %s:%d\r\n"
             "Connection: close\r\nContent-Length: 6\r\n\r\nfrom C", path, id, host, port);
    call(host, port, request);
  }
}
"""


def bootstraps():
    if shutil.which("curl"):
        create("shell", {"+bootstrap": SHELL}, "provided.al2023", "any.name")
        for _ in range(2):
            error, payload, _ = invoke("shell", {"a": 1})
            assert error is None and payload.startswith(b'any.name got {"a": 1} in '), payload
            assert payload.endswith(b" with "), payload
    if shutil.which("cc"):
        with tempfile.TemporaryDirectory() as directory:
            with open(directory + "/program.c", "w") as source:
                source.write(PROGRAM)
            subprocess.run(
                ["cc", "-O1", "-o", directory + "/bootstrap", directory + "/program.c"], check=True
            )
            with open(directory + "/bootstrap", "rb") as program:
                create("machine", {"+bootstrap": program.read()}, "provided")
        for _ in range(2):
            assert invoke("machine", {})[:2] == (None, b"from C")


python_calls_back()
json_logs()
inline_code()
failing_starts()
bootstraps()
print("done")
