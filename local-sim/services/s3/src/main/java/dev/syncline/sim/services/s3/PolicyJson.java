// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Reads policies, in which a list of one element may be the element itself. Stateless. */
final class PolicyJson {
  private PolicyJson() {}

  /** The elements of a list, or the value; none for a missing one. */
  static List<JsonNode> several(JsonNode oneOrMore) {
    var all = new ArrayList<JsonNode>();
    if (oneOrMore.isArray()) {
      oneOrMore.forEach(all::add);
    } else if (!oneOrMore.isMissingNode()) {
      all.add(oneOrMore);
    }
    return all;
  }

  /** The same as texts. */
  static List<String> texts(JsonNode oneOrMore) {
    return several(oneOrMore).stream().map(JsonNode::asText).toList();
  }

  /** Whether a principal is everyone. */
  static boolean isEveryone(JsonNode principal) {
    return principal.asText().equals("*") || texts(principal.path("AWS")).contains("*");
  }
}
