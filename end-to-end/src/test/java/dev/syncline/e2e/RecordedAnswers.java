// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.simulator.Simulator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Assumptions;

/**
 * Every answer that a simulator gives, compared with botocore's models of the services: unknown
 * members, wrong types, values outside of an enumeration, required members that are missing.
 * Thread-safe.
 */
final class RecordedAnswers {
  private static final int NO_BOTOCORE = 3;

  private final Set<String> lines = new ConcurrentSkipListSet<>();
  private final Set<String> operations = new ConcurrentSkipListSet<>();

  private final Set<Call> calls = ConcurrentHashMap.newKeySet();

  private RecordedAnswers() {}

  /** A call that was answered: the members of its input and of its output in one. */
  record Call(String service, ObjectNode members) {}

  /** The calls so far. */
  Set<Call> calls() {
    return Set.copyOf(calls);
  }

  /** Begins to record. */
  static RecordedAnswers of(Simulator simulator) {
    var answers = new RecordedAnswers();
    simulator.dispatcher().observe(answers::add);
    return answers;
  }

  private void add(String service, String operation, ObjectNode input, Output output) {
    ObjectNode call = input.deepCopy();
    output.json().properties().forEach(member -> call.set(member.getKey(), member.getValue()));
    calls.add(new Call(service, call));
    operations.add(service + ":" + operation);
    if (output.raw() != null) {
      return;
    }
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("service", service).put("operation", operation).set("answer", output.json());
    lines.add(line.toString());
  }

  /** The operations that answered at least once, as {@code service:Operation}. */
  Set<String> operations() {
    return operations;
  }

  /** The findings, one per line; skips the test, with the reason, where botocore is absent. */
  List<String> findings(Path scratch) throws Exception {
    Path script = scratch.resolve("check_answers.py");
    try (InputStream source =
        Objects.requireNonNull(
            RecordedAnswers.class.getResourceAsStream("/check_answers.py"),
            "check_answers.py is missing")) {
      Files.write(script, source.readAllBytes());
    }
    Path recorded = scratch.resolve("answers.jsonl");
    Files.write(recorded, lines, StandardCharsets.UTF_8);
    Path output = scratch.resolve("findings.txt");
    int status;
    try {
      status =
          new ProcessBuilder("python3", script.toString(), recorded.toString())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start()
              .waitFor();
    } catch (IOException notThere) {
      Assumptions.abort("python3 is not installed");
      return List.of();
    }
    List<String> found = Files.readAllLines(output, StandardCharsets.UTF_8);
    Assumptions.assumeTrue(status != NO_BOTOCORE, "botocore is not installed");
    if (status != 0 && status != 1) {
      throw new AssertionError(String.join("\n", found));
    }
    return found.stream().filter(line -> !line.isBlank()).toList();
  }
}
