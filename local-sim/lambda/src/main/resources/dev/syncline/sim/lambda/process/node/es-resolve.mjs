// SPDX-License-Identifier: Apache-2.0
// Node.js looks up NODE_PATH for `require` only. In Lambda's runtimes `import` finds the packages of
// layers and the SDK too, so a package that is not found is looked for in each folder
// `node_modules` of NODE_PATH, in its order.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const parents = (process.env.NODE_PATH ?? '')
  .split(path.delimiter)
  .filter((folder) => path.basename(folder) === 'node_modules' && existsSync(folder))
  .map((folder) => pathToFileURL(path.join(path.dirname(folder), 'importer.mjs')).href);

function isPackage(specifier, error) {
  return error?.code === 'ERR_MODULE_NOT_FOUND' && !/^(\.{0,2}\/|[a-z][a-z+.-]*:)/i.test(specifier);
}

/** Asks on the loader's own thread. */
export async function resolve(specifier, context, nextResolve) {
  try {
    return await nextResolve(specifier, context);
  } catch (error) {
    for (const parentURL of isPackage(specifier, error) ? parents : []) {
      try {
        return await nextResolve(specifier, { ...context, parentURL });
      } catch (again) {
        if (again?.code !== 'ERR_MODULE_NOT_FOUND') {
          throw again;
        }
      }
    }
    throw error;
  }
}

/** Asks on the thread of the import. */
export function resolveSync(specifier, context, nextResolve) {
  try {
    return nextResolve(specifier, context);
  } catch (error) {
    for (const parentURL of isPackage(specifier, error) ? parents : []) {
      try {
        return nextResolve(specifier, { ...context, parentURL });
      } catch (again) {
        if (again?.code !== 'ERR_MODULE_NOT_FOUND') {
          throw again;
        }
      }
    }
    throw error;
  }
}

export const hasFolders = parents.length > 0;
