// SPDX-License-Identifier: Apache-2.0
// The client of the runtimes up to nodejs22.x: handlers with callbacks or promises. The result of a
// callback is posted when the event loop is empty; `beforeExit` tells.
import fs from 'node:fs';
import path from 'node:path';
import { replaceConsole } from './console.mjs';
import { CALLBACK_ERRORS, runtimeError, xrayCause } from './errors.mjs';
import { importFile } from './imports.mjs';
import { HIGH_WATER_MARK, NO_GLOBAL, openStream, streamingGlobals, streams } from './streaming.mjs';

const ImportModuleError = runtimeError('ImportModuleError');
const HandlerNotFound = runtimeError('HandlerNotFound');
const MalformedHandlerName = runtimeError('MalformedHandlerName');
const UserCodeSyntaxError = runtimeError('UserCodeSyntaxError');
const MalformedStreamingHandler = runtimeError('MalformedStreamingHandler');
const InvalidStreamingOperation = runtimeError('InvalidStreamingOperation');
const NodeJsExit = runtimeError('NodeJsExit');
const UnhandledPromiseRejection = runtimeError('UnhandledPromiseRejection');

const NEVER_SETTLED =
  'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly' +
  ' caused by a Promise that was never settled. For more information, see' +
  ' https://nodejs.org/docs/latest/api/process.html#exit-codes';
const CALLBACKS_END =
  'AWS Lambda plans to remove support for callback-based function handlers starting with Node.js' +
  ' 24. You will need to update this function to use an async handler to use Node.js 24 or later.' +
  ' For more information and to provide feedback on this change, see' +
  ' https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/issues/137. To disable this' +
  ' warning, set the AWS_LAMBDA_NODEJS_DISABLE_CALLBACK_WARNING environment variable.';
const UNCAUGHT_STATUS = 129;
const REJECTED_STATUS = 128;

const STREAM_GENERATION = {
  errors: CALLBACK_ERRORS,
  invalid: (message) => new InvalidStreamingOperation(message),
  endTakesNoData: true,
  writableIsSettable: true,
  headers: {},
};

// Under the symbols that AWS's client uses: libraries for logging read them.
const REQUEST_ID = Symbol.for('aws.lambda.runtime.requestId');
const TENANT_ID = Symbol.for('aws.lambda.runtime.tenantId');
const BEFORE_EXIT = Symbol.for('aws.lambda.beforeExit');
const IDS = {
  requestId: () => globalThis[REQUEST_ID],
  tenantId: () => globalThis[TENANT_ID],
  firstArgumentIsSearched: true,
};

function whenLoopIsEmpty(action) {
  globalThis[BEFORE_EXIT] = action;
}

function noAction() {
  whenLoopIsEmpty(() => {});
}

const isPromise = (value) => value && value.then && typeof value.then === 'function';

function stringify(value) {
  try {
    return JSON.stringify(value === undefined ? null : value);
  } catch {
    throw new Error('Unable to stringify response body');
  }
}

class Loader {
  constructor(require, root, handler) {
    this.require = require;
    this.root = root;
    this.handler = handler;
  }

  async load() {
    if (this.handler.includes('..')) {
      throw new MalformedHandlerName(
        `'${this.handler}' is not a valid handler name. Use absolute paths when specifying root` +
          ' directories in handler names.',
      );
    }
    const name = path.basename(this.handler);
    const folder = this.handler.substring(0, this.handler.indexOf(name));
    const dot = name.indexOf('.');
    if (dot < 0) {
      throw new MalformedHandlerName('Bad handler');
    }
    const module = await this.module(folder, name.slice(0, dot));
    const found = name
      .slice(dot + 1)
      .split('.')
      .reduce((nested, key) => nested && nested[key], module);
    if (!found) {
      throw new HandlerNotFound(`${this.handler} is undefined or not exported`);
    }
    if (typeof found !== 'function') {
      throw new HandlerNotFound(`${this.handler} is not a function`);
    }
    return found;
  }

  async module(folder, name) {
    if (!NO_GLOBAL) {
      globalThis.awslambda = { ...streamingGlobals };
    }
    try {
      return await this.find(folder, name);
    } catch (error) {
      if (error instanceof SyntaxError) {
        throw new UserCodeSyntaxError(error);
      }
      if (error.code === 'MODULE_NOT_FOUND') {
        throw new ImportModuleError(error);
      }
      throw error;
    }
  }

