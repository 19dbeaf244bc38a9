// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import static dev.syncline.sim.testing.PortClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Integrations of type AWS with the services that people integrate. */
class ServiceIntegrationTest extends ServiceIntegrationFixture {
  private static final String FORM = "'application/x-www-form-urlencoded'";

  private static ObjectNode form(ObjectNode integration) {
    integration.putObject("requestParameters").put("integration.request.header.Content-Type", FORM);
    return integration;
  }

  private String queue() {
    return whole.call("sqs", "CreateQueue", "{'QueueName': 'jobs'}").get("QueueUrl").asText();
  }

  private JsonNode received(String queueUrl) {
    return whole.call("sqs", "ReceiveMessage", "{'QueueUrl': '" + queueUrl + "'}").path("Messages");
  }

  @Test
  void aBodyGoesToAQueueByPath() throws Exception {
    String queue = queue();
    post(
        "submit",
        form(
            aws(
                "sqs:path/" + account() + "/jobs",
                "Action=SendMessage&MessageBody=$util.urlEncode($input.body)")),
        templates("{\"id\":\"$input.path('$.SendMessageResponse.SendMessageResult.MessageId')\"}"));
    deploy();

    HttpResponse<byte[]> response = send("POST", "/submit", "{\"a\": \"x & y=z\"}");

    assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
    JsonNode message = received(queue).get(0);
    assertThat(message.get("Body").asText()).isEqualTo("{\"a\": \"x & y=z\"}");
    assertThat(Json.MAPPER.readTree(response.body()).get("id")).isEqualTo(message.get("MessageId"));
  }

