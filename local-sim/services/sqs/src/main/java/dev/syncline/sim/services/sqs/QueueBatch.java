// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Output;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Checks and runs the entries of batch operations: each entry succeeds or fails by itself. */
final class QueueBatch {
  private static final int MAX_ENTRIES = 10;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,80}");

  private QueueBatch() {}

  /**
   * The entries, checked as a whole.
   *
   * @param kind as an error names an entry
   */
  static List<Input> entries(Input input, String kind) {
    List<Input> entries = input.structures("Entries");
    if (entries.isEmpty()) {
      throw SqsErrors.emptyBatch(kind);
    }
    if (entries.size() > MAX_ENTRIES) {
      throw SqsErrors.tooManyEntries(MAX_ENTRIES, entries.size());
    }
    var ids = new HashSet<String>();
    for (Input entry : entries) {
      String id = entry.text("Id").orElse("");
      if (!ID.matcher(id).matches()) {
        throw SqsErrors.invalidEntryId();
      }
      if (!ids.add(id)) {
        throw SqsErrors.repeatedEntryId(id);
      }
    }
    return entries;
  }

  /** Does the work for each entry and answers for each. */
  static Output each(List<Input> entries, Function<Input, ObjectNode> work) {
    ArrayNode successful = Json.array();
    ArrayNode failed = Json.array();
    for (Input entry : entries) {
      String id = entry.requiredText("Id");
      try {
        ObjectNode done = work.apply(entry);
        successful.add(Json.object().put("Id", id).setAll(done));
      } catch (AwsException refused) {
        failed.add(
            Json.object()
                .put("Id", id)
                .put("SenderFault", refused.status() < 500)
                .put("Code", SqsErrors.queryCode(refused))
                .put("Message", refused.text()));
      }
    }
    ObjectNode json = Json.object();
    if (!successful.isEmpty()) {
      json.set("Successful", successful);
    }
    if (!failed.isEmpty()) {
      json.set("Failed", failed);
    }
    return Output.of(json);
  }
}
