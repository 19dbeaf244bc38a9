// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.common;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Function;

/**
 * Pages of lists in the order of their keys. A token names the last key of a page, so that changes
 * between two calls do not repeat or skip an item; {@code service.Pages} counts positions instead.
 */
public final class AppSyncPages {
  private static final int MAX_RESULTS = 25;

  private AppSyncPages() {}

  /**
   * One page of {@code items} in the order of their keys, under the name {@code member}.
   *
   * @throws AwsException when {@code maxResults} or {@code nextToken} is wrong
   */
  public static <T> ObjectNode page(
      Input input, String member, NavigableMap<String, T> items, Function<T, ObjectNode> json) {
    int asked = input.integer("maxResults").orElse(MAX_RESULTS);
    if (asked < 0 || asked > MAX_RESULTS) {
      throw AppSyncErrors.badRequest(
          "'maxResults' must be 0 to " + MAX_RESULTS + ", not " + asked + ".");
    }
    int size = asked == 0 ? MAX_RESULTS : asked;
    NavigableMap<String, T> rest =
        input.text("nextToken").map(token -> items.tailMap(decode(token), false)).orElse(items);
    ObjectNode page = JsonNodeFactory.instance.objectNode();
    ArrayNode list = page.putArray(member);
    String last = "";
    for (Map.Entry<String, T> entry : rest.entrySet()) {
      if (list.size() == size) {
        page.put("nextToken", encode(last));
        break;
      }
      list.add(json.apply(entry.getValue()));
      last = entry.getKey();
    }
    return page;
  }

  private static String encode(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String token) {
    try {
      String key = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      if (!key.isEmpty() && encode(key).equals(token)) {
        return key;
      }
    } catch (IllegalArgumentException notOurs) {
      // The error below covers it.
    }
    throw AppSyncErrors.badRequest("'nextToken' is not valid.");
  }
}
