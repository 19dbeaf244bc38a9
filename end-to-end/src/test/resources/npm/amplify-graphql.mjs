// SPDX-License-Identifier: Apache-2.0
// What a program does that uses the GraphQL client of aws-amplify, with the URL that the API gives,
// once for each way to authorize. Takes JSON in its first argument, prints JSON.
import { execFileSync } from 'node:child_process';
import { generateClient } from 'aws-amplify/api';
import { configure } from './amplify-setup.mjs';

const settings = JSON.parse(process.argv[2]);

function client(mode, apiKey) {
  return generateClient(configure(settings, 'GraphQL', mode, apiKey));
}

async function exchange(mode) {
  const api = client(mode, settings.apiKey);
  const asked = await api.graphql({
    query: 'query Get($id: ID!) { item(id: $id) { id name } mode }',
    variables: { id: '7' },
  });
  const received = [];
  const heard = new Promise((resolve, reject) => {
    const subscription = api
      .graphql({ query: 'subscription On($name: String) { onPut(name: $name) { id name } }',
        variables: { name: mode } })
      .subscribe({
        next: (message) => {
          received.push(message.data.onPut);
          subscription.unsubscribe();
          resolve();
        },
        error: reject,
      });
  });
  // Amplify does not say when a subscription is acknowledged: the mutation is repeated until then.
  const put = () =>
    api.graphql({
      query: 'mutation Put($name: String!) { put(name: $name) { id name } }',
      variables: { name: mode },
    });
  let changed = await put();
  const again = setInterval(put, 500);
  try {
    await heard;
  } finally {
    clearInterval(again);
  }
  return { mode, asked: asked.data, changed: changed.data, received: received[0] };
}

async function refusal() {
  const api = client('apiKey', 'da2-wrongwrongwrongwrongwrongw');
  const outcome = {};
  try {
    await api.graphql({ query: '{ mode }' });
  } catch (refused) {
    outcome.query = String(refused.errors?.[0]?.message ?? refused);
  }
  outcome.subscription = await new Promise((resolve) => {
    api
      .graphql({ query: 'subscription { onPut { id } }' })
      .subscribe({ next: () => {}, error: (failure) => resolve(JSON.stringify(failure)) });
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
  const done = settings.part === 'refusal' ? await refusal() : await exchange(settings.part);
  console.log(JSON.stringify(done));
}
process.exit(0);
