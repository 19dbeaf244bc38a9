// SPDX-License-Identifier: Apache-2.0
// The handshake of AWS's Swift and Android clients: one subprotocol, the credentials in headers of
// the upgrade, and the HTTP host in Host though the socket is the realtime one's.
import WebSocket from 'ws';

const settings = JSON.parse(process.argv[2]);

function connect(headers) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(settings.realtime, ['aws-appsync-event-ws'], { headers });
    const types = [];
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init' })));
    socket.on('message', (data) => {
      const frame = JSON.parse(data);
      types.push(frame.type);
      if (frame.type === 'connection_ack') {
        socket.send(
          JSON.stringify({
            type: 'subscribe',
            id: 's',
            channel: 'default/headers',
            authorization: headers,
          }),
        );
      } else if (frame.type === 'subscribe_success') {
        socket.send(
          JSON.stringify({
            type: 'publish',
            id: 'p',
            channel: 'default/headers',
            events: ['"hello"'],
            authorization: headers,
          }),
        );
      } else if (types.includes('data') && types.includes('publish_success')) {
        socket.close(1000);
      }
    });
    socket.on('error', reject);
    socket.on('close', (code) => resolve({ types: types.sort(), code }));
  });
}

console.log(
  JSON.stringify({
    good: await connect({ host: settings.httpHost, 'X-Api-Key': settings.apiKey }),
    token: await connect({ host: settings.httpHost, Authorization: settings.token }),
    wrong: await connect({ host: settings.httpHost, 'x-api-key': 'da2-wrong' }),
    none: await connect({ host: settings.httpHost }),
  }),
);
process.exit(0);
