// SPDX-License-Identifier: Apache-2.0
// The forms in which Lambda's clients for Node.js report errors: to the caller, to the log, and as
// the cause that X-Ray shows.
import { types } from 'node:util';

const UNREADABLE =
  'callback called with Error argument, but there was a problem while retrieving one or more of' +
  ' its message, name, and stack';

/** Header values cannot hold DEL, so AWS's clients replace it in every error. */
const printable = (text) => text?.replace(/\x7F/g, '%7F');

function looksLikeError(value) {
  return (
    value &&
    [value.name, value.message, value.stack].every((text) => text && typeof text === 'string')
  );
}

/** Errors as the clients up to nodejs22.x post them. */
export const CALLBACK_ERRORS = {
  body(error) {
    try {
      if (types.isNativeError(error) || looksLikeError(error)) {
        return {
          errorType: printable(error.name),
          errorMessage: printable(error.message),
          trace: printable(error.stack).split('\n'),
        };
      }
      return { errorType: typeof error, errorMessage: error.toString(), trace: [] };
    } catch {
      return { errorType: 'handled', errorMessage: UNREADABLE };
    }
  },
  of: (thrown) => (thrown instanceof Error ? thrown : new Error(thrown)),
};

/** Errors as the client of nodejs24.x posts them. */
export const PROMISE_ERRORS = {
  body(error) {
    try {
      if (error instanceof Error) {
        return {
          errorType: printable(error.name),
          errorMessage: printable(error.message),
          trace: printable(error.stack)?.split('\n') || [],
        };
      }
      return { errorType: typeof error, errorMessage: String(error), trace: [] };
    } catch {
      return { errorType: 'handled', errorMessage: UNREADABLE, trace: [] };
    }
  },
  of: (thrown) => (thrown instanceof Error ? thrown : new Error(String(thrown))),
};

/** The text after the title of an error's line in a text log. */
export function errorText(error, body) {
  const expanded = (key, value) => {
    if (!(value instanceof Error)) {
      return value;
    }
    const shown = { errorType: value.name, errorMessage: value.message, code: value.code };
    Object.assign(shown, value);
    if (typeof value.stack === 'string') {
      shown.stack = value.stack.split('\n');
    }
    return shown;
  };
  try {
    return '\t' + JSON.stringify(error, expanded);
  } catch {
    return '\t' + JSON.stringify(body(error));
  }
}

function frame(line) {
  const text = line.trim().replace(/[()]/g, '');
  const call = text.slice(text.indexOf(' ') + 1);
  const space = call.lastIndexOf(' ');
  const [path, number] = call.slice(space + 1).split(':');
  return {
    path,
    line: parseInt(number),
    label: space > 0 ? call.slice(0, space) : 'anonymous',
  };
}

/** The cause that X-Ray shows, as JSON; empty when the error does not allow it. */
export function xrayCause(error) {
  try {
    const stack = error.stack ? printable(error.stack).split('\n').slice(1).map(frame) : [];
    return JSON.stringify({
      working_directory: process.cwd(),
      exceptions: [{ type: printable(error.name), message: printable(error.message), stack }],
      paths: [...new Set(stack.map((entry) => entry.path))],
    });
  } catch {
    return '';
  }
}

/** A class of errors whose instances start their stack with `Runtime.NAME`. */
export function runtimeError(name) {
  const Type = { [name]: class extends Error {} }[name];
  Type.prototype.name = `Runtime.${name}`;
  return Type;
}

/**
 * A class of errors that are called `Runtime.NAME`, while their stack starts with `Error`: what the
 * client of nodejs24.x throws.
 *
 * @param className shown in JSON logs and by Node.js when the error ends the process
 */
export function renamedError(name, className = name) {
  return {
    [className]: class extends Error {
      constructor(message) {
        super(message);
        this.name = `Runtime.${name}`;
      }
    },
  }[className];
}
