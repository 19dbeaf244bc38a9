// SPDX-License-Identifier: Apache-2.0
// Configures aws-amplify for a category of APIs, Events or GraphQL, and a way to authorize.
import WebSocket from 'ws';
import { Amplify } from 'aws-amplify';

// Amplify takes the WebSocket of the browser; Node has had one only since version 22.
globalThis.WebSocket = WebSocket;

// Returns the options of calls.
export function configure(settings, category, mode, apiKey) {
  const token = settings.tokens[mode];
  Amplify.configure(
    {
      API: {
        [category]: {
          endpoint: settings.endpoint,
          region: settings.region,
          defaultAuthMode: mode,
          apiKey,
        },
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
  return mode === 'lambda' ? { authMode: mode, authToken: token } : { authMode: mode };
}
