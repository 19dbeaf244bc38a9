# SPDX-License-Identifier: Apache-2.0
"""Compares recorded answers with the output shapes of botocore's service models.

usage: check_answers.py ANSWERS.jsonl
Each line is {"service": signing name, "operation": …, "answer": {…}}. Prints what is wrong, one
line each, sorted; exit status 1 when there is anything, 3 when botocore is not installed.
"""
import json
import sys

try:
    import botocore.loaders
    import botocore.model
except ImportError:
    print("botocore is not installed")
    sys.exit(3)

# Where the directory of a model is not called as the service signs.
DIRECTORIES = {
    "states": "stepfunctions",
    "monitoring": "cloudwatch",
    "cognito": "cognito-idp",
    "cognitoidentity": "cognito-identity",
}
# Missing on AWS too, against the model: a function without a code signing configuration.
MISSING_ON_AWS = {"lambda:GetFunctionCodeSigningConfig.CodeSigningConfigArn"}
# In recorded answers, and newer than the models.
NEWER = {"IssuerConfiguration", "KeyConfiguration"}
INTEGERS = {"integer", "long"}
NUMBERS = {"float", "double"}


def model(service, loader=botocore.loaders.Loader(), known={}):
    if service not in known:
        name = DIRECTORIES.get(service, service)
        known[service] = botocore.model.ServiceModel(loader.load_service_model(name, "service-2"))
    return known[service]


def wire_name(member, shape):
    # Members that travel as headers go by their own names until they are written.
    if shape.serialization.get("location"):
        return member
    return shape.serialization.get("name", member)


def check(value, shape, path):
    kind = shape.type_name
    if kind == "structure":
        yield from check_structure(value, shape, path)
    elif kind == "list":
        if not isinstance(value, list):
            yield f"{path} is not a list: {value!r}"
            return
        for item in value:
            yield from check(item, shape.member, path + "[]")
    elif kind == "map":
        if not isinstance(value, dict):
            yield f"{path} is not a map: {value!r}"
            return
        for item in value.values():
            yield from check(item, shape.value, path + "{}")
    elif kind == "boolean":
        if not isinstance(value, bool) and value not in ("true", "false"):
            yield f"{path} is not a boolean: {value!r}"
    elif kind in INTEGERS:
        if isinstance(value, bool) or not isinstance(value, int):
            yield f"{path} is not a whole number: {value!r}"
    elif kind in NUMBERS:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            yield f"{path} is not a number: {value!r}"
    elif kind == "timestamp":
        if isinstance(value, bool) or not isinstance(value, (int, float, str)):
            yield f"{path} is not a timestamp: {value!r}"
    elif kind in ("string", "blob", "character"):
        if not isinstance(value, str):
            yield f"{path} is not a text: {value!r}"
        elif getattr(shape, "enum", None) and value not in shape.enum:
            yield f"{path} is not in {shape.enum}: {value!r}"


def check_structure(value, shape, path):
    if not isinstance(value, dict):
        yield f"{path} is not a structure: {value!r}"
        return
    # An answer in XML has the members' own names until the codec writes its elements.
    members = {**shape.members, **{wire_name(n, m): m for n, m in shape.members.items()}}
    required = {
        wire_name(name, shape.members[name])
        for name in shape.required_members
        if name not in value
    }
    for name in sorted(required - value.keys()):
        if f"{path}.{name}" in MISSING_ON_AWS:
            continue
        yield f"{path}.{name} is missing"
    for name, item in value.items():
        if name not in members and name in NEWER:
            continue
        if name not in members:
            yield f"{path}.{name} is not in the model"
        elif item is None:
            yield f"{path}.{name} is null"
        else:
            yield from check(item, members[name], f"{path}.{name}")


def main(file):
    findings = set()
    with open(file, encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            path = f"{record['service']}:{record['operation']}"
            operation = model(record["service"]).operation_model(record["operation"])
            shape = operation.output_shape
            answer = record["answer"]
            if shape is None:
                if answer:
                    findings.add(f"{path} has no output, but answered {answer}")
                continue
            payload = shape.serialization.get("payload")
            # Members that travel as headers or as the body itself are not in the structure.
            if payload and shape.members[payload].type_name != "structure":
                continue
            findings.update(check(answer, shape, path))
    print("\n".join(sorted(findings)))
    return 1 if findings else 0


sys.exit(main(sys.argv[1]))
