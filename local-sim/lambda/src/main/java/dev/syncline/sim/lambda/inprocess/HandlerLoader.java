// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.inprocess;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.syncline.sim.lambda.FunctionCode;
import dev.syncline.sim.lambda.FunctionSpec;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Loads a handler class out of a function's code. The class sees its own code, the JDK and Lambda's
 * core interfaces; nothing else of ours.
 *
 * <p>A public constructor is taken in this order: {@code (Map<String, String> environment, Clock,
 * ScheduledExecutorService)}, {@code (Clock, ScheduledExecutorService)}, no arguments. In process
 * {@code System.getenv()} cannot be changed; that is why there is the first.
 */
final class HandlerLoader implements AutoCloseable {
  private static final String CORE = "com.amazonaws.services.lambda.runtime.";
  private static final ObjectMapper JSON =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

  private final URLClassLoader loader;

  HandlerLoader(FunctionCode code) throws IOException {
    var urls = new ArrayList<URL>();
    for (Path entry : code.classPath()) {
      urls.add(entry.toUri().toURL());
    }
    this.loader = new URLClassLoader("function", urls.toArray(URL[]::new), new CoreOnly());
  }

  ClassLoader classLoader() {
    return loader;
  }

  RequestStreamHandler load(
      FunctionSpec spec,
      Map<String, String> environment,
      Clock clock,
      ScheduledExecutorService scheduler)
      throws Exception {
    String[] parts = spec.handler().split("::", 2);
    if (parts.length == 2 && !parts[1].equals("handleRequest")) {
      throw new IllegalArgumentException(
          "the in-process executor calls handleRequest only, not '" + spec.handler() + "'");
    }
    Class<?> type = loader.loadClass(parts[0]);
    Object handler = instantiate(type, environment, clock, scheduler);
    if (handler instanceof RequestStreamHandler streaming) {
      return streaming;
    }
    if (handler instanceof RequestHandler<?, ?> typed) {
      return adapt(typed, inputType(type));
    }
    throw new IllegalArgumentException(
        parts[0] + " is neither a RequestStreamHandler nor a RequestHandler");
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }

  private static Object instantiate(
      Class<?> type,
      Map<String, String> environment,
      Clock clock,
      ScheduledExecutorService scheduler)
      throws Exception {
    try {
      for (Class<?>[] parameters :
          new Class<?>[][] {
            {Map.class, Clock.class, ScheduledExecutorService.class},
            {Clock.class, ScheduledExecutorService.class}
          }) {
        try {
          var constructor = type.getConstructor(parameters);
          return parameters.length == 3
              ? constructor.newInstance(environment, clock, scheduler)
              : constructor.newInstance(clock, scheduler);
        } catch (NoSuchMethodException tryTheNext) {
          continue;
        }
      }
      return type.getConstructor().newInstance();
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof Exception cause) {
        throw cause;
      }
      if (thrown.getCause() instanceof Error cause) {
        throw cause;
      }
      throw thrown;
    }
  }

  @SuppressWarnings("unchecked")
  private static RequestStreamHandler adapt(RequestHandler<?, ?> typed, Class<?> inputType) {
    var handler = (RequestHandler<Object, Object>) typed;
    return (in, out, context) -> {
      Object input = JSON.readValue(in, inputType);
      out.write(JSON.writeValueAsBytes(handler.handleRequest(input, context)));
    };
  }

  private static Class<?> inputType(Class<?> type) {
    for (Method method : type.getMethods()) {
      Class<?>[] parameters = method.getParameterTypes();
      if (method.getName().equals("handleRequest")
          && !method.isBridge()
          && parameters.length == 2
          && parameters[1] == Context.class) {
        return parameters[0];
      }
    }
    return Object.class;
  }

  /** The JDK, and of everything else only Lambda's interfaces, which both sides must share. */
  private static final class CoreOnly extends ClassLoader {
    CoreOnly() {
      super("lambda-core", getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith(CORE)) {
        return Context.class.getClassLoader().loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }
}
