// SPDX-License-Identifier: Apache-2.0
// What a program does that uses the Events category of aws-amplify, once for each way to authorize.
// Takes JSON in its first argument, prints JSON.
import { execFileSync } from 'node:child_process';
import dns from 'node:dns';
import { events } from 'aws-amplify/data';
import { configure } from './amplify-setup.mjs';

const settings = JSON.parse(process.argv[2]);

// Replaces DNS: resolves AWS's host names to the simulator.
const lookup = dns.lookup;
dns.lookup = (host, options, callback) =>
  lookup(host.endsWith('.amazonaws.com') ? '127.0.0.1' : host, options, callback);

async function exchange(mode) {
  const options = configure(settings, 'Events', mode, settings.apiKey);
  const channel = await events.connect(`/default/${mode}`, options);
  const received = [];
  let heard;
  const both = new Promise((resolve, reject) => {
    heard = { resolve, reject };
  });
  const subscription = channel.subscribe(
    {
      next: (data) => {
        received.push(data.event);
        if (received.length === 2) {
          heard.resolve();
        }
      },
      error: (failure) => heard.reject(failure),
    },
    options,
  );
  await subscription.ready;
  await channel.publish({ via: 'websocket', text: 'é<>&"' }, options);
  const failed = await events.post(`/default/${mode}`, { via: 'http', text: 'é<>&"' }, options);
  await both;
  subscription.unsubscribe();
  await channel.close();
  // Not waited for: on a busy machine Amplify may wait without end for a socket that has closed already.
  events.closeAll();
  return { mode, failed: failed ?? [], received };
}

async function refusal(mode) {
  const options = configure(settings, 'Events', mode, 'da2-wrongwrongwrongwrongwrongw');
  const outcome = {};
  try {
    await events.post('/default/refused', { a: 1 }, options);
  } catch (refused) {
    outcome.post = JSON.stringify(refused, Object.getOwnPropertyNames(refused));
  }
  try {
    await events.connect('/default/refused', options);
  } catch (refused) {
    outcome.connect = JSON.stringify(refused, Object.getOwnPropertyNames(refused));
  }
  return outcome;
}

// Each in its own process: Amplify shares one connection, and a new one right after
// the last one was closed may never be ready.
if (settings.part === undefined) {
  const run = (part) =>
    JSON.parse(
      execFileSync(process.execPath, [process.argv[1], JSON.stringify({ ...settings, part })], {
        encoding: 'utf8',
      }),
    );
  const exchanges = settings.modes.map(run);
  const refused = settings.modes.includes('apiKey') ? run('refusal') : {};
  console.log(JSON.stringify({ exchanges, refused }));
} else {
  const done = settings.part === 'refusal' ? await refusal('apiKey') : await exchange(settings.part);
  console.log(JSON.stringify(done));
}
process.exit(0);
