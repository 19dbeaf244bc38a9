// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Applies a change of tags to a service.
 *
 * @param idMember the operations' member for the resource
 * @param tagsMember their member for the tags
 * @param keysMember their member for the keys to remove
 */
public record Tagging(
    String service,
    String tagOperation,
    String untagOperation,
    String idMember,
    String tagsMember,
    String keysMember) {

  /** {@code TagResource} of services whose members begin with a capital letter. */
  public static Tagging pascal(String service, String idMember) {
    return new Tagging(service, "TagResource", "UntagResource", idMember, "Tags", "TagKeys");
  }

  /** {@code TagResource} of services whose members begin with a small letter. */
  public static Tagging camel(String service) {
    return new Tagging(service, "TagResource", "UntagResource", "resourceArn", "tags", "tagKeys");
  }

  /** For tags that are a map. */
  public void changeMap(ServiceCalls calls, String id, JsonNode before, JsonNode after) {
    ObjectNode changed = Differences.set(before, after);
    if (!changed.isEmpty()) {
      calls.call(service, tagOperation, calls.input().put(idMember, id).set(tagsMember, changed));
    }
    untag(calls, id, Differences.removed(before, after));
  }

  /**
   * For tags that are a list.
   *
   * @param key the list's name for a tag's key
   */
  public void changeList(
      ServiceCalls calls, String id, String key, JsonNode before, JsonNode after) {
    ObjectNode old = Differences.keyed(before, key);
    ObjectNode wanted = Differences.keyed(after, key);
    ObjectNode changed = Differences.set(old, wanted);
    if (!changed.isEmpty()) {
      calls.call(
          service,
          tagOperation,
          calls.input().put(idMember, id).set(tagsMember, Differences.values(changed)));
    }
    untag(calls, id, Differences.removed(old, wanted));
  }

  private void untag(ServiceCalls calls, String id, ArrayNode keys) {
    if (!keys.isEmpty()) {
      calls.call(service, untagOperation, calls.input().put(idMember, id).set(keysMember, keys));
    }
  }
}
