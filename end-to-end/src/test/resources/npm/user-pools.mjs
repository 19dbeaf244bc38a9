// SPDX-License-Identifier: Apache-2.0
// What programs do that use user pools: aws-amplify, amazon-cognito-identity-js and aws-jwt-verify.
// Takes JSON in its first argument, prints JSON.
import { createHmac } from 'node:crypto';
import { Amplify } from 'aws-amplify';
import {
  confirmSignIn,
  confirmSignUp,
  fetchAuthSession,
  fetchUserAttributes,
  getCurrentUser,
  setUpTOTP,
  signIn,
  signOut,
  signUp,
  updateMFAPreference,
  verifyTOTPSetup,
} from 'aws-amplify/auth';
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito';
import identity from 'amazon-cognito-identity-js';
import { CognitoJwtVerifier } from 'aws-jwt-verify';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';

const settings = JSON.parse(process.argv[2]);
const { endpoint, pool, client, password } = settings;

const memory = new Map();
cognitoUserPoolsTokenProvider.setKeyValueStorage({
  setItem: async (key, value) => void memory.set(key, value),
  getItem: async (key) => memory.get(key) ?? null,
  removeItem: async (key) => void memory.delete(key),
  clear: async () => memory.clear(),
});

async function failure(work) {
  try {
    await work();
    return null;
  } catch (refused) {
    const name = refused.name === 'Error' ? refused.constructor.name : refused.name;
    return { name, message: refused.message };
  }
}

// RFC 6238 for a step of 30 seconds from now.
function totp(base32, step) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...base32.replace(/=+$/, '')]
    .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + step));
  const digest = createHmac('sha1', key).update(counter).digest();
  const offset = digest[19] & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1000000).padStart(6, '0');
}

// The code that the simulator has "sent" last.
async function code(user) {
  const answer = await fetch(`${endpoint}_syncline/cognito/messages?pool=${pool}&user=${user}`);
  return (await answer.json()).messages.at(-1).code;
}

async function amplify() {
  Amplify.configure({
    Auth: { Cognito: { userPoolId: pool, userPoolClientId: client, userPoolEndpoint: endpoint } },
  });
  const username = settings.amplifyUser;
  const done = {};
  const signedUp = await signUp({
    username,
    password,
    options: { userAttributes: { email: 'ana@example.com' } },
  });
  done.signUp = signedUp.nextStep;
  done.tooEarly = (await signIn({ username, password })).nextStep.signInStep;
  await confirmSignUp({ username, confirmationCode: await code(username) });
  done.wrong = await failure(() => signIn({ username, password: 'Wrong-passw0rd' }));
  done.signIn = await signIn({ username, password });
  done.user = await getCurrentUser();
  done.attributes = await fetchUserAttributes();
  const first = await fetchAuthSession();
  const second = await fetchAuthSession({ forceRefresh: true });
  done.refreshed =
    first.tokens.accessToken.toString() !== second.tokens.accessToken.toString() &&
    first.tokens.accessToken.payload.origin_jti === second.tokens.accessToken.payload.origin_jti;
  done.claims = second.tokens.idToken.payload;
  done.idToken = second.tokens.idToken.toString();
  done.accessToken = second.tokens.accessToken.toString();
  const { sharedSecret } = await setUpTOTP();
  done.wrongTotp = await failure(() => verifyTOTPSetup({ code: '000000' }));
  await verifyTOTPSetup({ code: totp(sharedSecret, 0) });
  await updateMFAPreference({ totp: 'PREFERRED' });
  await signOut();
  done.signedOut = await failure(() => getCurrentUser());
  done.totpStep = (await signIn({ username, password })).nextStep.signInStep;
  done.totpDone = await confirmSignIn({ challengeResponse: totp(sharedSecret, 1) });
  await signOut({ global: true });
  return done;
}

// The callbacks of amazon-cognito-identity-js as a promise of the one that was called.
function called(begin, names) {
  return new Promise((resolve) => {
    const callbacks = Object.fromEntries(
      names.map((name) => [name, (...values) => resolve({ called: name, values })]),
    );
    begin(callbacks);
  });
}

async function identityJs() {
  const userPool = new identity.CognitoUserPool({ UserPoolId: pool, ClientId: client, endpoint });
  const user = new identity.CognitoUser({ Username: settings.newUser, Pool: userPool });
  const details = (Password) =>
    new identity.AuthenticationDetails({ Username: settings.newUser, Password });
  const outcomes = ['onSuccess', 'onFailure', 'newPasswordRequired', 'totpRequired', 'mfaRequired'];
  const done = {};
  const wrong = await called((c) => user.authenticateUser(details('Wrong-passw0rd'), c), outcomes);
  done.wrong = { called: wrong.called, code: wrong.values[0].code, message: wrong.values[0].message };
  const temporary = await called(
    (c) => user.authenticateUser(details(settings.temporaryPassword), c), outcomes);
  done.temporary = { called: temporary.called, attributes: temporary.values[0] };
  const changed = await called(
    (c) => user.completeNewPasswordChallenge(password, {}, c), outcomes);
  done.changed = changed.called;
  const again = await called((c) => user.authenticateUser(details(password), c), outcomes);
  done.again = again.called;
  const session = again.values[0];
  done.refreshed = await new Promise((resolve) => {
    user.refreshSession(session.getRefreshToken(), (error, renewed) =>
      resolve(error ? String(error) : renewed.isValid()));
  });
  done.attributes = await new Promise((resolve) => {
    user.getUserAttributes((error, list) =>
      resolve(error ? String(error) : list.map((one) => one.getName()).sort()));
  });
  done.signOut = (await called((c) => user.globalSignOut(c), ['onSuccess', 'onFailure'])).called;
  return done;
}

// Fetches the keys that the issuer publishes, at the simulator instead of AWS's host.
function verifier(tokenUse) {
  const fetcher = {
    fetch: async (uri) => {
      const local = endpoint.replace(/\/$/, '') + new URL(uri).pathname;
      return Buffer.from(await (await fetch(local)).arrayBuffer());
    },
  };
  return CognitoJwtVerifier.create(
    { userPoolId: pool, clientId: client, tokenUse },
    { jwksCache: new SimpleJwksCache({ fetcher }) },
  );
}

async function verified(tokens) {
  const forged = tokens.idToken.slice(0, -6) + (tokens.idToken.endsWith('AAAAAA') ? 'BBBBBB' : 'AAAAAA');
  return {
    id: (await verifier('id').verify(tokens.idToken)).sub,
    access: (await verifier('access').verify(tokens.accessToken)).sub,
    forged: await failure(() => verifier('id').verify(forged)),
    otherUse: await failure(() => verifier('access').verify(tokens.idToken)),
  };
}

const byAmplify = await amplify();
const byIdentityJs = await identityJs();
const byVerifier = await verified(byAmplify);
delete byAmplify.idToken;
delete byAmplify.accessToken;
console.log(JSON.stringify({ amplify: byAmplify, identityJs: byIdentityJs, verifier: byVerifier }));
process.exit(0);
