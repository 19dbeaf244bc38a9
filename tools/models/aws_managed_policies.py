#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the AWS managed policies that local-sim's IAM knows.

    pip install moto
    python3 tools/models/aws_managed_policies.py

The names, paths, dates and documents are AWS's; moto (Apache-2.0) publishes them as data, which a
job of that project reads from AWS. The files written are local-sim/services/iam/src/main/resources/
dev/syncline/sim/services/iam/managed-policies.tsv, one policy a line, and managed-policies.documents.gz, its documents.
"""
import gzip
import json
from importlib.metadata import version
from pathlib import Path

from moto.iam.aws_managed_policies import aws_managed_policies_data

TARGET = (
    Path(__file__).resolve().parent.parent.parent
    / 'local-sim/services/iam/src/main/resources/dev/syncline/sim/services/iam'
)


def time(text):
    return text.replace('+00:00', 'Z')


def main():
    policies = sorted(json.loads(aws_managed_policies_data).items())
    lines = [
        '# AWS managed policies: name, path, default version, created, updated.',
        '# Written by tools/models/aws_managed_policies.py from moto ' + version('moto') + ' (Apache-2.0).',
    ]
    documents = []
    for name, policy in policies:
        lines.append('\t'.join([
            name, policy['Path'], policy['DefaultVersionId'],
            time(policy['CreateDate']), time(policy['UpdateDate'])]))
        documents.append(name + '\t' + json.dumps(policy['Document'], separators=(',', ':')))
    (TARGET / 'managed-policies.tsv').write_text('\n'.join(lines) + '\n', encoding='utf-8')
    packed = gzip.compress('\n'.join(documents).encode('utf-8'), 9, mtime=0)
    (TARGET / 'managed-policies.documents.gz').write_bytes(packed)
    print(len(policies), 'policies')


if __name__ == '__main__':
    main()
