// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import org.junit.jupiter.api.AfterEach;

/** A room without tables, and members of requests for tables. */
abstract class TableFixture {
  static final String INVALID = "One or more parameter values were invalid: ";
  static final String UNITS =
      "'ProvisionedThroughput':{'ReadCapacityUnits':1,'WriteCapacityUnits':1}";
  static final String TWO =
      "'AttributeDefinitions':[{'AttributeName':'a','AttributeType':'S'},"
          + "{'AttributeName':'b','AttributeType':'S'}],"
          + "'KeySchema':[{'AttributeName':'a','KeyType':'HASH'},"
          + "{'AttributeName':'b','KeyType':'RANGE'}]";

  final DynamoDbCalls room = new DynamoDbCalls();

  @AfterEach
  void close() {
    room.close();
  }

  static String row(String value, String path, String constraint) {
    return "Value "
        + (value.equals("null") ? value : "'" + value + "'")
        + " at '"
        + path
        + "' failed to satisfy constraint: "
        + constraint;
  }

  static String global(String name, String keys, String more) {
    return "{'IndexName':'"
        + name
        + "','KeySchema':["
        + keys
        + "],'Projection':{'ProjectionType':'ALL'}"
        + more
        + "}";
  }
}