  async find(folder, name) {
    const file = path.resolve(this.root, folder, name);
    const module = fs.existsSync(file + '.js') && this.isModulePackage(path.dirname(file));
    return (
      this.required(file) ||
      (!module && this.required(file + '.js')) ||
      (module && (await this.imported(file + '.js'))) ||
      (await this.imported(file + '.mjs')) ||
      this.required(file + '.cjs') ||
      this.require(this.require.resolve(name, { paths: [this.root, folder] }))
    );
  }

  required(file) {
    return fs.existsSync(file) ? this.require(file) : undefined;
  }

  async imported(file) {
    return fs.existsSync(file) ? await importFile(file) : undefined;
  }

  /** Whether the nearest package.json, not above a node_modules, has the type `module`. */
  isModulePackage(folder) {
    if (folder.endsWith('/node_modules')) {
      return false;
    }
    const file = path.join(folder, '/package.json');
    if (fs.existsSync(file)) {
      try {
        const manifest = JSON.parse(fs.readFileSync(file));
        if (manifest) {
          return manifest.type === 'module';
        }
      } catch (error) {
        console.warn(
          `${file} cannot be read, it will be ignored for ES module detection purposes.`,
          error,
        );
        return false;
      }
    }
    return folder === '/' ? false : this.isModulePackage(path.resolve(folder, '..'));
  }
}

function parsed(text, name) {
  if (text === undefined || text === '') {
    return undefined;
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`Cannot parse ${name} as json: ${error.toString()}`);
  }
}

/** Adds what the invocation and the environment tell; also moves the trace id. */
function completed(context, headers) {
  const trace = headers['lambda-runtime-trace-id'];
  if (trace) {
    process.env._X_AMZN_TRACE_ID = trace;
  } else {
    delete process.env._X_AMZN_TRACE_ID;
  }
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  return Object.assign(context, {
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: parsed(headers['lambda-runtime-client-context'], 'ClientContext'),
    identity: parsed(headers['lambda-runtime-cognito-identity'], 'CognitoIdentity'),
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    tenantId: headers['lambda-runtime-aws-tenant-id'],
    getRemainingTimeInMillis: () => deadline - Date.now(),
  });
}

class Runtime {
  constructor(api, handler, logError, onFailure) {
    this.api = api;
    this.handler = handler;
    this.logError = logError;
    this.onFailure = onFailure;
    this.isAsync = handler.constructor?.name === 'AsyncFunction';
    this.handleOnce = streams(handler, (message) => new MalformedStreamingHandler(message))
      ? this.handleOnceStreaming
      : this.handleOnceNonStreaming;
  }

  scheduleIteration() {
    setImmediate(() => {
      this.handleOnce().catch((error) => {
        console.log(`Unexpected Top Level Error: ${error.toString()}`);
        this.onFailure.uncaughtException(error);
      });
    });
  }

  postError(error, id) {
    this.api.fail(id, stringify(CALLBACK_ERRORS.body(error)), xrayCause(error));
  }

  async next() {
    const { headers, body } = await this.api.next();
    const id = headers['lambda-runtime-aws-request-id'];
    globalThis[REQUEST_ID] = id;
    globalThis[TENANT_ID] = headers['lambda-runtime-aws-tenant-id'];
    return { headers, body, id };
  }

  failuresEndWith(id) {
    this.onFailure.uncaughtException = (error) => {
      this.postError(error, id);
      process.exit(UNCAUGHT_STATUS);
    };
    this.onFailure.unhandledRejection = (error) => {
      this.postError(error, id);
      process.exit(REJECTED_STATUS);
    };
  }

  async handleOnceNonStreaming() {
    const { headers, body, id } = await this.next();
    const call = new Call(this, id);
    try {
      this.failuresEndWith(id);
      whenLoopIsEmpty(() => call.unanswered());
      const result = this.handler(
        JSON.parse(body),
        completed(call.context, headers),
        call.callback,
      );
      if (isPromise(result)) {
        result
          .then(call.context.succeed, call.context.fail)
          .catch(call.context.fail);
      }
    } catch (error) {
      call.callback(error);
    }
  }

