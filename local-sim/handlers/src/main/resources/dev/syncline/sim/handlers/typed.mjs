// SPDX-License-Identifier: Apache-2.0
// Checks of arguments, and DynamoDB's typed form of values. Shared by the modules of this package.
const keys = Object.keys;

export const typeOf = (value) => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value);

export const isMap = (value) => typeOf(value) === 'object';

export const text = (value) => {
  if (typeof value !== 'string') {
    throw new TypeError('expected a string, got ' + typeOf(value));
  }
  return value;
};

export const absent = (value) => value === null || value === undefined;

export const list = (value) => {
  if (!Array.isArray(value)) {
    throw new TypeError('expected a list, got ' + typeOf(value));
  }
  return value;
};

export const number = (value) => {
  if (typeof value !== 'number') {
    throw new TypeError('expected a number, got ' + typeOf(value));
  }
  return value;
};

// DynamoDB's typed form, as the built-in helpers write it: numbers stay numbers, lists never become sets.
export const noAttribute = () => ({ NULL: null });

export const attribute = (value) =>
  absent(value) ? noAttribute()
    : typeof value === 'string' ? { S: value }
      : typeof value === 'number' ? { N: value }
        : typeof value === 'boolean' ? { BOOL: value }
          : Array.isArray(value) ? { L: value.map(attribute) }
            : { M: attributes(value) };

export const attributes = (value) => {
  if (!isMap(value)) {
    throw new TypeError('expected a map, got ' + typeOf(value));
  }
  const typed = {};
  for (const name of keys(value)) {
    typed[name] = attribute(value[name]);
  }
  return typed;
};
