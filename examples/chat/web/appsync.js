// SPDX-License-Identifier: Apache-2.0
// A client of an AppSync GraphQL API: requests over HTTP, subscriptions over a WebSocket.

const FIRST_RETRY_MS = 500;
const MAX_RETRY_MS = 30_000;

/** An error of the API; `name` is its type. */
export class ApiError extends Error {
  constructor(error) {
    super(error.message ?? 'The API refused the request');
    this.name = error.errorType ?? 'Error';
  }
}

export class Api {
  /** `session` gives the token of each request. `Socket` is for tests. */
  constructor(config, session, Socket = globalThis.WebSocket) {
    this.config = config;
    this.session = session;
    this.Socket = Socket;
    this.subscriptions = new Map();
    this.nextId = 1;
    this.retryMs = FIRST_RETRY_MS;
  }

  /** Sends a document and gives its data. */
  async send(query, variables = {}) {
    const response = await fetch(this.config.graphqlUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: await this.session.token() },
      body: JSON.stringify({ query, variables }),
    });
    const answer = await response.json();
    if (answer.errors?.length) {
      throw new ApiError(answer.errors[0]);
    }
    return answer.data;
  }

  /**
   * Subscribes. `handlers` has `ready` (also after each reconnection: read what was missed), `event` and
   * `refused`. Gives a function that ends the subscription.
   */
  subscribe(query, variables, handlers) {
    const id = String(this.nextId++);
    this.subscriptions.set(id, { query, variables, handlers });
    if (this.open) {
      void this.start(id);
    } else {
      this.connect();
    }
    return () => {
      this.subscriptions.delete(id);
      if (this.open) {
        this.socket.send(JSON.stringify({ type: 'stop', id }));
      }
    };
  }

  async authorization() {
    return { host: new URL(this.config.graphqlUrl).host, Authorization: await this.session.token() };
  }

  async connect() {
    if (this.connecting || this.closed) {
      return;
    }
    this.connecting = true;
    try {
      const header = btoa(JSON.stringify(await this.authorization()));
      const url = this.config.realtimeUrl + '?header=' + encodeURIComponent(header) + '&payload=e30=';
      this.socket = new this.Socket(url, 'graphql-ws');
      this.socket.onopen = () => this.socket.send(JSON.stringify({ type: 'connection_init' }));
      this.socket.onmessage = (message) => this.frame(JSON.parse(message.data));
      this.socket.onclose = () => this.lost();
    } catch {
      this.lost();
    }
  }

  /** Connects again, later and later, while something is subscribed. */
  lost() {
    this.connecting = false;
    this.open = false;
    if (!this.closed && this.subscriptions.size > 0) {
      setTimeout(() => this.connect(), this.retryMs);
      this.retryMs = Math.min(this.retryMs * 2, MAX_RETRY_MS);
    }
  }

  async start(id) {
    const { query, variables } = this.subscriptions.get(id);
    const authorization = await this.authorization();
    this.socket.send(
      JSON.stringify({
        id,
        type: 'start',
        payload: { data: JSON.stringify({ query, variables }), extensions: { authorization } },
      }),
    );
  }

  frame(frame) {
    const handlers = this.subscriptions.get(frame.id)?.handlers;
    switch (frame.type) {
      case 'connection_ack':
        this.open = true;
        this.connecting = false;
        this.retryMs = FIRST_RETRY_MS;
        for (const id of this.subscriptions.keys()) {
          void this.start(id);
        }
        break;
      case 'start_ack':
        handlers?.ready?.();
        break;
      case 'data':
        handlers?.event(frame.payload.data);
        break;
      case 'error':
        if (handlers) {
          this.subscriptions.delete(frame.id);
          handlers.refused?.(new ApiError(frame.payload?.errors?.[0] ?? {}));
        }
        break;
      default: // A keep-alive, or the end of a subscription.
    }
  }

  close() {
    this.closed = true;
    this.socket?.close();
  }
}
