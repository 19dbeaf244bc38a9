// SPDX-License-Identifier: Apache-2.0
// What '@aws-appsync/utils' is inside the sandbox, and how a handler is called. The host gives plain
// functions on texts and numbers; nothing of it is reachable once this module has been evaluated.
import { audit, harden, hardenLanguage } from '@syncline/harden';
import { dynamoDbExpression, openSearchQuery, subscriptionFilter } from '@syncline/transform';
import { absent, attribute, attributes, isMap, list, noAttribute, number, text, typeOf } from '@syncline/typed';

const functions = globalThis.__host;
delete globalThis.__host;

const parse = JSON.parse;
const stringify = JSON.stringify;
const keys = Object.keys;
const makeRegExp = RegExp;

// An exception of the host has the name of its class before its message, and no columns in its stack.
const HOST_CLASS = makeRegExp('^(java|dev)\\.[\\w.$]+: ');

const host = {};
for (const name of [
  'autoId', 'autoUlid', 'autoKsuid', 'randomDouble', 'urlEncode', 'urlDecode', 'base64Encode', 'base64Decode', 'xml',
  'nowIso', 'nowMillis', 'iso', 'parseIso', 'format', 'parse',
]) {
  host[name] = (...values) => {
    try {
      return functions[name](...values);
    } catch (thrown) {
      throw new Error(String(thrown).replace(HOST_CLASS, ''));
    }
  };
}

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

// What AWS's lint rules name as not implemented, as far as a program can tell that it is not there.
for (const [owner, names] of [
  [Array, ['from', 'fromAsync', 'of']],
  [Array.prototype, ['copyWithin', 'entries', 'keys', 'values']],
  [Object, [
    'create', 'defineProperties', 'defineProperty', 'freeze', 'getOwnPropertyDescriptor', 'getOwnPropertyDescriptors',
    'getOwnPropertyNames', 'getOwnPropertySymbols', 'getPrototypeOf', 'is', 'isExtensible', 'isFrozen', 'isSealed',
    'preventExtensions', 'seal', 'setPrototypeOf',
  ]],
  [String, ['fromCharCode', 'fromCodePoint', 'raw']],
  [String.prototype, [
    'charCodeAt', 'localeCompare', 'matchAll', 'padEnd', 'padStart', 'repeat', 'search', 'toLocaleLowerCase',
    'toLocaleUpperCase',
  ]],
]) {
  for (const name of names) {
    delete owner[name];
  }
}

// As documented: text that is not JSON becomes an empty text.
JSON.parse = (text, reviver) => {
  try {
    return parse(text, reviver);
  } catch (notJson) {
    return '';
  }
};

class Stop {
  constructor(kind, value, skipTo) {
    this.kind = kind;
    this.value = value;
    this.skipTo = skipTo;
  }
}

let logs = [];
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

const refusing = (path, why, names) => {
  const refused = {};
  for (const name of names) {
    refused[name] = () => {
      throw new TypeError(path + '.' + name + ' is not a function: ' + why);
    };
  }
  return refused;
};

// What the Data API of RDS answered for each statement, as rows by the names of their columns.
const rdsValue = (field) => (field.isNull === true ? null : Object.values(field)[0] ?? null);

const rdsRows = (answer) => {
  const parsed = typeof answer === 'string' ? JSON.parse(answer) : answer;
  return list(parsed?.sqlStatementResults).map(({ records, columnMetadata }) =>
    (records ?? []).map((record) => Object.fromEntries(
      record.map((field, index) => [columnMetadata[index].label ?? columnMetadata[index].name, rdsValue(field)]))));
};

// ---- What belongs to GraphQL APIs only ----

let graphql = false;
let authType = '';
let effects = [];
const MAX_EFFECTS = 1000;

const effect = (path, why, write) => (...values) => {
  if (!graphql) {
    throw new TypeError(path + ' is not a function: ' + why);
  }
  const written = write(...values);
  if (written !== undefined) {
    if (effects.length >= MAX_EFFECTS) {
      throw new TypeError(path + ' was called more than ' + MAX_EFFECTS + ' times');
    }
    effects.push(parse(stringify(written)));
  }
};

const NO_HEADERS = 'an answer of an Event API takes no headers from handlers';
const NO_EXTENSIONS = 'it belongs to GraphQL APIs, and handlers of Event APIs have none';

const object = (value) => {
  if (!isMap(value)) {
    throw new TypeError('expected an object, got ' + typeOf(value));
  }
  return value;
};

// Documented: headers of the connection are not passed on.
const HOP_BY_HOP = [
  'transfer-encoding', 'connection', 'host', 'expect', 'keep-alive', 'upgrade', 'proxy-authenticate',
  'proxy-authorization', 'te', 'content-length',
];

// Event APIs leave out the caller's credentials too (inferred: AWS has a list).
const OF_CALLERS = [
  'authorization', 'cookie', 'trailer', 'x-api-key', 'x-forwarded-for', 'x-forwarded-port', 'x-forwarded-proto',
];

const isReserved = (name) => name.startsWith('x-amz-') || name.startsWith('x-amzn-');

const isCopied = (name) => !HOP_BY_HOP.includes(name)
  && (graphql || !(OF_CALLERS.includes(name) || isReserved(name) || name.startsWith('sec-')));

const OF_THE_ANSWER = [
  ...HOP_BY_HOP, 'access-control-allow-credentials', 'access-control-allow-origin', 'access-control-expose-headers',
  'access-control-max-age', 'access-control-allow-methods', 'access-control-allow-headers', 'vary', 'content-type',
];

const headerError = (message) => {
  outErrors.push(errorOf(message, 'ResponseHeaderError'));
};

