// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.lambda.inprocess.InProcessEnvironments;
import dev.syncline.sim.lambda.inprocess.InProcessFunctions;
import dev.syncline.sim.lambda.process.ProcessOptions;
import dev.syncline.sim.lambda.process.RuntimeInterfaceClient;
import dev.syncline.sim.lambda.process.WithoutNativeLibrary;
import dev.syncline.sim.lambda.process.java.JavaFamily;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One table of handlers, run in process and in processes of their own with AWS's runtime interface
 * client: the answers are the same. Expected: what that client answers, and Lambda's documentation
 * of handlers in Java. The time-out only ends a test that hangs.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class HandlerFormsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String SOURCE =
      """
      import com.amazonaws.services.lambda.runtime.Context;
      import com.amazonaws.services.lambda.runtime.RequestHandler;
      import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
      import java.io.IOException;
      import java.io.InputStream;
      import java.io.OutputStream;
      import java.util.ArrayList;
      import java.util.List;
      import java.util.Map;

      public class Forms {
        private int calls;

        public static class Order {
          private String id;
          private int count;
          private List<Line> lines = new ArrayList<>();
          public String getId() { return id; }
          public void setId(String id) { this.id = id; }
          public int getCount() { return count; }
          public void setCount(int count) { this.count = count; }
          public List<Line> getLines() { return lines; }
          public void setLines(List<Line> lines) { this.lines = lines; }
        }

        public static class Line {
          public String article;
          public double price;
        }

        public Order pojo(Order order, Context context) {
          order.setCount(order.getCount() + order.getLines().size());
          return order;
        }

        public String withoutContext(Order order) { return order.getId(); }
        public static String isStatic(String text) { return "static " + text; }
        public int number(int value) { return value + 1; }
        public Integer boxed(Integer value) { return value; }
        public boolean truth(boolean value) { return !value; }
        public double fraction(Double value) { return value / 2; }
        public List<Integer> list(List<Integer> values) { values.add(7); return values; }
        public Map<String, Object> map(Map<String, Object> values) { return values; }
        public List<Line> generic(List<Line> lines) { lines.get(0).price *= 2; return lines; }
        public Object any(Object value) { return value.getClass().getSimpleName(); }
        public void nothing(String text) {}
        public String contextOnly(Context context) { return context.getFunctionName(); }
        public void streams(InputStream in, OutputStream out) throws IOException {
          out.write(in.readAllBytes());
        }
        public void streamsAndContext(InputStream in, OutputStream out, Context context)
            throws IOException {
          out.write(("\\"" + context.getMemoryLimitInMB() + "\\"").getBytes());
        }
        public void inputOnly(InputStream in) {}
        public void outputOnly(OutputStream out) throws IOException { out.write("[1]".getBytes()); }
        public String overloaded(String text) { return "one"; }
        public String overloaded(String text, Context context) { return "with context"; }
        public String failing(String text) { throw new IllegalStateException("no " + text); }
        public String silent(String text) { throw new IllegalArgumentException(); }
        public String caused(String text) {
          throw new RuntimeException("outer", new IOException("inner"));
        }
        public String checked(String text) throws IOException { throw new IOException("disk"); }
        public String error(String text) { throw new AssertionError("wrong"); }
        public String counts(String text) { return "call " + ++calls; }
        public String variable(String name) { return System.getenv(name); }
        public String exits(int status) { System.exit(status); return "never"; }
        public String halts(int status) { Runtime.getRuntime().halt(status); return "never"; }
        public String exitsByReference(int status) {
          java.util.function.IntConsumer exit = System::exit;
          exit.accept(status);
          return "never";
        }
        public String exitsOfRuntime(int status) {
          java.util.function.IntConsumer exit = Runtime.getRuntime()::exit;
          switch (status) { case 1: case 2: case 3: exit.accept(status); break; default: }
          return "never";
        }
        public String exitsOnThread(int status) throws Exception {
          Thread thread = new Thread(() -> System.exit(status));
          thread.start();
          thread.join();
          Thread.sleep(100_000);
          return "never";
        }
        private String hidden(String text) { return text; }

        public static class Typed implements RequestHandler<Order, Map<String, Integer>> {
          @Override
          public Map<String, Integer> handleRequest(Order order, Context context) {
            return Map.of(order.getId(), order.getCount());
          }
        }

        public abstract static class Base<I, O> implements RequestHandler<I, O> {
          @Override
          public O handleRequest(I input, Context context) { return answer(input); }
          protected abstract O answer(I input);
        }

        public static class Inheriting extends Base<Order, String> {
          @Override
          protected String answer(Order order) { return order.getId(); }
        }

        public static class Streaming implements RequestStreamHandler {
          @Override
          public void handleRequest(InputStream in, OutputStream out, Context context)
              throws IOException {
            out.write(in.readAllBytes());
          }
        }

        public static class FailsToStart {
          public FailsToStart() { throw new IllegalStateException("not today"); }
          public String handle(String text) { return text; }
        }

        public static class FailsToLoad {
          static final int VALUE = Integer.parseInt("many");
          public String handle(String text) { return text; }
        }

        public static class ExitsAtStart {
          public ExitsAtStart() { System.exit(4); }
          public String handle(String text) { return text; }
        }

        public static class NoConstructor {
          private NoConstructor() {}
          public String handle(String text) { return text; }
        }

        public static class Plain {}
      }
      """;

  @TempDir static Path directory;

  /** New for each subclass: the last one has closed it. */
  private static SimClock clock = new SimClock(new ClockMode.Real());

  private static Journal journal = new Journal(clock);
  private static final ConcurrentLinkedQueue<String> LOG = new ConcurrentLinkedQueue<>();
  private static FunctionHost inProcess;
  private static FunctionHost processes;

  @BeforeAll
  static void compile(TestInfo test) throws IOException {
    CompiledFunction.compile(directory.resolve("code"), "Forms", SOURCE);
    clock = new SimClock(new ClockMode.Real());
    journal = new Journal(clock);
    inProcess =
        host(new InProcessEnvironments(clock, journal, new InProcessFunctions(), Map::of), 1);
    processes =
        host(
            JavaFamily.environments(
                test.getTestClass().orElseThrow().isAnnotationPresent(WithoutNativeLibrary.class)
                    ? RuntimeInterfaceClient.unpackWithoutNativeLibrary(directory.resolve("client"))
                    : RuntimeInterfaceClient.unpack(directory.resolve("client")),
                ProcessOptions.defaults(directory.resolve("tmp"), Map::of)),
            2);
  }

  private static FunctionHost host(EnvironmentFactory factory, int seed) {
    return new FunctionHost(
        clock,
        new Ids(seed),
        journal,
        factory,
        (group, stream, at, line) -> LOG.add(line),
        2,
        () -> 0,
        false);
  }

  @AfterAll
  static void stop() {
    if (inProcess != null) {
      inProcess.close();
    }
    if (processes != null) {
      processes.close();
    }
    clock.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Forms::pojo | {"id":"o","count":1,"lines":[{"article":"a","price":2}],"more":1} | {"id":"o","count":2,"lines":[{"article":"a","price":2.0}]}
          Forms::withoutContext | {"id":"o"} | "o"
          Forms::isStatic | "x" | "static x"
          Forms::number | 41 | 42
          Forms::boxed | null | null
          Forms::truth | true | false
          Forms::fraction | 3 | 1.5
          Forms::list | [1,2] | [1,2,7]
          Forms::map | {"a":{"b":[1,null]}} | {"a":{"b":[1,null]}}
          Forms::generic | [{"article":"a","price":1.5}] | [{"article":"a","price":3.0}]
          Forms::any | {"a":1} | "LinkedHashMap"
          Forms::nothing | "x" | null
          Forms::contextOnly | {} | "forms"
          Forms::streams | {"a": 1} | {"a":1}
          Forms::streamsAndContext | {} | "256"
          Forms::inputOnly | {} | null
          Forms::outputOnly | {} | [1]
          Forms::overloaded | "x" | "with context"
          Forms::counts | "x" | "call 1"
          Forms::variable | "STAGE" | "dev"
          Forms::variable | "AWS_LAMBDA_FUNCTION_NAME" | "forms"
          Forms::variable | "PATH_THAT_IS_NOT_THERE" | null
          Forms$Typed | {"id":"o","count":3} | {"o":3}
          Forms$Typed::handleRequest | {"id":"o","count":3} | {"o":3}
          Forms$Inheriting | {"id":"i"} | "i"
          Forms$Streaming | {"a":1} | {"a":1}
          Forms$Streaming::handleRequest | {"a":1} | {"a":1}
          """)
  void aHandlerAnswersTheSameInBothExecutors(String handler, String event, String answer)
      throws IOException {
    InvocationResult here = invoke(inProcess, handler, event);
    InvocationResult there = invoke(processes, handler, event);

    assertThat(text(there)).satisfies(text -> same(text, answer));
    assertThat(text(here)).satisfies(text -> same(text, answer));
    assertThat(here.errorType()).isNull();
    assertThat(there.errorType()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Forms::failing | "x" | java.lang.IllegalStateException | no x
          Forms::silent | "x" | java.lang.IllegalArgumentException | java.lang.IllegalArgumentException
          Forms::caused | "x" | java.lang.RuntimeException | outer
          Forms::checked | "x" | java.io.IOException | disk
          Forms::error | "x" | java.lang.AssertionError | wrong
          Forms::pojo | [1] | java.lang.RuntimeException | An error occurred during JSON parsing
          Forms::number | "many" | java.lang.RuntimeException | An error occurred during JSON parsing
          Forms::missing | "x" |  | missing
          Forms::hidden | "x" |  | hidden
          Forms$Plain | {} |  | Forms$Plain
          Forms$NoConstructor::handle | "x" |  | NoConstructor
          No.Such | {} | java.lang.ClassNotFoundException | Class not found: No.Such
          No.Such::handle | {} | java.lang.ClassNotFoundException | Class not found: No.Such
          Forms::pojo::twice | {} | java.lang.ClassNotFoundException | Class not found: Forms::pojo
          Forms$FailsToStart::handle | "x" | java.lang.IllegalStateException | not today
          Forms$FailsToLoad::handle | "x" |  | Forms$FailsToLoad
          Forms::exits | 3 | Runtime.ExitError | Runtime exited with error: exit status 3
          Forms::exits | 0 | Runtime.ExitError | Runtime exited without providing a reason
          Forms::exits | 256 | Runtime.ExitError | Runtime exited without providing a reason
          Forms::halts | 2 | Runtime.ExitError | Runtime exited with error: exit status 2
          Forms::exitsByReference | 5 | Runtime.ExitError | exit status 5
          Forms::exitsOfRuntime | 3 | Runtime.ExitError | exit status 3
          Forms::exitsOnThread | 6 | Runtime.ExitError | exit status 6
          Forms$ExitsAtStart::handle | "x" | Runtime.ExitError | exit status 4
          """)
  void aHandlerFailsTheSameInBothExecutors(
      String handler, String event, String type, String message) throws IOException {
    InvocationResult here = invoke(inProcess, handler, event);
    InvocationResult there = invoke(processes, handler, event);

    assertThat(withoutIds(here)).isEqualTo(withoutIds(there));
    assertThat(here.errorType()).isEqualTo(there.errorType());
    assertThat(text(here)).contains(message);
    if (type != null) {
      assertThat(here.errorType()).startsWith(type);
    }
  }

  private static JsonNode withoutIds(InvocationResult result) throws IOException {
    ObjectNode error = (ObjectNode) JSON.readTree(result.payload());
    if (error.has("stackTrace") && !error.get("stackTrace").isNull()) {
      assertThat(error.get("stackTrace").isArray()).isTrue();
      error.put("stackTrace", "there");
    }
    error.put(
        "errorMessage",
        error.path("errorMessage").asText().replaceAll("RequestId: [0-9a-f-]+", "RequestId: id"));
    return error;
  }

  private static void same(String found, String expected) throws IOException {
    if (expected == null || expected.isEmpty()) {
      assertThat(found).isEmpty();
    } else {
      assertThat(JSON.readTree(found)).isEqualTo(JSON.readTree(expected));
    }
  }

  private static InvocationResult invoke(FunctionHost host, String handler, String event) {
    var spec =
        new FunctionSpec(
            "forms",
            "$LATEST",
            "arn:aws:lambda:us-east-1:111111111111:function:forms",
            handler + host.hashCode() + event,
            "java21",
            handler,
            256,
            Duration.ofSeconds(60),
            Map.of("STAGE", "dev"),
            FunctionCode.unpacked(directory.resolve("code")),
            1,
            null,
            "/aws/lambda/forms",
            false);
    InvocationResult result =
        host.invoke(
                spec,
                new Invocation(
                    new Ids(3).uuid().toString(),
                    spec.arn(),
                    event.getBytes(StandardCharsets.UTF_8),
                    null,
                    null,
                    false))
            .join();
    host.retire(spec);
    return result;
  }

  private static String text(InvocationResult result) {
    return new String(result.payload(), StandardCharsets.UTF_8);
  }
}
