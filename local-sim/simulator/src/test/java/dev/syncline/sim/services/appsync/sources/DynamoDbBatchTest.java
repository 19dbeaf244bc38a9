// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.sources;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.resolver.SourceCalls.SourceResult;
import java.util.StringJoiner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Source: AppSync's resolver reference for DynamoDB, pages of the Batch and Transact operations.
 */
class DynamoDbBatchTest extends SourceFixture {
  private static final String P1 = "{'id':{'S':'p1'}}";
  private static final String P2 = "{'id':{'S':'p2'}}";

  @BeforeEach
  void createTables() {
    table("posts", "");
    table("authors", "");
    value(
        "posts",
        "{'operation':'PutItem','key':"
            + P1
            + ",'attributeValues':{'title':{'S':'t1'},'ups':{'N':1}}}");
  }

  @Test
  void itemsAreGotInTheOrderOfTheKeys() {
    assertThat(
            value(
                "posts",
                "{'operation':'BatchGetItem','tables':{'posts':{'keys':["
                    + P2
                    + ","
                    + P1
                    + "],'consistentRead':true},'authors':{'keys':[{'id':{'S':'a'}}]}}}"))
        .isEqualTo(
            json(
                "{'data':{'authors':[null],'posts':[null,{'id':'p1','title':'t1','ups':1}]},"
                    + "'unprocessedKeys':{'authors':[],'posts':[]}}"));
  }

  @Test
  void aProjectionNeedNotHaveTheKey() {
    assertThat(
            value(
                    "posts",
                    "{'operation':'BatchGetItem','tables':{'posts':{'keys':["
                        + P2
                        + ","
                        + P1
                        + "],'projection':{'expression':'#t','expressionNames':{'#t':'title'}}}}}")
                .at("/data/posts"))
        .isEqualTo(array("[null,{'title':'t1'}]"));
    assertThat(
            value(
                    "posts",
                    "{'operation':'BatchGetItem','tables':{'posts':{'keys':["
                        + P1
                        + "],'projection':{'expression':'id, title'}}}}")
                .at("/data/posts"))
        .isEqualTo(array("[{'id':'p1','title':'t1'}]"));
  }

  @Test
  void itemsArePutAndKeysDeletedInOrder() {
    assertThat(
            value(
                "posts",
                "{'operation':'BatchPutItem','tables':{'posts':[{'id':{'S':'p3'},'n':{'N':3}},"
                    + "{'id':{'S':'p2'},'n':{'N':2}}],'authors':[{'id':{'S':'a'}}]}}"))
        .isEqualTo(
            json(
                "{'data':{'authors':[{'id':'a'}],'posts':[{'id':'p3','n':3},{'id':'p2','n':2}]},"
                    + "'unprocessedItems':{'authors':[],'posts':[]}}"));
    assertThat(value("posts", "{'operation':'BatchDeleteItem','tables':{'posts':[" + P2 + "]}}"))
        .isEqualTo(json("{'data':{'posts':[{'id':'p2'}]},'unprocessedKeys':{'posts':[]}}"));
    assertThat(value("posts", "{'operation':'Scan'}").path("items")).hasSize(2);
  }

  @Test
  void aBatchThatIsRefusedHasEachEntryAmongTheUnprocessed() {
    SourceResult result =
        result("posts", "{'operation':'BatchDeleteItem','tables':{'absent':[" + P1 + "]}}");
    assertThat(errorOf(result).errorType()).isEqualTo("DynamoDB:ResourceNotFoundException");
    assertThat(result.value())
        .isEqualTo(json("{'data':{'absent':[null]},'unprocessedKeys':{'absent':[{'id':'p1'}]}}"));
  }

  @Test
  void aBatchThatIsTooLargeHasUnprocessedKeys() {
    String large = "x".repeat(390_000);
    var keys = new StringJoiner(",");
    for (int item = 0; item < 45; item++) {
      ObjectNode put = json("{'TableName':'posts','Item':{'id':{'S':'l" + item + "'}}}");
      put.withObject("/Item/large").put("S", large);
      call("dynamodb", "PutItem", put);
      keys.add("{'id':{'S':'l" + item + "'}}");
    }
    JsonNode result =
        value("posts", "{'operation':'BatchGetItem','tables':{'posts':{'keys':[" + keys + "]}}}");
    JsonNode data = result.at("/data/posts");
    JsonNode unprocessed = result.at("/unprocessedKeys/posts");
    assertThat(data).hasSize(45);
    assertThat(unprocessed).isNotEmpty();
    assertThat(data)
        .filteredOn(JsonNode::isNull)
        .as("keys that were not processed")
        .hasSize(unprocessed.size());
    assertThat(unprocessed.get(0).path("id").asText()).startsWith("l");
  }

  @Test
  void aBatchHasAtMost25Items() {
    var items = new StringBuilder();
    for (int item = 0; item < 26; item++) {
      items.append(item == 0 ? "" : ",").append("{'id':{'S':'").append(item).append("'}}");
    }
    assertThat(failure("posts", "{'operation':'BatchPutItem','tables':{'posts':[" + items + "]}}"))
        .startsWith("DynamoDB:DynamoDbException");
  }

