// SPDX-License-Identifier: Apache-2.0
// The client's half of the Secure Remote Password protocol as Cognito uses it: RFC 5054's group of 3072
// bits, SHA-256. The password does not leave the page.

const N = BigInt(
  '0xFFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD' +
    'EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED' +
    'EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F' +
    '83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B' +
    'E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510' +
    '15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7' +
    'ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C' +
    'BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF',
);
const G = 2n;
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const encoder = new TextEncoder();

function power(base, exponent, modulus) {
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) {
      result = (result * square) % modulus;
    }
    square = (square * square) % modulus;
  }
  return result;
}

function concat(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function fromHex(hex) {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The bytes of a positive number; a zero goes before a first byte of 0x80 and above. */
function padded(number) {
  const hex = number.toString(16);
  const even = hex.length % 2 ? '0' + hex : hex;
  return fromHex(/^[89a-f]/.test(even) ? '00' + even : even);
}

async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

async function number(bytes) {
  return BigInt('0x' + toHex(await sha256(bytes)));
}

async function hmac(keyBytes, bytes) {
  const key = await crypto.subtle.importKey('raw', keyBytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes));
}

function toBase64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}

function fromBase64(text) {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}

/** The time as Cognito wants it, such as "Thu Sep 4 01:02:03 UTC 2026". */
export function timestamp(date) {
  const two = (value) => String(value).padStart(2, '0');
  return (
    `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${date.getUTCDate()} ` +
    `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} UTC ` +
    date.getUTCFullYear()
  );
}

/** A sign-in attempt; `secret` is for tests. */
export function begin(secret = crypto.getRandomValues(new Uint8Array(128))) {
  const a = BigInt('0x' + toHex(secret)) % N;
  const A = power(G, a, N);
  return { a, A, srpA: A.toString(16) };
}

/** The answer to the challenge PASSWORD_VERIFIER. */
export async function prove(attempt, poolId, challenge, password, now) {
  const poolName = poolId.slice(poolId.indexOf('_') + 1);
  const user = challenge.USER_ID_FOR_SRP;
  const B = BigInt('0x' + challenge.SRP_B);
  const u = await number(concat(padded(attempt.A), padded(B)));
  if (B % N === 0n || u === 0n) {
    throw new Error('The server sent an unsafe SRP_B');
  }
  const k = await number(concat(padded(N), padded(G)));
  const identity = await sha256(encoder.encode(`${poolName}${user}:${password}`));
  const x = await number(concat(padded(BigInt('0x' + challenge.SALT)), identity));
  const base = (((B - k * power(G, x, N)) % N) + N) % N;
  const S = power(base, attempt.a + u * x, N);
  const block = fromBase64(challenge.SECRET_BLOCK);
  const key = await sessionKey(padded(u), padded(S));
  const time = timestamp(now);
  const message = concat(encoder.encode(poolName + user), block, encoder.encode(time));
  return {
    USERNAME: user,
    PASSWORD_CLAIM_SECRET_BLOCK: challenge.SECRET_BLOCK,
    PASSWORD_CLAIM_SIGNATURE: toBase64(await hmac(key, message)),
    TIMESTAMP: time,
  };
}

async function sessionKey(u, S) {
  const extracted = await hmac(u, S);
  const expanded = await hmac(extracted, concat(encoder.encode('Caldera Derived Key'), Uint8Array.of(1)));
  return expanded.slice(0, 16);
}
