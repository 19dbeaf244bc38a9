// SPDX-License-Identifier: Apache-2.0
// util.transform. What it writes was recorded from AWS (EvaluateCode, published with LocalStack's appsync-utils)
// for DynamoDB and subscriptions; the query for OpenSearch is the documented sample's, the rest of it inferred.
const entries = Object.entries;
const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

// What AWS cannot write as an expression it answers with null, not with an error.
class Unwritable extends Error {}

const unwritable = () => {
  throw new Unwritable();
};

const orNull = (write) => {
  try {
    return write();
  } catch (thrown) {
    if (thrown instanceof Unwritable) {
      return null;
    }
    throw thrown;
  }
};

const members = (value) => (isMap(value) ? entries(value) : unwritable());
const items = (value) => (Array.isArray(value) ? value : unwritable());

// ---- DynamoDB ----

const COMPARISONS = { eq: '=', ne: '<>', lt: '<', le: '<=', gt: '>', ge: '>=' };
const FUNCTIONS = { contains: 'contains', notContains: 'NOT contains', beginsWith: 'begins_with' };
const TYPES = {
  _null: 'NULL', string: 'S', stringSet: 'SS', number: 'N', numberSet: 'NS', binary: 'B', binarySet: 'BS',
  boolean: 'BOOL', list: 'L', map: 'M',
};

/** Writes one filter; names and values are collected on the way. */
class DynamoDbExpression {
  constructor(attribute) {
    this.attribute = attribute;
    this.names = {};
    this.values = {};
  }

  /** The filter as a whole stands without brackets, a group below it in brackets if it has several members. */
  filter(filter, path, bracketed) {
    const parts = members(filter).map(([key, value]) => {
      switch (key) {
        case 'and': return this.group(value, [...path, key], ' AND ');
        case 'or': return this.group(value, [...path, key], ' OR ');
        case 'not': return '(NOT ' + this.filter(value, [...path, key], true) + ')';
        default: return this.field(key, value, [...path, key], '#' + key);
      }
    });
    return this.joined(parts, ' AND ', bracketed);
  }

  group(list, path, joiner) {
    return this.joined(items(list).map((member, index) => this.filter(member, [...path, index], false)), joiner, true);
  }

  field(name, operators, path, target) {
    const parts = members(operators).map(([operator, operand]) =>
      operator === 'size'
        ? this.field(name, operand, [...path, operator], 'size(#' + name + ')')
        : '(' + this.operation(target, operator, operand, ':' + [...path, operator].join('_')) + ')');
    this.names['#' + name] = name;
    return this.joined(parts, ' AND ', true);
  }

  operation(target, operator, operand, value) {
    if (Object.hasOwn(COMPARISONS, operator)) {
      return target + ' ' + COMPARISONS[operator] + ' ' + this.value(value, operand);
    }
    if (Object.hasOwn(FUNCTIONS, operator)) {
      return FUNCTIONS[operator] + '(' + target + ',' + this.value(value, operand) + ')';
    }
    switch (operator) {
      case 'between':
        return items(operand).length < 2 ? unwritable()
          : target + ' BETWEEN ' + this.value(value + '_start', operand[0]) + ' AND '
            + this.value(value + '_end', operand[1]);
      case 'in':
        return items(operand).length === 0 ? 'null'
          : target + ' IN (' + operand.map((each, index) => this.value(value + '_' + index, each)).join(', ') + ')';
      case 'attributeExists':
        return typeof operand !== 'boolean' ? unwritable()
          : (operand ? 'attribute_exists' : 'attribute_not_exists') + '(' + target + ')';
      case 'attributeType':
        return Object.hasOwn(TYPES, operand)
          ? 'attribute_type(' + target + ',' + this.value(value, TYPES[operand]) + ')' : unwritable();
      default:
        return unwritable();
    }
  }

  value(name, operand) {
    this.values[name] = this.attribute(operand);
    return name;
  }

