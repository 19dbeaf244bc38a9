// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The part of a shard's records that one lane takes: those whose partition key has its hash.
 *
 * @param keyAttribute the name of the table's partition key
 */
record KeyShare(String keyAttribute, int index, int count) {

  boolean has(JsonNode record) {
    if (count == 1) {
      return true;
    }
    String key = record.path("dynamodb").path("Keys").path(keyAttribute).toString();
    // The hash of a text changes little with its last characters; the factor spreads it.
    return Math.floorMod(key.hashCode() * 0x9E3779B1 >>> 8, count) == index;
  }
}
