// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.vtl;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.velocity.Template;
import org.jspecify.annotations.Nullable;

/** Parsed templates by text; the least recently used ones are evicted. Thread-safe. */
final class TemplateCache {
  private static final int MAX_TEMPLATES = 2000;

  /** The characters of all templates together; a parsed template takes a multiple of them. */
  private static final long MAX_CHARS = 8L * 1024 * 1024;

  private final Map<String, Template> templates = new LinkedHashMap<>(16, 0.75f, true);
  private long chars;

  synchronized @Nullable Template get(String text) {
    return templates.get(text);
  }

  synchronized void put(String text, Template parsed) {
    if (templates.put(text, parsed) == null) {
      chars += text.length();
    }
    Iterator<String> oldest = templates.keySet().iterator();
    while (templates.size() > 1 && (templates.size() > MAX_TEMPLATES || chars > MAX_CHARS)) {
      chars -= oldest.next().length();
      oldest.remove();
    }
  }
}
