// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.service.http.RequestSigner;
import dev.syncline.sim.service.settings.IamMode;
import dev.syncline.sim.service.settings.IamSettings;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Requests with the credentials of a role, while permissions are off and while they are enforced:
 * {@code GetItem} of DynamoDB with a role whose policy has ten statements.
 *
 * <pre>
 * PermissionsBenchmark [requests] [connections]
 * </pre>
 */
public final class PermissionsBenchmark {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int STATEMENTS = 10;
  private static final String ROLE = "arn:aws:iam::111111111111:role/reader";
  private static final String BODY = "{\"TableName\":\"items\",\"Key\":{\"id\":{\"S\":\"1\"}}}";
  private static final List<Map.Entry<String, String>> HEADERS =
      List.of(
          Map.entry("X-Amz-Target", "DynamoDB_20120810.GetItem"),
          Map.entry("Content-Type", "application/json"));

  private PermissionsBenchmark() {}

  /** Runs it. */
  public static void main(String[] given) throws Exception {
    Arguments arguments = Arguments.of(given);
    int requests = arguments.number(0, 50_000);
    int connections = arguments.number(1, 2);
    // Each mode twice, so that neither is the only one on a cold machine.
    for (int round = 1; round <= 2; round++) {
      for (IamMode mode : List.of(IamMode.OFF, IamMode.ENFORCE)) {
        System.out.println(mode);
        run(mode, requests, connections);
      }
    }
  }

  private static void run(IamMode mode, int requests, int connections) throws Exception {
    SimulatorConfig config =
        SimulatorConfig.defaults(Files.createTempDirectory("syncline-benchmark"))
            .withClock(new ClockMode.Real())
            .withSetting(new IamSettings(mode, true));
    try (Simulator simulator = Simulator.start(config)) {
      call(
          simulator,
          "dynamodb",
          "CreateTable",
          """
          {"TableName":"items","BillingMode":"PAY_PER_REQUEST",
           "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
           "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]}
          """);
      call(
          simulator,
          "dynamodb",
          "PutItem",
          "{\"TableName\":\"items\",\"Item\":{\"id\":{\"S\":\"1\"},\"size\":{\"N\":\"7\"}}}");
      new HttpLoad(simulator.endpoint(), "/", headers(simulator), number -> BODY)
          .runAll(requests, connections);
    }
  }

  private static String headers(Simulator simulator) throws IOException {
    ObjectNode role = JSON.createObjectNode().put("RoleName", "reader");
    role.put(
        "AssumeRolePolicyDocument",
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
            + "{\"AWS\":\"111111111111\"},\"Action\":\"sts:AssumeRole\"}]}");
    call(simulator, "iam", "CreateRole", role.toString());
    ObjectNode policy = JSON.createObjectNode().put("Version", "2012-10-17");
    for (int i = 1; i <= STATEMENTS; i++) {
      String table = i == STATEMENTS ? "items" : "other" + i;
      policy
          .withArray("Statement")
          .addObject()
          .put("Effect", "Allow")
          .put("Resource", "arn:aws:dynamodb:us-east-1:111111111111:table/" + table)
          .putArray("Action")
          .add("dynamodb:GetItem")
          .add("dynamodb:Query");
    }
    ObjectNode put = JSON.createObjectNode().put("RoleName", "reader").put("PolicyName", "read");
    call(
        simulator, "iam", "PutRolePolicy", put.put("PolicyDocument", policy.toString()).toString());
    JsonNode issued =
        call(
                simulator,
                "sts",
                "AssumeRole",
                "{\"RoleArn\":\"" + ROLE + "\",\"RoleSessionName\":\"benchmark\"}")
            .path("Credentials");
    var credentials =
        new RequestSigner.Credentials(
            issued.path("AccessKeyId").asText(),
            issued.path("SecretAccessKey").asText(),
            issued.path("SessionToken").asText());
    var text = new StringBuilder();
    RequestSigner.signed(
            "POST",
            simulator.endpoint().getAuthority(),
            "/",
            "",
            HEADERS,
            BODY.getBytes(StandardCharsets.UTF_8),
            credentials,
            "us-east-1",
            "dynamodb",
            Instant.now())
        .stream()
        .filter(header -> !header.getKey().equals("Content-Type"))
        .forEach(h -> text.append(h.getKey()).append(": ").append(h.getValue()).append("\r\n"));
    return text.toString();
  }

  private static JsonNode call(Simulator simulator, String service, String operation, String input)
      throws IOException {
    return simulator
        .dispatcher()
        .call(service, operation, (ObjectNode) JSON.readTree(input), simulator.internalCall())
        .json();
  }
}
