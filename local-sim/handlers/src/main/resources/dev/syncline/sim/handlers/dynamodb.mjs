// SPDX-License-Identifier: Apache-2.0
// '@aws-appsync/utils/dynamodb': builds request documents for data sources of type AMAZON_DYNAMODB.
// Members as in the type definitions of @aws-appsync/utils 2.1.1. What UpdateItem writes for values, for null and
// for decrement was published by users of AWS's EvaluateCode; the other operations are inferred from it.
import { harden } from '@syncline/harden';
import { dynamoDbCondition } from '@syncline/transform';
import { absent, attribute, isMap, list, number, text, typeOf } from '@syncline/typed';

const keys = Object.keys;
const entries = Object.entries;

const SETS = ['SS', 'NS', 'BS'];

const isSet = (value) =>
  isMap(value) && keys(value).length === 1 && SETS.includes(keys(value)[0]) && Array.isArray(value[keys(value)[0]]);

// Like util.dynamodb.toDynamoDB, but sets that were made with toStringSet and its siblings stay sets.
const typed = (value) =>
  isSet(value) ? value
    : Array.isArray(value) ? { L: value.map(typed) }
      : isMap(value) ? { M: typedMembers(value, 'value') }
        : attribute(value);

const required = (value, name) => {
  if (!isMap(value)) {
    throw new TypeError("'" + name + "' must be an object, got " + typeOf(value));
  }
  return value;
};

const typedMembers = (value, name) => {
  const members = {};
  for (const [key, member] of entries(required(value, name))) {
    if (member !== undefined) {
      members[key] = typed(member);
    }
  }
  return members;
};

// Members without a value are left out of a document.
const document = (members) => {
  const written = {};
  for (const [key, value] of entries(members)) {
    if (!absent(value)) {
      written[key] = value;
    }
  }
  return written;
};

const condition = (filter, name) => {
  if (absent(filter)) {
    return undefined;
  }
  const written = dynamoDbCondition(typed)(filter);
  if (written === null || written.expression === '') {
    throw new TypeError("'" + name + "' cannot be written as an expression of DynamoDB");
  }
  return keys(written.expressionValues).length > 0
    ? written : { expression: written.expression, expressionNames: written.expressionNames };
};

/** Gives names and values their places; a name that comes again keeps its place. */
class Placeholders {
  constructor() {
    this.places = {};
    this.names = {};
    this.values = {};
    this.valueCount = 0;
  }

  name(name) {
    if (!Object.hasOwn(this.places, name)) {
      this.places[name] = '#expName_' + (keys(this.places).length + 1);
      this.names[this.places[name]] = name;
    }
    return this.places[name];
  }

  value(value) {
    this.valueCount += 1;
    const place = ':expValue_' + this.valueCount;
    this.values[place] = typed(value);
    return place;
  }
}

// 'a.b[1]' has the names a and b; the index stays.
const projection = (paths) => {
  if (absent(paths) || list(paths).length === 0) {
    return undefined;
  }
  const places = new Placeholders();
  const segment = (part) => {
    const bracket = part.indexOf('[');
    return bracket < 0 ? places.name(part) : places.name(part.slice(0, bracket)) + part.slice(bracket);
  };
  const expression = paths.map((path) => text(path).split('.').map(segment).join('.')).join(', ');
  return { expression, expressionNames: places.names };
};

// ---- Updates ----

// Only objects that operations made count as operations, not data of a caller with such a member.
const made = new WeakSet();
const isOperation = made.has.bind(made);
const remember = made.add.bind(made);

const operation = (type, members) => {
  const created = { _type: type, ...members };
  remember(created);
  return created;
};

export const operations = {
  add: (payload) => operation('add', { payload }),
  remove: () => operation('remove', {}),
  replace: (payload) => operation('replace', { payload }),
  increment: (by) => operation('increment', { by: absent(by) ? 1 : number(by) }),
  decrement: (by) => operation('decrement', { by: absent(by) ? 1 : number(by) }),
  append: (payload) => operation('append', { payload: list(payload) }),
  prepend: (payload) => operation('prepend', { payload: list(payload) }),
  updateListItem: (payload, index) => operation('updateListItem', { payload, index: number(index) }),
};

class UpdateExpression {
  constructor() {
    this.places = new Placeholders();
    this.sets = [];
    this.removes = [];
  }

  set(target, value) {
    this.sets.push(target + ' = ' + value);
  }

  members(update, prefix) {
    for (const [key, value] of entries(update)) {
      if (value !== undefined) {
        this.member(prefix + this.places.name(key), value);
      }
    }
  }

  member(target, value) {
    if (isOperation(value)) {
      this.operation(target, value);
    } else if (Array.isArray(value) && value.some(isOperation)) {
      value.forEach((each) => this.listItem(target, each));
    } else if (isMap(value) && !isSet(value) && keys(value).length > 0) {
      this.members(value, target + '.');
    } else {
      this.set(target, this.places.value(value));
    }
  }

  listItem(target, item) {
    if (!isOperation(item) || item._type !== 'updateListItem') {
      throw new TypeError('a list with operations may contain only operations.updateListItem');
    }
    this.set(target + '[' + item.index + ']', this.places.value(item.payload));
  }

