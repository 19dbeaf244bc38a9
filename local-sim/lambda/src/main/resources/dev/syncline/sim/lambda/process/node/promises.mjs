// SPDX-License-Identifier: Apache-2.0
// The client of nodejs24.x: handlers answer by their value or a promise. It installs no listeners of
// process events, so a failure outside the handler's promise ends the process as Node.js does it.
import fs from 'node:fs';
import path from 'node:path';
import { replaceConsole } from './console.mjs';
import { PROMISE_ERRORS, renamedError, xrayCause } from './errors.mjs';
import { importFile } from './imports.mjs';
import { HIGH_WATER_MARK, NO_GLOBAL, openStream, streamingGlobals, streams } from './streaming.mjs';

const NO_CALLBACKS =
  'ERROR: AWS Lambda has removed support for callback-based function handlers starting with' +
  ' Node.js 24. You need to modify this function to use a supported handler signature to use' +
  ' Node.js 24 or later. For more information see' +
  ' https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.';
const REQUIRED_VARIABLES = [
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
];
const CallbackHandlerDeprecated = renamedError('CallbackHandlerDeprecated', 'CallbackHandlerDeprecatedError');
const HandlerNotFound = renamedError('HandlerNotFound', 'HandlerNotFoundError');
const ImportModuleError = renamedError('ImportModuleError');
const InvalidStreamingOperation = renamedError('InvalidStreamingOperation');
const JSONStringifyError = renamedError('JSONStringifyError');
const MalformedHandlerName = renamedError('MalformedHandlerName', 'MalformedHandlerNameError');
const MalformedStreamingHandler = renamedError('MalformedStreamingHandler');
const PlatformError = renamedError('PlatformError');
const UserCodeSyntaxError = renamedError('UserCodeSyntaxError');

const STREAM_GENERATION = {
  errors: PROMISE_ERRORS,
  invalid: (message) => new InvalidStreamingOperation(message),
  endTakesNoData: false,
  writableIsSettable: false,
  headers: { 'Transfer-Encoding': 'chunked' },
};

/** The values of one invocation, for libraries: `awslambda.InvokeStore`. */
class InvokeStore {
  static PROTECTED_KEYS = {
    REQUEST_ID: Symbol.for('_AWS_LAMBDA_REQUEST_ID'),
    X_RAY_TRACE_ID: Symbol.for('_AWS_LAMBDA_X_RAY_TRACE_ID'),
    TENANT_ID: Symbol.for('_AWS_LAMBDA_TENANT_ID'),
  };
  currentContext;

  isProtectedKey(key) {
    return Object.values(InvokeStore.PROTECTED_KEYS).includes(key);
  }

  getRequestId() {
    return this.get(InvokeStore.PROTECTED_KEYS.REQUEST_ID) ?? '-';
  }

  getXRayTraceId() {
    return this.get(InvokeStore.PROTECTED_KEYS.X_RAY_TRACE_ID);
  }

  getTenantId() {
    return this.get(InvokeStore.PROTECTED_KEYS.TENANT_ID);
  }

  getContext() {
    return this.currentContext;
  }

  hasContext() {
    return this.currentContext !== undefined;
  }

  get(key) {
    return this.currentContext?.[key];
  }

  set(key, value) {
    if (this.isProtectedKey(key)) {
      throw new Error(`Cannot modify protected Lambda context field: ${String(key)}`);
    }
    this.currentContext = this.currentContext || {};
    this.currentContext[key] = value;
  }

