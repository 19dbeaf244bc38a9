// SPDX-License-Identifier: Apache-2.0
// What '@aws-appsync/utils' is inside the sandbox, and how a handler is called. The host gives plain
// functions on texts and numbers; nothing of it is reachable once this module has been evaluated.
const host = globalThis.__host;
delete globalThis.__host;

const parse = JSON.parse;
const stringify = JSON.stringify;
const keys = Object.keys;
const makeRegExp = RegExp;

// Not part of APPSYNC_JS, and the ways to unbounded memory or other code.
for (const name of [
  'ArrayBuffer', 'SharedArrayBuffer', 'Atomics', 'DataView', 'BigInt', 'BigInt64Array', 'BigUint64Array',
  'Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array',
  'Float16Array', 'Float32Array', 'Float64Array', 'WebAssembly', 'Promise', 'Proxy', 'Reflect', 'eval', 'Function',
  'Date', 'WeakRef', 'FinalizationRegistry', 'Iterator', 'AsyncIterator', 'Intl', 'RegExp', 'Symbol',
  'Graal', 'print', 'printErr', 'load', 'loadWithNewGlobal', 'Polyglot', 'performance', 'quit', 'exit',
]) {
  delete globalThis[name];
}
delete Math.random;

// As documented: text that is not JSON becomes an empty text.
JSON.parse = (text, reviver) => {
  try {
    return parse(text, reviver);
  } catch (notJson) {
    return '';
  }
};

class Stop {
  constructor(kind, value) {
    this.kind = kind;
    this.value = value;
  }
}

const logs = [];
const MAX_LOGS = 1000;
let outErrors = [];

const log = (level) => (...values) => {
  if (logs.length >= MAX_LOGS) {
    return;
  }
  const frame = String(new Error().stack).split('\n').find((line) => line.includes('code.js')) ?? '';
  const at = makeRegExp('code\\.js:\\d+(:\\d+)?').exec(frame)?.[0] ?? 'code.js';
  logs.push(level + ' - ' + at + ': ' + values.map((value) => stringify(value) ?? 'undefined').join(' '));
};
globalThis.console = { log: log('INFO'), info: log('INFO'), debug: log('DEBUG'), warn: log('WARN'), error: log('ERROR') };

const errorOf = (message, errorType, data, errorInfo) => ({
  message: message === undefined || message === null ? '' : String(message),
  errorType, data, errorInfo,
});

const refusing = (path, names) => {
  const refused = {};
  for (const name of names) {
    refused[name] = () => {
      throw new Error('The simulator does not support ' + path + '.' + name);
    };
  }
  return refused;
};

const text = (value) => {
  if (typeof value !== 'string') {
    throw new TypeError('expected a string, got ' + (value === null ? 'null' : typeof value));
  }
  return value;
};

const absent = (value) => value === null || value === undefined;

const list = (value) => {
  if (!Array.isArray(value)) {
    throw new TypeError('expected a list, got ' + util.typeOf(value));
  }
  return value;
};

const number = (value) => {
  if (typeof value !== 'number') {
    throw new TypeError('expected a number, got ' + util.typeOf(value));
  }
  return value;
};

// DynamoDB's typed form, as the built-in helpers write it: numbers stay numbers, lists never become sets.
const noAttribute = () => ({ NULL: null });

const attribute = (value) =>
  absent(value) ? noAttribute()
    : typeof value === 'string' ? { S: value }
      : typeof value === 'number' ? { N: value }
        : typeof value === 'boolean' ? { BOOL: value }
          : Array.isArray(value) ? { L: value.map(attribute) }
            : { M: attributes(value) };

const attributes = (value) => {
  if (!util.isMap(value)) {
    throw new TypeError('expected a map, got ' + util.typeOf(value));
  }
  const typed = {};
  for (const name of keys(value)) {
    typed[name] = attribute(value[name]);
  }
  return typed;
};