  operation(target, { _type, payload, by }) {
    switch (_type) {
      case 'remove': this.removes.push(target); break;
      case 'increment': this.set(target, target + ' + ' + this.places.value(by)); break;
      case 'decrement': this.set(target, target + ' - ' + this.places.value(by)); break;
      case 'append': this.set(target, 'list_append(' + target + ', ' + this.places.value(payload) + ')'); break;
      case 'prepend': this.set(target, 'list_append(' + this.places.value(payload) + ', ' + target + ')'); break;
      case 'updateListItem': throw new TypeError('operations.updateListItem belongs into a list');
      default: this.set(target, this.places.value(payload));
    }
  }

  written() {
    const parts = [];
    if (this.sets.length > 0) {
      parts.push('SET ' + this.sets.join(', '));
    }
    if (this.removes.length > 0) {
      parts.push('REMOVE ' + this.removes.join(', '));
    }
    const { names, values } = this.places;
    return document({
      expression: parts.join(' '),
      expressionNames: names,
      expressionValues: keys(values).length > 0 ? values : undefined,
    });
  }
}

const updateExpression = (update) => {
  const writing = new UpdateExpression();
  writing.members(required(update, 'update'), '');
  return writing.written();
};

// ---- Requests ----

const versioned = ({ customPartitionKey, populateIndexFields, _version }) =>
  ({ customPartitionKey, populateIndexFields, _version });

const itemRequest = (input, members) => document({
  ...members,
  key: typedMembers(input.key, 'key'),
  condition: condition(input.condition, 'condition'),
  ...versioned(input),
});

export const get = (input) => document({
  operation: 'GetItem',
  key: typedMembers(required(input, 'get').key, 'key'),
  consistentRead: input.consistentRead,
  projection: projection(input.projection),
});

export const put = (input) => itemRequest(required(input, 'put'), {
  operation: 'PutItem',
  attributeValues: typedMembers(input.item, 'item'),
});

export const update = (input) => itemRequest(required(input, 'update'), {
  operation: 'UpdateItem',
  update: updateExpression(input.update),
});

export const remove = (input) => itemRequest(required(input, 'remove'), { operation: 'DeleteItem' });

const pages = (input) => ({
  index: input.index,
  limit: input.limit,
  nextToken: input.nextToken,
  consistentRead: input.consistentRead,
  scanIndexForward: input.scanIndexForward,
  select: input.select,
  filter: condition(input.filter, 'filter'),
  projection: projection(input.projection),
});

export const query = (input) => document({
  operation: 'Query',
  query: condition(required(required(input, 'query').query, 'query'), 'query'),
  ...pages(input),
});

export const scan = (input) => document({
  operation: 'Scan',
  ...pages(required(input, 'scan')),
  totalSegments: input.totalSegments,
  segment: input.segment,
});

export const sync = (input) => document({
  operation: 'Sync',
  basePartitionKey: required(input, 'sync').basePartitionKey,
  deltaIndexName: input.deltaIndexName,
  limit: input.limit,
  nextToken: input.nextToken,
  lastSync: input.lastSync,
  filter: condition(input.filter, 'filter'),
});

const tables = (input, each) => {
  const written = {};
  for (const [table, value] of entries(required(input.tables, 'tables'))) {
    written[table] = each(value);
  }
  return written;
};

const typedItems = (items) => list(items).map((item) => typedMembers(item, 'item'));

export const batchGet = (input) => ({
  operation: 'BatchGetItem',
  tables: tables(required(input, 'batchGet'), (table) => document({
    keys: typedItems(required(table, 'table').keys),
    consistentRead: table.consistentRead,
    projection: projection(table.projection),
  })),
});

export const batchPut = (input) => ({
  operation: 'BatchPutItem',
  tables: tables(required(input, 'batchPut'), typedItems),
});

export const batchDelete = (input) => ({
  operation: 'BatchDeleteItem',
  tables: tables(required(input, 'batchDelete'), typedItems),
});

export const transactGet = (input) => ({
  operation: 'TransactGetItems',
  transactItems: list(required(input, 'transactGet').items).map((item) => document({
    table: text(item.table),
    key: typedMembers(item.key, 'key'),
    projection: projection(item.projection),
  })),
});

const WRITES = {
  putItem: (item) => ({ operation: 'PutItem', attributeValues: typedMembers(item.item, 'item') }),
  updateItem: (item) => ({ operation: 'UpdateItem', update: updateExpression(item.update) }),
  deleteItem: () => ({ operation: 'DeleteItem' }),
  conditionCheck: () => ({ operation: 'ConditionCheck' }),
};

const transactWriteItem = (wrapper) => {
  const [kind] = keys(required(wrapper, 'items'));
  if (!Object.hasOwn(WRITES, kind ?? '')) {
    throw new TypeError('an item must have one of ' + keys(WRITES).join(', '));
  }
  const item = required(wrapper[kind], kind);
  return document({
    table: text(item.table),
    ...WRITES[kind](item),
    key: typedMembers(item.key, 'key'),
    condition: condition(item.condition, 'condition'),
  });
};

export const transactWrite = (input) => ({
  operation: 'TransactWriteItems',
  transactItems: list(required(input, 'transactWrite').items).map(transactWriteItem),
});

export const toStringSet = (values) => ({ SS: list(values).map(text) });
export const toNumberSet = (values) => ({ NS: list(values).map((value) => String(number(value))) });
export const toBinarySet = (values) => ({ BS: list(values).map(text) });

harden(
  get, put, update, remove, query, scan, sync, batchGet, batchPut, batchDelete, transactGet, transactWrite, operations,
  toStringSet, toNumberSet, toBinarySet);
