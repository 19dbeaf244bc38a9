// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the components of {@link JournalRecord}s. Each class is inspected once. Thread-safe. */
final class RecordDetails {
  private static final ClassValue<List<Component>> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected List<Component> computeValue(Class<?> type) {
          return inspect(type);
        }
      };

  private RecordDetails() {}

  private record Component(String name, Method accessor, boolean omitEmpty) {}

  static Map<String, String> of(JournalEvent event) {
    var details = new LinkedHashMap<String, String>();
    for (Component component : COMPONENTS.get(event.getClass())) {
      Object value = read(component.accessor(), event);
      if (value instanceof JournalDetails several) {
        details.putAll(several.details());
      } else if (value != null) {
        String text = text(value);
        if (!(component.omitEmpty() && text.isEmpty())) {
          details.put(component.name(), text);
        }
      }
    }
    return details;
  }

  private static String text(Object value) {
    return value instanceof Duration duration
        ? Long.toString(duration.toMillis())
        : value.toString();
  }

  private static List<Component> inspect(Class<?> type) {
    if (!type.isRecord()) {
      throw new IllegalStateException(
          type.getName() + " is not a record: it must implement details() itself");
    }
    boolean omitEmpty =
        omitsEmpty(type) || Arrays.stream(type.getInterfaces()).anyMatch(RecordDetails::omitsEmpty);
    var components = new ArrayList<Component>();
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.isAnnotationPresent(JournalRecord.Hidden.class)) {
        continue;
      }
      JournalRecord.Detail named = component.getAnnotation(JournalRecord.Detail.class);
      Method accessor = component.getAccessor();
      // An event may be private to its service.
      accessor.setAccessible(true);
      components.add(
          new Component(
              named == null ? component.getName() : named.value(),
              accessor,
              omitEmpty || omitsEmpty(component)));
    }
    return List.copyOf(components);
  }

  private static boolean omitsEmpty(AnnotatedElement element) {
    return element.isAnnotationPresent(JournalRecord.OmitEmpty.class);
  }

  private static @Nullable Object read(Method accessor, JournalEvent event) {
    try {
      return accessor.invoke(event);
    } catch (ReflectiveOperationException unreadable) {
      throw new IllegalStateException("cannot read " + accessor, unreadable);
    }
  }
}
