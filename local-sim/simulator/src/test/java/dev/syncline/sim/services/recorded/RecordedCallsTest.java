// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.service.settings.IamMode;
import dev.syncline.sim.service.settings.IamSettings;
import dev.syncline.sim.services.recorded.RecordedFile.Row;
import dev.syncline.sim.simulator.SimulatorConfig;
import dev.syncline.sim.testing.WholeSimulator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Recorded calls of Secrets Manager, Lambda and SQS, made again. A row that cannot come out the
 * same is listed with its reason; a listed row that agrees, and an entry that no row matches, fail
 * too.
 */
class RecordedCallsTest {
  private static final String ONE = "'Qualifier': '1'";

  @TempDir Path work;

  @Test
  void secretValuesAreWrittenAsRecorded() {
    var misses = new LinkedHashMap<String, String>();
    misses.put("identity", "the caller is another user");
    misses.put(
        "stage-(equals|present)-wrong-stages?-type",
        "AWS tells a wrong type before a missing permission");
    misses.put(
        "verify-secret-deleted-0", "AWS shows a secret for some seconds after its forced deletion");
    List<Row> rows = RecordedFile.rows(recorded("secretsmanager/write_validation"));
    // Sessions with policies make a part of the calls.
    try (var whole =
        new WholeSimulator(
            SimulatorConfig.defaults(work)
                .withClock(new ClockMode.Skipping())
                .withSetting(new IamSettings(IamMode.ENFORCE, true)))) {
      judge(
          "secretsmanager/write_validation",
          rows,
          misses,
          row -> false,
          new Replay(whole)::differences);
    }
  }

  @Test
  void secretsOfAServiceAreRefusedAsRecorded() {
    var misses = new LinkedHashMap<String, String>();
    misses.put("identity", "the caller is another user");
    misses.put("replicate", "there is one region; ReplicateSecretToRegions is not there");
    misses.put("wait-replica-.*", "the secret has no replica");
    misses.put("replica-.*", "the replica lies in another region");
    replay("secretsmanager/metadata_authority", misses, row -> false);
  }

  @Test
  void permissionsAndEventConfigurationsAreKeptAsRecorded() {
    var misses = new LinkedHashMap<String, String>();
    misses.put(
        "create_function_attempt_1|update_function_description|wait_description_update_0",
        "AWS shows Pending and InProgress for a second; here it is done at once");
    replay(
        "lambda/event_policy",
        misses,
        // AWS needs seconds until Lambda can assume a new role; here it can at once, and the next
        // row creates the function again.
        row -> row.label().equals("create_function_attempt_0"));
  }

  /** Lines of a label, an operation and members of its input; {@code @} is {@link #ONE}. */
  private static Map<String, List<String>> calls(String lines) {
    return lines
        .lines()
        .map(line -> line.split(" ", 3))
        .collect(
            Collectors.toMap(
                line -> line[0],
                line ->
                    List.of(line[1], line.length == 2 ? "" : ", " + line[2].replace("@", ONE))));
  }

