// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.CallFacts;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.service.settings.IamMode;
import dev.syncline.sim.service.settings.IamSettings;
import dev.syncline.sim.simulator.SimulatorConfig;
import dev.syncline.sim.testing.WholeSimulator;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Calls of given principals to a simulator with permissions. */
abstract class IamCallsFixture {
  static final String ACCOUNT = "111111111111";
  static final String QUEUE = "arn:aws:sqs:us-east-1:" + ACCOUNT + ":jobs";
  static final CallPrincipal ROOT = new CallPrincipal.Signed("test");

  @TempDir Path work;

  @SuppressWarnings("NullAway.Init") // Each test begins with start.
  WholeSimulator whole;

  final void start(IamMode mode) {
    start(new IamSettings(mode, true));
  }

  final void start(IamSettings settings) {
    whole =
        new WholeSimulator(
            SimulatorConfig.defaults(work)
                .withPort(0, -1)
                .withClock(new ClockMode.Skipping())
                .withExecutor(FunctionExecutor.IN_PROCESS, 5)
                .withSetting(settings));
    call(ROOT, "sqs", "CreateQueue", "{'QueueName': 'jobs'}");
  }

  @AfterEach
  final void stop() {
    if (whole != null) {
      whole.close();
    }
  }

  /** Calls an operation as a principal; single quotes in the input stand for double ones. */
  final JsonNode call(CallPrincipal caller, String service, String operation, String input) {
    try {
      return call(
          caller, service, operation, (ObjectNode) Json.MAPPER.readTree(input.replace('\'', '"')));
    } catch (com.fasterxml.jackson.core.JsonProcessingException notJson) {
      throw new AssertionError(notJson);
    }
  }

  final JsonNode call(CallPrincipal caller, String service, String operation, ObjectNode input) {
    CallContext inside = whole.simulator.internalCall();
    var context =
        new CallContext(
            inside.account(),
            inside.region(),
            inside.requestId(),
            "",
            new byte[0],
            caller,
            new CallFacts("10.0.0.1", "test", null));
    return whole.simulator.dispatcher().call(service, operation, input, context).json();
  }

  /** The text of the refusal of a call. */
  final String refusal(CallPrincipal caller, String service, String operation, String input) {
    AwsException refused =
        catchThrowableOfType(AwsException.class, () -> call(caller, service, operation, input));
    assertThat(refused).as(operation + " is refused").isNotNull();
    return refused.text();
  }

  /** Sends a message to the queue. */
  final void send(CallPrincipal caller) {
    call(caller, "sqs", "SendMessage", sending());
  }

  final String refusedSend(CallPrincipal caller) {
    return refusal(caller, "sqs", "SendMessage", sending());
  }

  private static String sending() {
    return "{'QueueUrl': 'http://localhost/" + ACCOUNT + "/jobs', 'MessageBody': 'x'}";
  }

  /** Creates a user with one inline policy; the caller with its new key. */
  final CallPrincipal user(String name, String policy) {
    call(ROOT, "iam", "CreateUser", "{'UserName': '" + name + "'}");
    if (!policy.isEmpty()) {
      put("PutUserPolicy", "UserName", name, policy);
    }
    JsonNode key = call(ROOT, "iam", "CreateAccessKey", "{'UserName': '" + name + "'}");
    return new CallPrincipal.Signed(key.at("/AccessKey/AccessKeyId").asText());
  }

  /** Creates a role; its ARN. */
  final String role(String name, String trust, String policy) {
    JsonNode role =
        call(
            ROOT,
            "iam",
            "CreateRole",
            Json.object().put("RoleName", name).put("AssumeRolePolicyDocument", json(trust)));
    if (!policy.isEmpty()) {
      put("PutRolePolicy", "RoleName", name, policy);
    }
    return role.at("/Role/Arn").asText();
  }

  final void put(String operation, String member, String name, String policy) {
    call(
        ROOT,
        "iam",
        operation,
        Json.object()
            .put(member, name)
            .put("PolicyName", "own")
            .put("PolicyDocument", json(policy)));
  }

  /** Assumes a role; {@code more} are further members with single quotes. */
  final CallPrincipal assume(CallPrincipal caller, String role, String more) {
    JsonNode session =
        call(
            caller,
            "sts",
            "AssumeRole",
            "{'RoleArn': '" + role + "', 'RoleSessionName': 'se'" + more + "}");
    return new CallPrincipal.Signed(session.at("/Credentials/AccessKeyId").asText());
  }

  static String json(String quoted) {
    return quoted.replace('\'', '"');
  }

  /** A policy of one statement. */
  static String allow(String action, String resource, String more) {
    return statement("Allow", action, resource, more);
  }

  static String statement(String effect, String action, String resource, String more) {
    return "{'Version': '2012-10-17', 'Statement': [{'Sid': 'It', 'Effect': '"
        + effect
        + "', 'Action': '"
        + action
        + "', 'Resource': '"
        + resource
        + "'"
        + more
        + "}]}";
  }

  /** A trust policy. */
  static String trust(String principal, String more) {
    return "{'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Principal': "
        + principal
        + ", 'Action': ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity']"
        + more
        + "}]}";
  }
}
