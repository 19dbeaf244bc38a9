// SPDX-License-Identifier: Apache-2.0
// What a program does that uses generateClient of aws-amplify, once for each way to authorize.
// Takes JSON in its first argument, prints JSON.
import { execFileSync } from 'node:child_process';
import WebSocket from 'ws';
import { Amplify } from 'aws-amplify';
import { generateClient } from 'aws-amplify/api';
import { Hub } from 'aws-amplify/utils';

// Amplify takes the WebSocket of the browser; Node has had one only since version 22.
globalThis.WebSocket = WebSocket;

const settings = JSON.parse(process.argv[2]);

function configured(mode, apiKey) {
  const token = settings.tokens[mode];
  Amplify.configure(
    {
      API: {
        GraphQL: { endpoint: settings.endpoint, region: settings.region, defaultAuthMode: mode, apiKey },
      },
    },
    {
      Auth: {
        credentialsProvider: {
          getCredentialsAndIdentityId: async () => ({
            credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
          }),
          clearCredentialsAndIdentityId: () => {},
        },
        tokenProvider: {
          getTokens: async () =>
            token ? { accessToken: { toString: () => token, payload: { sub: 'ana' } } } : null,
        },
      },
    },
  );
  const client = generateClient();
  const options = mode === 'lambda' ? { authMode: mode, authToken: token } : { authMode: mode };
  return (query, variables) => client.graphql({ query, variables, ...options });
}

const fields = 'id text sender';

async function exchange(mode) {
  const graphql = configured(mode, settings.apiKey);
  const received = [];
  let heard;
  const delivered = new Promise((resolve, reject) => {
    heard = { resolve, reject };
  });
  const acknowledged = new Promise((resolve) => {
    Hub.listen('api', ({ payload }) => {
      if (payload.event === 'Subscription ACK') {
        resolve();
      }
    });
  });
  const subscription = graphql(
    `subscription Said($room: ID!) { onSaid(room: $room) { ${fields} } }`,
    { room: mode },
  ).subscribe({
    next: ({ data }) => {
      received.push(data.onSaid);
      heard.resolve();
    },
    error: (failure) => heard.reject(failure),
  });
  await acknowledged;
  const say = `mutation Say($room: ID!, $text: String!) { say(room: $room, text: $text) { room ${fields} } }`;
  const other = await graphql(say, { room: 'other', text: 'not for this room' });
  const said = await graphql(say, { room: mode, text: 'é<>&"' });
  await delivered;
  const read = await graphql('query { whoAmI hidden }').catch((answer) => answer);
  subscription.unsubscribe();
  return { mode, other: other.data.say, said: said.data.say, received, read };
}

async function refusal(mode) {
  const graphql = configured(mode, 'da2-wrongwrongwrongwrongwrongw');
  const outcome = {};
  await graphql('query { whoAmI }').catch((refused) => {
    outcome.query = refused.errors ?? String(refused);
  });
  outcome.subscription = await new Promise((resolve) => {
    graphql(`subscription { onSaid(room: "a") { ${fields} } }`).subscribe({
      next: () => resolve('delivered'),
      error: (failure) => resolve(failure.errors ?? String(failure)),
    });
  });
  return outcome;
}

// Each in its own process: Amplify shares one connection.
if (settings.part === undefined) {
  const run = (part) =>
    JSON.parse(
      execFileSync(process.execPath, [process.argv[1], JSON.stringify({ ...settings, part })], {
        encoding: 'utf8',
      }),
    );
  console.log(JSON.stringify({ exchanges: settings.modes.map(run), refused: run('refusal') }));
} else {
  const done = settings.part === 'refusal' ? await refusal('apiKey') : await exchange(settings.part);
  console.log(JSON.stringify(done));
}
process.exit(0);