export const util = {
  error: (message, errorType, data, errorInfo) => {
    throw new Stop('error', errorOf(message, errorType, data, errorInfo));
  },
  appendError: (message, errorType, data, errorInfo) => {
    outErrors.push(errorOf(message, errorType, data, errorInfo));
  },
  unauthorized: () => {
    throw new Stop('unauthorized');
  },
  autoId: () => host.autoId(),
  autoUlid: () => host.autoUlid(),
  autoKsuid: () => host.autoKsuid(),
  urlEncode: (value) => host.urlEncode(text(value)),
  urlDecode: (value) => host.urlDecode(text(value)),
  base64Encode: (value) => host.base64Encode(text(value)),
  base64Decode: (value) => host.base64Decode(text(value)),
  escapeJavaScript: (value) => stringify(text(value)).slice(1, -1).replaceAll("'", "\\'"),
  matches: (pattern, value) => makeRegExp(text(pattern)).test(text(value)),
  authType: () => host.authType(),
  typeOf: (value) =>
    value === null || value === undefined ? 'Null'
      : Array.isArray(value) ? 'List'
        : { object: 'Map', number: 'Number', string: 'String', boolean: 'Boolean' }[typeof value] ?? 'Object',
  isNull: absent,
  isNullOrEmpty: (value) => absent(value) || value === '',
  isNullOrBlank: (value) => absent(value) || text(value).trim() === '',
  defaultIfNull: (value, other) => (absent(value) ? other : value),
  defaultIfNullOrEmpty: (value, other) => (absent(value) || value === '' ? other : value),
  defaultIfNullOrBlank: (value, other) => (absent(value) || text(value).trim() === '' ? other : value),
  isString: (value) => typeof value === 'string',
  isNumber: (value) => typeof value === 'number',
  isBoolean: (value) => typeof value === 'boolean',
  isList: (value) => Array.isArray(value),
  isMap: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  toJson: (value) => stringify(value),
  parseJson: (value) => JSON.parse(value),
  str: {
    toLower: (value) => text(value).toLowerCase(),
    toUpper: (value) => text(value).toUpperCase(),
    toReplace: (value, from, to) => text(value).replaceAll(text(from), text(to)),
    normalize: (value, form) => text(value).normalize(String(form).toUpperCase()),
  },
  math: {
    roundNum: (value) => Math.round(value),
    minVal: (a, b) => Math.min(a, b),
    maxVal: (a, b) => Math.max(a, b),
    randomDouble: () => host.randomDouble(),
    randomWithinRange: (from, to) => Math.floor(from + host.randomDouble() * (to - from)),
  },
  time: {
    nowISO8601: () => host.nowIso(),
    nowEpochSeconds: () => Math.floor(host.nowMillis() / 1000),
    nowEpochMilliSeconds: () => host.nowMillis(),
    nowFormatted: (format, zone) => host.format(host.nowMillis(), text(format), zone ?? 'UTC'),
    parseFormattedToEpochMilliSeconds: (value, format, zone) =>
      host.parse(text(value), text(format), zone ?? ''),
    parseISO8601ToEpochMilliSeconds: (value) => host.parseIso(text(value)),
    epochMilliSecondsToSeconds: (millis) => Math.floor(millis / 1000),
    epochMilliSecondsToISO8601: (millis) => host.iso(millis),
    epochMilliSecondsToFormatted: (millis, format, zone) => host.format(millis, text(format), zone ?? 'UTC'),
  },
  dynamodb: {
    toDynamoDB: (value) => attribute(value),
    toString: (value) => (absent(value) ? noAttribute() : { S: text(value) }),
    toStringSet: (values) => (absent(values) ? noAttribute() : { SS: list(values).map(text) }),
    toNumber: (value) => (absent(value) ? noAttribute() : { N: number(value) }),
    toNumberSet: (values) => (absent(values) ? noAttribute() : { NS: list(values).map(number) }),
    toBinary: (value) => (absent(value) ? noAttribute() : { B: text(value) }),
    toBinarySet: (values) => (absent(values) ? noAttribute() : { BS: list(values).map(text) }),
    toBoolean: (value) => (absent(value) ? noAttribute() : { BOOL: value === true }),
    toNull: () => noAttribute(),
    toList: (values) => (absent(values) ? noAttribute() : { L: list(values).map(attribute) }),
    toMap: (value) => (absent(value) ? noAttribute() : { M: attributes(value) }),
    toMapValues: (value) => attributes(value),
    toS3Object: (key, bucket, region, version) => ({
      S: stringify({
        s3: absent(version) ? { key, bucket, region } : { key, bucket, region, version },
      }),
    }),
    fromS3ObjectJson: (value) => JSON.parse(text(value)).s3,
  },
  transform: refusing('util.transform', [
    'toDynamoDBFilterExpression', 'toDynamoDBConditionExpression', 'toElasticsearchQueryDSL', 'toSubscriptionFilter',
  ]),
  xml: {
    toMap: (value) => parse(host.xml(text(value), false)),
    toJsonString: (value, onlyTexts) => host.xml(text(value), onlyTexts === true),
  },
  http: refusing('util.http', ['copyHeaders', 'addResponseHeader', 'addResponseHeaders']),
};

export const runtime = {
  earlyReturn: (value) => {
    throw new Stop('early', value);
  },
};

export const extensions = refusing('extensions', [
  'evictFromApiCache', 'setSubscriptionFilter', 'setSubscriptionInvalidationFilter', 'invalidateSubscriptions',
]);

const place = (error) => makeRegExp('code\\.js:\\d+(:\\d+)?').exec(String(error?.stack ?? ''))?.[0];

/** What the module exports that can be called, as JSON: name to 'FUNCTION' or 'OBJECT'. */
export function __describe(exported) {
  const forms = {};
  for (const name of keys(exported)) {
    const value = exported[name];
    if (typeof value === 'function') {
      forms[name] = 'FUNCTION';
    } else if (typeof value === 'object' && value !== null && typeof value.request === 'function'
        && typeof value.response === 'function') {
      forms[name] = 'OBJECT';
    } else {
      forms[name] = 'OTHER';
    }
  }
  return stringify(forms);
}

/** Calls one function with a context, both sides as JSON. */
export function __run(exported, hook, phase, contextText) {
  const context = parse(contextText);
  context.stash ??= {};
  outErrors = context.outErrors ?? [];
  context.outErrors = outErrors;
  const outcome = { kind: 'return', value: null };
  try {
    const target = exported[hook];
    const value = phase === '' ? target(context) : target[phase](context);
    outcome.value = value === undefined ? null : value;
    outcome.text = stringify(outcome.value);
  } catch (stopped) {
    if (stopped instanceof Stop) {
      outcome.kind = stopped.kind;
      outcome.value = stopped.value === undefined ? null : stopped.value;
      outcome.text = stringify(outcome.value);
    } else {
      outcome.kind = 'failed';
      const at = place(stopped);
      outcome.text = stringify((at === undefined ? '' : at + ': ') + String(stopped));
    }
  }
  return stringify({
    kind: outcome.kind,
    value: outcome.text === undefined ? null : parse(outcome.text),
    stash: context.stash,
    outErrors,
    logs,
  });
}
