// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A bench for mappings from streams, in manual time. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class StreamMappingFixture {
  static final String QUEUE = "arn:aws:sqs:us-east-1:111111111111:dlq";
  static final String TO_QUEUE =
      ",'DestinationConfig':{'OnFailure':{'Destination':'" + QUEUE + "'}}";

  final MappingBench bench = new MappingBench();

  @AfterEach
  void close() {
    bench.close();
  }

  static boolean has(JsonNode event, String key) {
    return StreamSupport.stream(event.path("Records").spliterator(), false)
        .anyMatch(record -> record.at("/dynamodb/Keys/id/S").asText().equals(key));
  }
}
