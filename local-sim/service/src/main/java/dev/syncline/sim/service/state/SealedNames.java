// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.state;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the simple name of a record that implements a sealed interface, and reads it back. */
final class SealedNames extends JacksonAnnotationIntrospector {
  private static final long serialVersionUID = 1L;

  @Override
  public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(
      MapperConfig<?> config, Annotated annotated) {
    return isSealed(annotated)
        ? JsonTypeInfo.Value.construct(
            JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, "@type", null, false, true)
        : super.findPolymorphicTypeInfo(config, annotated);
  }

  @Override
  public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
    return isSealed(annotated)
        ? Arrays.stream(annotated.getRawType().getPermittedSubclasses())
            .map(type -> new NamedType(type, type.getSimpleName()))
            .toList()
        : super.findSubtypes(annotated);
  }

  private static boolean isSealed(Annotated annotated) {
    Class<?> type = annotated.getRawType();
    return type != null && type.isInterface() && type.isSealed();
  }
}
