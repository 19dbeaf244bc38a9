// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.vtl;

import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.velocity.runtime.directive.Scope;
import org.apache.velocity.util.introspection.Info;
import org.apache.velocity.util.introspection.UberspectImpl;
import org.apache.velocity.util.introspection.VelMethod;
import org.apache.velocity.util.introspection.VelPropertyGet;
import org.apache.velocity.util.introspection.VelPropertySet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the methods and properties that a template uses, out of those that are allowed, and charges
 * for them. Ignores null as Velocity 1.7 does. Public because Velocity creates it by name.
 * Thread-safe.
 */
public final class GuardedUberspect extends UberspectImpl {
  /** Methods that compare, hash or write whole structures. */
  private static final Set<String> DEEP =
      Set.of(
          "contains",
          "containsAll",
          "containsKey",
          "containsValue",
          "equals",
          "hashCode",
          "indexOf",
          "lastIndexOf",
          "removeAll",
          "retainAll",
          "toString",
          "remove",
          "toArray");

  /** Called by Velocity. */
  public GuardedUberspect() {}

  @Override
  public @Nullable Iterator<?> getIterator(Object collection, Info info) {
    RenderBudget.current().at(info);
    Iterator<?> elements =
        switch (collection) {
          case Map<?, ?> map -> map.values().iterator();
          case Iterable<?> list -> list.iterator();
          case Iterator<?> iterator -> iterator;
          case Object[] array -> Arrays.asList(array).iterator();
          case null, default -> null;
        };
    return elements == null ? null : new Elements(elements);
  }

  private record Elements(Iterator<?> elements) implements Iterator<Object> {
    @Override
    public boolean hasNext() {
      return elements.hasNext();
    }

    @Override
    public Object next() {
      RenderBudget.current().charge(1);
      Object element = elements.next();
      return element == null ? RenderContext.NullElement.INSTANCE : element;
    }
  }

  @Override
  public @Nullable VelMethod getMethod(
      @Nullable Object target, String name, @Nullable Object[] arguments, Info info) {
    RenderBudget.current().at(info);
    if (target == null) {
      return null;
    }
    if (target instanceof TemplateObject object) {
      return object.accepts(name, Collections.unmodifiableList(Arrays.asList(arguments)))
          ? new ObjectMethod(name)
          : null;
    }
    if (!SafeMethods.allows(target, name)) {
      requireUnknown(target, name);
      return null;
    }
    if (target instanceof String && GuardedText.guards(name, arguments)) {
      return new TextMethod(name);
    }
    VelMethod found = super.getMethod(target, name, arguments, info);
    return found == null ? null : new Charged(found, name);
  }

  /** A method that Java's type has and templates may not call is refused by name. */
  private static void requireUnknown(Object target, String name) {
    boolean known =
        Arrays.stream(target.getClass().getMethods()).anyMatch(one -> one.getName().equals(name));
    if (known) {
      throw new TemplateFault(
          "The method " + name + " of " + shortName(target) + " is not available in templates");
    }
  }

  private static String shortName(Object target) {
    return target.getClass().getSimpleName();
  }

  @Override
  public @Nullable VelPropertyGet getPropertyGet(@Nullable Object target, String name, Info info) {
    RenderBudget budget = RenderBudget.current();
    budget.at(info);
    budget.charge(1);
    if (target == null) {
      return null;
    }
    if (target instanceof TemplateObject) {
      return new Property(name, object -> ((TemplateObject) object).property(name));
    }
    if (target instanceof Map<?, ?> && !(target instanceof Scope)) {
      return name.equals("empty") && !((Map<?, ?>) target).containsKey(name)
          ? new Property(name, map -> ((Map<?, ?>) map).isEmpty())
          : new Property(name, map -> ((Map<?, ?>) map).get(name));
    }
    if (name.equals("class")) {
      throw new TemplateFault(
          "The property class of " + shortName(target) + " is not available in templates");
    }
    return SafeMethods.allowsProperty(target, name)
        ? super.getPropertyGet(target, name, info)
        : null;
  }

  @Override
  public @Nullable VelPropertySet getPropertySet(
      @Nullable Object target, String name, @Nullable Object value, Info info) {
    RenderBudget budget = RenderBudget.current();
    budget.at(info);
    budget.kept(value);
    return target instanceof Map<?, ?> && !(target instanceof Scope) ? new MapEntry(name) : null;
  }

  /** A method that is not found by reflection. */
  private interface OwnMethod extends VelMethod {
    @Override
    default boolean isCacheable() {
      return false;
    }

    @Override
    default Class<?> getReturnType() {
      return Object.class;
    }

    @Override
    default java.lang.reflect.@Nullable Method getMethod() {
      return null;
    }
  }

  private record ObjectMethod(String getMethodName) implements OwnMethod {
    @Override
    public @Nullable Object invoke(Object target, @Nullable Object[] arguments) {
      RenderBudget budget = RenderBudget.current();
      budget.charge(1);
      for (Object argument : arguments) {
        budget.shown(argument);
      }
      Object result =
          ((TemplateObject) target)
              .call(getMethodName, Collections.unmodifiableList(Arrays.asList(arguments)));
      budget.made(result);
      return result;
    }
  }

  private record TextMethod(String getMethodName) implements OwnMethod {
    @Override
    public Object invoke(Object target, @Nullable Object[] arguments) {
      return GuardedText.call((String) target, getMethodName, arguments);
    }
  }

  private record Charged(VelMethod method, String name) implements VelMethod {
    @Override
    public @Nullable Object invoke(Object target, @Nullable Object[] arguments)
        throws IllegalAccessException {
      RenderBudget budget = RenderBudget.current();
      budget.charge(1);
      if (DEEP.contains(name)) {
        budget.kept(target);
      }
      for (Object argument : arguments) {
        budget.kept(argument);
      }
      if (target instanceof String text) {
        GuardedText.before(text, name, arguments);
      } else if (name.equals("toString")) {
        budget.shown(target);
      }
      Object result;
      try {
        result = method.invoke(target, arguments);
      } catch (java.lang.reflect.InvocationTargetException failed) {
        throw new TemplateFault(
            "The method " + name + " failed: " + failed.getCause(),
            signature(name, arguments) + " in " + target.getClass().getName(),
            TemplateException.Kind.METHOD);
      }
      budget.made(result);
      return result;
    }

    private static String signature(String name, @Nullable Object[] arguments) {
      return Arrays.stream(arguments)
          .map(argument -> argument == null ? "null" : argument.getClass().getName())
          .collect(Collectors.joining(", ", "'" + name + "(", ")'"));
    }

    @Override
    public boolean isCacheable() {
      return false;
    }

    @Override
    public String getMethodName() {
      return name;
    }

    @Override
    public Class<?> getReturnType() {
      return method.getReturnType();
    }

    @Override
    public java.lang.reflect.@Nullable Method getMethod() {
      return method.getMethod();
    }
  }

  private record Property(
      String getMethodName, java.util.function.Function<Object, @Nullable Object> read)
      implements VelPropertyGet {
    @Override
    public @Nullable Object invoke(Object target) {
      return read.apply(target);
    }

    @Override
    public boolean isCacheable() {
      return false;
    }
  }

  private record MapEntry(String getMethodName) implements VelPropertySet {
    @Override
    @SuppressWarnings("unchecked")
    public @Nullable Object invoke(Object target, @Nullable Object value) {
      return value == null ? null : ((Map<Object, Object>) target).put(getMethodName, value);
    }

    @Override
    public boolean isCacheable() {
      return false;
    }
  }
}
