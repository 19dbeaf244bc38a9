#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the CloudFormation resource types that AWS has, so that local-sim's errors can tell a typing
error from what it does not support.

    pip install cfn-lint
    python3 tools/models/aws_resource_types.py

cfn-lint (MIT-0) publishes AWS's resource provider schemas; this keeps names only. The file written is
local-sim/services/cloudformation/src/main/resources/dev/syncline/sim/services/cloudformation/
resource-types.tsv: a type a line; for the types
that local-sim has, its attributes and the paths of its properties.
"""
import re
from importlib.metadata import version
from pathlib import Path

from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER as SCHEMAS

SERVICES = Path(__file__).resolve().parent.parent.parent / 'local-sim/services'
TARGET = SERVICES / 'cloudformation/src/main/resources/dev/syncline/sim/services/cloudformation/resource-types.tsv'
REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1', 'ap-northeast-1']
DEEPEST = 8


def own_types():
    names = set()
    for source in SERVICES.glob('*/src/main/java/**/resources/*.java'):
        names.update(re.findall(r'"(AWS::\w+::\w+)"', source.read_text(encoding='utf-8')))
    return names


def paths(schema, definitions, prefix, seen):
    found = set()
    for key in ('$ref',):
        name = schema.get(key, '').rsplit('/', 1)[-1]
        if name and name not in seen:
            found |= paths(definitions.get(name, {}), definitions, prefix, seen | {name})
    for key in ('oneOf', 'anyOf', 'allOf'):
        for option in schema.get(key, []):
            found |= paths(option, definitions, prefix, seen)
    if isinstance(schema.get('items'), dict):
        found |= paths(schema['items'], definitions, prefix, seen)
    for name, member in schema.get('properties', {}).items():
        path = prefix + name
        found.add(path)
        if path.count('/') < DEEPEST:
            found |= paths(member, definitions, path + '/', seen)
    return found


def main():
    types = set()
    for region in REGIONS:
        types.update(SCHEMAS.get_resource_types(region))
    lines = [
        '# Resource types of AWS CloudFormation; of those that local-sim has: attributes, properties.',
        '# Written by tools/models/aws_resource_types.py from cfn-lint ' + version('cfn-lint') + ' (MIT-0).',
    ]
    own = own_types()
    for name in sorted(t for t in types if t.startswith('AWS::')):
        line = name
        if name in own:
            schema = SCHEMAS.get_resource_schema('us-east-1', name)
            body = schema.schema
            read_only = {p.rsplit('/', 1)[-1] for p in body.get('readOnlyProperties', [])}
            known = paths(body, body.get('definitions', {}), '', set())
            line += '\t' + ','.join(sorted(schema.get_atts))
            line += '\t' + ','.join(sorted(known - read_only))
        lines.append(line)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text('\n'.join(lines) + '\n', encoding='utf-8')
    print(len(lines) - 2, 'types,', len(own & types), 'of them supported')


if __name__ == '__main__':
    main()
