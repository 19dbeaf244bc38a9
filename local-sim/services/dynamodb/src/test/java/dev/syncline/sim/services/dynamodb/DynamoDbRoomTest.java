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

  @Override
  protected List<Call> creations() {
    return List.of(new Call("CreateTable", INDEXED), new Call("CreateTable", PLAIN));
  }

  @Override
  protected List<Call> readings() {
    return List.of(
        new Call("DescribeTable", "{'TableName':'indexed'}"),
        new Call("DescribeTable", "{'TableName':'plain'}"),
        new Call("ListTables", "{}"));
  }
}
