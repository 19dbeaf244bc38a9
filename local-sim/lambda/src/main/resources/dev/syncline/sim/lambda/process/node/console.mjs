// SPDX-License-Identifier: Apache-2.0
// The console of functions: each call is a log record of text, or a JSON object.
import { format } from 'node:util';
import { errorText } from './errors.mjs';
import { writeRecord } from './records.mjs';
import { sdkAdvice } from './sdk.mjs';

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const METHODS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];

const linesOf = (stack, otherwise) => (typeof stack === 'string' ? stack.split('\n') : otherwise);

function expanded(key, value) {
  if (!(value instanceof Error)) {
    return value;
  }
  const shown = {
    errorType: value.constructor?.name ?? 'UnknownError',
    errorMessage: value.message,
    stackTrace: linesOf(value.stack, value.stack),
  };
  return Object.assign(shown, value);
}

function json(time, level, ids, first, rest) {
  const entry = { timestamp: time, level, requestId: ids.requestId() };
  const tenant = ids.tenantId();
  if (tenant) {
    entry.tenantId = tenant;
  }
  if (rest.length === 0) {
    entry.message = first;
    try {
      return JSON.stringify(entry, expanded);
    } catch {
      entry.message = format(first);
      return JSON.stringify(entry);
    }
  }
  entry.message = format(first, ...rest);
  const candidates = ids.firstArgumentIsSearched ? [first, ...rest] : rest;
  const error = candidates.find((argument) => argument instanceof Error);
  if (error) {
    entry.errorType = error.constructor?.name ?? 'UnknownError';
    entry.errorMessage = error.message;
    entry.stackTrace = linesOf(error.stack, []);
  }
  return JSON.stringify(entry);
}

/**
 * Replaces the methods of the global console.
 *
 * @param ids gives the ids of the invocation: `requestId()`, `tenantId()`, and whether a JSON
 *   entry's error is also looked for in the first argument
 * @param errors how this generation posts an error (`body`), and makes one of any thrown value (`of`)
 * @return `logError(title, error)`
 */
export function replaceConsole(ids, errors) {
  const asJson = process.env.AWS_LAMBDA_LOG_FORMAT?.toUpperCase() === 'JSON';
  const wanted = LEVELS.indexOf(process.env.AWS_LAMBDA_LOG_LEVEL?.toUpperCase());
  const write = (level, first, rest) => {
    const time = new Date().toISOString();
    writeRecord(
      asJson
        ? json(time, LEVELS[level], ids, first, rest)
        : `${time}\t${ids.requestId()}\t${LEVELS[level]}\t${format(first, ...rest)}`,
    );
  };
  METHODS.forEach((method, level) => {
    console[method] =
      level >= wanted || method === 'fatal'
        ? (first, ...rest) => write(level, first, rest)
        : () => {};
  });
  console.log = console.info;
  return (title, thrown) => {
    const error = errors.of(thrown);
    if (asJson) {
      console.error(error);
    } else {
      console.error(title, errorText(error, errors.body));
    }
    const advice = sdkAdvice(error);
    if (advice) {
      process.stdout.write(advice + '\n');
    }
  };
}
