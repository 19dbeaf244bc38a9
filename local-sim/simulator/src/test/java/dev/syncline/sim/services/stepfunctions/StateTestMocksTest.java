// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import org.junit.jupiter.api.Test;

/** TestState with mocks: what is refused, and what is shown of Map states. Words as recorded. */
class StateTestMocksTest extends StepFunctionsFixture {
  private static final String LAMBDA =
      "{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\",\"End\":true,"
          + "\"Parameters\":{\"FunctionName\":\"f\"}";
  private static final String CHILD =
      "\"StartAt\":\"C\",\"States\":{\"C\":{\"Type\":\"Pass\",\"End\":true}}}";
  private static final String DISTRIBUTED =
      "\"Type\":\"Map\",\"End\":true,\"ItemProcessor\":{\"ProcessorConfig\":{"
          + "\"Mode\":\"DISTRIBUTED\",\"ExecutionType\":\"EXPRESS\"},"
          + CHILD;

  @Test
  void aMockHasToGiveOneOutcome() {
    refused(
        LAMBDA + "}",
        "{}",
        "One of the following fields is required for a test mock: [result, errorOutput].");
    refused(
        LAMBDA + "}",
        "{\"errorOutput\":{\"cause\":\"c\"}}",
        "An error was not specified in the mocked error output.");
  }

  @Test
  void aServiceAnswersWithAnObjectOfItsShape() {
    refused(LAMBDA + "}", "{\"result\":\"null\"}", "Mocked result must be a valid JSON object.");
    String object = "{\"result\":\"{\\\"Payload\\\":{}}\"}";
    refused(
        LAMBDA + "}",
        object,
        "Mock result schema validation error: Field 'Payload' must be a string");
    assertThat(
            test(
                    LAMBDA + "}",
                    object.replace("{\"result", "{\"fieldValidationMode\":\"NONE\",\"result"),
                    "{}")
                .path("status")
                .asText())
        .isEqualTo("SUCCEEDED");
  }

  @Test
  void aFunctionsMemoryIsHeldToTheRecordedMaximum() {
    String state =
        "{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::aws-sdk:lambda:getFunction\","
            + "\"End\":true,\"Parameters\":{\"FunctionName\":\"f\"}}";
    String mock =
        "{\"fieldValidationMode\":\"PRESENT\","
            + "\"result\":\"{\\\"Configuration\\\":{\\\"MemorySize\\\":%s}}\"}";
    String schema = "Mock result schema validation error: Field 'MemorySize' ";

    assertThat(test(state, mock.formatted("10240"), "{}").path("status").asText())
        .isEqualTo("SUCCEEDED");
    refused(state, mock.formatted("10241"), schema + "exceeds the maximum value");
    refused(state, mock.formatted("127"), schema + "is smaller than the minimum value");
  }

  @Test
  void aParallelStateHasAResultForEachBranch() {
    String parallel =
        "{\"Type\":\"Parallel\",\"End\":true,\"Branches\":[{"
            + CHILD
            + ",{"
            + CHILD.replace("\"C\"", "\"D\"")
            + "]}";

    refused(
        parallel,
        "{\"result\":\"[1]\"}",
        "Mocked result must contain the same number of items as number of Parallel branches.");
    assertThat(test(parallel, "{\"result\":\"[1,2]\"}", "{}").path("output").asText())
        .isEqualTo("[1,2]");
  }

  @Test
  void aMapShowsItsItemsAndBatchesAndHasAResultForEach() {
    String map =
        "{\"ItemsPath\":\"$.n\",\"ItemSelector\":{\"v.$\":\"$$.Map.Item.Value\"},"
            + "\"ItemBatcher\":{\"MaxItemsPerBatch\":2},\"ToleratedFailureCount\":1,"
            + DISTRIBUTED
            + "}";
    JsonNode seen = test(map, "{\"result\":\"[1,2]\"}", "{\"n\":[7,8,9]}").path("inspectionData");

    assertThat(seen.path("afterItemsPath").asText()).isEqualTo("[7, 8, 9]");
    assertThat(seen.path("afterItemSelector").asText())
        .isEqualTo("[{\"v\":7}, {\"v\":8}, {\"v\":9}]");
    assertThat(seen.path("afterItemBatcher").asText())
        .isEqualTo(
            "[{\"Items\":[\"{\\\"v\\\":7}\",\"{\\\"v\\\":8}\"]}, {\"Items\":[\"{\\\"v\\\":9}\"]}]");
    refused(
        map,
        "{\"result\":\"[1,2,3]\"}",
        "Input array does not equal the mocked result array's size");
  }

