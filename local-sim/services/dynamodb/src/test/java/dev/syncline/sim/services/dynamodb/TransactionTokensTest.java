// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tokens of transactions, which make them idempotent for ten minutes. */
class TransactionTokensTest {
  private static final String TABLE =
      "{'TableName':'counters','BillingMode':'PAY_PER_REQUEST',"
          + "'AttributeDefinitions':[{'AttributeName':'id','AttributeType':'S'}],"
          + "'KeySchema':[{'AttributeName':'id','KeyType':'HASH'}]}";
  private static final String COUNT =
      "{'ClientRequestToken':'t','ReturnConsumedCapacity':'TOTAL','TransactItems':[{'Update':"
          + "{'TableName':'counters','Key':{'id':{'S':'a'}},'UpdateExpression':'ADD n :one',"
          + "'ExpressionAttributeValues':{':one':{'N':'1'}}}}]}";

  private DynamoDbCalls room = new DynamoDbCalls();

  @BeforeEach
  void createTable() {
    room.call("CreateTable", TABLE);
  }

  @AfterEach
  void close() {
    room.close();
  }

  private String counted() {
    return room.call("GetItem", "{'TableName':'counters','Key':{'id':{'S':'a'}}}")
        .at("/Item/n/N")
        .asText();
  }

  @Test
  void aRepeatedTransactionReadsAndChangesNothing() {
    assertThat(
            room.call("TransactWriteItems", COUNT)
                .at("/ConsumedCapacity/0/WriteCapacityUnits")
                .asInt())
        .isEqualTo(2);
    assertThat(
            room.call("TransactWriteItems", COUNT)
                .at("/ConsumedCapacity/0/ReadCapacityUnits")
                .asInt())
        .isEqualTo(2);
    assertThat(counted()).isEqualTo("1");
  }

  @Test
  void aTokenEndsAfterTenMinutes() {
    room.call("TransactWriteItems", COUNT);
    room.clock.advance(Duration.ofMinutes(10).minusMillis(1));
    room.call("TransactWriteItems", COUNT);
    assertThat(counted()).isEqualTo("1");
    room.clock.advance(Duration.ofMillis(1));
    room.call("TransactWriteItems", COUNT);
    assertThat(counted()).isEqualTo("2");
  }

  @Test
  void aRestartKeepsTheTokens() {
    room.call("TransactWriteItems", COUNT);
    var blobs = new IdentityBlobs();
    JsonNode saved = room.service.state().save(blobs);
    room.close();
    room = new DynamoDbCalls();
    room.service.state().restore(saved, blobs);
    room.service.state().resume();

    assertThat(
            room.call("TransactWriteItems", COUNT)
                .at("/ConsumedCapacity/0/ReadCapacityUnits")
                .asInt())
        .isEqualTo(2);
    assertThat(counted()).isEqualTo("1");
  }
}