  @Test
  void aBatchWithoutTablesIsAnErrorOfTheTemplate() {
    assertThat(failure("posts", "{'operation':'BatchGetItem'}"))
        .isEqualTo("MappingTemplate: Value for field '$[tables]' not found.");
    assertThat(failure("posts", "{'operation':'BatchGetItem','tables':{'posts':{}}}"))
        .isEqualTo("MappingTemplate: Value for field '$[tables][posts][keys]' not found.");
    assertThat(failure("posts", "{'operation':'BatchPutItem','tables':{'posts':['x']}}"))
        .isEqualTo("MappingTemplate: Value for field '$[tables][posts][0]' must be an object");
  }

  @Test
  void aTableNeedsKeys() {
    String text = "MappingTemplate: RequestItem keys '$[tables][posts]' can't be empty";
    assertThat(failure("posts", "{'operation':'BatchGetItem','tables':{'posts':{'keys':[]}}}"))
        .isEqualTo(text);
    assertThat(failure("posts", "{'operation':'BatchPutItem','tables':{'posts':[]}}"))
        .isEqualTo(text);
    assertThat(failure("posts", "{'operation':'BatchDeleteItem','tables':{'posts':[]}}"))
        .isEqualTo(text);
  }

  @Test
  void aTransactionGetsItems() {
    assertThat(
            value(
                "posts",
                "{'operation':'TransactGetItems','transactItems':[{'table':'posts','key':"
                    + P1
                    + ",'projection':{'expression':'title'}},{'table':'authors','key':"
                    + P1
                    + "}]}"))
        .isEqualTo(json("{'items':[{'title':'t1'},null],'cancellationReasons':null}"));
  }

  private static String writes(String condition) {
    return "{'version':'2018-05-29','operation':'TransactWriteItems','transactItems':["
        + "{'table':'posts','operation':'UpdateItem','key':"
        + P1
        + ",'update':{'expression':'SET ups = :n','expressionValues':{':n':{'N':5}}}"
        + condition
        + "},{'table':'authors','operation':'PutItem','key':{'id':{'S':'a'}},"
        + "'attributeValues':{'name':{'S':'N'}}},"
        + "{'table':'authors','operation':'DeleteItem','key':{'id':{'S':'b'}}},"
        + "{'table':'posts','operation':'ConditionCheck','key':"
        + P2
        + ",'condition':{'expression':'attribute_not_exists(id)'}}]}";
  }

  @Test
  void aTransactionReturnsTheKeys() {
    assertThat(value("posts", writes("")))
        .isEqualTo(
            json(
                "{'keys':[{'id':'p1'},{'id':'a'},{'id':'b'},{'id':'p2'}],"
                    + "'cancellationReasons':null}"));
    assertThat(value("posts", "{'operation':'Scan'}").at("/items/0/ups").asInt()).isEqualTo(5);
  }

  @Test
  void aCancelledTransactionHasItsReasons() {
    String condition = ",'condition':{'expression':'ups = :n'";
    SourceResult result = result("posts", writes(condition + "}"));
    FieldError error = errorOf(result);
    assertThat(error.errorType()).isEqualTo("DynamoDB:TransactionCanceledException");
    assertThat(error.message())
        .startsWith(
            "Transaction cancelled, please refer cancellation reasons for specific reasons"
                + " [ConditionalCheckFailed, None, None, None] (Service: DynamoDb");
    assertThat(result.value())
        .isEqualTo(
            json(
                "{'keys':null,'cancellationReasons':[{'item':{'id':'p1','title':'t1','ups':1},"
                    + "'type':'ConditionalCheckFailed','message':'The conditional request"
                    + " failed'},{'type':'None','message':'None'},{'type':'None','message':'None'},"
                    + "{'type':'None','message':'None'}]}"));
    assertThat(
            result("posts", writes(condition + ",'returnValuesOnConditionCheckFailure':false}"))
                .value()
                .at("/cancellationReasons/0")
                .has("item"))
        .isFalse();
  }

  @Test
  void aTransactionThatIsWrongIsAnErrorOfTheTemplate() {
    assertThat(failure("posts", "{'operation':'TransactGetItems'}"))
        .isEqualTo("MappingTemplate: Value for field '$[transactItems]' not found.");
    assertThat(
            failure(
                "posts",
                "{'operation':'TransactWriteItems','transactItems':[{'table':'posts',"
                    + "'operation':'Touch','key':{}}]}"))
        .isEqualTo("MappingTemplate: Unsupported operation 'Touch'.");
    assertThat(
            failure(
                "posts",
                "{'operation':'TransactWriteItems','transactItems':[{'table':'posts',"
                    + "'operation':'ConditionCheck','key':{}}]}"))
        .isEqualTo("MappingTemplate: Value for field '$[transactItems][0][condition]' not found.");
  }
}
