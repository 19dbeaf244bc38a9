// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.inprocess;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.syncline.sim.lambda.FunctionSpec;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Loads a handler from a function's code. The code sees itself, the JDK and Lambda's core
 * interfaces, but no class of the simulator. It has its own environment variables, system
 * properties, output and exits, see {@link FunctionSystem}.
 *
 * <p>Every form of handler of AWS's Java runtime is supported, by AWS's own runtime interface
 * client. In addition a class may have a public constructor {@code (Map<String, String>
 * environment, Clock, ScheduledExecutorService)} or {@code (Clock, ScheduledExecutorService)},
 * which gives it virtual time; then it is called by {@code handleRequest}.
 */
final class HandlerLoader implements AutoCloseable {
  private final FunctionClassLoader loader;
  private final RuntimeClients clients;
  private @Nullable RuntimeClient own;

  HandlerLoader(FunctionSpec spec, RuntimeClients clients) throws IOException {
    this.loader = new FunctionClassLoader("function " + spec.name(), spec.classPath());
    this.clients = clients;
  }

  ClassLoader classLoader() {
    return loader;
  }

  /** Sets up the function's process-wide state; called before any of its classes is loaded. */
  void start(
      Map<String, String> environment,
      PrintStream output,
      IntConsumer exit,
      Consumer<String> notices)
      throws ReflectiveOperationException {
    RuntimeClient.start(loader, environment, output, exit, notices);
  }

  RequestStreamHandler load(
      FunctionSpec spec,
      Map<String, String> environment,
      Clock clock,
      ScheduledExecutorService scheduler)
      throws Exception {
    String[] parts = spec.handler().split("::", 2);
    boolean byInterface = parts.length == 1 || parts[1].equals("handleRequest");
    Class<?> type = byClient(parts[0]);
    if (type != null) {
      Object injected = injected(type, environment, clock, scheduler);
      if (injected != null) {
        if (byInterface && injected instanceof RequestStreamHandler streaming) {
          return streaming;
        }
        if (byInterface && injected instanceof RequestHandler<?, ?> typed) {
          return client().wrap(typed);
        }
        throw new IllegalArgumentException(
            parts[0]
                + " has a constructor that takes a Clock, so in process it is called by"
                + " handleRequest of RequestStreamHandler or RequestHandler, not by '"
                + spec.handler()
                + "'");
      }
      if (byInterface && RequestStreamHandler.class.isAssignableFrom(type) && isPlain(type)) {
        // No JSON conversion is needed, so the client is not loaded.
        return (RequestStreamHandler) create(type.getConstructor());
      }
    }
    return client().find(spec.handler(), loader);
  }

  /** The class; null when it cannot be loaded. The client then reports AWS's error. */
  private @Nullable Class<?> byClient(String name) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException | LinkageError failure) {
      return null;
    }
  }

  private static boolean isPlain(Class<?> type) {
    return !Modifier.isAbstract(type.getModifiers())
        && Arrays.stream(type.getConstructors()).anyMatch(one -> one.getParameterCount() == 0);
  }

  private RuntimeClient client() throws IOException {
    if (!RuntimeClient.isOwnFor(loader)) {
      return clients.shared();
    }
    if (own == null) {
      own = clients.ownOf(loader);
    }
    return own;
  }

  @Override
  public void close() throws IOException {
    try (RuntimeClient closed = own) {
      loader.close();
    }
  }

  private static @Nullable Object injected(
      Class<?> type,
      Map<String, String> environment,
      Clock clock,
      ScheduledExecutorService scheduler)
      throws Exception {
    try {
      return create(
          type.getConstructor(Map.class, Clock.class, ScheduledExecutorService.class),
          environment,
          clock,
          scheduler);
    } catch (NoSuchMethodException tryTheNext) {
      try {
        return create(
            type.getConstructor(Clock.class, ScheduledExecutorService.class), clock, scheduler);
      } catch (NoSuchMethodException none) {
        return null;
      }
    }
  }

  private static Object create(Constructor<?> constructor, Object... arguments) throws Exception {
    return Reflection.unwrapped(() -> constructor.newInstance(arguments));
  }
}