  joined(parts, joiner, bracketed) {
    const text = parts.join(joiner);
    return bracketed && parts.length > 1 ? '(' + text + ')' : text;
  }
}

/** The expression with its names and values; null for what AWS cannot write. */
export const dynamoDbCondition = (attribute) => (filter) => orNull(() => {
  const writing = new DynamoDbExpression(attribute);
  const expression = writing.filter(filter, [], false);
  return { expression, expressionNames: writing.names, expressionValues: writing.values };
});

/** Both DynamoDB helpers; AWS writes the same for either. */
export const dynamoDbExpression = (attribute) => {
  const written = dynamoDbCondition(attribute);
  return (filter) => {
    const condition = written(filter);
    return condition === null ? null : JSON.stringify(condition);
  };
};

// ---- Subscriptions: an OR of groups, each an AND of filters ----

const crossed = (groups, alternatives) =>
  groups.flatMap((group) => alternatives.map((alternative) => [...group, ...alternative]));

const alternatives = (fieldName, operators) =>
  members(operators).map(([operator, value]) => [{ fieldName, operator, value }]);

const expanded = (filter, ignored) => {
  let groups = [[]];
  for (const [key, value] of members(filter)) {
    if (key === 'and') {
      for (const member of items(value)) {
        groups = crossed(groups, expanded(member, ignored));
      }
    } else if (key === 'or') {
      groups = crossed(groups, items(value).flatMap((member) => expanded(member, ignored)));
    } else if (!ignored.includes(key)) {
      groups = crossed(groups, alternatives(key, value));
    }
  }
  return groups;
};

export const subscriptionFilter = (filter, ignored, rules) => orNull(() => {
  let groups = expanded(filter, Array.isArray(ignored) ? ignored : []);
  const strict = isMap(rules) ? entries(rules).flatMap(([field, operators]) => alternatives(field, operators)) : [];
  if (strict.length > 0) {
    groups = crossed(groups, strict);
  }
  return { filterGroup: groups.filter((filters) => filters.length > 0).map((filters) => ({ filters })) };
});

// ---- OpenSearch ----

const must = (queries) => ({ bool: { must: queries } });

const QUERIES = {
  eq: (field, value) => ({ term: { [field]: value } }),
  ne: (field, value) => ({ bool: { must_not: { term: { [field]: value } } } }),
  gt: (field, value) => ({ range: { [field]: { gt: value } } }),
  gte: (field, value) => ({ range: { [field]: { gte: value } } }),
  lt: (field, value) => ({ range: { [field]: { lt: value } } }),
  lte: (field, value) => ({ range: { [field]: { lte: value } } }),
  range: (field, value) => ({ range: { [field]: { gte: items(value)[0], lte: value[1] } } }),
  match: (field, value) => ({ match: { [field]: value } }),
  matchPhrase: (field, value) => ({ match_phrase: { [field]: value } }),
  matchPhrasePrefix: (field, value) => ({ match_phrase_prefix: { [field]: value } }),
  multiMatch: (field, value) => ({ multi_match: { fields: [field], query: value } }),
  wildcard: (field, value) => ({ wildcard: { [field]: value } }),
  regexp: (field, value) => ({ regexp: { [field]: value } }),
  exists: (field, value) => (value ? { exists: { field } } : { bool: { must_not: { exists: { field } } } }),
};

const ofField = (field, operators) => must(members(operators).map(([operator, value]) =>
  (Object.hasOwn(QUERIES, operator) ? QUERIES[operator](field, value) : unwritable())));

const query = (filter) => must(members(filter).map(([key, value]) => {
  switch (key) {
    case 'and': return must(items(value).map(query));
    case 'or': return { bool: { should: items(value).map(query) } };
    case 'not': return { bool: { must_not: query(value) } };
    default: return ofField(key, value);
  }
}));

export const openSearchQuery = (filter) => orNull(() => JSON.stringify(query(filter)));
