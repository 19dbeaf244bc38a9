// SPDX-License-Identifier: Apache-2.0
// Lambda includes the AWS SDK for JavaScript; here it is what the machine has.
import { existsSync } from 'node:fs';
import path from 'node:path';

const PACKAGE = /Cannot find (?:module|package) '(@(?:aws-sdk|smithy)\/[\w.-]+)/;

/** A line for the log when an error is the lack of an SDK package that Lambda has, else null. */
export function sdkAdvice(error) {
  const missing = PACKAGE.exec(error?.message ?? '')?.[1];
  if (!missing) {
    return null;
  }
  const included = path.join(process.env.LAMBDA_RUNTIME_DIR ?? '', 'node_modules', '@aws-sdk');
  return existsSync(included)
    ? `Lambda includes ${missing}, but this machine's AWS SDK lacks it: npm i -g ${missing}, or` +
        ' --sdk-node PATH'
    : 'the AWS SDK that Lambda includes is not on this machine: npm i -g @aws-sdk/client-s3, or' +
        ' --sdk-node PATH';
}
