// SPDX-License-Identifier: Apache-2.0
// Makes everything that code can reach immutable, so that a context can serve one call after another: each call
// evaluates its module again, and finds every object that was there before as it was. Evaluated first, while all
// names still exist.
const { defineProperty, freeze, getOwnPropertyDescriptor, getPrototypeOf, isFrozen } = Object;
const ownKeys = Reflect.ownKeys;

// Objects that no name leads to, but syntax or a method does.
const unnamed = [
  function* () {}, async function () {}, async function* () {},
  (function* () {})(), (async function* () {})(),
  [][Symbol.iterator](), ''[Symbol.iterator](), new Map()[Symbol.iterator](), new Set()[Symbol.iterator](),
  'a'.matchAll(/a/g), [].values().map((value) => value), Iterator.from({ next: () => ({ done: true }) }),
  (function () { return arguments; })(),
];

// The functions of the host are no objects of the language, and the module that uses them hides them.
const named = ownKeys(globalThis).filter((name) => name !== '__host').map((name) => globalThis[name]);

const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

const reachable = (roots) => {
  const seen = new Set();
  const next = [...roots];
  while (next.length > 0) {
    const object = next.pop();
    if (isObject(object) && !seen.has(object)) {
      seen.add(object);
      next.push(getPrototypeOf(object));
      for (const key of ownKeys(object)) {
        const { value, get, set } = getOwnPropertyDescriptor(object, key);
        next.push(value, get, set);
      }
    }
  }
  return seen;
};

// Without this, no object could get a member with a name such as 'constructor' by assignment, because the inherited
// one is read-only.
const allowOverriding = (prototype) => {
  for (const key of ownKeys(prototype)) {
    const { value, writable, enumerable } = getOwnPropertyDescriptor(prototype, key);
    if (writable) {
      defineProperty(prototype, key, {
        get: () => value,
        set(own) {
          if (this === prototype) {
            throw new TypeError('Cannot assign to ' + String(key) + ' of a built-in object');
          }
          defineProperty(this, key, { value: own, writable: true, enumerable: true, configurable: true });
        },
        enumerable,
        configurable: false,
      });
    }
  }
};

/** Freezes the objects and all that they lead to. */
export const harden = (...objects) => {
  reachable(objects).forEach(freeze);
};

/** Freezes what the language offers. */
export const hardenLanguage = () => {
  allowOverriding(Object.prototype);
  harden(globalThis, ...unnamed, ...named);
};

/** How many of the objects that code can reach are not frozen, and the number of all: [0, all] is expected. */
export const audit = (...objects) => {
  const all = [...reachable([globalThis, ...unnamed, ...named, ...objects])];
  return [all.filter((object) => !isFrozen(object)).length, all.length];
};
