// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is set on one bucket: a document for each sub-resource, under the names of S3's model. A
 * bucket that is created after another was deleted has its own. Thread-safe.
 */
final class BucketSettings {
  private final Map<BucketSetting, JsonNode> documents = new TreeMap<>();

  /**
   * Those of a new bucket: public access is blocked, and access control lists are off.
   *
   * @param ownership a value of {@code ObjectOwnership}
   */
  static BucketSettings ofNew(String ownership) {
    var settings = new BucketSettings();
    settings.put(
        BucketSetting.PUBLIC_ACCESS_BLOCK,
        Json.object()
            .put("BlockPublicAcls", true)
            .put("IgnorePublicAcls", true)
            .put("BlockPublicPolicy", true)
            .put("RestrictPublicBuckets", true));
    ObjectNode controls = Json.object();
    controls.putArray("Rules").addObject().put("ObjectOwnership", ownership);
    settings.put(BucketSetting.OWNERSHIP, controls);
    return settings;
  }

  /** A copy of the document; empty when it is not set. */
  synchronized Optional<JsonNode> get(BucketSetting setting) {
    return Optional.ofNullable(documents.get(setting)).map(JsonNode::deepCopy);
  }

  /** The document itself, which callers must not change; empty when it is not set. */
  synchronized Optional<JsonNode> shared(BucketSetting setting) {
    return Optional.ofNullable(documents.get(setting));
  }

  synchronized void put(BucketSetting setting, JsonNode document) {
    documents.put(setting, document.deepCopy());
  }

  synchronized void remove(BucketSetting setting) {
    documents.remove(setting);
  }

  /** Whether a member of the public access block is on. */
  boolean blocks(String member) {
    return shared(BucketSetting.PUBLIC_ACCESS_BLOCK)
        .map(block -> block.path(member).asBoolean())
        .orElse(false);
  }

  /** Whether the bucket has no access control lists. */
  boolean ownerEnforced() {
    return shared(BucketSetting.OWNERSHIP)
        .map(controls -> controls.at("/Rules/0/ObjectOwnership").asText())
        .orElse("ObjectWriter")
        .equals("BucketOwnerEnforced");
  }

  /** Every document by the name of its setting. */
  synchronized Map<String, JsonNode> saved() {
    var saved = new TreeMap<String, JsonNode>();
    documents.forEach((setting, document) -> saved.put(setting.name(), document.deepCopy()));
    return saved;
  }

  /** Replaces all documents by saved ones. */
  synchronized void restore(Map<String, JsonNode> saved) {
    documents.clear();
    saved.forEach((name, document) -> documents.put(BucketSetting.valueOf(name), document));
  }
}