  @Test
  void aBodyGoesToAQueueByActionAndQueryString() {
    String queue = queue();
    ObjectNode integration = aws("sqs:action/SendMessage", "");
    integration
        .putObject("requestParameters")
        .put("integration.request.querystring.QueueUrl", "'" + queue + "'")
        .put("integration.request.querystring.MessageBody", "method.request.body.text");
    post("submit", integration, templates(""));
    deploy();

    HttpResponse<byte[]> response = send("POST", "/submit", "{\"text\": \"hello\"}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(text(response)).startsWith("{\"SendMessageResponse\":{\"ResponseMetadata\":");
    assertThat(received(queue).at("/0/Body").asText()).isEqualTo("hello");
  }

  /** As the sample of seed 002 is deployed by its scripts: the client is told that it is queued. */
  @Test
  void withAwsJsonAndAnActionInTheQueryStringTheRawBodyIsQueued() throws Exception {
    String queue = queue();
    ObjectNode integration =
        aws(
            "sqs:path/" + account() + "/jobs",
            "{\"jobId\": \"$context.requestId\", \"data\": $input.json('$')}");
    integration
        .putObject("requestParameters")
        .put("integration.request.header.Content-Type", "'application/x-amz-json-1.0'")
        .put("integration.request.querystring.Action", "'SendMessage'")
        .put("integration.request.querystring.MessageBody", "method.request.body");
    post(
        "submit",
        integration,
        templates("{\"jobId\": \"$context.requestId\", \"status\": \"queued\"}"));
    deploy();

    HttpResponse<byte[]> response = send("POST", "/submit", "{\"task\": \"t\"}");

    JsonNode answer = Json.MAPPER.readTree(response.body());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(answer.get("status").asText()).isEqualTo("queued");
    assertThat(response.headers().firstValue("x-amzn-RequestId"))
        .contains(answer.get("jobId").asText());
    assertThat(received(queue).at("/0/Body").asText()).isEqualTo("{\"task\": \"t\"}");
  }

  /** As the template of seed 002: nothing is queued, and the client does not learn it. */
  @Test
  void withoutAMessageInTheQueryStringNothingIsQueuedAndTheClientGets200() {
    String queue = queue();
    ObjectNode integration =
        aws(
            "sqs:path/" + account() + "/jobs",
            "{\"MessageBody\": \"{\\\"data\\\": $input.json('$')}\"}");
    integration
        .putObject("requestParameters")
        .put("integration.request.header.Content-Type", "'application/x-amz-json-1.0'")
        .put("integration.request.querystring.Action", "'SendMessage'");
    post("submit", integration, templates("{\"status\": \"queued\"}"));
    deploy();

    HttpResponse<byte[]> response = send("POST", "/submit", "{\"task\": \"t\"}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(text(response)).isEqualTo("{\"status\": \"queued\"}");
    assertThat(received(queue).isEmpty()).isTrue();
  }

  @Test
  void anErrorOfTheServiceIsSelectedByItsStatus() {
    post("submit", form(aws("sqs:path/" + account() + "/none", "Action=Send")), templates("{}"));
    String resource =
        whole
            .call("apigateway", "GetResources", "{'restApiId': '" + api + "'}")
            .at("/item/1/id")
            .asText();
    respond(
        resource,
        "POST",
        "400",
        templates("{\"code\":\"$input.path('$.Error.Code')\"}").put("selectionPattern", "4\\d{2}"));
    deploy();

    HttpResponse<byte[]> response = send("POST", "/submit", "{}");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(text(response)).startsWith("{\"code\":\"").doesNotContain("\"\"");
  }

  @Test
  void aTableIsWrittenAndRead() {
    whole.call(
        "dynamodb",
        "CreateTable",
        "{'TableName': 'things', 'BillingMode': 'PAY_PER_REQUEST', 'KeySchema': [{'AttributeName':"
            + " 'id', 'KeyType': 'HASH'}], 'AttributeDefinitions': [{'AttributeName': 'id',"
            + " 'AttributeType': 'S'}]}");
    post(
        "put",
        aws(
            "dynamodb:action/PutItem",
            "{\"TableName\":\"things\",\"Item\":{\"id\":{\"S\":\"$input.path('$.id')\"},"
                + "\"n\":{\"N\":\"$input.path('$.n')\"}}}"),
        templates("{}"));
    post(
        "query",
        aws(
            "dynamodb:action/Query",
            "{\"TableName\":\"things\",\"KeyConditionExpression\":\"id = :i\","
                + "\"ExpressionAttributeValues\":{\":i\":{\"S\":\"$input.params('id')\"}}}"),
        templates(
            "#set($items = $input.path('$.Items'))[#foreach($i in $items)"
                + "{\"id\":\"$i.id.S\",\"n\":$i.n.N}#if($foreach.hasNext),#end#end]"));
    deploy();

    assertThat(text(send("POST", "/put", "{\"id\":\"a\",\"n\":7}"))).isEqualTo("{}");
    assertThat(text(send("POST", "/query?id=a", ""))).isEqualTo("[{\"id\":\"a\",\"n\":7}]");
  }

  @Test
  void anExecutionIsStarted() {
    whole.call(
        "states",
        "CreateStateMachine",
        "{'name': 'm', 'roleArn': 'arn:aws:iam::"
            + account()
            + ":role/r', 'type': 'EXPRESS', 'definition': '{\\\"StartAt\\\":\\\"P\\\","
            + "\\\"States\\\":{\\\"P\\\":{\\\"Type\\\":\\\"Pass\\\",\\\"End\\\":true}}}'}");
    String machine = "arn:aws:states:us-east-1:" + account() + ":stateMachine:m";
    for (String action : new String[] {"StartExecution", "StartSyncExecution"}) {
      post(
          action,
          aws(
              "states:action/" + action,
              "{\"stateMachineArn\":\""
                  + machine
                  + "\",\"input\":\"$util.escapeJavaScript($input.json('$'))\"}"),
          templates(""));
    }
    deploy();

    assertThat(text(send("POST", "/StartExecution", "{\"a\":\"b\"}"))).contains("executionArn");
    assertThat(text(send("POST", "/StartSyncExecution", "{\"a\":\"b\"}")))
        .contains("\"output\":\"{\\\"a\\\":\\\"b\\\"}\"");
    assertThat(text(send("POST", "/StartExecution", "{\"a\":\"it's\"}")))
        .as("an escaped apostrophe is not JSON, as on AWS")
        .contains("SerializationException");
  }

  @Test
  void anEventIsPut() {
    post(
        "event",
        aws(
            "events:action/PutEvents",
            "{\"Entries\":[{\"Source\":\"s\",\"DetailType\":\"d\","
                + "\"Detail\":\"$util.escapeJavaScript($input.body).replaceAll(\"\\\\'\",\"'\")\"}]}"),
        templates(""));
    deploy();

    assertThat(text(send("POST", "/event", "{\"a\":1}"))).contains("\"FailedEntryCount\":0");
  }

  @Test
  void anObjectIsPutAndGot() {
    whole.call("s3", "CreateBucket", "{'Bucket': 'files'}");
    String item = resource("{key}");
    ObjectNode declared = Json.object();
    declared.putObject("requestParameters").put("method.request.path.key", true);
    for (String verb : new String[] {"PUT", "GET"}) {
      ObjectNode integration = aws("s3:path/files/{object}", "").put("integrationHttpMethod", verb);
      integration
          .putObject("requestParameters")
          .put("integration.request.path.object", "method.request.path.key");
      ObjectNode response = templates("");
      if (verb.equals("GET")) {
        response
            .putObject("responseParameters")
            .put("method.response.header.Content-Type", "integration.response.header.Content-Type")
            .put("method.response.header.X-Tag", "integration.response.header.ETag");
      }
      method(item, verb, declared.deepCopy(), integration, response);
    }
    deploy();

    assertThat(send("PUT", "/a.txt", "hello", "Content-Type", "text/plain").statusCode())
        .isEqualTo(200);
    HttpResponse<byte[]> got = send("GET", "/a.txt", "");
    assertThat(text(got)).isEqualTo("hello");
    assertThat(got.headers().firstValue("Content-Type")).contains("text/plain");
    assertThat(got.headers().firstValue("X-Tag")).isPresent();
  }

  @Test
  void theRoleIsNeededAndMustTrustTheGateway() {
    whole.call(
        "iam",
        "CreateRole",
        "{'RoleName': 'other', 'AssumeRolePolicyDocument': '{\\\"Version\\\":\\\"2012-10-17\\\","
            + "\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\",\\\"Action\\\":\\\"sts:AssumeRole\\\","
            + "\\\"Principal\\\":{\\\"Service\\\":\\\"lambda.amazonaws.com\\\"}}]}'}");
    for (String role : new String[] {"other", "missing"}) {
      ObjectNode integration = form(aws("sqs:path/" + account() + "/jobs", "Action=ListQueues"));
      integration.put("credentials", ROLE.replace("000000000000", account()) + "x");
      integration.put("credentials", "arn:aws:iam::" + account() + ":role/" + role);
      post(role, integration, templates("{}"));
    }
    deploy();
    for (String role : new String[] {"other", "missing"}) {
      HttpResponse<byte[]> response = send("POST", "/" + role, "{}");
      assertThat(response.statusCode()).isEqualTo(500);
      assertThat(text(response)).isEqualTo("{\"message\":\"Internal server error\"}");
    }
  }

  @Test
  void whatAwsRefusesIsRefused() {
    String resource = resource("x");
    put("PutMethod", resource, "POST", Json.object().put("authorizationType", "NONE"));
    refused(resource, aws("sqs:path/1/q", "").put("credentials", ""), "Role ARN must be specified");
    refused(
        resource,
        aws("sqs:path/1/q", "").put("credentials", "arn:aws:iam::*:user/*"),
        "does not support the credentials 'arn:aws:iam::*:user/*'");
    refused(
        resource,
        aws("sqs:path/1/q", "").put("credentials", "arn:aws:iam::999999999999:role/r"),
        "Cross-account pass role is not allowed.");
    refused(
        resource,
        aws("sqs:nothing/1/q", ""),
        "AWS ARN for integration must contain path or action");
    refused(resource, aws("kinesis:action/PutRecord", ""), "does not have the service 'kinesis'");
    refused(
        resource,
        aws("sqs:path/1/q", "").put("type", "AWS_PROXY"),
        "currently only supports Lambda function");
    refused(
        resource,
        aws("sqs:path/1/q", "").put("uri", "https://x"),
        "Invalid ARN specified in the request");
    refused(
        resource,
        aws("x", "").put("type", "HTTP").put("uri", "ftp://x"),
        "Invalid HTTP endpoint specified for URI");
    refused(
        resource,
        aws("sqs:path/1/q", "").put("passthroughBehavior", "SOMETIMES"),
        "passthroughBehavior");
  }

  private void refused(String resource, JsonNode integration, String message) {
    assertThatThrownBy(
            () -> put("PutIntegration", resource, "POST", (ObjectNode) integration.deepCopy()))
        .hasMessageContaining(message);
  }
}
