// SPDX-License-Identifier: Apache-2.0
// Prepares the ES loader for the packages of NODE_PATH. Older versions of Node.js ask on a thread of
// their own, whose start takes longer than that of a small function; so it is started at the first
// source that has an import.
import { readFileSync } from 'node:fs';
import module from 'node:module';
import { hasFolders, resolveSync } from './es-resolve.mjs';

const IMPORT = /\bimport\b/;
const CALL = /\bimport\s*\(/;
let prepared = !hasFolders;

function prepare() {
  prepared = true;
  if (module.registerHooks) {
    module.registerHooks({ resolve: resolveSync });
  } else if (module.register) {
    module.register('./es-resolve.mjs', import.meta.url);
  }
}

/** Looks at the source of each CommonJS module before it runs. */
export function watchCommonJs() {
  if (prepared) {
    return;
  }
  if (module.registerHooks) {
    prepare();
    return;
  }
  const compile = module.prototype._compile;
  module.prototype._compile = function (content, ...others) {
    if (!prepared && CALL.test(content)) {
      prepare();
    }
    return compile.call(this, content, ...others);
  };
}

/** Imports the handler's file. */
export function importFile(file) {
  if (!prepared && IMPORT.test(readFileSync(file, 'utf8'))) {
    prepare();
  }
  return import(file);
}
