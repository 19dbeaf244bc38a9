// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TransactionTokensTest extends TransactionCalls {
  private static String withToken(String token, String... actions) {
    return "{'ClientRequestToken':'" + token + "'," + items(actions).substring(1);
  }

  @Test
  void tokensMakeRepetitionsHarmlessForTenMinutes() {
    String request = withToken("t", add("a"));
    calls.call("TransactWriteItems", request);
    calls.call("TransactWriteItems", request);
    assertThat(number()).isEqualTo("2");
    calls.call("TransactWriteItems", withToken("other", add("a")));
    assertThat(number()).isEqualTo("3");
    calls.clock.advance(Duration.ofMinutes(10).minusMillis(1));
    calls.call("TransactWriteItems", request);
    assertThat(number()).isEqualTo("3");
    calls.clock.advance(Duration.ofMillis(1));
    calls.call("TransactWriteItems", request);
    assertThat(number()).isEqualTo("4");
  }

  @Test
  void tokensBelongToOneRequest() {
    calls.call("TransactWriteItems", withToken("t", add("a")));
    calls.assertRefused(
        "TransactWriteItems",
        withToken("t", add("b")),
        "IdempotentParameterMismatchException",
        "The request uses the same client token as a previous, but non-identical request.");
    assertThat(count("one")).isEqualTo(1);
    calls.clock.advance(Duration.ofMinutes(10));
    calls.call("TransactWriteItems", withToken("t", add("b")));
    assertThat(count("one")).isEqualTo(2);
  }

  @Test
  void tokensOfCanceledTransactionsAreFree() {
    assertThat(calls.error("TransactWriteItems", withToken("t", FAILING)).code())
        .isEqualTo(CANCELED);
    calls.call("TransactWriteItems", withToken("t", add("a")));
    assertThat(number()).isEqualTo("2");
  }

  @Test
  void capacityOfATransactionIsDoubledAndARepetitionReads() {
    String request =
        "{'ReturnConsumedCapacity':'TOTAL',"
            + withToken("t", add("a"), put("one", "b")).substring(1);
    assertThat(calls.call("TransactWriteItems", request).path("ConsumedCapacity"))
        .containsExactly(
            DynamoDbCalls.json("{'TableName':'one','CapacityUnits':4.0,'WriteCapacityUnits':4.0}"));
    assertThat(calls.call("TransactWriteItems", request).path("ConsumedCapacity"))
        .containsExactly(
            DynamoDbCalls.json("{'TableName':'one','CapacityUnits':4.0,'ReadCapacityUnits':4.0}"));
  }

  @Test
  void aRestartKeepsTheTokens() {
    calls.call("TransactWriteItems", withToken("t", add("a")));
    var blobs = new IdentityBlobs();
    JsonNode saved = calls.service.state().save(blobs);
    calls.close();
    calls = new DynamoDbCalls();
    calls.service.state().restore(saved, blobs);
    calls.service.state().resume();

    calls.call("TransactWriteItems", withToken("t", add("a")));
    assertThat(number()).isEqualTo("2");
  }
}