  @Test
  void runtimeControlsAnswerAsRecorded() {
    var misses = new LinkedHashMap<String, String>();
    misses.put("runtime_auto", "AWS still updates the function; here the update is done at once");
    misses.put("warm_invoke|cold_latest", "what the recorder's function answers");
    misses.put(".*_side_effects", "what the recorder's function wrote");
    Map<String, List<String>> calls =
        calls(
            """
            recursion_default GetFunctionRecursionConfig
            recursion_allow PutFunctionRecursionConfig 'RecursiveLoop': 'Allow'
            recursion_terminate PutFunctionRecursionConfig 'RecursiveLoop': 'Terminate'
            runtime_default GetRuntimeManagementConfig
            runtime_update PutRuntimeManagementConfig 'UpdateRuntimeOn': 'FunctionUpdate'
            runtime_auto PutRuntimeManagementConfig 'UpdateRuntimeOn': 'Auto'
            provisioned_missing GetProvisionedConcurrencyConfig @
            provisioned_latest PutProvisionedConcurrencyConfig 'Qualifier': '$LATEST', 'ProvisionedConcurrentExecutions': 1
            provisioned_accept PutProvisionedConcurrencyConfig @, 'ProvisionedConcurrentExecutions': 1
            provisioned_ready GetProvisionedConcurrencyConfig @
            reserved_below_provisioned PutFunctionConcurrency 'ReservedConcurrentExecutions': 0
            overlapping_alias PutProvisionedConcurrencyConfig 'Qualifier': 'live', 'ProvisionedConcurrentExecutions': 1
            provisioned_list ListProvisionedConcurrencyConfigs
            provisioned_delete DeleteProvisionedConcurrencyConfig @
            provisioned_after_delete GetProvisionedConcurrencyConfig @
            """);
    JsonNode file = recorded("lambda/runtime_controls");
    String name = file.path("name").asText();
    try (var whole = new WholeSimulator(work)) {
      whole.function(name, "", event -> "{}");
      whole.call("lambda", "PublishVersion", "{'FunctionName': '" + name + "'}");
      whole.call(
          "lambda",
          "CreateAlias",
          "{'FunctionName': '" + name + "', 'Name': 'live', 'FunctionVersion': '1'}");
      var replay = new Replay(whole);
      judge(
          "lambda/runtime_controls",
          RecordedFile.namedRows(
              file,
              label -> {
                List<String> call = calls.getOrDefault(label, List.of("", ""));
                return Map.entry(
                    call.get(0), "{'FunctionName': '" + name + "'" + call.get(1) + "}");
              }),
          misses,
          row -> false,
          replay::differences);
    }
  }

  @Test
  void messagesAreMovedAsRecorded() {
    var misses = new LinkedHashMap<String, String>();
    misses.put(
        "first_progress|principal_progress",
        "AWS's task waits behind a policy of the recorder; policies are not evaluated here");
    misses.put(
        "(last|chain|via)_progress",
        "AWS's count of moved messages is still 0 when the task is COMPLETED");
    misses.put(
        "principal_destination", "AWS's task failed by a policy; policies are not evaluated here");
    moved("sqs/forwarding_execution", misses);
    moved("sqs/forwarding_redrive", Map.of());
  }

  /** The rows have no inputs: each family of them has its own queues and one message. */
  private void moved(String name, Map<String, String> misses) {
    JsonNode file = recorded(name);
    var seen = new HashSet<String>();
    try (var whole = new WholeSimulator(work.resolve(name.replace('/', '-')))) {
      var replay = new Replay(whole);
      var rows = new ArrayList<Row>();
      for (Row row : RecordedFile.rows(file)) {
        String family = row.label().substring(0, row.label().indexOf('_'));
        if (seen.add(family)) {
          queues(whole, family);
        }
        String label = seen.add(row.label()) ? row.label() : row.label() + "_2";
        rows.add(
            row.with(label, moveInput(family, row.operation()), RecordedFile.arns(row.output())));
      }
      judge(
          name,
          rows,
          misses,
          // What a policy denied would be carried out, and change what the rows after it meet.
          // A task that AWS's policy holds back is here done at any moment.
          row -> row.code().equals("AccessDenied") || row.label().endsWith("_before_release"),
          row -> {
            if (row.operation().equals("ListMessageMoveTasks")) {
              untilMoved(whole, row.input().path("SourceArn").asText());
            }
            return replay.differences(row);
          });
    }
  }

  private static void untilMoved(WholeSimulator whole, String source) {
    JsonNode tasks;
    do {
      Thread.onSpinWait();
      tasks = whole.call("sqs", "ListMessageMoveTasks", "{'SourceArn': '" + source + "'}");
    } while (tasks.findValuesAsText("Status").contains("RUNNING"));
  }