  run(context, action) {
    this.currentContext = context;
    return action();
  }
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

function stringify(value) {
  try {
    return JSON.stringify(value === undefined ? null : value);
  } catch {
    throw new JSONStringifyError('Unable to stringify response body');
  }
}

async function importOne(require, root, folder, name) {
  const file = path.resolve(root, folder, name);
  try {
    for (const extension of ['', '.js', '.mjs', '.cjs']) {
      const module = fs.existsSync(file + extension)
        ? await importFile(file + extension)
        : undefined;
      if (module) {
        return module;
      }
    }
    return require(require.resolve(name, { paths: [root, path.join(root, folder)] }));
  } catch (error) {
    if (error instanceof SyntaxError) {
      const syntax = new UserCodeSyntaxError(String(error));
      syntax.stack = error.stack;
      throw syntax;
    }
    if (error instanceof Error && error.code === 'MODULE_NOT_FOUND') {
      throw new ImportModuleError(String(error));
    }
    throw error;
  }
}

function member(module, names) {
  return names.reduce(
    (nested, key) => (nested && typeof nested === 'object' ? nested[key] : undefined),
    module,
  );
}

async function load(require, root, handler) {
  if (handler.includes('..')) {
    throw new MalformedHandlerName(`'${handler}' is not a valid handler name. Use absolute paths when specifying root` +
        ' directories in handler names.',
    );
  }
  const name = path.basename(handler);
  const folder = handler.substring(0, handler.indexOf(name)).replace(/\/$/, '');
  const dot = name.indexOf('.');
  if (dot < 0) {
    throw new MalformedHandlerName('Bad handler');
  }
  const module = await importOne(require, root, folder, name.slice(0, dot));
  const names = name.slice(dot + 1).split('.');
  const hasDefault = typeof module === 'object' && module !== null && 'default' in module;
  const found = member(module, names) || (hasDefault ? member(module.default, names) : undefined);
  if (!found) {
    throw new HandlerNotFound(`${handler} is undefined or not exported`);
  }
  if (typeof found !== 'function') {
    throw new HandlerNotFound(`${handler} is not a function`);
  }
  return found;
}

function parsed(text, name) {
  if (!text) {
    return undefined;
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new PlatformError(`Failed to parse ${name} as JSON: ${error.message}`);
  }
}

/** The handler's context; also moves the trace id. */
function contextOf(headers) {
  const missing = REQUIRED_VARIABLES.filter((name) => !process.env[name]);
  if (missing.length > 0) {
    throw new PlatformError(`Missing required environment variables: ${missing.join(', ')}`,
    );
  }
  const trace = headers['lambda-runtime-trace-id'] ?? '';
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  const clientContext = 'lambda-runtime-client-context';
  const identity = 'lambda-runtime-cognito-identity';
  const context = {
    clientContext: parsed(headers[clientContext], clientContext),
    identity: parsed(headers[identity], identity),
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    tenantId: headers['lambda-runtime-aws-tenant-id'],
    xRayTraceId: trace,
    getRemainingTimeInMillis: () => deadline - Date.now(),
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
  };
  if (trace) {
    process.env._X_AMZN_TRACE_ID = trace;
  } else {
    delete process.env._X_AMZN_TRACE_ID;
  }
  return context;
}

// Handlers without a name appear in stacks as a method of the object that calls them, so the two
// classes have the names that AWS's client gives them.

class BufferedInvokeProcessor {
  constructor(api, handler, logError) {
    this.api = api;
    this.handler = handler;
    this.logError = logError;
  }

  async processInvoke(event, context) {
    try {
      const result = await this.handler(event, context);
      await nextTurn();
      this.api.respond(context.awsRequestId, stringify(result));
    } catch (error) {
      await nextTurn();
      this.logError('Invoke Error', error);
      const body = stringify(PROMISE_ERRORS.body(error));
      this.api.fail(context.awsRequestId, body, xrayCause(error));
    }
  }
}

class StreamingInvokeProcessor {
  constructor(api, handler, logError) {
    this.api = api;
    this.handler = handler;
    this.logError = logError;
  }

  async processInvoke(event, context) {
    const highWaterMark = Number(this.handler[HIGH_WATER_MARK]) || undefined;
    const opened = openStream(this.api, context.awsRequestId, highWaterMark, STREAM_GENERATION);
    opened.answered.catch(() => {});
    try {
      const result = this.handler(event, opened.stream, context);
      if (typeof result !== 'object' || result === null || typeof result.then !== 'function') {
        throw new Error('Streaming does not support non-async handlers.');
      }
      if (typeof (await result) !== 'undefined') {
        console.warn('Streaming handlers ignore return values.');
      }
      await opened.answered;
      if (!opened.stream.writableFinished) {
        throw new Error('Response stream is not finished.');
      }
    } catch (error) {
      await nextTurn();
      this.logError('Invoke Error', error);
      await new Promise((resolve) => opened.fail(error, resolve));
    }
  }
}

async function serve(api, store, processor) {
  while (true) {
    const { headers, body } = await api.next();
    const context = contextOf(headers);
    const event = JSON.parse(body);
    const values = {
      [InvokeStore.PROTECTED_KEYS.REQUEST_ID]: context.awsRequestId,
      [InvokeStore.PROTECTED_KEYS.X_RAY_TRACE_ID]: context.xRayTraceId,
    };
    await store.run(values, () => processor.processInvoke(event, context));
  }
}

/** Loads the handler and serves invocations. Rejects when the handler cannot be loaded. */
export async function run(api, require) {
  const store = new InvokeStore();
  if (!NO_GLOBAL) {
    globalThis.awslambda = { ...streamingGlobals, InvokeStore: store };
  }
  const ids = {
    requestId: () => store.getRequestId(),
    tenantId: () => store.getTenantId(),
    firstArgumentIsSearched: false,
  };
  const logError = replaceConsole(ids, PROMISE_ERRORS);
  let processor;
  try {
    const { LAMBDA_TASK_ROOT: root, _HANDLER: name } = process.env;
    const handler = await load(require, root, name);
    const streaming = streams(handler, (text) => new MalformedStreamingHandler(text));
    if (handler.length >= 3 && !streaming) {
      throw new CallbackHandlerDeprecated(NO_CALLBACKS);
    }
    const Processor = streaming ? StreamingInvokeProcessor : BufferedInvokeProcessor;
    processor = new Processor(api, handler, logError);
  } catch (error) {
    logError('Init Error', error);
    const body = PROMISE_ERRORS.body(error);
    api.failInit(body.errorType, stringify(body));
    throw error;
  }
  await serve(api, store, processor);
}