const responseHeader = (name, value) => {
  const lower = text(name).toLowerCase();
  if (OF_THE_ANSWER.includes(lower) || isReserved(lower)) {
    return headerError('The response header ' + name + ' is restricted.');
  }
  if (absent(value)) {
    return headerError('The response header ' + name + ' has no value.');
  }
  return { kind: 'header', name, value: typeof value === 'string' ? value : stringify(value) };
};

const addResponseHeader = effect('util.http.addResponseHeader', NO_HEADERS, responseHeader);

const OF_TEMPLATES = 'which mapping templates have and APPSYNC_JS has not';

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
  authType: () => authType,
  ...refusing('util', OF_TEMPLATES, [
    'typeOf', 'isNull', 'isNullOrEmpty', 'isNullOrBlank', 'defaultIfNull', 'defaultIfNullOrEmpty',
    'defaultIfNullOrBlank', 'isString', 'isNumber', 'isBoolean', 'isList', 'isMap', 'toJson', 'parseJson', 'quiet', 'qr',
    'validate',
  ]),
  list: refusing('util.list', OF_TEMPLATES, ['copyAndRetainAll', 'copyAndRemoveAll', 'sortList']),
  map: refusing('util.map', OF_TEMPLATES, ['copyAndRetainAllKeys', 'copyAndRemoveAllKeys']),
  log: refusing('util.log', OF_TEMPLATES, ['info', 'debug', 'error']),
  str: {
    ...refusing('util.str', OF_TEMPLATES, ['toLower', 'toUpper', 'toReplace']),
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
  transform: {
    toDynamoDBFilterExpression: dynamoDbExpression(attribute),
    toDynamoDBConditionExpression: dynamoDbExpression(attribute),
    toElasticsearchQueryDSL: openSearchQuery,
    toSubscriptionFilter: subscriptionFilter,
  },
  rds: { toJsonObject: rdsRows },
  xml: {
    toMap: (value) => parse(host.xml(text(value), false)),
    toJsonString: (value, onlyTexts) => host.xml(text(value), onlyTexts === true),
  },
  http: {
    copyHeaders: (headers) => Object.fromEntries(
      Object.entries(headers).filter(([name]) => isCopied(name.toLowerCase()))),
    addResponseHeader,
    addResponseHeaders: effect('util.http.addResponseHeaders', NO_HEADERS, (headers) => {
      Object.entries(object(headers)).forEach(([name, value]) => addResponseHeader(name, value));
    }),
  },
};

export const runtime = {
  earlyReturn: (value, options) => {
    const skipTo = options?.skipTo;
    if (!absent(skipTo) && skipTo !== 'END' && skipTo !== 'NEXT') {
      throw new TypeError('skipTo must be END or NEXT, got ' + skipTo);
    }
    throw new Stop('early', value, skipTo);
  },
};

export const extensions = {
  evictFromApiCache: effect('extensions.evictFromApiCache', NO_EXTENSIONS, (type, field, cachingKeys) =>
    ({ kind: 'evict', type: text(type), field: text(field), keys: object(cachingKeys ?? {}) })),
  setSubscriptionFilter: effect('extensions.setSubscriptionFilter', NO_EXTENSIONS, (filter) =>
    ({ kind: 'filter', value: filter ?? null })),
  setSubscriptionInvalidationFilter: effect(
    'extensions.setSubscriptionInvalidationFilter', NO_EXTENSIONS, (filter) =>
      ({ kind: 'invalidationFilter', value: filter ?? null })),
  invalidateSubscriptions: effect('extensions.invalidateSubscriptions', NO_EXTENSIONS, (request) =>
    ({ kind: 'invalidation', value: object(request) })),
};

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

/** Begins a call: forgets the one before. Comes before the code is evaluated. */
export function __begin(kind, callersAuthType) {
  graphql = kind === 'GRAPHQL';
  authType = callersAuthType;
  logs = [];
  outErrors = [];
  effects = [];
}

/** Whether all that code can reach is frozen, for the tests. */
export const __audit = () => stringify(audit(util, runtime, extensions));

const failure = (error) => {
  const at = place(error);
  return { kind: 'failed', text: stringify((at === undefined ? '' : at + ': ') + String(error)) };
};

const json = (value) => stringify(value) ?? 'null';

const ending = (exported, hook, phase, context) => {
  try {
    const target = exported[hook];
    const value = phase === '' ? target(context) : target[phase](context);
    return { kind: 'return', text: json(value) };
  } catch (stopped) {
    if (!(stopped instanceof Stop)) {
      return failure(stopped);
    }
    try {
      return { kind: stopped.kind, text: json(stopped.value), skipTo: stopped.skipTo };
    } catch (unwritable) {
      return failure(unwritable);
    }
  }
};

/** Calls one function with a context, both sides as JSON. */
export function __run(exported, hook, phase, contextText) {
  const context = parse(contextText);
  context.stash ??= {};
  if (graphql) {
    context.arguments ??= {};
    context.args = context.arguments;
  }
  outErrors = context.outErrors ?? [];
  context.outErrors = outErrors;
  const { kind, text: value, skipTo } = ending(exported, hook, phase, context);
  return '{"kind":"' + kind + '","value":' + value + ',"skipTo":' + json(skipTo) + ',"arguments":'
    + json(context.arguments) + ',"stash":' + json(context.stash) + ',"outErrors":' + json(outErrors)
    + ',"effects":' + json(effects) + ',"logs":' + json(logs) + '}';
}

// The type definitions declare these as globals too.
globalThis.util = util;
globalThis.runtime = runtime;
globalThis.extensions = extensions;

hardenLanguage();
harden(util, runtime, extensions);