  private static void queues(WholeSimulator whole, String family) {
    for (String kind : List.of("-dead", "-destination")) {
      whole.call("sqs", "CreateQueue", "{'QueueName': '" + family + kind + "'}");
    }
    whole.call(
        "sqs",
        "CreateQueue",
        "{'QueueName': '"
            + family
            + "-source', 'Attributes': {'RedrivePolicy':"
            + " '{\\\"deadLetterTargetArn\\\":\\\""
            + RecordedFile.queueArn(family + "-dead")
            + "\\\",\\\"maxReceiveCount\\\":1}'}}");
    whole.call(
        "sqs",
        "SendMessage",
        "{'QueueUrl': '" + url(family + "-dead") + "', 'MessageBody': 'redriven'}");
  }

  private static String moveInput(String family, String operation) {
    String dead = RecordedFile.queueArn(family + "-dead");
    return switch (operation) {
      case "StartMessageMoveTask" ->
          "{'SourceArn': '"
              + dead
              + "', 'DestinationArn': '"
              + RecordedFile.queueArn(family + "-destination")
              + "', 'MaxNumberOfMessagesPerSecond': 10}";
      case "ListMessageMoveTasks" -> "{'SourceArn': '" + dead + "'}";
      default ->
          "{'QueueUrl': '"
              + url(family + "-destination")
              + "', 'MessageSystemAttributeNames': ['All'], 'WaitTimeSeconds': 1}";
    };
  }

  private static String url(String queue) {
    return "https://sqs.us-east-1.amazonaws.com/111111111111/" + queue;
  }

  @Test
  void messagesOfAnEncryptedQueueAreSentAsRecorded() {
    JsonNode file = recorded("sqs/cache_scope_initial");
    try (var whole = new WholeSimulator(work)) {
      whole.call("sqs", "CreateQueue", "{'QueueName': 'scope'}");
      var replay = new Replay(whole);
      var rows = new ArrayList<Row>();
      for (Row row : RecordedFile.rows(file)) {
        String body = row.label().replaceFirst("_send$", "");
        rows.add(
            row.with(
                row.label(),
                "{'QueueUrl': '" + url("scope") + "', 'MessageBody': '" + body + "'}",
                row.output()));
      }
      judge(
          "sqs/cache_scope_initial",
          rows,
          Map.of(),
          // There is no KMS and no session policy here, and a standard queue gives any message.
          row -> !row.operation().equals("SendMessage") || !row.code().equals("Success"),
          replay::differences);
    }
  }

  private static JsonNode recorded(String name) {
    Optional<Path> folder = RecordedFile.folder();
    assumeTrue(
        folder.isPresent(), "The recorded calls (../shared/corpus/aws-recordings) are not there");
    return RecordedFile.read(folder.get(), name);
  }

  private void replay(String name, Map<String, String> misses, Predicate<Row> notSent) {
    List<Row> rows = RecordedFile.rows(recorded(name));
    try (var whole = new WholeSimulator(work)) {
      var replay = new Replay(whole);
      judge(name, rows, misses, notSent, replay::differences);
    }
  }

  private static void judge(
      String name,
      List<Row> rows,
      Map<String, String> misses,
      Predicate<Row> notSent,
      Function<Row, String> play) {
    var wrong = new ArrayList<String>();
    var used = new HashSet<String>();
    int agreed = 0;
    int sent = 0;
    for (Row row : rows) {
      if (notSent.test(row)) {
        continue;
      }
      sent++;
      String differences = play.apply(row);
      Optional<String> listed =
          misses.keySet().stream().filter(label -> Pattern.matches(label, row.label())).findFirst();
      listed.ifPresent(used::add);
      if (differences.isEmpty()) {
        agreed++;
      }
      if (differences.isEmpty() && listed.isPresent()) {
        wrong.add(row.label() + " agrees and is listed as if it could not");
      } else if (!differences.isEmpty() && listed.isEmpty()) {
        wrong.add(row.label() + ": " + differences);
      }
    }
    misses.keySet().stream()
        .filter(label -> !used.contains(label))
        .forEach(label -> wrong.add(label + " is listed and no row is called so"));
    System.out.println(
        name + ": " + rows.size() + " rows, " + sent + " sent, " + agreed + " agree");
    assertThat(wrong).as(name).isEmpty();
  }
}
