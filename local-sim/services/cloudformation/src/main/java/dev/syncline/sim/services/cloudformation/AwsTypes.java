// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import dev.syncline.sim.service.TableFile;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The resource types that AWS CloudFormation has, as {@code tools/models/aws_resource_types.py}
 * wrote them, so that an error can distinguish a misspelt type from an unsupported one. Immutable;
 * read at the first use. Thread-safe.
 */
final class AwsTypes {
  private static final int NEAR = 3;

  private AwsTypes() {}

  /**
   * A type.
   *
   * @param attributes the attributes for {@code Fn::GetAtt}, empty if unknown
   * @param properties by their paths without list indexes, empty if unknown
   */
  record AwsType(Set<String> attributes, Set<String> properties) {}

  /** The type, empty when AWS has none of that name. */
  static Optional<AwsType> find(String name) {
    return Optional.ofNullable(Known.BY_NAME.get(name));
  }

  /** The type's name that is nearest to {@code name}. */
  static Optional<String> near(String name) {
    return near(name, Known.BY_NAME.keySet());
  }

  /** The name with the smallest edit distance to {@code name}, if it is small. */
  static Optional<String> near(String name, Collection<String> known) {
    String lower = name.toLowerCase(Locale.ROOT);
    String best = null;
    int least = Math.min(NEAR, Math.max(1, name.length() / 4)) + 1;
    for (String candidate : known) {
      int distance = distance(lower, candidate.toLowerCase(Locale.ROOT), least);
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return Optional.ofNullable(best);
  }

  /** The edit distance, at most {@code most}. */
  private static int distance(String one, String other, int most) {
    if (Math.abs(one.length() - other.length()) >= most) {
      return most;
    }
    int[] before = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] now = new int[other.length() + 1];
      now[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        now[j] = Math.min(before[j - 1] + change, Math.min(before[j], now[j - 1]) + 1);
      }
      before = now;
    }
    return Math.min(most, before[other.length()]);
  }

  private static final class Known {
    static final Map<String, AwsType> BY_NAME = read();

    private static Map<String, AwsType> read() {
      String file = "/dev/syncline/sim/services/cloudformation/resource-types.tsv";
      var types = new HashMap<String, AwsType>();
      for (String[] field : TableFile.rows(AwsTypes.class, file)) {
        types.put(
            field[0],
            field.length < 3
                ? new AwsType(Set.of(), Set.of())
                : new AwsType(names(field[1]), names(field[2])));
      }
      return Map.copyOf(types);
    }

    private static Set<String> names(String list) {
      return list.isEmpty() ? Set.of() : Set.of(list.split(","));
    }
  }
}
