// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.vtl;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.apache.velocity.runtime.directive.Scope;

/** The methods of Java's own types that templates may call, by type. */
final class SafeMethods {
  private static final Set<String> OBJECT = Set.of("toString", "equals", "hashCode");

  private static final Set<String> TEXT =
      Set.of(
          "charAt",
          "codePointAt",
          "compareTo",
          "compareToIgnoreCase",
          "concat",
          "contains",
          "contentEquals",
          "endsWith",
          "equalsIgnoreCase",
          "format",
          "indexOf",
          "isBlank",
          "isEmpty",
          "lastIndexOf",
          "length",
          "matches",
          "repeat",
          "replace",
          "replaceAll",
          "replaceFirst",
          "split",
          "startsWith",
          "strip",
          "stripLeading",
          "stripTrailing",
          "subSequence",
          "substring",
          "toCharArray",
          "toLowerCase",
          "toUpperCase",
          "trim",
          "valueOf");

  private static final Set<String> NUMBER =
      Set.of(
          "abs",
          "byteValue",
          "compare",
          "compareTo",
          "doubleValue",
          "floatValue",
          "intValue",
          "isInfinite",
          "isNaN",
          "longValue",
          "max",
          "min",
          "parseDouble",
          "parseFloat",
          "parseInt",
          "parseLong",
          "shortValue",
          "signum",
          "sum",
          "toBinaryString",
          "toHexString",
          "toOctalString",
          "valueOf");

  private static final Set<String> BOOLEAN =
      Set.of("booleanValue", "charValue", "compareTo", "parseBoolean", "valueOf");

  private static final Set<String> COLLECTION =
      Set.of(
          "add",
          "addAll",
          "clear",
          "contains",
          "containsAll",
          "get",
          "indexOf",
          "isEmpty",
          "iterator",
          "lastIndexOf",
          "remove",
          "removeAll",
          "retainAll",
          "set",
          "size",
          "subList",
          "toArray");

  private static final Set<String> MAP =
      Set.of(
          "clear",
          "containsKey",
          "containsValue",
          "entrySet",
          "get",
          "getOrDefault",
          "isEmpty",
          "keySet",
          "put",
          "putAll",
          "putIfAbsent",
          "remove",
          "replace",
          "size",
          "values");

  private static final Set<String> ENTRY = Set.of("getKey", "getValue", "setValue");
  private static final Set<String> ITERATOR = Set.of("hasNext", "next");

  private static final Set<String> LOOP =
      Set.of(
          "getCount",
          "getFirst",
          "getHasNext",
          "getIndex",
          "getLast",
          "getParent",
          "getTopmost",
          "hasNext",
          "isFirst",
          "isLast");

  private static final Set<String> LOOP_PROPERTIES =
      Set.of("count", "first", "hasNext", "index", "last", "parent", "topmost");

  private SafeMethods() {}

  /** Whether templates may call the method of that value. */
  static boolean allows(Object value, String method) {
    return (OBJECT.contains(method) && !(value instanceof Class<?>)) || of(value).contains(method);
  }

  /** Whether templates may read the property of that value, which is not a map's. */
  static boolean allowsProperty(Object value, String property) {
    return switch (value) {
      case Scope loop -> LOOP_PROPERTIES.contains(property);
      case Map.Entry<?, ?> entry -> property.equals("key") || property.equals("value");
      case CharSequence text -> property.equals("empty");
      case Collection<?> list -> property.equals("empty");
      default -> false;
    };
  }

  private static Set<String> of(Object value) {
    return switch (value) {
      case Scope loop -> LOOP;
      case String text -> TEXT;
      case Number number -> NUMBER;
      case Boolean yesOrNo -> BOOLEAN;
      case Character character -> BOOLEAN;
      case Map<?, ?> map -> MAP;
      case Collection<?> list -> COLLECTION;
      case Map.Entry<?, ?> entry -> ENTRY;
      case Iterator<?> iterator -> ITERATOR;
      default -> value.getClass().isArray() ? COLLECTION : Set.of();
    };
  }
}
