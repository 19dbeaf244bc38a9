// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.recorded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.recorded.RecordedFile.Row;
import dev.syncline.sim.testing.WholeSimulator;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes recorded calls again, in order, and says where the answers differ: success or error, its
 * code, status and words, the names of the fields, and values that are neither ids nor times.
 */
final class Replay {
  private static final List<String> SERVICES = List.of("secretsmanager", "sts", "iam", "events");

  /** Values that name something made by the one side or the other; the rows after it use them. */
  private static final Set<String> NAMES =
      Set.of("ARN", "VersionId", "RevisionId", "SecretArn", "ConnectionArn", "QueueUrl", "RoleId");

  /** Values that describe the moment, or the package of the recorder's function. */
  private static final Set<String> NOT_COMPARED =
      Set.of(
          "UserId",
          "CodeSha256",
          "CodeSize",
          "Runtime",
          "Handler",
          "RuntimeVersionArn",
          "AssumedRoleId",
          "AccessKeyId",
          "SecretAccessKey",
          "SessionToken",
          "Expiration",
          "PackedPolicySize",
          "CreateDate",
          "MessageId",
          "SenderId",
          "CreationTime");

  private final WholeSimulator whole;
  private final Map<String, String> own = new LinkedHashMap<>();
  private String accessKey = "";

  Replay(WholeSimulator whole) {
    this.whole = whole;
  }

  /** Makes the call; the result says what differs, and is empty when nothing does. */
  String differences(Row row) {
    String service = service(row);
    if (service.isEmpty()) {
      return "there is no operation " + row.operation();
    }
    ObjectNode input = (ObjectNode) read(substitute(row.input().toString()));
    fillIn(row, input);
    var context =
        new CallContext("111111111111", "us-east-1", "recorded", "127.0.0.1", new byte[0])
            .as(caller(row));
    Output output;
    try {
      output =
          whole
              .simulator
              .clock()
              .call(
                  () ->
                      whole.simulator.dispatcher().call(service, row.operation(), input, context));
    } catch (AwsException refused) {
      return refusal(row, refused);
    } catch (Exception failure) {
      throw new AssertionError(row.label(), failure);
    }
    if (!row.code().equals("Success")) {
      return "succeeded, and AWS refused with " + row.code();
    }
    if (output.json().path("Credentials").has("AccessKeyId")) {
      accessKey = output.json().at("/Credentials/AccessKeyId").asText();
    }
    var found = new ArrayList<String>();
    status(row, status(service, row, output), found);
    compare("", row.output(), output.json(), found);
    return String.join("; ", found);
  }

  /** Of the recorder's sessions only these calls are made; its user makes the others. */
  private CallPrincipal caller(Row row) {
    boolean session = Set.of("PutSecretValue", "GetCallerIdentity").contains(row.operation());
    return accessKey.isEmpty() || !session
        ? CallPrincipal.INTERNAL
        : new CallPrincipal.Signed(accessKey);
  }

  private String refusal(Row row, AwsException refused) {
    if (!row.code().equals(refused.code())) {
      return row.code() + " was " + refused.code() + ": " + refused.text();
    }
    var found = new ArrayList<String>();
    status(row, refused.status(), found);
    String expected = substitute(row.message());
    if (!expected.equals(refused.text())) {
      found.add("message '" + expected + "' was '" + refused.text() + "'");
    }
    return String.join("; ", found);
  }

  private int status(String service, Row row, Output output) {
    Operation operation = whole.simulator.dispatcher().operation(service, row.operation());
    if (output.status() != 0 || operation == null || operation.http() == null) {
      return output.status() == 0 ? 200 : output.status();
    }
    return operation.http().status();
  }

  private static void status(Row row, int status, List<String> found) {
    if (row.status() != 0 && row.status() != status) {
      found.add("status " + row.status() + " was " + status);
    }
  }

  private String service(Row row) {
    Dispatcher dispatcher = whole.simulator.dispatcher();
    List<String> candidates = row.service().isEmpty() ? SERVICES : List.of(row.service());
    return candidates.stream()
        .filter(name -> dispatcher.operation(name, row.operation()) != null)
        .findFirst()
        .orElse("");
  }

