// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of things that have keys.
 *
 * @param items in order of key
 * @param commonPrefixes prefixes that replace the keys under the delimiter, in order
 * @param last the last key or prefix in the page, after which the next page begins; empty when the
 *     page is empty
 * @param lastItem the id of the last item of the page, empty after a prefix
 * @param truncated whether more follow
 */
record Listing<T>(
    List<T> items, List<String> commonPrefixes, String last, String lastItem, boolean truncated) {

  int count() {
    return items.size() + commonPrefixes.size();
  }

  /**
   * The parameters of a list.
   *
   * @param delimiter empty for none
   * @param after the key or common prefix after which to begin, empty for the beginning
   * @param afterItem the item of that key after which to begin, empty to leave out the whole key
   * @param maxKeys 0 to 1000
   */
  record Query(String prefix, String delimiter, String after, String afterItem, int maxKeys) {
    private Optional<String> commonPrefix(String key) {
      if (delimiter.isEmpty()) {
        return Optional.empty();
      }
      int at = key.indexOf(delimiter, prefix.length());
      return at < 0 ? Optional.empty() : Optional.of(key.substring(0, at + delimiter.length()));
    }

    private @Nullable String firstKey(NavigableMap<String, ?> all) {
      if (Bucket.BY_UTF8.compare(prefix, after) > 0) {
        return all.ceilingKey(prefix);
      }
      return afterItem.isEmpty() ? all.higherKey(after) : all.ceilingKey(after);
    }
  }

  /**
   * Lists.
   *
   * @param all by key, in S3's order
   * @param items the things of an entry, none to leave the key out
   * @param id of a thing among those of its key
   */
  static <V, T> Listing<T> of(
      NavigableMap<String, V> all,
      Function<V, List<T>> items,
      Function<T, String> id,
      Query query) {
    var page = new Page<T>(query);
    String key = query.firstKey(all);
    while (key != null && key.startsWith(query.prefix())) {
      List<T> found = items.apply(all.get(key));
      String rolledUp = found.isEmpty() ? null : query.commonPrefix(key).orElse(null);
      boolean fits = rolledUp == null ? page.addItems(key, found, id) : page.addPrefix(rolledUp);
      if (!fits) {
        return page.listing(query.maxKeys() > 0);
      }
      key = rolledUp == null ? all.higherKey(key) : keyBeyond(all, key, rolledUp);
    }
    return page.listing(false);
  }

  private static @Nullable String keyBeyond(
      NavigableMap<String, ?> all, String key, String prefix) {
    String next = all.higherKey(key);
    while (next != null && next.startsWith(prefix)) {
      next = all.higherKey(next);
    }
    return next;
  }

  /** A page that is being filled. */
  private static final class Page<T> {
    private final Query query;
    private final List<T> items = new ArrayList<>();
    private final List<String> prefixes = new ArrayList<>();
    private String last = "";
    private String lastItem = "";

    Page(Query query) {
      this.query = query;
    }

    private boolean isFull() {
      return items.size() + prefixes.size() >= query.maxKeys();
    }

    /** False when the page is full. */
    boolean addPrefix(String prefix) {
      boolean listedBefore = prefix.equals(query.after());
      if (listedBefore) {
        return true;
      }
      if (isFull()) {
        return false;
      }
      prefixes.add(prefix);
      last = prefix;
      lastItem = "";
      return true;
    }

    /** False when the page is full. */
    boolean addItems(String key, List<T> found, Function<T, String> id) {
      boolean skipping = key.equals(query.after()) && !query.afterItem().isEmpty();
      for (T item : found) {
        if (skipping) {
          skipping = !id.apply(item).equals(query.afterItem());
          continue;
        }
        if (isFull()) {
          return false;
        }
        items.add(item);
        last = key;
        lastItem = id.apply(item);
      }
      return true;
    }

    Listing<T> listing(boolean truncated) {
      return new Listing<>(List.copyOf(items), List.copyOf(prefixes), last, lastItem, truncated);
    }
  }
}
