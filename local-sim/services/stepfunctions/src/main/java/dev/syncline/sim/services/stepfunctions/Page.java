// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, by offset. Limits and texts as recorded.
 *
 * @param nextToken null on the last page
 */
record Page<T>(List<T> items, @Nullable String nextToken) {
  /** The longest token of most lists. */
  static final int TOKEN = 1024;

  /** The longest token of ListExecutions. */
  static final int EXECUTIONS_TOKEN = 3096;

  private static final int MOST = 1000;

  /** Refuses what is wrong with {@code maxResults} and {@code nextToken} by themselves. */
  static void check(Input input, int longestToken) {
    int asked = input.integer("maxResults").orElse(0);
    Limits.requireAtMost(asked, "maxResults", MOST);
    Limits.requireAtLeast(asked, "maxResults", 0);
    String token = input.text("nextToken").orElse(null);
    if (token != null && token.isEmpty()) {
      throw Limits.broken("Value ''", "nextToken", "have length greater than or equal to 1");
    }
    Limits.atMost(token, "nextToken", longestToken);
  }

  /** The page that {@code maxResults} and {@code nextToken} ask for; 100 items unless told. */
  static <T> Page<T> of(Input input, List<T> all) {
    int asked = input.integer("maxResults").orElse(0);
    int size = asked == 0 ? 100 : asked;
    int from = input.text("nextToken").map(Page::offset).orElse(0);
    int to = (int) Math.min(all.size(), (long) from + size);
    List<T> items = from >= all.size() ? List.of() : all.subList(from, to);
    return new Page<>(items, to < all.size() ? token(to) : null);
  }

  /** Tells where the next page begins, if there is one. */
  void continueIn(ObjectNode json) {
    if (nextToken != null) {
      json.put("nextToken", nextToken);
    }
  }

  private static int offset(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      return Integer.parseUnsignedInt(text);
    } catch (IllegalArgumentException notOurs) {
      throw AwsException.badRequest("InvalidToken", "Invalid Token: 'Invalid token'");
    }
  }

  private static String token(int offset) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(String.valueOf(offset).getBytes(StandardCharsets.UTF_8));
  }
}
