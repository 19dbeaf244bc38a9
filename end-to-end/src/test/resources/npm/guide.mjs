// SPDX-License-Identifier: Apache-2.0
// The browser's WebSocket, as undici implements it, used as AWS's Event API guide shows: both
// subprotocols, subscribe, publish over the socket and over HTTP. Takes JSON, prints JSON.
import { WebSocket, fetch } from 'undici';

const settings = JSON.parse(process.argv[2]);
const authorization = { 'x-api-key': settings.apiKey, host: settings.httpHost };

const carrier = Buffer.from(JSON.stringify(authorization)).toString('base64url');
const socket = new WebSocket(settings.realtime, [`header-${carrier}`, 'aws-appsync-event-ws']);
const frames = [];
const waiting = [];

function next(type) {
  return new Promise((resolve) => {
    waiting.push({ type, resolve });
    match();
  });
}

function match() {
  for (const wanted of [...waiting]) {
    const at = frames.findIndex((frame) => frame.type === wanted.type && !frame.taken);
    if (at >= 0) {
      frames[at].taken = true;
      waiting.splice(waiting.indexOf(wanted), 1);
      wanted.resolve(frames[at]);
    }
  }
}

socket.onmessage = (message) => {
  frames.push(JSON.parse(message.data));
  match();
};
await new Promise((resolve, reject) => {
  socket.onopen = resolve;
  socket.onerror = (failure) => reject(new Error(failure.message ?? 'the socket failed'));
});
socket.send(JSON.stringify({ type: 'connection_init' }));
const ack = await next('connection_ack');
socket.send(
  JSON.stringify({ type: 'subscribe', id: 'one', channel: '/default/*', authorization }),
);
await next('subscribe_success');
socket.send(
  JSON.stringify({
    type: 'publish',
    id: 'two',
    channel: '/default/guide/deep',
    events: [JSON.stringify({ via: 'websocket' })],
    authorization,
  }),
);
const published = await next('publish_success');
const answer = await fetch(settings.endpoint, {
  method: 'POST',
  headers: { 'content-type': 'application/json', 'x-api-key': settings.apiKey },
  body: JSON.stringify({ channel: 'default/guide', events: [JSON.stringify({ via: 'http' })] }),
});
const body = await answer.json();
const received = [await next('data'), await next('data')];
socket.send(JSON.stringify({ type: 'unsubscribe', id: 'one' }));
await next('unsubscribe_success');
const closed = new Promise((resolve) => {
  socket.onclose = (event) => resolve(event.code);
});
socket.close(1000);
console.log(
  JSON.stringify({
    protocol: socket.protocol,
    ack,
    published,
    status: answer.status,
    body,
    received,
    closed: await closed,
  }),
);
process.exit(0);
