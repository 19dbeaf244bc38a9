// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import dev.syncline.sim.testing.AwsCli;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tables by boto3, which checks each answer's checksum, and by the AWS CLI. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DynamoDbRealClientsTest {
  private static final String REGION = "us-east-1";

  @TempDir Path work;
  @AutoClose private Simulator simulator;
  private AwsCli aws;

  @BeforeEach
  void start() {
    simulator =
        Simulator.start(
            SimulatorConfig.defaults(work.resolve("sim"))
                .withPort(0, -1)
                .withClock(new ClockMode.Real()));
    aws = new AwsCli(simulator.endpoint().toString(), REGION, work);
  }

  @Test
  void boto3ManagesATable() {
    AwsCli.assumeBoto3();
    aws.python(
        """
        db = client('dynamodb')
        schema = dict(KeySchema=[{'AttributeName': 'pk', 'KeyType': 'HASH'}, {'AttributeName': 'sk', 'KeyType': 'RANGE'}],
            AttributeDefinitions=[{'AttributeName': n, 'AttributeType': t} for n, t in [('pk', 'S'), ('sk', 'N'), ('colour', 'S')]],
            GlobalSecondaryIndexes=[{'IndexName': 'by-colour', 'KeySchema': [{'AttributeName': 'colour', 'KeyType': 'HASH'}],
                'Projection': {'ProjectionType': 'ALL'}}])
        made = db.create_table(TableName='things', BillingMode='PAY_PER_REQUEST', Tags=[{'Key': 'a', 'Value': 'b'}],
            StreamSpecification={'StreamEnabled': True, 'StreamViewType': 'NEW_AND_OLD_IMAGES'}, **schema)['TableDescription']
        assert made['TableStatus'] == 'CREATING' and made['TableArn'] == 'arn:aws:dynamodb:us-east-1:111111111111:table/things', made
        db.get_waiter('table_exists').wait(TableName='things', WaiterConfig={'Delay': 1})
        table = db.describe_table(TableName='things')['Table']
        assert table['TableStatus'] == 'ACTIVE' and table['ItemCount'] == 0, table
        assert table['LatestStreamArn'] == table['TableArn'] + '/stream/' + table['LatestStreamLabel'], table
        assert table['GlobalSecondaryIndexes'][0]['IndexStatus'] == 'ACTIVE', table
        assert table['CreationDateTime'].year >= 2024, table
        refused(lambda: db.create_table(TableName='things', BillingMode='PAY_PER_REQUEST', **schema), 'ResourceInUseException')
        refused(lambda: db.describe_table(TableName='nothing'), 'ResourceNotFoundException')
        assert list(db.get_paginator('list_tables').paginate())[0]['TableNames'] == ['things']
        db.update_time_to_live(TableName='things', TimeToLiveSpecification={'AttributeName': 'ends', 'Enabled': True})
        assert db.describe_time_to_live(TableName='things')['TimeToLiveDescription'] == {'TimeToLiveStatus': 'ENABLED', 'AttributeName': 'ends'}
        backups = db.describe_continuous_backups(TableName='things')['ContinuousBackupsDescription']
        assert backups['PointInTimeRecoveryDescription']['PointInTimeRecoveryStatus'] == 'DISABLED', backups
        db.update_continuous_backups(TableName='things', PointInTimeRecoverySpecification={'PointInTimeRecoveryEnabled': True})
        db.tag_resource(ResourceArn=table['TableArn'], Tags=[{'Key': 'c', 'Value': 'd'}])
        db.untag_resource(ResourceArn=table['TableArn'], TagKeys=['a'])
        assert db.list_tags_of_resource(ResourceArn=table['TableArn'])['Tags'] == [{'Key': 'c', 'Value': 'd'}]
        db.update_table(TableName='things', AttributeDefinitions=schema['AttributeDefinitions'] + [{'AttributeName': 'size', 'AttributeType': 'N'}],
            GlobalSecondaryIndexUpdates=[{'Create': {'IndexName': 'by-size', 'KeySchema': [{'AttributeName': 'size', 'KeyType': 'HASH'}],
                'Projection': {'ProjectionType': 'KEYS_ONLY'}}}])
        names = [i['IndexName'] for i in db.describe_table(TableName='things')['Table']['GlobalSecondaryIndexes']]
        assert sorted(names) == ['by-colour', 'by-size'], names
        db.update_table(TableName='things', DeletionProtectionEnabled=True)
        refused(lambda: db.delete_table(TableName='things'), 'ValidationException')
        db.update_table(TableName='things', DeletionProtectionEnabled=False)
        assert db.delete_table(TableName='things')['TableDescription']['TableStatus'] == 'DELETING'
        db.get_waiter('table_not_exists').wait(TableName='things', WaiterConfig={'Delay': 1})
        """);
  }

  @Test
  void boto3WritesAndReadsItems() {
    AwsCli.assumeBoto3();
    aws.python(
        """
        from decimal import Decimal
        from boto3.dynamodb.conditions import Key, Attr
        from boto3.dynamodb.types import Binary
        resource = boto3.resource('dynamodb', endpoint_url=os.environ['ENDPOINT'])
        table = resource.create_table(TableName='music', BillingMode='PAY_PER_REQUEST',
            KeySchema=[{'AttributeName': 'artist', 'KeyType': 'HASH'}, {'AttributeName': 'song', 'KeyType': 'RANGE'}],
            AttributeDefinitions=[{'AttributeName': n, 'AttributeType': 'S'} for n in ['artist', 'song', 'genre']],
            GlobalSecondaryIndexes=[{'IndexName': 'genres', 'KeySchema': [{'AttributeName': 'genre', 'KeyType': 'HASH'}],
                'Projection': {'ProjectionType': 'INCLUDE', 'NonKeyAttributes': ['year']}}])
        table.wait_until_exists()
        whole = {'artist': 'a', 'song': 's', 'n': Decimal('1.10'), 'b': Binary(bytes(range(256))), 'yes': True, 'none': None,
            'list': [1, 'x', [True]], 'map': {'deep': {'er': 'ü😀'}}, 'ss': {'a', 'b'}, 'ns': {Decimal(1), Decimal(2)}, 'bs': {Binary(b'x')}}
        table.put_item(Item=whole)
        assert table.get_item(Key={'artist': 'a', 'song': 's'}, ConsistentRead=True)['Item'] == whole
        assert 'Item' not in table.get_item(Key={'artist': 'a', 'song': 'none'})
        with table.batch_writer() as batch:
            for i in range(60):
                batch.put_item(Item={'artist': 'many', 'song': '%03d' % i, 'genre': 'pop' if i % 2 else 'rock', 'year': 1990 + i, 'text': 'x' * 100})
        found = table.query(KeyConditionExpression=Key('artist').eq('many') & Key('song').between('010', '019'),
            FilterExpression=Attr('year').gt(2004), ScanIndexForward=False, ReturnConsumedCapacity='TOTAL')
        assert [i['song'] for i in found['Items']] == ['019', '018', '017', '016', '015'] and found['ScannedCount'] == 10, found
        assert found['ConsumedCapacity'] == {'TableName': 'music', 'CapacityUnits': 0.5}, found
        pages = list(client('dynamodb').get_paginator('query').paginate(TableName='music', KeyConditionExpression='artist = :a',
            ExpressionAttributeValues={':a': {'S': 'many'}}, PaginationConfig={'PageSize': 25}))
        assert [p['Count'] for p in pages] == [25, 25, 10], pages
        rock = table.query(IndexName='genres', KeyConditionExpression=Key('genre').eq('rock'))
        assert rock['Count'] == 30 and set(rock['Items'][0]) == {'artist', 'song', 'genre', 'year'}, rock
        assert sum(table.scan(Segment=s, TotalSegments=4)['Count'] for s in range(4)) == 61
        update = table.update_item(Key={'artist': 'a', 'song': 's'}, ReturnValues='UPDATED_NEW',
            UpdateExpression='SET #m.#d.er = :x, n = n + :one REMOVE #l[0] ADD ss :c DELETE ns :two',
            ExpressionAttributeNames={'#m': 'map', '#d': 'deep', '#l': 'list'},
            ExpressionAttributeValues={':x': 'changed', ':one': 1, ':c': {'c'}, ':two': {2}})['Attributes']
        assert update['map'] == {'deep': {'er': 'changed'}} and update['n'] == Decimal('2.1') and update['ss'] == {'a', 'b', 'c'} and update['ns'] == {1}, update
        failed = refused(lambda: table.put_item(Item=whole, ConditionExpression=Attr('artist').not_exists(),
            ReturnValuesOnConditionCheckFailure='ALL_OLD'), 'ConditionalCheckFailedException')
        assert failed['Item']['artist'] == {'S': 'a'}, failed
        assert table.delete_item(Key={'artist': 'a', 'song': 's'}, ReturnValues='ALL_OLD')['Attributes']['none'] is None
        got = resource.batch_get_item(RequestItems={'music': {'Keys': [{'artist': 'many', 'song': '%03d' % i} for i in range(100)]}})
        assert len(got['Responses']['music']) == 60 and got['UnprocessedKeys'] == {}
        """);
  }

  @Test
  void boto3WritesTransactionsAndReadsTheStream() {
    AwsCli.assumeBoto3();
    aws.python(
        """
        db = client('dynamodb')
        db.create_table(TableName='accounts', BillingMode='PAY_PER_REQUEST', KeySchema=[{'AttributeName': 'id', 'KeyType': 'HASH'}],
            AttributeDefinitions=[{'AttributeName': 'id', 'AttributeType': 'S'}],
            StreamSpecification={'StreamEnabled': True, 'StreamViewType': 'NEW_AND_OLD_IMAGES'})
        db.get_waiter('table_exists').wait(TableName='accounts', WaiterConfig={'Delay': 1})
        for name in ['x', 'y']:
            db.put_item(TableName='accounts', Item={'id': {'S': name}, 'money': {'N': '10'}})
        def move(amount):
            change = lambda name, sign: {'Update': {'TableName': 'accounts', 'Key': {'id': {'S': name}},
                'UpdateExpression': 'SET money = money %s :a' % sign, 'ConditionExpression': 'money >= :a' if sign == '-' else 'attribute_exists(id)',
                'ExpressionAttributeValues': {':a': {'N': amount}}}}
            return db.transact_write_items(TransactItems=[change('x', '-'), change('y', '+')], ClientRequestToken='move-' + amount)
        move('7')
        move('7')
        both = db.transact_get_items(TransactItems=[{'Get': {'TableName': 'accounts', 'Key': {'id': {'S': n}}}} for n in ['x', 'y']])
        assert [r['Item']['money']['N'] for r in both['Responses']] == ['3', '17'], both
        cancelled = refused(lambda: move('8'), 'TransactionCanceledException')
        assert [r['Code'] for r in cancelled['CancellationReasons']] == ['ConditionalCheckFailed', 'None'], cancelled
        streams = client('dynamodbstreams')
        arn = streams.list_streams(TableName='accounts')['Streams'][0]['StreamArn']
        shard = streams.describe_stream(StreamArn=arn)['StreamDescription']['Shards'][0]['ShardId']
        iterator = streams.get_shard_iterator(StreamArn=arn, ShardId=shard, ShardIteratorType='TRIM_HORIZON')['ShardIterator']
        records = streams.get_records(ShardIterator=iterator)['Records']
        assert [r['eventName'] for r in records] == ['INSERT', 'INSERT', 'MODIFY', 'MODIFY'], records
        assert records[2]['dynamodb']['OldImage']['money'] == {'N': '10'} and records[2]['dynamodb']['NewImage']['money'] == {'N': '3'}
        """);
  }

  @Test
  void theCliWritesQueriesAndScans() {
    AwsCli.assumeInstalled();
    aws.ok(
        "dynamodb",
        "create-table",
        "--table-name",
        "cli-table",
        "--billing-mode",
        "PAY_PER_REQUEST",
        "--key-schema",
        "AttributeName=id,KeyType=HASH",
        "--attribute-definitions",
        "AttributeName=id,AttributeType=S");
    aws.ok("dynamodb", "wait", "table-exists", "--table-name", "cli-table");
    aws.ok(
        "dynamodb",
        "put-item",
        "--table-name",
        "cli-table",
        "--item",
        "{\"id\":{\"S\":\"1\"},\"n\":{\"N\":\"5\"}}");
    JsonNode item =
        aws.ok(
                "dynamodb",
                "get-item",
                "--table-name",
                "cli-table",
                "--key",
                "{\"id\":{\"S\":\"1\"}}")
            .json();
    assertThat(item.at("/Item/n/N").asText()).isEqualTo("5");
    JsonNode page =
        aws.ok(
                "dynamodb",
                "query",
                "--table-name",
                "cli-table",
                "--key-condition-expression",
                "id = :i",
                "--expression-attribute-values",
                "{\":i\":{\"S\":\"1\"}}")
            .json();
    assertThat(page.path("Count").asInt()).isEqualTo(1);
    assertThat(aws.ok("dynamodb", "scan", "--table-name", "cli-table").json().path("Count").asInt())
        .isEqualTo(1);
    AwsCli.Result refused =
        aws.run(
            "dynamodb", "put-item", "--table-name", "cli-table", "--item", "{\"n\":{\"N\":\"5\"}}");
    assertThat(refused.err())
        .contains("ValidationException")
        .contains("Missing the key id in the item");
    AwsCli.Result statement =
        aws.run(
            "dynamodb",
            "execute-statement",
            "--statement",
            "SELECT n FROM \"cli-table\" WHERE id = '1'");
    assertThat(statement.json().at("/Items/0/n/N").asText()).as(statement.err()).isEqualTo("5");
  }
}
