// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.inprocess;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.lambda.FunctionOutcome;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The part of AWS's runtime interface client that finds a handler, reads its input and writes its
 * output. So a function has the same forms, the same choice among overloads, the same JSON and the
 * same errors in process as in its own process. The client does not export that part, so it is
 * called by reflection; its version is fixed in the root pom. It is loaded by its own class loader,
 * where it cannot change the process's settings.
 *
 * <p>Thread-safe.
 */
final class RuntimeClient implements AutoCloseable {
  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.";
  private static final String FAULT = CLIENT + "UserFault";

  /** A function that has one of these needs the client with its own class loader. */
  private static final List<String> OWN_CLIENT =
      List.of(
          "META-INF/services/com.amazonaws.services.lambda.runtime.CustomPojoSerializer",
          "com/amazonaws/services/lambda/runtime/events/APIGatewayProxyRequestEvent.class",
          "com/amazonaws/services/lambda/runtime/events/SQSEvent.class");

  private final FunctionClassLoader loader;
  private final Method findHandler;
  private final Method interfaceTypes;
  private final Method wrap;

  /**
   * Loads the client.
   *
   * @param jars its jars
   * @param function where it looks for serializers and event classes; null for itself
   */
  RuntimeClient(List<Path> jars, @Nullable ClassLoader function) throws IOException {
    this.loader = new FunctionClassLoader("lambda-runtime-client", jars);
    try {
      quiet(loader);
      Class<?> main = loader.loadClass(CLIENT + "AWSLambda");
      Field functionLoader = main.getDeclaredField("customerClassLoader");
      functionLoader.setAccessible(true);
      functionLoader.set(null, function == null ? loader : function);
      findHandler = method(main, "findRequestHandler", String.class, ClassLoader.class);
      Class<?> handlers = loader.loadClass(CLIENT + "EventHandlerLoader");
      interfaceTypes = method(handlers, "findInterfaceParameters", Class.class, Class.class);
      wrap = method(handlers, "wrapPojoHandler", RequestHandler.class, Type.class, Type.class);
    } catch (ReflectiveOperationException otherVersion) {
      throw new IllegalStateException(
          "this version of AWS's runtime interface client is built in another way", otherVersion);
    }
  }

  /** Whether a function with that class loader needs its own client. */
  static boolean isOwnFor(FunctionClassLoader function) {
    return OWN_CLIENT.stream().anyMatch(resource -> function.findResource(resource) != null);
  }

  private static Method method(Class<?> type, String name, Class<?>... parameters)
      throws NoSuchMethodException {
    Method method = type.getDeclaredMethod(name, parameters);
    method.setAccessible(true);
    return method;
  }

  private static void quiet(FunctionClassLoader loader) throws ReflectiveOperationException {
    IntConsumer noExit =
        status -> {
          throw new IllegalStateException("the runtime interface client exits: " + status);
        };
    Consumer<String> silent = text -> {};
    start(loader, Map.of(), System.out, noExit, silent);
  }

  /** Sets up the process-wide state of the loader's classes; see {@link FunctionSystem#start}. */
  static void start(
      FunctionClassLoader loader,
      Map<String, String> environment,
      PrintStream output,
      IntConsumer exit,
      Consumer<String> notices)
      throws ReflectiveOperationException {
    loader
        .system()
        .getMethod("start", Map.class, PrintStream.class, IntConsumer.class, Consumer.class)
        .invoke(null, environment, output, exit, notices);
  }

  /**
   * Finds a handler by its name and creates it.
   *
   * @param handler {@code package.Class} or {@code package.Class::method}
   * @throws Exception what the client or the function's constructor throws
   */
  RequestStreamHandler find(String handler, ClassLoader function) throws Exception {
    return streaming(call(findHandler, handler, function));
  }

  /** A handler object with types, as a handler of streams. */
  RequestStreamHandler wrap(RequestHandler<?, ?> handler) throws Exception {
    Type[] types = (Type[]) call(interfaceTypes, handler.getClass(), RequestHandler.class);
    if (types == null) {
      throw new IllegalArgumentException(
          handler.getClass().getName() + " does not tell its types of input and output");
    }
    return streaming(call(wrap, handler, types[0], types[1]));
  }

  private static RequestStreamHandler streaming(Object found) throws Exception {
    for (Field field : found.getClass().getDeclaredFields()) {
      field.setAccessible(true);
      Object value = field.get(found);
      if (value instanceof RequestStreamHandler handler) {
        return handler;
      }
      if (value instanceof RuntimeException fault && fault.getClass().getName().equals(FAULT)) {
        throw fault;
      }
    }
    throw new IllegalStateException("a handler of another kind: " + found.getClass().getName());
  }

  private static Object call(Method method, @Nullable Object... arguments) throws Exception {
    return Reflection.unwrapped(() -> method.invoke(null, arguments));
  }

  /** The outcome for a {@code failure} of the client, null for any other failure. */
  static @Nullable FunctionOutcome fault(Throwable failure, boolean lost) {
    if (!failure.getClass().getName().equals(FAULT)) {
      return null;
    }
    try {
      Class<?> type = failure.getClass();
      String message = (String) type.getField("msg").get(failure);
      String exception = (String) type.getField("exception").get(failure);
      boolean fatal = Boolean.TRUE.equals(type.getField("fatal").get(failure));
      ObjectNode error = JsonNodeFactory.instance.objectNode();
      if (message != null) {
        error.put("errorMessage", message);
      }
      if (exception != null) {
        error.put("errorType", exception);
      }
      return FunctionOutcome.failure(
          error.toString().getBytes(StandardCharsets.UTF_8),
          exception == null ? "Runtime.BadFunctionCode" : exception,
          lost || fatal);
    } catch (ReflectiveOperationException otherVersion) {
      throw new IllegalStateException(otherVersion);
    }
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }
}
