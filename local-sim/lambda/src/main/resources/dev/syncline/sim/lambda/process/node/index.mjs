// SPDX-License-Identifier: Apache-2.0
// The runtime of Node.js functions: connects to the Runtime API, and runs the client of the
// function's runtime, which need not be the version of the Node.js that runs it. Standard library
// only.
import module, { createRequire } from 'node:module';
import { hasFolders, resolveSync } from './es-resolve.mjs';
import { RuntimeApi } from './runtime-api.mjs';

const FIRST_WITHOUT_CALLBACKS = 24;

if (hasFolders) {
  if (module.registerHooks) {
    module.registerHooks({ resolve: resolveSync });
  } else if (module.register) {
    module.register('./es-resolve.mjs', import.meta.url);
  }
}
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
