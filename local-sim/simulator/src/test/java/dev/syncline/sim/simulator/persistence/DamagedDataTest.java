// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.service.state.DataDirectoryException;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.testing.Workflows;
import dev.syncline.testing.TestZip;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Saved state that is damaged: what is named, skipped and kept. */
class DamagedDataTest extends SimulatorDataFixture {
  @Test
  void damagedDataIsNamedAndSkippedOnRequestOnly() throws Exception {
    call("s3", "CreateBucket", "{'Bucket': 'bbb'}");
    put("bbb", "precious", "p");
    put("bbb", "other", "o");
    call("logs", "CreateLogGroup", "{'logGroupName': 'lost'}");
    call("logs", "CreateLogGroup", "{'logGroupName': 'found'}");
    call("sqs", "CreateQueue", "{'QueueName': 'jobs'}");
    simulator.close();
    empty("p");
    empty("\"name\":\"lost\"");

    assertThatThrownBy(() -> Simulator.start(config()))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining("2 parts cannot be read")
        .hasMessageContaining("the object 'precious' of bucket 'bbb' (")
        .hasMessageContaining("it is empty")
        .hasMessageContaining("the log group lost (")
        .hasMessageContaining("--skip-damaged")
        .hasMessageNotContaining("'other'")
        .hasMessageNotContaining("group found");

    simulator = Simulator.start(config().withSkipDamaged(true));
    assertThat(simulator.skippedState()).hasSize(2);
    assertThat(call("s3", "ListObjectsV2", "{'Bucket': 'bbb'}").path("Contents"))
        .extracting(object -> object.path("Key").asText())
        .containsExactly("other");
    assertThat(call("logs", "DescribeLogGroups", "{}").path("logGroups"))
        .extracting(group -> group.path("logGroupName").asText())
        .containsExactly("found");
    assertThat(scratch.resolve("data/damaged").toFile().list()).hasSize(2);

    restart();
    assertThat(simulator.skippedState()).isEmpty();
    assertThat(call("sqs", "ListQueues", "{}").path("QueueUrls")).hasSize(1);
  }

  @Test
  void aServiceWhoseWholeStateIsDamagedStartsEmpty() throws Exception {
    call("sqs", "CreateQueue", "{'QueueName': 'jobs'}");
    call("logs", "CreateLogGroup", "{'logGroupName': 'g'}");
    simulator.close();
    empty("QueueName");
    empty("\"jobs\"");

    assertThatThrownBy(() -> Simulator.start(config()))
        .hasMessageContaining("the whole state of sqs (");

    simulator = Simulator.start(config().withSkipDamaged(true));
    assertThat(call("sqs", "ListQueues", "{}").has("QueueUrls")).isFalse();
    assertThat(call("logs", "DescribeLogGroups", "{}").path("logGroups")).hasSize(1);
  }

  @Test
  void aFunctionWhoseCodeIsDamagedIsNamedAndLeftOut() throws Exception {
    for (String name : new String[] {"f", "g"}) {
      call(
          "lambda",
          "CreateFunction",
          "{'FunctionName': '"
              + name
              + "', 'Runtime': 'java21', 'Handler': 'x.Y', 'Code': {'ZipFile': '"
              + TestZip.base64(name + ".txt", "")
              + "'}, 'Role': 'arn:aws:iam::111111111111:role/r'}");
    }
    simulator.close();
    empty("f.txt");

    assertThatThrownBy(() -> Simulator.start(config()))
        .hasMessageContaining("the code of the function f (");

    simulator = Simulator.start(config().withSkipDamaged(true));
    assertThat(call("lambda", "ListFunctions", "{}").path("Functions"))
        .extracting(function -> function.path("FunctionName").asText())
        .containsExactly("g");
  }

  /** Empties the blobs that contain the text, as a file system does that lost them. */
  private void empty(String text) throws Exception {
    try (var blobs = Files.list(scratch.resolve("data/blobs"))) {
      for (Path blob : blobs.toList()) {
        String content = Files.readString(blob, StandardCharsets.ISO_8859_1);
        if (content.equals(text) || (text.length() > 1 && content.contains(text))) {
          Files.write(blob, new byte[0]);
        }
      }
    }
  }

  private void put(String bucket, String key, String content) {
    Workflows.put(simulator, bucket, key, content.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void stateThatCannotBeReadIsRefusedAndNotWrittenOver() throws Exception {
    call("sqs", "CreateQueue", "{'QueueName': 'jobs'}");
    simulator.close();
    Path manifest = scratch.resolve("data/syncline.json");
    String before = Files.readString(manifest);
    Files.writeString(manifest, before.replace("\"sqs\":", "\"kinesis\":"));

    assertThatThrownBy(() -> Simulator.start(config()))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining("kinesis")
        .hasMessageContaining("another directory");

    Files.writeString(manifest, before);
    simulator = Simulator.start(config());
    assertThat(call("sqs", "ListQueues", "{}").path("QueueUrls")).hasSize(1);
  }
}