  @Test
  void failedIterationsAreCountedAgainstTheMapsOwn() {
    String map = "{\"ItemsPath\":\"$.n\",\"ToleratedFailureCount\":1," + DISTRIBUTED + "}";

    JsonNode failed =
        call(
            request(map, "{\"result\":\"[1]\"}", "{\"n\":[7,8,9]}"),
            "{\"mapIterationFailureCount\":2}");
    assertThat(failed.path("error").asText()).isEqualTo("States.ExceedToleratedFailureThreshold");
    assertThatThrownBy(
            () ->
                call(
                    request(map, "{\"result\":\"[1]\"}", "{\"n\":[7]}"),
                    "{\"mapIterationFailureCount\":2}"))
        .hasMessage(
            "Map iteration failure count must be less than or equal to the number of Map"
                + " iterations");
    assertThatThrownBy(
            () ->
                call(
                    request(LAMBDA + "}", "{\"result\":\"{}\"}", "{}"),
                    "{\"mapIterationFailureCount\":0}"))
        .hasMessage("MapIterationFailureCount is only supported when testing a Map state.");
  }

  @Test
  void anItemReaderIsGivenItsDataAsItIsInItsSource() {
    String reader =
        "{\"ItemReader\":{\"Resource\":\"arn:aws:states:::s3:getObject\",\"Parameters\":"
            + "{\"Bucket\":\"b\",\"Key\":\"k\"},\"ReaderConfig\":CONFIG},"
            + DISTRIBUTED
            + "}";
    String json = reader.replace("CONFIG", "{\"InputType\":\"JSON\",\"ItemsPointer\":\"/in\"}");
    String csv =
        reader.replace("CONFIG", "{\"InputType\":\"CSV\",\"CSVHeaderLocation\":\"FIRST_ROW\"}");

    refused(
        json,
        "{\"result\":\"[1]\"}",
        "ItemReader data must be specified when testing a Map state with ItemReader specified.");
    JsonNode seen =
        call(
            request(json, "{\"result\":\"[1,2]\"}", "{}"),
            "{\"mapItemReaderData\":\"{\\\"in\\\":[4,5]}\"}");
    assertThat(seen.at("/inspectionData/afterItemsPointer").asText()).isEqualTo("[4,5]");
    assertThat(
            call(
                    request(csv, "{\"result\":\"[1,2]\"}", "{}"),
                    "{\"mapItemReaderData\":\"a,b\\n1,2\\n3,4\"}")
                .path("status")
                .asText())
        .isEqualTo("SUCCEEDED");
  }

  @Test
  void aCaughtErrorShowsWhereItIsPut() {
    String task =
        LAMBDA + ",\"Catch\":[{\"ErrorEquals\":[\"E\"],\"ResultPath\":\"$.e\",\"Next\":\"N\"}]}";

    JsonNode answer =
        test(task, "{\"errorOutput\":{\"error\":\"E\",\"cause\":\"c\"}}", "{\"a\":1}");
    assertThat(answer.path("status").asText()).isEqualTo("CAUGHT_ERROR");
    assertThat(answer.at("/inspectionData/afterResultPath").asText())
        .isEqualTo("{\"a\":1,\"e\":{\"Error\":\"E\",\"Cause\":\"c\"}}");
  }

  @Test
  void tasksThatWaitForACallbackNeedAMock() {
    for (String resource :
        new String[] {
          "arn:aws:states:us-east-1:111111111111:activity:a",
          "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
          "arn:aws:states:::states:startExecution.sync"
        }) {
      ObjectNode request =
          Json.object()
              .put(
                  "definition",
                  "{\"Type\":\"Task\",\"End\":true,\"Resource\":\"" + resource + "\"}")
              .put("roleArn", "arn:aws:iam::111111111111:role/r");
      assertThatThrownBy(() -> call(request, "{}"))
          .hasMessageContaining("only when a mock is specified: '" + resource + "'");
    }
  }

  @Test
  void aDistributedMapNamesTheTypeOfItsExecutions() {
    refused(
        "{" + DISTRIBUTED.replace(",\"ExecutionType\":\"EXPRESS\"", "") + "}",
        "{\"result\":\"[]\"}",
        "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are required:"
            + " [ExecutionType] at /States/StateName/ItemProcessor/ProcessorConfig'");
  }

  private void refused(String state, String mock, String message) {
    assertThatThrownBy(() -> test(state, mock, "{\"n\":[7,8,9]}")).hasMessage(message);
  }

  private JsonNode test(String state, String mock, String input) {
    return call(request(state, mock, input), "{}");
  }

  private static ObjectNode request(String state, String mock, String input) {
    ObjectNode request =
        Json.object().put("definition", state).put("input", input).put("inspectionLevel", "DEBUG");
    request.set("mock", json(mock));
    return request;
  }

  private JsonNode call(ObjectNode request, String configuration) {
    if (!configuration.equals("{}")) {
      request.set("stateConfiguration", json(configuration));
    }
    return call("TestState", request);
  }

  private static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException invalid) {
      throw new IllegalArgumentException(text, invalid);
    }
  }
}
