// Tables by the AWS SDK for JavaScript v3: the plain client, the document client and streams.
import assert from 'node:assert/strict';
import {
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
  paginateQuery,
} from '@aws-sdk/lib-dynamodb';

const settings = JSON.parse(process.argv[2]);
const config = {
  endpoint: settings.endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  maxAttempts: 1,
};
const client = new DynamoDBClient(config);
const documents = DynamoDBDocumentClient.from(client);
const TableName = 'orders';

await client.send(
  new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [
      { AttributeName: 'customer', KeyType: 'HASH' },
      { AttributeName: 'number', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: [
      { AttributeName: 'customer', AttributeType: 'S' },
      { AttributeName: 'number', AttributeType: 'N' },
    ],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
  }),
);
const { reason } = await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 1 }, { TableName });

const order = {
  customer: 'c',
  number: 1,
  lines: [{ sku: 'a', count: 2, price: 9.95 }],
  tags: new Set(['new', 'paid']),
  bytes: new Uint8Array([0, 127, 255]),
  nothing: null,
  open: true,
};
await documents.send(new PutCommand({ TableName, Item: order }));
const read = await documents.send(
  new GetCommand({ TableName, Key: { customer: 'c', number: 1 }, ConsistentRead: true }),
);
assert.deepEqual(read.Item, order);

const updated = await documents.send(
  new UpdateCommand({
    TableName,
    Key: { customer: 'c', number: 1 },
    UpdateExpression: 'SET #lines[0].#count = #lines[0].#count + :one, #open = :no',
    ExpressionAttributeNames: { '#lines': 'lines', '#count': 'count', '#open': 'open' },
    ExpressionAttributeValues: { ':one': 1, ':no': false },
    ReturnValues: 'ALL_NEW',
  }),
);
assert.equal(updated.Attributes.lines[0].count, 3);
assert.equal(updated.Attributes.open, false);

await documents.send(
  new BatchWriteCommand({
    RequestItems: {
      [TableName]: Array.from({ length: 25 }, (_, i) => ({
        PutRequest: { Item: { customer: 'many', number: i } },
      })),
    },
  }),
);
let found = 0;
let pages = 0;
const query = {
  TableName,
  KeyConditionExpression: 'customer = :c AND #number < :n',
  ExpressionAttributeNames: { '#number': 'number' },
  ExpressionAttributeValues: { ':c': 'many', ':n': 20 },
};
for await (const page of paginateQuery({ client: documents, pageSize: 7 }, query)) {
  found += page.Items.length;
  pages++;
}

let cancelled = '';
try {
  await documents.send(
    new TransactWriteCommand({
      TransactItems: [
        { Put: { TableName, Item: { customer: 't', number: 1 } } },
        {
          ConditionCheck: {
            TableName,
            Key: { customer: 'none', number: 1 },
            ConditionExpression: 'attribute_exists(customer)',
          },
        },
      ],
    }),
  );
} catch (error) {
  cancelled = error.CancellationReasons.map((one) => one.Code).join();
}

let refused = '';
try {
  await client.send(
    new PutItemCommand({
      TableName,
      Item: { customer: { S: 'c' }, number: { N: '1' } },
      ConditionExpression: 'attribute_not_exists(customer)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    }),
  );
} catch (error) {
  refused = error.name + ' ' + error.Item.customer.S;
}

const streams = new DynamoDBStreamsClient(config);
const StreamArn = await latestStream();
const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
const { ShardIterator } = await streams.send(
  new GetShardIteratorCommand({
    StreamArn,
    ShardId: StreamDescription.Shards[0].ShardId,
    ShardIteratorType: 'TRIM_HORIZON',
  }),
);
const { Records } = await streams.send(new GetRecordsCommand({ ShardIterator }));

async function latestStream() {
  const { DescribeTableCommand } = await import('@aws-sdk/client-dynamodb');
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  return Table.LatestStreamArn;
}

console.log(
  JSON.stringify({
    table: reason.Table.TableStatus,
    found,
    pages,
    cancelled,
    refused,
    records: Records.length,
    first: Records[0].eventName,
  }),
);
