// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pattern of an ARN condition: six fields that are compared one by one, so that a wildcard
 * stays in its field. A single star matches every ARN. Immutable.
 */
record ArnPattern(PolicyText text, @Nullable List<WildcardText> fixed) implements ValueTest {
  private static final int FIELDS = 6;

  static ArnPattern of(String text, boolean variables) {
    PolicyText read = PolicyText.of(text, variables, true);
    String constant = read.constant();
    return new ArnPattern(read, constant == null ? null : fields(constant));
  }

  private static List<WildcardText> fields(String pattern) {
    return Stream.of(pattern.split(":", FIELDS)).map(WildcardText::new).toList();
  }

  @Override
  public boolean test(String value, AccessQuery query) {
    List<WildcardText> fields = fixed;
    if (fields == null) {
      String resolved = text.resolved(query);
      if (resolved == null) {
        return false;
      }
      fields = fields(resolved);
    }
    String[] parts = value.split(":", FIELDS);
    if (parts.length < FIELDS || !parts[0].equals("arn")) {
      return false;
    }
    if (fields.size() < FIELDS) {
      return fields.size() == 1 && fields.getFirst().everything();
    }
    for (int field = 0; field < FIELDS; field++) {
      if (!fields.get(field).matches(parts[field])) {
        return false;
      }
    }
    return true;
  }
}
