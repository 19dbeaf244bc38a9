// SPDX-License-Identifier: Apache-2.0
// Streamed answers: an HTTP request to the Runtime API that the handler writes to, in chunks. An
// error after the first byte is told in the trailers.

const METADATA_TYPE = 'application/vnd.awslambda.http-integration-response';
const METADATA_END = new Uint8Array(8);
const ERROR_TYPE = 'Lambda-Runtime-Function-Error-Type';
const ERROR_BODY = 'Lambda-Runtime-Function-Error-Body';

export const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');
export const HIGH_WATER_MARK = Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark');

const METHODS =
  'cork destroy end uncork write addListener emit eventNames getMaxListeners listenerCount' +
  ' listeners off on once prependListener prependOnceListener rawListeners removeAllListeners' +
  ' removeListener setMaxListeners setContentType';
const SETTABLE = ['destroyed', '_onBeforeFirstWrite'];
const READABLE =
  'writableFinished writableObjectMode writableEnded writableNeedDrain writableHighWaterMark' +
  ' writableCorked writableLength';

class HttpResponseStream {
  /** Makes the stream's first bytes the status, headers and cookies of an HTTP response. */
  static from(stream, metadata) {
    stream.setContentType(METADATA_TYPE);
    const text = JSON.stringify(metadata);
    stream._onBeforeFirstWrite = (write) => {
      write(text);
      write(METADATA_END);
    };
    return stream;
  }
}

/** The members of the global `awslambda` for streamed answers. */
export const streamingGlobals = {
  streamifyResponse(handler, options) {
    handler[STREAMING] = 'response';
    if (typeof options?.highWaterMark === 'number') {
      handler[HIGH_WATER_MARK] = parseInt(options.highWaterMark);
    }
    return handler;
  },
  HttpResponseStream,
};

export const NO_GLOBAL = ['1', 'true'].includes(process.env.AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA);

/** Whether the handler streams; throws what `malformed` makes when it wants something else. */
export function streams(handler, malformed) {
  const mode = handler[STREAMING];
  if (mode === undefined || mode === null || mode === false) {
    return false;
  }
  if (mode === 'response') {
    return true;
  }
  throw malformed('Only response streaming is supported.');
}

/** What the handler sees of the request: that of a stream, not of an HTTP request. */
function facade(request, generation) {
  const shown = {};
  for (const method of METHODS.split(' ')) {
    shown[method] = request[method].bind(request);
  }
  const settable = generation.writableIsSettable ? [...SETTABLE, 'writable'] : SETTABLE;
  for (const name of settable) {
    Object.defineProperty(shown, name, {
      get: () => request[name],
      set: (value) => {
        request[name] = value;
      },
    });
  }
  const readable = READABLE.split(' ');
  readable.push(generation.writableIsSettable ? 'writableBuffer' : 'writable');
  for (const name of readable) {
    Object.defineProperty(shown, name, { get: () => request[name] });
  }
  return shown;
}

const isBytes = (chunk) =>
  typeof chunk === 'string' || Buffer.isBuffer(chunk) || chunk instanceof Uint8Array;

/**
 * Opens the stream of an answer.
 *
 * @param generation `invalid(message)`, the form of errors (`errors.body`), and differences
 * @return `stream` for the handler, `answered`, a promise of the Runtime API's answer, and
 *   `fail(error, then)`
 */
export function openStream(api, id, highWaterMark, generation) {
  let written = false;
  let resolve;
  let reject;
  const answered = new Promise((onAnswer, onFailure) => {
    resolve = onAnswer;
    reject = onFailure;
  });
  const headers = {
    'Lambda-Runtime-Function-Response-Mode': 'streaming',
    Trailer: [ERROR_TYPE, ERROR_BODY],
    'Content-Type': 'application/octet-stream',
    ...generation.headers,
  };
  const request = api.stream(id, headers, { highWaterMark }, (response) => {
    response.on('data', () => {});
    response.on('aborted', (error) => {
      reject(error);
      request.destroy(error);
    });
    response.on('end', () => resolve());
  });
  request.on('error', (error) => {
    reject(error);
    request.destroy(error);
  });
  if (generation.endTakesNoData) {
    const end = request.end.bind(request);
    request.end = (callback) => {
      end(callback);
    };
  }
  request.setContentType = (type) => {
    if (written) {
      throw generation.invalid('Cannot set content-type, too late.');
    }
    request.setHeader('Content-Type', type);
  };
  const write = request.write.bind(request);
  request.write = (chunk, encoding, callback) => {
    const data = isBytes(chunk) ? chunk : JSON.stringify(chunk);
    if (!written && typeof request._onBeforeFirstWrite === 'function') {
      request._onBeforeFirstWrite((first) => write(first));
    }
    const more = write(data, encoding, callback);
    written = true;
    return more;
  };
  const fail = (error, then) => {
    const body = generation.errors.body(error);
    request.addTrailers({
      [ERROR_TYPE]: body.errorType,
      [ERROR_BODY]: Buffer.from(JSON.stringify(body)).toString('base64'),
    });
    request.end();
    // Not before the Runtime API has read it all: `next` is asked on another connection.
    answered.then(then, then);
  };
  return { stream: facade(request, generation), answered, fail };
}
