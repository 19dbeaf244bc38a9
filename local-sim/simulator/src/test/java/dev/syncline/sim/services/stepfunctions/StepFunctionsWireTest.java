// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Step Functions through the port: a machine's life, an execution's history, the checks of
 * definitions and TestState. A sample of what the recorded answers hold, which are not part of the
 * repository.
 */
@Timeout(60)
class StepFunctionsWireTest {
  private static final String ACCOUNT = "arn:aws:states:us-east-1:111111111111:";
  private static final String ROLE = "arn:aws:iam::111111111111:role/any";
  private static final String FAILING =
      """
      {'StartAt':'First','States':{
        'First':{'Type':'Pass','Result':{'n':5},'ResultPath':'$.r','Next':'Big'},
        'Big':{'Type':'Choice','Choices':[
          {'Variable':'$.r.n','NumericGreaterThan':3,'Next':'Rest'}],'Default':'Refuse'},
        'Rest':{'Type':'Wait','Seconds':30,'Next':'Each'},
        'Each':{'Type':'Map','ItemsPath':'$.list','ItemProcessor':{'StartAt':'I','States':{
          'I':{'Type':'Pass','End':true}}},'MaxConcurrency':1,'ResultPath':'$.done','Next':'Refuse'},
        'Refuse':{'Type':'Fail','Error':'Refused','Cause':'as planned'}}}
      """;

  private static Simulator simulator;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @BeforeAll
  static void start(@TempDir Path work) {
    simulator =
        Simulator.start(
            SimulatorConfig.defaults(work)
                .withPort(0, -1)
                .withExecutor(FunctionExecutor.IN_PROCESS, 5)
                .withClock(new ClockMode.Skipping()));
  }

  @AfterAll
  static void stop() {
    HTTP.close();
    simulator.close();
  }

