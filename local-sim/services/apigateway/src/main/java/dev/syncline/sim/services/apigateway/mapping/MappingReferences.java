// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway.mapping;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values by dotted names as nested maps, for {@code $context} and {@code $stageVariables}. A name
 * without a value is an empty text, as on AWS. Not thread-safe.
 */
public final class MappingReferences extends LinkedHashMap<String, Object> {
  private static final long serialVersionUID = 1L;

  /** No values. */
  public MappingReferences() {}

  /** The values whose names begin with the prefix, by the rest of their names. */
  public static MappingReferences of(Map<String, String> values, String prefix) {
    var all = new MappingReferences();
    values.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            all.set(name.substring(prefix.length()), value);
          }
        });
    return all;
  }

  /** Sets a value by its dotted name. */
  public void set(String name, Object value) {
    int dot = name.indexOf('.');
    if (dot < 0) {
      put(name, value);
    } else {
      child(name.substring(0, dot)).set(name.substring(dot + 1), value);
    }
  }

  /** The map below a name; a new one unless there is one. */
  public MappingReferences child(String name) {
    if (super.get(name) instanceof MappingReferences there) {
      return there;
    }
    var created = new MappingReferences();
    put(name, created);
    return created;
  }

  @Override
  public Object get(@Nullable Object name) {
    Object value = super.get(name);
    return value == null ? "" : value;
  }
}
