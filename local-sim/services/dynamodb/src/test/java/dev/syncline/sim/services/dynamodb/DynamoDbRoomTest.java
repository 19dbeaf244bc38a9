// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import dev.syncline.sim.servicetests.ServiceContractTest;
import java.util.List;

class DynamoDbRoomTest extends ServiceContractTest {
  private static final String INDEXED =
      """
      {'TableName':'indexed','BillingMode':'PAY_PER_REQUEST',
       'AttributeDefinitions':[{'AttributeName':'p','AttributeType':'S'},
        {'AttributeName':'s','AttributeType':'N'},{'AttributeName':'g','AttributeType':'B'}],
       'KeySchema':[{'AttributeName':'p','KeyType':'HASH'},{'AttributeName':'s','KeyType':'RANGE'}],
       'LocalSecondaryIndexes':[{'IndexName':'local',
        'KeySchema':[{'AttributeName':'p','KeyType':'HASH'},{'AttributeName':'g','KeyType':'RANGE'}],
        'Projection':{'ProjectionType':'INCLUDE','NonKeyAttributes':['a']}}],
       'GlobalSecondaryIndexes':[{'IndexName':'global',
        'KeySchema':[{'AttributeName':'g','KeyType':'HASH'}],
        'Projection':{'ProjectionType':'ALL'},
        'OnDemandThroughput':{'MaxReadRequestUnits':5}}],
       'StreamSpecification':{'StreamEnabled':true,'StreamViewType':'NEW_IMAGE'},
       'SSESpecification':{'Enabled':true},'TableClass':'STANDARD',
       'DeletionProtectionEnabled':true,
       'Tags':[{'Key':'b','Value':'1'},{'Key':'a','Value':''}]}
      """;

  private static final String PLAIN =
      """
      {'TableName':'plain',
       'AttributeDefinitions':[{'AttributeName':'p','AttributeType':'S'}],
       'KeySchema':[{'AttributeName':'p','KeyType':'HASH'}],
       'ProvisionedThroughput':{'ReadCapacityUnits':5,'WriteCapacityUnits':6}}
      """;

  private static final String ARN = "arn:aws:dynamodb:us-east-1:111111111111:table/";

  @Override
  protected List<Call> creations() {
    return List.of(
        new Call("CreateTable", INDEXED),
        new Call("CreateTable", PLAIN),
        new Call(
            "UpdateTable",
            """
            {'TableName':'plain','AttributeDefinitions':[{'AttributeName':'g','AttributeType':'S'}],
             'GlobalSecondaryIndexUpdates':[{'Create':{'IndexName':'later',
              'KeySchema':[{'AttributeName':'g','KeyType':'HASH'}],
              'Projection':{'ProjectionType':'KEYS_ONLY'},
              'ProvisionedThroughput':{'ReadCapacityUnits':1,'WriteCapacityUnits':2}}}]}
            """),
        new Call(
            "TagResource", "{'ResourceArn':'" + ARN + "plain','Tags':[{'Key':'k','Value':'v'}]}"),
        new Call(
            "UpdateTimeToLive",
            "{'TableName':'plain',"
                + "'TimeToLiveSpecification':{'Enabled':true,'AttributeName':'t'}}"),
        new Call(
            "UpdateContinuousBackups",
            "{'TableName':'plain','PointInTimeRecoverySpecification':"
                + "{'PointInTimeRecoveryEnabled':true,'RecoveryPeriodInDays':7}}"),
        new Call("PutItem", "{'TableName':'plain','Item':{'p':{'S':'x'},'g':{'S':'y'}}}"),
        new Call(
            "PutItem",
            "{'TableName':'indexed','Item':{'p':{'S':'x'},'s':{'N':'1'},'g':{'B':'YQ=='}}}"),
        new Call(
            "UpdateItem",
            "{'TableName':'indexed','Key':{'p':{'S':'x'},'s':{'N':'1'}},"
                + "'UpdateExpression':'SET a = :a','ReturnValues':'ALL_NEW',"
                + "'ExpressionAttributeValues':{':a':{'L':[{'BOOL':true}]}}}"),
        new Call("CreateBackup", "{'TableName':'indexed','BackupName':'backup'}"),
        new Call(
            "RestoreTableToPointInTime",
            "{'SourceTableName':'plain','TargetTableName':'restored',"
                + "'UseLatestRestorableTime':true}"),
        new Call(
            "PutResourcePolicy",
            "{'ResourceArn':'" + ARN + "plain','Policy':'{\\'Statement\\':[]}'}"),
        new Call(
            "UpdateContributorInsights",
            "{'TableName':'plain','IndexName':'later','ContributorInsightsAction':'ENABLE'}"));
  }

  @Override
  protected List<Call> readings() {
    return List.of(
        new Call("DescribeTable", "{'TableName':'indexed'}"),
        new Call("DescribeTable", "{'TableName':'plain'}"),
        new Call("DescribeTable", "{'TableName':'restored'}"),
        new Call(
            "GetItem",
            "{'TableName':'indexed','Key':{'p':{'S':'x'},'s':{'N':'1'}},"
                + "'ReturnConsumedCapacity':'TOTAL'}"),
        new Call("Scan", "{'TableName':'restored'}"),
        new Call("Scan", "{'TableName':'plain','IndexName':'later'}"),
        new Call("ListTables", "{}"),
        new Call("ListTagsOfResource", "{'ResourceArn':'" + ARN + "indexed'}"),
        new Call("DescribeTimeToLive", "{'TableName':'plain'}"),
        new Call("DescribeContinuousBackups", "{'TableName':'plain'}"),
        new Call("ListBackups", "{}"),
        new Call("GetResourcePolicy", "{'ResourceArn':'" + ARN + "plain'}"),
        new Call("DescribeContributorInsights", "{'TableName':'plain','IndexName':'later'}"),
        new Call("ListContributorInsights", "{}"),
        new Call("DescribeKinesisStreamingDestination", "{'TableName':'plain'}"),
        new Call("DescribeLimits", "{}"),
        new Call("DescribeEndpoints", "{}"));
  }
}
