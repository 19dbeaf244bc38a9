// SPDX-License-Identifier: Apache-2.0
// The client of Lambda's Runtime API. AWS's client calls a native library that waits inside `done`
// and `error`, and has no handle in the event loop while the handler runs: a handle would keep
// `beforeExit` from being emitted, and with it the answers of callbacks. The same is reached here
// with one socket: it is read by the event loop only during `next`, and directly otherwise.
import { readSync, writeSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createConnection } from 'node:net';

const VERSION = '/2018-06-01/runtime';
const READ_SIZE = 64 * 1024;
const MAX_XRAY_CAUSE = 1024 * 1024;
const MAX_PAUSE_MILLIS = 2;
const pauses = new Int32Array(new SharedArrayBuffer(4));

/** Calls `attempt` until the descriptor is ready. */
function whenReady(attempt) {
  let pause = 0.02;
  while (true) {
    try {
      return attempt();
    } catch (error) {
      if (error.code !== 'EAGAIN') {
        throw error;
      }
    }
    Atomics.wait(pauses, 0, 0, pause);
    pause = Math.min(pause * 2, MAX_PAUSE_MILLIS);
  }
}

/** Writes all bytes to the descriptor, and waits for it if necessary. */
export function writeAll(fd, bytes) {
  let at = 0;
  while (at < bytes.length) {
    at += whenReady(() => writeSync(fd, bytes, at));
  }
}

/** One HTTP response with a length; `add` returns true when it is complete. */
class Response {
  #parts = [];
  #size = 0;
  #expected = Infinity;
  #head = -1;
  status = 0;
  headers = {};

  add(bytes) {
    this.#parts.push(Buffer.from(bytes));
    this.#size += bytes.length;
    if (this.#head < 0) {
      const all = Buffer.concat(this.#parts);
      this.#parts = [all];
      const end = all.indexOf('\r\n\r\n');
      if (end >= 0) {
        this.#head = end + 4;
        this.#readHead(all.toString('utf8', 0, end).split('\r\n'));
        this.#expected = this.#head + Number(this.headers['content-length'] ?? 0);
      }
    }
    return this.#size >= this.#expected;
  }

  get body() {
    return Buffer.concat(this.#parts).subarray(this.#head, this.#expected);
  }

  #readHead([first, ...lines]) {
    this.status = Number(first.split(' ')[1]);
    for (const line of lines) {
      const colon = line.indexOf(':');
      this.headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
    }
  }
}

export class RuntimeApi {
  #socket;
  #host;
  #prefix;
  #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  #received = () => {};
  #lost = () => {};

  /** Connects to `host:port` or `host:port/path`. */
  static connect(address) {
    const api = new RuntimeApi();
    const slash = address.indexOf('/');
    api.#host = slash < 0 ? address : address.slice(0, slash);
    api.#prefix = (slash < 0 ? '' : address.slice(slash)) + VERSION;
    const colon = api.#host.lastIndexOf(':');
    const buffer = Buffer.alloc(READ_SIZE);
    return new Promise((resolve, reject) => {
      const socket = createConnection({
        host: api.#host.slice(0, colon),
        port: Number(api.#host.slice(colon + 1)),
        noDelay: true,
        onread: { buffer, callback: (count) => api.#received(buffer.subarray(0, count)) },
      });
      api.#socket = socket;
      socket.once('connect', () => {
        socket.pause();
        socket.unref();
        resolve(api);
      });
      socket.on('error', (error) => {
        api.#lost(error);
        reject(error);
      });
      socket.on('close', () => api.#lost(new Error('the Runtime API closed the connection')));
    });
  }

  /** The next invocation, `{headers, body}`; holds the event loop until it is there. */
  next() {
    return new Promise((resolve, reject) => {
      const response = new Response();
      this.#received = (bytes) => {
        if (response.add(bytes)) {
          this.#socket.pause();
          this.#socket.unref();
          if (response.status === 200) {
            resolve({ headers: response.headers, body: response.body.toString('utf8') });
          } else {
            reject(new Error(`the Runtime API answered ${response.status}`));
          }
          return false;
        }
        return true;
      };
      this.#lost = reject;
      this.#socket.ref();
      this.#socket.resume();
      this.#send('GET', '/invocation/next', [], '');
    });
  }

  /** Posts the answer of an invocation, and waits. */
  respond(id, json) {
    this.#post(`/invocation/${encodeURIComponent(id)}/response`, [], json);
  }

  /** Posts the error of an invocation, and waits. */
  fail(id, json, xrayCause) {
    const told = xrayCause !== '' && Buffer.byteLength(xrayCause) <= MAX_XRAY_CAUSE;
    const headers = told ? [`Lambda-Runtime-Function-XRay-Error-Cause: ${xrayCause}`] : [];
    this.#post(`/invocation/${encodeURIComponent(id)}/error`, headers, json);
  }

  /** Posts an error of Init, and waits. */
  failInit(type, json) {
    const shown = String(type).replace(/[\r\n]/g, ' ');
    this.#post('/init/error', [`Lambda-Runtime-Function-Error-Type: ${shown}`], json);
  }

  /** Opens a request of `node:http` for a streamed answer. */
  stream(id, headers, options, onResponse) {
    const colon = this.#host.lastIndexOf(':');
    this.#agent.createConnection = (given, listener) =>
      createConnection({ ...given, ...options }, listener);
    return request(
      {
        method: 'POST',
        hostname: this.#host.slice(0, colon),
        port: Number(this.#host.slice(colon + 1)),
        path: `${this.#prefix}/invocation/${encodeURIComponent(id)}/response`,
        headers,
        agent: this.#agent,
      },
      onResponse,
    );
  }

  #post(path, headers, json) {
    this.#send('POST', path, ['Content-Type: application/json', ...headers], json);
    const fd = this.#descriptor();
    const buffer = Buffer.alloc(READ_SIZE);
    const response = new Response();
    let count;
    do {
      count = whenReady(() => readSync(fd, buffer, 0, buffer.length, null));
      if (count === 0) {
        throw new Error('the Runtime API closed the connection');
      }
    } while (!response.add(buffer.subarray(0, count)));
  }

  #send(method, path, headers, body) {
    const bytes = Buffer.from(body);
    const lines = [`${method} ${this.#prefix}${path} HTTP/1.1`, `Host: ${this.#host}`, ...headers];
    if (method === 'POST') {
      lines.push(`Content-Length: ${bytes.length}`);
    }
    const head = Buffer.from(lines.join('\r\n') + '\r\n\r\n');
    writeAll(this.#descriptor(), Buffer.concat([head, bytes]));
  }

  #descriptor() {
    const fd = this.#socket._handle?.fd ?? -1;
    if (fd < 0) {
      throw new Error('the connection to the Runtime API is lost, or has no descriptor');
    }
    return fd;
  }
}
