// SPDX-License-Identifier: Apache-2.0
// The runtime of Node.js functions: connects to the Runtime API, and runs the client of the
// function's runtime, which need not be the version of the Node.js that runs it. Standard library
// only.
import { createRequire } from 'node:module';
import { watchCommonJs } from './imports.mjs';
import { RuntimeApi } from './runtime-api.mjs';

const FIRST_WITHOUT_CALLBACKS = 24;

watchCommonJs();
const version = /nodejs(\d+)/.exec(process.env.AWS_EXECUTION_ENV ?? '')?.[1];
const withCallbacks = !(Number(version) >= FIRST_WITHOUT_CALLBACKS);

async function main() {
  const { run } = await import(withCallbacks ? './callbacks.mjs' : './promises.mjs');
  const api = await RuntimeApi.connect(process.env.AWS_LAMBDA_RUNTIME_API);
  await run(api, createRequire(import.meta.url));
}

const ended = main();
if (withCallbacks) {
  // A module that is not loaded until the event loop is empty then ends the process with status 13,
  // and a failure is an uncaught exception.
  await ended;
}