  /** Cases without a recorded answer, or that only the recording machine can run. */
  private static void fillIn(Row row, ObjectNode input) {
    if (row.operation().equals("CreateFunction")) {
      input.put("Runtime", "java21").put("Handler", "x.Y");
      input.putObject("Code").put("ZipFile", WholeSimulator.emptyPackage());
    }
  }

  private String substitute(String text) {
    String result = text;
    List<String> longestFirst =
        own.keySet().stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
    for (String recorded : longestFirst) {
      result = result.replace(recorded, own.getOrDefault(recorded, recorded));
    }
    return result;
  }

  private void compare(String path, JsonNode recorded, JsonNode given, List<String> found) {
    if (recorded.isObject() && given.isTextual()) {
      // IAM's documents are percent-encoded on the wire; clients decode them.
      String text = URLDecoder.decode(given.asText(), StandardCharsets.UTF_8);
      compare(path, recorded, read(text.startsWith("{") ? text : "{}"), found);
      return;
    }
    if (recorded.isObject()) {
      var expected = new TreeSet<String>();
      recorded.fieldNames().forEachRemaining(name -> expected.add(substitute(name)));
      var actual = new TreeSet<String>();
      given.fieldNames().forEachRemaining(actual::add);
      // The recorder left these out of the answers of SQS.
      actual.removeAll(Set.of("ReceiptHandle", "TaskHandle"));
      // The CLI shows the status of an answer without a body.
      if (expected.equals(Set.of("StatusCode")) && actual.isEmpty()) {
        return;
      }
      // First the names, so that what comes after finds them.
      for (Map.Entry<String, JsonNode> member : recorded.properties()) {
        learn(member.getKey(), member.getValue(), given.path(member.getKey()));
      }
      recorded.fieldNames().forEachRemaining(name -> expected.add(substitute(name)));
      expected.removeIf(own::containsKey);
      if (!expected.equals(actual)) {
        found.add(path + " has the members " + actual + ", not " + expected);
      }
      for (Map.Entry<String, JsonNode> member : recorded.properties()) {
        JsonNode value = given.path(substitute(member.getKey()));
        if (!value.isMissingNode() && isCompared(member.getKey())) {
          compare(path + "/" + member.getKey(), member.getValue(), value, found);
        }
      }
      return;
    }
    if (recorded.isArray()) {
      if (recorded.size() != given.size()) {
        found.add(path + " has " + given.size() + " items, not " + recorded.size());
        return;
      }
      for (int i = 0; i < recorded.size(); i++) {
        compare(path + "/" + i, recorded.get(i), given.get(i), found);
      }
      return;
    }
    String expected = substitute(recorded.asText());
    if (expected.startsWith("{") && given.asText().startsWith("{")) {
      compare(path, read(expected), read(given.asText()), found);
    } else if (!recorded.isNumber() || !recorded.asText().contains(".")) {
      if (!expected.equals(given.asText())) {
        found.add(path + " '" + expected + "' was '" + given.asText() + "'");
      }
    }
  }

  private void learn(String name, JsonNode recorded, JsonNode given) {
    boolean differs = given.isTextual() && !recorded.asText().equals(given.asText());
    boolean names =
        NAMES.contains(name) || (name.equals("Name") && recorded.asText().startsWith("events!"));
    if (names && differs && !recorded.asText().isEmpty()) {
      own.putIfAbsent(recorded.asText(), given.asText());
    }
  }

  private static boolean isCompared(String name) {
    return !NOT_COMPARED.contains(name)
        && !name.endsWith("Date")
        && !name.endsWith("Time")
        && !name.endsWith("Timestamp")
        && !name.startsWith("LastModified");
  }

  private static JsonNode read(String text) {
    try {
      return text.isEmpty() ? Json.object() : Json.MAPPER.readTree(text);
    } catch (JsonProcessingException notJson) {
      throw new AssertionError(text, notJson);
    }
  }
}
