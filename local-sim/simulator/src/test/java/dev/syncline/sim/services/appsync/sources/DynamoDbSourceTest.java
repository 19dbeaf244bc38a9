// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.sources;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.appsync.datasource.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DynamoDbSourceTest extends SourceFixture {
  @BeforeEach
  void createTable() {
    table("posts", "");
    table("lines", "seq");
  }

  @Test
  void anItemIsPutGotUpdatedAndDeleted() {
    String key = "'key':{'id':{'S':'1'}}";
    assertThat(
            value(
                "posts",
                "{'version':'2017-02-28','operation':'PutItem',"
                    + key
                    + ",'attributeValues':{'title':{'S':'one'},'ups':{'N':1.0},'draft':{'BOOL':true},"
                    + "'none':{'NULL':null},'absent':{'S':null},'tags':{'SS':['b','a']},"
                    + "'scores':{'NS':[2,'1.5']},'raw':{'B':'AQI='},"
                    + "'deep':{'M':{'list':{'L':[{'N':'7'},{'S':'x'}]}}}}}"))
        .isEqualTo(
            json(
                "{'title':'one','ups':1,'draft':true,'none':null,'absent':null,'tags':['b','a'],"
                    + "'scores':[2,1.5],'raw':'AQI=','deep':{'list':[7,'x']},'id':'1'}"));
    assertThat(value("posts", "{'operation':'GetItem'," + key + ",'consistentRead':true}"))
        .isEqualTo(
            json(
                "{'id':'1','title':'one','ups':1,'draft':true,'none':null,'absent':null,"
                    + "'tags':['a','b'],'scores':[1.5,2],'raw':'AQI=','deep':{'list':[7,'x']}}"));
    assertThat(
            value(
                "posts",
                "{'operation':'GetItem',"
                    + key
                    + ",'projection':{'expression':'#t, ups','expressionNames':{'#t':'title'}}}"))
        .isEqualTo(json("{'title':'one','ups':1}"));
    assertThat(
            value(
                    "posts",
                    "{'operation':'UpdateItem',"
                        + key
                        + ",'update':{'expression':'SET #t = :t ADD ups :one','expressionNames':"
                        + "{'#t':'title'},'expressionValues':{':t':{'S':'two'},':one':{'N':1}}}}")
                .toString())
        .contains("\"title\":\"two\"", "\"ups\":2");
    assertThat(value("posts", "{'operation':'DeleteItem'," + key + "}").path("title").asText())
        .isEqualTo("two");
    assertThat(value("posts", "{'operation':'DeleteItem'," + key + "}").isNull()).isTrue();
    assertThat(value("posts", "{'operation':'GetItem'," + key + "}").isNull()).isTrue();
  }

  @Test
  void anItemMayHaveItsKeyOnly() {
    assertThat(value("posts", "{'operation':'PutItem','key':{'id':{'S':'k'}}}"))
        .isEqualTo(json("{'id':'k'}"));
  }

  @Test
  void numbersAreJsonNumbers() {
    JsonNode item =
        value(
            "posts",
            "{'operation':'PutItem','key':{'id':{'S':'n'}},'attributeValues':{'big':{'N':'12345678901'},"
                + "'huge':{'N':'12345678901234567890123'},'exp':{'N':'1E+3'},'low':{'N':'-0.25'},"
                + "'long':{'N':'0.1234567890123456789012345'}}}");
    assertThat(item)
        .hasToString(
            "{\"big\":12345678901,\"huge\":12345678901234567890123,\"exp\":1000,\"low\":-0.25,"
                + "\"long\":0.1234567890123456789012345,\"id\":\"n\"}");
  }

  private void lines(int count) {
    for (int no = 1; no <= count; no++) {
      value(
          "lines",
          "{'operation':'PutItem','key':{'id':{'S':'a'},'seq':{'N':"
              + no
              + "}},'attributeValues':{'even':{'BOOL':"
              + (no % 2 == 0)
              + "}}}");
    }
  }

  @Test
  void aQueryIsReadPageByPage() {
    lines(5);
    String query =
        "{'operation':'Query','query':{'expression':'id = :id','expressionValues':"
            + "{':id':{'S':'a'}}},'scanIndexForward':false,'limit':2,'nextToken':";
    JsonNode first = value("lines", query + "null}");
    assertThat(first.path("items").findValuesAsText("seq")).containsExactly("5", "4");
    assertThat(first.path("scannedCount").asInt()).isEqualTo(2);
    JsonNode second = value("lines", query + "'" + first.path("nextToken").asText() + "'}");
    assertThat(second.path("items").findValuesAsText("seq")).containsExactly("3", "2");
    JsonNode last = value("lines", query + "'" + second.path("nextToken").asText() + "'}");
    assertThat(last.path("items").findValuesAsText("seq")).containsExactly("1");
    assertThat(last.get("nextToken").isNull()).isTrue();
    assertThat(failure("lines", query + "'nonsense'}"))
        .isEqualTo("MappingTemplate: Invalid pagination token given.");
  }

  @Test
  void aFilterLeavesItemsOutAfterTheyAreCounted() {
    lines(4);
    String filter =
        "'filter':{'expression':'#e = :yes','expressionNames':{'#e':'even'},"
            + "'expressionValues':{':yes':{'BOOL':true}}}";
    JsonNode queried =
        value(
            "lines",
            "{'operation':'Query','query':{'expression':'id = :id','expressionValues':"
                + "{':id':{'S':'a'}}},'select':'ALL_ATTRIBUTES','projection':null,"
                + filter
                + "}");
    assertThat(queried.path("items")).hasSize(2);
    assertThat(queried.path("scannedCount").asInt()).isEqualTo(4);
    JsonNode scanned =
        value(
            "lines",
            "{'version':'2017-02-28','operation':'Scan','totalSegments':1,'segment':0,"
                + filter
                + ",'projection':{'expression':'seq'}}");
    assertThat(scanned)
        .isEqualTo(json("{'items':[{'seq':2},{'seq':4}],'nextToken':null,'scannedCount':4}"));
  }

  @Test
  void aDocumentThatIsWrongIsAnErrorOfTheTemplate() {
    assertThat(failure("posts", "{'payload':1}"))
        .isEqualTo("MappingTemplate: Value for field '$[operation]' not found.");
    assertThat(failure("posts", "{'operation':'Find'}"))
        .isEqualTo("MappingTemplate: Unsupported operation 'Find'.");
    assertThat(failure("posts", "{'operation':'Sync'}"))
        .isEqualTo("MappingTemplate: Unsupported operation 'Sync'.");
    assertThat(failure("posts", "{'operation':'GetItem'}"))
        .isEqualTo("MappingTemplate: Value for field '$[key]' not found.");
    assertThat(failure("posts", "{'operation':'GetItem','key':{'id':'1'}}"))
        .isEqualTo(
            "MappingTemplate: Expected JSON object for attribute value '$[key][id]' but got a"
                + " 'STRING' instead.");
    assertThat(failure("posts", "{'operation':'Query','query':{}}"))
        .isEqualTo("MappingTemplate: Expression block '$[query]' requires an expression");
    assertThat(failure("posts", "{'operation':'Query'}"))
        .isEqualTo("MappingTemplate: Value for field '$[query]' not found.");
    assertThat(failure("posts", "{'operation':'Scan','limit':'ten'}"))
        .isEqualTo("MappingTemplate: Value for field '$[limit]' must be a number");
    assertThat(
            failure(
                "posts",
                "{'operation':'UpdateItem','key':{'id':{'S':'1'}},'update':{'expression':"
                    + "'SET a = b'},'returnValues':'NONE'}"))
        .isEqualTo("MappingTemplate: Unsupported element '$[returnValues]'.");
    assertThat(failure("posts", "{'operation':'UpdateItem','key':{'id':{'S':'1'}}}"))
        .isEqualTo("MappingTemplate: Value for field '$[update]' not found.");
    assertThat(
            failure(
                "posts",
                "{'operation':'PutItem','key':{'id':{'S':'1'}},'attributeValues':{},"
                    + "'customPartitionKey':'k'}"))
        .contains("versioned");
  }

  @Test
  void anErrorOfTheServiceHasTheNameThatTheSdkGivesIt() {
    assertThat(
            failure(
                "posts",
                "{'operation':'UpdateItem','key':{'id':{'S':'no'}},'update':{'expression':"
                    + "'SET version = version + :inc','expressionValues':{':inc':{'N':1}}}}"))
        .matches(
            "DynamoDB:DynamoDbException: The provided expression refers to an attribute that does"
                + " not exist in the item \\(Service: DynamoDb, Status Code: 400, Request ID:"
                + " [0-9A-V]{26}VV4KQNSO5AEMVJF66Q9ASUAAJG\\)");
    source(
        "gone",
        DataSource.Type.AMAZON_DYNAMODB,
        "{'dynamodbConfig':{'tableName':'gone','awsRegion':'" + region() + "'}}");
    assertThat(failure("gone", "{'operation':'Scan'}"))
        .startsWith("DynamoDB:ResourceNotFoundException: Requested resource not found (Service:");
  }

  @Test
  void emptyValuesAreRefusedByTheService() {
    assertThat(
            failure(
                "posts",
                "{'operation':'Scan','filter':{'expression':'attribute_exists(id)',"
                    + "'expressionValues':{}}}"))
        .startsWith(
            "DynamoDB:DynamoDbException: ExpressionAttributeValues must not be empty (Service:");
    assertThat(
            value(
                    "posts",
                    "{'operation':'Scan','filter':{'expression':'attribute_exists(id)',"
                        + "'expressionValues':null}}")
                .path("items"))
        .isEmpty();
  }

  @Test
  void aTableInAnotherRegionIsRefusedByName() {
    source(
        "far",
        DataSource.Type.AMAZON_DYNAMODB,
        "{'dynamodbConfig':{'tableName':'posts','awsRegion':'xx-far-1'}}");
    assertThat(failure("far", "{'operation':'Scan'}"))
        .startsWith("NotImplemented: ")
        .contains("xx-far-1");
  }

  @Test
  void theRoleMustAllowTheOperation() {
    String role = "arn:aws:iam::" + whole.simulator.internalCall().account() + ":role/reads";
    source(
        "guarded",
        DataSource.Type.AMAZON_DYNAMODB,
        "{'serviceRoleArn':'"
            + role
            + "','dynamodbConfig':{'tableName':'posts','awsRegion':'"
            + region()
            + "'}}");
    role("reads", "appsync.amazonaws.com");
    String table = whole.simulator.internalCall().arn("dynamodb", "table/posts");
    ObjectNode policy =
        Json.object()
            .put("RoleName", "reads")
            .put("PolicyName", "p")
            .put(
                "PolicyDocument",
                json("{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Action':"
                        + "'dynamodb:Scan','Resource':'"
                        + table
                        + "'}]}")
                    .toString());
    call("iam", "PutRolePolicy", policy);
    assertThat(value("guarded", "{'operation':'Scan'}").path("items")).isEmpty();
    assertThat(failure("guarded", "{'operation':'GetItem','key':{'id':{'S':'1'}}}"))
        .startsWith(
            "DynamoDB:DynamoDbException: User: arn:aws:sts::"
                + whole.simulator.internalCall().account()
                + ":assumed-role/reads/APPSYNC_ASSUME_ROLE is not authorized to perform:"
                + " dynamodb:GetItem on resource: "
                + table
                + " because no identity-based policy allows the dynamodb:GetItem action (Service:");
    assertThat(failure("guarded", "{'operation':'Scan','index':'byTitle'}"))
        .contains("dynamodb:Scan on resource: " + table + "/index/byTitle");
    assertThat(
            failure(
                "guarded",
                "{'operation':'BatchGetItem','tables':{'lines':{'keys':[{'id':{'S':'1'}}]}}}"))
        .contains("dynamodb:BatchGetItem on resource: ", "table/lines");
  }
}
