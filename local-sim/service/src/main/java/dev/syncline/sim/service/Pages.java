// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Cuts a list into pages; the token is the index of the next item, made opaque. */
public final class Pages {
  private Pages() {}

  /**
   * One page.
   *
   * @param next the token of the following page, empty at the end
   */
  public record Page<T>(List<T> items, Optional<String> next) {
    /**
     * Adds the items as a list, and the token if there is a following page.
     *
     * @param list the list's member
     * @param token the token's member
     * @return {@code answer}
     */
    public ObjectNode addTo(
        ObjectNode answer, String list, Function<? super T, ObjectNode> write, String token) {
      ArrayNode array = answer.putArray(list);
      items.forEach(item -> array.add(write.apply(item)));
      next.ifPresent(text -> answer.put(token, text));
      return answer;
    }
  }

  /**
   * Cuts a page out of the list.
   *
   * @param limit at least 1
   * @param token of an earlier page
   * @throws AwsException with {@code errorCode} for a token that no page gave
   */
  public static <T> Page<T> page(List<T> all, int limit, Optional<String> token, String errorCode) {
    int start = token.map(text -> place(text, errorCode)).orElse(0);
    int from = Math.min(start, all.size());
    int to = (int) Math.min((long) from + Math.max(1, limit), all.size());
    return new Page<>(
        List.copyOf(all.subList(from, to)),
        to < all.size() ? Optional.of(token(to)) : Optional.empty());
  }

  private static String token(int place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(("at:" + place).getBytes(StandardCharsets.UTF_8));
  }

  private static int place(String token, String errorCode) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      if (text.startsWith("at:")) {
        return Math.max(0, Integer.parseInt(text.substring(3)));
      }
    } catch (IllegalArgumentException notOurs) {
      // falls through to the one error below
    }
    throw AwsException.badRequest(errorCode, "The pagination token is not valid.");
  }
}
