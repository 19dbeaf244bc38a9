// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.contract.TableStreams.StreamRecord;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/**
 * A record of a stream as functions get it; the Lambda developer guide's "Example DynamoDB event".
 *
 * @param bytes the length of its JSON
 */
record LaneRecord(BigInteger number, Instant created, ObjectNode json, int bytes) {

  static LaneRecord of(StreamRecord record, String streamArn) {
    ObjectNode json = record.json();
    JsonNode identity = json.get("userIdentity");
    if (identity != null) {
      // Lambda spells the members in its own way.
      json.putObject("userIdentity")
          .put("type", identity.path("Type").asText())
          .put("principalId", identity.path("PrincipalId").asText());
    }
    json.put("eventSourceARN", streamArn);
    return new LaneRecord(
        record.sequenceNumber(), record.created(), json, Json.writeBytes(json).length);
  }

  /** The event for a function. */
  static ObjectNode event(List<LaneRecord> records) {
    ObjectNode event = Json.object();
    ArrayNode list = event.putArray("Records");
    records.forEach(record -> list.add(record.json));
    return event;
  }
}