  private static JsonNode call(String operation, String input) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(simulator.endpoint())
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", "AWSStepFunctions." + operation)
            .POST(HttpRequest.BodyPublishers.ofString(input))
            .build();
    return Json.MAPPER.readTree(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  private static String error(JsonNode answer) {
    String type = answer.path("__type").asText();
    return type.substring(type.indexOf('#') + 1);
  }

  private static String create(String name, String definition, String more) {
    return Json.write(
            Json.object()
                .put("name", name)
                .put("roleArn", ROLE)
                .put("definition", definition.replace('\'', '"')))
        .replaceFirst("}$", more.replace('\'', '"') + "}");
  }

  private static String pass(int result) {
    return "{'StartAt':'P','States':{'P':{'Type':'Pass','Result':" + result + ",'End':true}}}";
  }

  @Test
  void aMachineIsCreatedOnceUpdatedAndDeleted() throws Exception {
    String arn = ACCOUNT + "stateMachine:life";
    JsonNode created = call("CreateStateMachine", create("life", pass(1), ""));
    JsonNode repeated = call("CreateStateMachine", create("life", pass(1), ""));
    JsonNode other = call("CreateStateMachine", create("life", pass(2), ""));

    assertThat(created.path("stateMachineArn").asText()).isEqualTo(arn);
    assertThat(repeated).isEqualTo(created);
    assertThat(error(other)).isEqualTo("StateMachineAlreadyExists");

    String update = Json.write(Json.object().put("stateMachineArn", arn).put("definition", "{}"));
    assertThat(error(call("UpdateStateMachine", update))).isEqualTo("InvalidDefinition");
    update =
        Json.write(
            Json.object()
                .put("stateMachineArn", arn)
                .put("definition", pass(2).replace('\'', '"'))
                .put("publish", true)
                .put("versionDescription", "two"));
    JsonNode updated = call("UpdateStateMachine", update);
    assertThat(updated.path("stateMachineVersionArn").asText()).isEqualTo(arn + ":1");

    String named = "{\"stateMachineArn\":\"" + arn + "\"}";
    JsonNode described = call("DescribeStateMachine", named);
    assertThat(described.path("status").asText()).isEqualTo("ACTIVE");
    assertThat(described.path("type").asText()).isEqualTo("STANDARD");
    assertThat(described.path("revisionId")).isEqualTo(updated.path("revisionId"));
    assertThat(Json.MAPPER.readTree(described.path("definition").asText()).at("/States/P/Result"))
        .isEqualTo(Json.MAPPER.readTree("2"));
    assertThat(call("ListStateMachineVersions", named).path("stateMachineVersions")).hasSize(1);

    assertThat(call("DeleteStateMachine", named)).isEmpty();
    assertThat(error(call("DescribeStateMachine", named))).isEqualTo("StateMachineDoesNotExist");
  }

  @Test
  void anExecutionHasItsHistory() throws Exception {
    JsonNode machine = call("CreateStateMachine", create("told", FAILING, ""));
    String start =
        Json.write(
            Json.object()
                .put("stateMachineArn", machine.path("stateMachineArn").asText())
                .put("name", "run")
                .put("input", "{\"list\":[1,2]}"));

    JsonNode started = call("StartExecution", start);
    JsonNode described = awaitEnd(started.path("executionArn").asText());

    assertThat(started.path("executionArn").asText()).isEqualTo(ACCOUNT + "execution:told:run");
    assertThat(described.path("status").asText()).isEqualTo("FAILED");
    assertThat(described.path("error").asText()).isEqualTo("Refused");
    assertThat(described.path("cause").asText()).isEqualTo("as planned");
    assertThat(described.path("stopDate").asDouble() - described.path("startDate").asDouble())
        .isGreaterThanOrEqualTo(30);

    JsonNode events =
        call(
                "GetExecutionHistory",
                "{\"executionArn\":\"" + ACCOUNT + "execution:told:run\",\"maxResults\":100}")
            .path("events");
    List<String> types = new ArrayList<>();
    events.forEach(event -> types.add(event.path("type").asText()));
    assertThat(types)
        .containsExactly(
            "ExecutionStarted",
            "PassStateEntered",
            "PassStateExited",
            "ChoiceStateEntered",
            "ChoiceStateExited",
            "WaitStateEntered",
            "WaitStateExited",
            "MapStateEntered",
            "MapStateStarted",
            "MapIterationStarted",
            "PassStateEntered",
            "PassStateExited",
            "MapIterationSucceeded",
            "MapIterationStarted",
            "PassStateEntered",
            "PassStateExited",
            "MapIterationSucceeded",
            "MapStateSucceeded",
            "MapStateExited",
            "FailStateEntered",
            "ExecutionFailed");
  }

  private static JsonNode awaitEnd(String arn) throws Exception {
    String named = "{\"executionArn\":\"" + arn + "\"}";
    JsonNode described = call("DescribeExecution", named);
    while (described.path("status").asText().equals("RUNNING")) {
      Thread.onSpinWait();
      described = call("DescribeExecution", named);
    }
    return described;
  }

  @Test
  void aDefinitionIsCheckedWithoutBeingCreated() throws Exception {
    String broken = "{'StartAt':'A','States':{'A':{'Type':'Pass','Next':'Gone'}}}";

    JsonNode good =
        call(
            "ValidateStateMachineDefinition",
            Json.write(Json.object().put("definition", pass(1).replace('\'', '"'))));
    JsonNode bad =
        call(
            "ValidateStateMachineDefinition",
            Json.write(Json.object().put("definition", broken.replace('\'', '"'))));

    assertThat(good.path("result").asText()).isEqualTo("OK");
    assertThat(good.path("diagnostics")).isEmpty();
    assertThat(bad.path("result").asText()).isEqualTo("FAIL");
    assertThat(bad.at("/diagnostics/0/severity").asText()).isEqualTo("ERROR");
    assertThat(bad.at("/diagnostics/0/code").asText()).isEqualTo("MISSING_TRANSITION_TARGET");
    assertThat(bad.at("/diagnostics/0/location").asText()).isEqualTo("/States/A/Next");
    assertThat(error(call("CreateStateMachine", create("bad", broken, ""))))
        .isEqualTo("InvalidDefinition");
  }

  @Test
  void oneStateIsTestedAndLookedInto() throws Exception {
    String state =
        "{'Type':'Pass','InputPath':'$.in','Parameters':{'n.$':'$.n'},'ResultPath':'$.out','Next':'N'}";
    var input =
        Json.object()
            .put("definition", state.replace('\'', '"'))
            .put("roleArn", ROLE)
            .put("input", "{\"in\":{\"n\":4}}");

    JsonNode info = call("TestState", Json.write(input));
    JsonNode debug = call("TestState", Json.write(input.put("inspectionLevel", "DEBUG")));
    JsonNode wrong = call("TestState", Json.write(input.put("inspectionLevel", "LOUD")));

    assertThat(info.path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(info.path("nextState").asText()).isEqualTo("N");
    assertThat(info.has("inspectionData")).isFalse();
    assertThat(info.path("output").asText()).isEqualTo("{\"in\":{\"n\":4},\"out\":{\"n\":4}}");
    assertThat(debug.at("/inspectionData/afterInputPath").asText()).isEqualTo("{\"n\":4}");
    assertThat(debug.at("/inspectionData/afterParameters").asText()).isEqualTo("{\"n\":4}");
    assertThat(error(wrong)).isEqualTo("ValidationException");
  }
}