  async handleOnceStreaming() {
    const { headers, body, id } = await this.next();
    let waits = true;
    const context = {
      get callbackWaitsForEmptyEventLoop() {
        return waits;
      },
      set callbackWaitsForEmptyEventLoop(value) {
        waits = value;
      },
    };
    const opened = openStream(this.api, id, this.handler[HIGH_WATER_MARK], STREAM_GENERATION);
    opened.answered.catch(() => {});
    const proceed = () => {
      noAction();
      if (waits) {
        whenLoopIsEmpty(() => setImmediate(() => this.scheduleIteration()));
      } else {
        this.scheduleIteration();
      }
    };
    const fail = (error) => {
      this.logError('Invoke Error', error);
      opened.fail(error, proceed);
    };
    try {
      this.failuresEndWith(id);
      whenLoopIsEmpty(() => this.scheduleIteration());
      completed(context, headers);
      const result = this.handler(JSON.parse(body), opened.stream, context);
      if (!isPromise(result)) {
        fail('Streaming does not support non-async handlers.');
        return;
      }
      if (typeof (await result) !== 'undefined') {
        console.warn('Streaming handlers ignore return values.');
      }
      await opened.answered;
      if (!opened.stream.writableFinished) {
        fail('Response stream is not finished.');
        return;
      }
      proceed();
    } catch (error) {
      fail(error);
    }
  }
}

/** One invocation of a handler: its callback and the same in its context, the first one counts. */
class Call {
  constructor(runtime, id) {
    this.runtime = runtime;
    this.id = id;
    this.completed = false;
    this.waits = true;
    let answered = false;
    const once =
      (action) =>
      (...given) => {
        if (!answered) {
          action(...given);
          answered = true;
        }
      };
    const call = this;
    this.callback = once((error, result) => this.answer(error, result, this.waits));
    const done = (error, result) => this.answer(error, result, false);
    this.context = {
      get callbackWaitsForEmptyEventLoop() {
        return call.waits;
      },
      set callbackWaitsForEmptyEventLoop(value) {
        call.waits = value;
      },
      succeed: once((result) => done(null, result)),
      fail: once((error) => done(error ?? 'handled', null)),
      done: once(done),
    };
  }

  answer(error, result, later) {
    noAction();
    if (error !== undefined && error !== null) {
      this.fail(error);
    } else if (later) {
      whenLoopIsEmpty(() => setImmediate(() => this.complete(result)));
    } else {
      this.complete(result);
    }
  }

  complete(result) {
    if (this.completed) {
      console.error(
        'Invocation has already been reported as done. Cannot call complete more than once per' +
          ' invocation.',
      );
      return;
    }
    this.completed = true;
    this.runtime.api.respond(this.id, stringify(result));
    this.runtime.scheduleIteration();
  }

  fail(error) {
    this.runtime.logError('Invoke Error', error);
    this.runtime.postError(error, this.id);
    this.runtime.scheduleIteration();
  }

  unanswered() {
    this.completed = true;
    if (this.runtime.isAsync) {
      this.fail(new NodeJsExit(NEVER_SETTLED));
    } else {
      this.runtime.api.respond(this.id, 'null');
      this.runtime.scheduleIteration();
    }
  }
}

function warnOfCallbacks(handler, streaming) {
  if (
    process.env.AWS_LAMBDA_NODEJS_DISABLE_CALLBACK_WARNING === undefined &&
    handler.length === 3 &&
    handler.constructor?.name !== 'AsyncFunction' &&
    !streaming
  ) {
    console.warn(CALLBACKS_END);
  }
}

/** Loads the handler and serves invocations. Rejects when the handler cannot be loaded. */
export async function run(api, require) {
  const logError = replaceConsole(IDS, CALLBACK_ERRORS);
  const ending = (status) => (error) => {
    const body = CALLBACK_ERRORS.body(error);
    api.failInit(body.errorType, stringify(body));
    process.exit(status);
  };
  const onFailure = {
    uncaughtException: ending(UNCAUGHT_STATUS),
    unhandledRejection: ending(REJECTED_STATUS),
  };
  process.on('uncaughtException', (error) => {
    logError('Uncaught Exception', error);
    onFailure.uncaughtException(error);
  });
  process.on('unhandledRejection', (reason, promise) => {
    const error = Object.assign(new UnhandledPromiseRejection(reason), { reason, promise });
    logError('Unhandled Promise Rejection', error);
    onFailure.unhandledRejection(error);
  });
  noAction();
  process.on('beforeExit', () => globalThis[BEFORE_EXIT]());
  const { LAMBDA_TASK_ROOT: root, _HANDLER: name } = process.env;
  const handler = await new Loader(require, root, name).load();
  const runtime = new Runtime(api, handler, logError, onFailure);
  warnOfCallbacks(handler, runtime.handleOnce === runtime.handleOnceStreaming);
  runtime.scheduleIteration();
}
