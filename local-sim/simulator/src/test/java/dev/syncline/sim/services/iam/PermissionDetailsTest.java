// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.settings.IamMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which resources and keys a refusal names, and which callers it reaches. */
class PermissionDetailsTest extends IamCallsFixture {
  private static final String OWN_ITEMS =
      ", 'Condition': {'ForAllValues:StringEquals': {'dynamodb:LeadingKeys': ['me']}}";
  private static final String LOCKED =
      "{'Statement': [{'Effect': 'Deny', 'Principal': '*', 'Action': 's3:*',"
          + " 'Resource': ['arn:aws:s3:::locked', 'arn:aws:s3:::locked/*']}]}";

  @Test
  void anInactiveKeyIsNotTheRootUsers() {
    start(IamMode.ENFORCE);
    CallPrincipal ann = user("ann", allow("sqs:*", "*", ""));
    send(ann);
    call(
        ROOT,
        "iam",
        "UpdateAccessKey",
        "{'UserName': 'ann', 'AccessKeyId': '%s', 'Status': 'Inactive'}"
            .formatted(ann.accessKey().orElseThrow()));

    assertThat(refusedSend(ann)).startsWith("User: anonymous is not authorized");
  }

  @Test
  void aDeletedKeyIsNotTheRootUsers() {
    start(IamMode.ENFORCE);
    CallPrincipal ann = user("ann", allow("sqs:*", "*", ""));
    send(ann);
    call(
        ROOT,
        "iam",
        "DeleteAccessKey",
        "{'UserName': 'ann', 'AccessKeyId': '%s'}".formatted(ann.accessKey().orElseThrow()));

    assertThat(refusedSend(ann)).startsWith("User: anonymous is not authorized");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM items WHERE pk = 'you'",
        "SELECT * FROM items WHERE pk IN ['me', 'you']",
        "SELECT * FROM items WHERE pk = 'me' OR pk = 'you'",
        "INSERT INTO items VALUE {'pk': 'you'}",
        "UPDATE items SET a = 1 WHERE pk = 'you'",
        "DELETE FROM items WHERE pk = 'you'"
      })
  void aStatementOnItemsOfOthersIsRefused(String statement) {
    start(IamMode.ENFORCE);
    CallPrincipal ann = withItems(OWN_ITEMS);

    assertThat(refusal(ann, "dynamodb", "ExecuteStatement", statement(statement)))
        .contains("dynamodb:PartiQL", "table/items because no identity-based policy");
    String mine = statement("SELECT * FROM items WHERE pk = 'me'");
    assertThat(call(ann, "dynamodb", "ExecuteStatement", mine).path("Items")).isEmpty();
  }

  @Test
  void aParameterMayBeThePartitionKey() {
    start(IamMode.ENFORCE);
    CallPrincipal ann = withItems(OWN_ITEMS);
    String statement = "'Statement': 'SELECT * FROM items WHERE pk = ?', 'Parameters': [{'S': ";

    call(ann, "dynamodb", "ExecuteStatement", "{" + statement + "'me'}]}");
    refusal(ann, "dynamodb", "ExecuteStatement", "{" + statement + "'you'}]}");
    refusal(ann, "dynamodb", "BatchExecuteStatement", batch(statement));
  }

  private static String batch(String statement) {
    return "{'Statements': [{" + statement + "'you'}]}]}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pk = 'a' OR a = 1 | true",
        "begins_with(pk, 'a') | true",
        "a = 'pk = 1' | true",
        "pk IN ['a', 'b'] | false"
      })
  void aConditionWithoutThePartitionKeyScans(String condition, boolean scans) {
    start(IamMode.ENFORCE);
    CallPrincipal ann =
        withItems(", 'Condition': {'Bool': {'dynamodb:FullTableScan': '%s'}}".formatted(scans));

    assertThat(
            call(
                    ann,
                    "dynamodb",
                    "ExecuteStatement",
                    statement("SELECT * FROM items WHERE " + condition))
                .path("Items"))
        .isEmpty();
  }

  /** A user that may use a table of items. */
  private CallPrincipal withItems(String condition) {
    call(
        ROOT,
        "dynamodb",
        "CreateTable",
        "{'TableName': 'items', 'BillingMode': 'PAY_PER_REQUEST',"
            + " 'AttributeDefinitions': [{'AttributeName': 'pk', 'AttributeType': 'S'}],"
            + " 'KeySchema': [{'AttributeName': 'pk', 'KeyType': 'HASH'}]}");
    return user("ann", allow("dynamodb:*", "*", condition));
  }

  private static String statement(String text) {
    return Json.object().put("Statement", text).toString().replace("'", "\\u0027");
  }

  @Test
  void theRootUserCanUnlockABucket() {
    start(IamMode.ENFORCE);
    call(ROOT, "s3", "CreateBucket", "{'Bucket': 'locked'}");
    call(
        ROOT,
        "s3",
        "PutBucketPolicy",
        Json.object().put("Bucket", "locked").put("Policy", json(LOCKED)));
    CallPrincipal ann = user("ann", allow("s3:*", "*", ""));

    assertThat(refusal(ROOT, "s3", "ListObjectsV2", "{'Bucket': 'locked'}"))
        .endsWith(" with an explicit deny in a resource-based policy");
    refusal(ann, "s3", "DeleteBucketPolicy", "{'Bucket': 'locked'}");
    call(ROOT, "s3", "DeleteBucketPolicy", "{'Bucket': 'locked'}");
    call(ROOT, "s3", "ListObjectsV2", "{'Bucket': 'locked'}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "states | ListStateMachines | {} | on resource: arn:aws:states:us-east-1:111111111111:"
            + "stateMachine:* because",
        "states | ValidateStateMachineDefinition | {'definition': '{}'} |"
            + " on resource: arn:aws:states:us-east-1:111111111111:stateMachine:* because",
        "appsync | UpdateResolver | {'apiId': 'a', 'typeName': 'Query', 'fieldName': 'f'} | on"
            + " resource: arn:aws:appsync:us-east-1:111111111111:/v1/apis/a/types/Query/resolvers/f"
            + " because",
        "appsync | ListGraphqlApis | {} | on resource: arn:aws:appsync:us-east-1:111111111111:"
            + "/v1/apis because",
        "secretsmanager | ListSecrets | {} | perform: secretsmanager:ListSecrets because",
        "monitoring | ListMetrics | {} | perform: cloudwatch:ListMetrics because",
        "cloudformation | ListExports | {} | perform: cloudformation:ListExports because",
        "dynamodb | ListTables | {} | perform: dynamodb:ListTables on resource: * because",
        "lambda | ListFunctions | {} | perform: lambda:ListFunctions on resource: * because"
      })
  void anActionOnNoResourceIsNamedAsItsServiceDoes(
      String service, String operation, String input, String text) {
    start(IamMode.ENFORCE);

    assertThat(refusal(user("ann", ""), service, operation, input)).contains(text);
  }
}
